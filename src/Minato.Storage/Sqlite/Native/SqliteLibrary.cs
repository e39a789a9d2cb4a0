using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Minato.Storage.Sqlite.Native;

/// <summary>
/// Binds the provider to the system's own SQLite, which the system keeps patched; the one bundled with these packages is
/// from 2021. docs/decisions/0002-sqlite.md says when that changes.
/// </summary>
internal static class SqliteLibrary
{
    /// <summary>3.38: the first with all that the schema and the queries use (STRICT tables came with 3.37).</summary>
    private const int MinVersion = 3_038_000;

    /// <summary>As the provider calls it, and we.</summary>
    internal const string Name = "e_sqlite3";

    private static readonly Lazy<string?> Problem = new(Load);

    internal static void EnsureLoaded()
    {
        if (Problem.Value is { } problem)
            throw new Core.Storage.StoreFailedException(problem);
    }

    private static string? Load()
    {
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
            NativeLibrary.SetDllImportResolver(typeof(SqliteLibrary).Assembly, Resolve);
            raw.SetProvider(new SQLite3Provider_e_sqlite3());
            return raw.sqlite3_libversion_number() >= MinVersion
                ? null
                : $"The system's SQLite is {raw.sqlite3_libversion().utf8_to_string()}; Minato needs 3.38 or newer.";
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException)
        {
            return "The SQLite library is missing. On Debian and Ubuntu: apt-get install libsqlite3-0";
        }
    }

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Name)
            return IntPtr.Zero;
        string[] candidates = OperatingSystem.IsWindows() ? ["winsqlite3.dll"]
            : OperatingSystem.IsMacOS() ? ["libsqlite3.dylib"]
            : ["libsqlite3.so.0", "libsqlite3.so"];
        foreach (var candidate in candidates)
            if (NativeLibrary.TryLoad(candidate, out var handle))
                return handle;
        return IntPtr.Zero;
    }
}
