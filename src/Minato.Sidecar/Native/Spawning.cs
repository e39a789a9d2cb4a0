using System.Runtime.InteropServices;
using System.Text;

namespace Minato.Sidecar;

/// <summary>Which process group a child belongs to.</summary>
internal enum ChildGroup
{
    /// <summary>Ours.</summary>
    Ours,

    /// <summary>One that it leads.</summary>
    Own,

    /// <summary>One of a session that it leads: no terminal's key and no end of ours reaches it.</summary>
    OwnSession,
}

/// <summary>
/// posix_spawn(3) (https://man7.org/linux/man-pages/man3/posix_spawn.3.html): a child gets exactly the descriptors that are named, and no
/// descriptor of this process ever loses close-on-exec, so that nothing else that starts meanwhile inherits one. Linux only.
/// </summary>
internal static unsafe partial class Spawning
{
    /// <summary>The child's pid, or 0 and an errno.</summary>
    /// <param name="program">A path; no search.</param>
    /// <param name="arguments">With the name that the program sees as its own.</param>
    /// <param name="environment">All of it, as <c>NAME=value</c>.</param>
    /// <param name="descriptors">Those of this process that become 0, 1, 2, …; −1: this process's own of that number.</param>
    /// <param name="group">Where it belongs.</param>
    /// <param name="closeOthers">
    /// Whether it gets no other descriptor, not even one that this process was given and left open for everybody (where the C library can see to it: glibc 2.34).
    /// </param>
    public static (int Pid, int Error) Spawn(
        string program, IReadOnlyList<string> arguments, IReadOnlyList<string> environment, string? directory, ReadOnlySpan<int> descriptors, ChildGroup group,
        bool closeOthers)
    {
        // Both are opaque, 80 and 336 bytes in glibc, less in musl.
        var actions = stackalloc byte[1024];
        var attributes = stackalloc byte[1024];
        using var argv = new NativeStrings(arguments);
        using var envp = new NativeStrings(environment);
        _ = InitActions(actions);
        _ = InitAttributes(attributes);
        try
        {
            var error = Map(actions, descriptors);
            if (error == 0 && closeOthers && s_canCloseFrom)
                error = AddCloseFrom(actions, descriptors.Length);
            if (error == 0 && directory is not null)
                error = AddChangeDirectory(actions, directory);
            if (error == 0)
                error = Set(attributes, group);
            var pid = 0;
            if (error == 0)
                error = PosixSpawn(out pid, program, actions, attributes, argv.Pointer, envp.Pointer);
            return error == 0 ? (pid, 0) : (0, error);
        }
        finally
        {
            _ = DestroyActions(actions);
            _ = DestroyAttributes(attributes);
        }
    }

    /// <summary>This process becomes another program, with the descriptors that do not close: execve(2). Returns an errno, or not at all.</summary>
    public static int Become(string program, IReadOnlyList<string> arguments, IReadOnlyList<string> environment)
    {
        using var argv = new NativeStrings(arguments);
        using var envp = new NativeStrings(environment);
        _ = Execute(program, argv.Pointer, envp.Pointer);
        return Marshal.GetLastPInvokeError();
    }

    private static readonly bool s_canCloseFrom =
        NativeLibrary.TryLoad("libc.so.6", out var libc) && NativeLibrary.TryGetExport(libc, "posix_spawn_file_actions_addclosefrom_np", out _);

    private const short SetGroup = 0x02; // POSIX_SPAWN_SETPGROUP
    private const short SetDefaultSignals = 0x04; // POSIX_SPAWN_SETSIGDEF
    private const short SetSignalMask = 0x08; // POSIX_SPAWN_SETSIGMASK
    private const short SetSession = 0x80; // POSIX_SPAWN_SETSID
    private const int BrokenPipe = 13; // SIGPIPE: .NET ignores it, and what is ignored stays so in a child
    private const int SignalSetBytes = 128;

    // dup2 onto its own number would leave close-on-exec set in older C libraries, and a source may be the target of an earlier one: all
    // sources are first copied out of the way, by the caller, above the targets.
    private static int Map(byte* actions, ReadOnlySpan<int> descriptors)
    {
        for (var target = 0; target < descriptors.Length; target++)
        {
            if (descriptors[target] >= 0 && AddDup2(actions, descriptors[target], target) is var error and not 0)
                return error;
        }

        return 0;
    }

    private static int Set(byte* attributes, ChildGroup group)
    {
        var set = stackalloc byte[SignalSetBytes];
        new Span<byte>(set, SignalSetBytes).Clear();
        var error = SetMask(attributes, set);
        set[(BrokenPipe - 1) / 8] = 1 << ((BrokenPipe - 1) % 8);
        error = error != 0 ? error : SetDefault(attributes, set);
        error = error != 0 ? error : SetProcessGroup(attributes, 0);
        var where = group switch { ChildGroup.Own => SetGroup, ChildGroup.OwnSession => SetSession, _ => (short)0 };
        return error != 0 ? error : SetFlags(attributes, (short)(SetDefaultSignals | SetSignalMask | where));
    }

    /// <summary>An array of C strings that ends with a null.</summary>
    private readonly ref struct NativeStrings
    {
        private readonly byte* _memory;

        public NativeStrings(IReadOnlyList<string> texts)
        {
            var bytes = texts.Sum(t => Encoding.UTF8.GetByteCount(t) + 1);
            var pointers = (texts.Count + 1) * sizeof(byte*);
            _memory = (byte*)NativeMemory.Alloc((nuint)(pointers + bytes));
            var text = _memory + pointers;
            for (var i = 0; i < texts.Count; i++)
            {
                Pointer[i] = text;
                text += Encoding.UTF8.GetBytes(texts[i], new Span<byte>(text, bytes));
                *text++ = 0;
            }

            Pointer[texts.Count] = null;
        }

        public byte** Pointer => (byte**)_memory;

        public void Dispose() => NativeMemory.Free(_memory);
    }

    [LibraryImport("libc", EntryPoint = "execve", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int PosixSpawn(out int pid, string path, byte* actions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int InitActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int DestroyActions(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static partial int AddDup2(byte* actions, int descriptor, int target);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addchdir_np", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AddChangeDirectory(byte* actions, string path);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addclosefrom_np")]
    private static partial int AddCloseFrom(byte* actions, int from);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    private static partial int InitAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    private static partial int DestroyAttributes(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    private static partial int SetFlags(byte* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setpgroup")]
    private static partial int SetProcessGroup(byte* attributes, int group);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    private static partial int SetMask(byte* attributes, byte* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    private static partial int SetDefault(byte* attributes, byte* signals);
}
