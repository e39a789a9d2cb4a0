using SQLitePCL;

namespace Minato.Storage.Sqlite.Native;

/// <summary>What SQLite refused, with its extended result code (https://sqlite.org/rescode.html).</summary>
internal sealed class SqliteException(int extendedCode, string message) : Exception($"SQLite {extendedCode}: {message}")
{
    internal int Code { get; } = extendedCode & 0xFF;

    internal int ExtendedCode { get; } = extendedCode;

    /// <summary>No space, in the files or in the memory that connections share by a file.</summary>
    internal bool IsFull => Code == raw.SQLITE_FULL || ExtendedCode == raw.SQLITE_IOERR_SHMSIZE;

    /// <summary>One row broke a rule of the schema: that command's fault, not the disk's.</summary>
    internal bool IsOneRow => Code is raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH or raw.SQLITE_RANGE;

    internal bool IsNotADatabase => Code is raw.SQLITE_NOTADB or raw.SQLITE_CORRUPT;
}
