using System.Runtime.InteropServices;

namespace Minato.Cli.Serving;

/// <summary>
/// How many heaps the C library makes for its threads. glibc makes up to eight for each core, and each keeps the most that SQLite and the compiler
/// ever needed on one of its threads: tens of MiB for nothing. docs/performance.md.
/// </summary>
internal static class NativeHeap
{
    private const int ArenaMax = -8; // M_ARENA_MAX, mallopt(3)

    /// <summary>
    /// One for each core is as many as can be at work. Those that the runtime's own threads have already, half a dozen, stay, and are shared from here on.
    /// Nothing where the C library is another one.
    /// </summary>
    internal static unsafe void KeepSmall()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libc.so.6", out var library) || !NativeLibrary.TryGetExport(library, "mallopt", out var mallopt))
            return;
        ((delegate* unmanaged<int, int, int>)mallopt)(ArenaMax, Environment.ProcessorCount);
    }
}
