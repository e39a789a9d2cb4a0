using System.Runtime.InteropServices;

namespace Minato.Storage.Sqlite.Native;

/// <summary>
/// What is asked of SQLite some forty times for each post, straight from its library: the provider's own calls count references each time. Those that only
/// touch a few words of memory do not tell the collector that they left, either (https://sqlite.org/c3ref/funclist.html).
/// </summary>
internal static partial class StatementCalls
{
    /// <summary>SQLITE_TRANSIENT: SQLite takes a copy.</summary>
    internal const nint Copied = -1;

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_bind_int64")]
    [SuppressGCTransition]
    internal static partial int BindInt64(nint statement, int index, long value);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_bind_text")]
    internal static unsafe partial int BindText(nint statement, int index, byte* text, int length, nint copied);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_clear_bindings")]
    internal static partial int ClearBindings(nint statement);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_step")]
    internal static partial int Step(nint statement);

    [LibraryImport(SqliteLibrary.Name, EntryPoint = "sqlite3_reset")]
    internal static partial int Reset(nint statement);
}
