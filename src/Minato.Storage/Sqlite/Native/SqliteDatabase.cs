using Minato.Storage.Sql;
using SQLitePCL;

namespace Minato.Storage.Sqlite.Native;

/// <summary>A connection to a SQLite file.</summary>
internal sealed class SqliteDatabase : Database
{
    /// <summary>Milliseconds. Only schema changes and checkpoints ever make anybody wait, and those for milliseconds.</summary>
    private const int BusyTimeout = 5000;

    private readonly Dictionary<string, SqliteStatement> _statements = [];

    private SqliteDatabase(sqlite3 handle) => Handle = handle;

    internal sqlite3 Handle { get; }

    internal static SqliteDatabase Open(string file, bool create) => Open(file, raw.SQLITE_OPEN_READWRITE | (create ? raw.SQLITE_OPEN_CREATE : 0));

    /// <summary>For a database that nobody else has open: it is left as it is. Beside it nothing is made either, unless there is a log to be read with it.</summary>
    internal static SqliteDatabase OpenToRead(string file) => HoldsSomething($"{file}-wal") || HoldsSomething($"{file}-journal")
        ? Open(file, raw.SQLITE_OPEN_READONLY)
        // https://sqlite.org/uri.html: no log is looked for, or made.
        : Open($"{new Uri(Path.GetFullPath(file)).AbsoluteUri}?immutable=1", raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI);

    internal override Statement Statement(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
            _statements[sql] = statement = new SqliteStatement(Handle, sql);
        return statement.Begin();
    }

    /// <summary>A statement costs a call and no journey: nothing is put off.</summary>
    internal override Statement Deferred(string sql) => Statement(sql);

    internal override void Execute(string sql)
    {
        if (raw.sqlite3_exec(Handle, sql) != raw.SQLITE_OK)
            throw new SqliteException(raw.sqlite3_extended_errcode(Handle), raw.sqlite3_errmsg(Handle).utf8_to_string());
    }

    internal string Text(string sql)
    {
        using var statement = new SqliteStatement(Handle, sql);
        return statement.Step() ? statement.Text(0) : "";
    }

    internal override bool HasOtherWriters => false;

    internal override void Begin() => Statement("begin immediate").Run();

    internal override void BeginSnapshot() => Statement("begin").Run();

    internal override void Commit() => Statement("commit").Run();

    internal override void Rollback()
    {
        // Many errors roll back by themselves.
        if (raw.sqlite3_get_autocommit(Handle) == 0)
            Execute("rollback");
    }

    /// <summary>An open cursor keeps its snapshot, and the log could not be written back.</summary>
    internal override void ResetStatements()
    {
        foreach (var statement in _statements.Values)
            statement.Reset();
    }

    /// <summary>Whether the last connection to close writes the log back into the database.</summary>
    internal void CheckpointOnClose(bool whether) =>
        _ = raw.sqlite3_db_config(Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, whether ? 0 : 1, out _);

    /// <summary>Writes the whole log back and cuts it off, unless somebody reads from it: nobody is waited for.</summary>
    internal bool TryTruncateLog()
    {
        _ = raw.sqlite3_busy_timeout(Handle, 0);
        try
        {
            return Scalar("pragma wal_checkpoint(truncate)") == 0;
        }
        finally
        {
            _ = raw.sqlite3_busy_timeout(Handle, BusyTimeout);
        }
    }

    /// <summary>Pages that this connection has written to the log; wraps after 2³¹.</summary>
    internal int PagesWritten
    {
        get
        {
            const int cacheWrite = 9; // SQLITE_DBSTATUS_CACHE_WRITE
            _ = raw.sqlite3_db_status(Handle, cacheWrite, out var pages, out _, 0);
            return pages;
        }
    }

    internal override int Changes => raw.sqlite3_changes(Handle);

    public override void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        Handle.Dispose();
    }

    private static SqliteDatabase Open(string name, int flags)
    {
        SqliteLibrary.EnsureLoaded();
        var code = raw.sqlite3_open_v2(name, out var handle, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        if (code != raw.SQLITE_OK)
        {
            var error = new SqliteException(raw.sqlite3_extended_errcode(handle), raw.sqlite3_errmsg(handle).utf8_to_string());
            handle.Dispose();
            throw error;
        }
        _ = raw.sqlite3_busy_timeout(handle, BusyTimeout);
        return new SqliteDatabase(handle);
    }

    private static bool HoldsSomething(string file) => File.Exists(file) && new FileInfo(file).Length > 0;
}
