using Minato.Storage.Sql;
using SQLitePCL;

namespace Minato.Storage.Sqlite.Native;

/// <summary>What SQLite refused, with its extended result code (https://sqlite.org/rescode.html).</summary>
internal sealed class SqliteException(int extendedCode, string message) : SqlException(Meaning(extendedCode), $"SQLite {extendedCode}: {message}")
{
    internal int Code { get; } = extendedCode & 0xFF;

    internal int ExtendedCode { get; } = extendedCode;

    internal bool IsFull => Trouble == SqlTrouble.Full;

    internal bool IsNotADatabase => Code is raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT;

    private static SqlTrouble Meaning(int extendedCode) => (extendedCode & 0xFF) switch
    {
        raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH or raw.SQLITE_RANGE => SqlTrouble.OneRow,
        raw.SQLITE_FULL => SqlTrouble.Full,
        // No space in the memory that connections share by a file.
        _ when extendedCode == raw.SQLITE_IOERR_SHMSIZE => SqlTrouble.Full,
        _ => SqlTrouble.Broken,
    };
}
