using SQLitePCL;

namespace Minato.Storage.Sqlite.Native;

/// <summary>One connection and its prepared statements, for one thread at a time.</summary>
internal sealed class Database : IDisposable
{
    private readonly Dictionary<string, Statement> _statements = [];

    private Database(sqlite3 handle) => Handle = handle;

    internal sqlite3 Handle { get; }

    internal static Database Open(string file, bool create)
    {
        SqliteLibrary.EnsureLoaded();
        var flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX | (create ? raw.SQLITE_OPEN_CREATE : 0);
        var code = raw.sqlite3_open_v2(file, out var handle, flags, null);
        if (code != raw.SQLITE_OK)
        {
            var error = new SqliteException(raw.sqlite3_extended_errcode(handle), raw.sqlite3_errmsg(handle).utf8_to_string());
            handle.Dispose();
            throw error;
        }
        // Only schema changes and checkpoints ever make anybody wait, and those for milliseconds.
        _ = raw.sqlite3_busy_timeout(handle, 5000);
        return new Database(handle);
    }

    /// <summary>A statement prepared once for each text. Texts are constants of ours, so there are few.</summary>
    internal Statement Statement(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
            _statements[sql] = statement = new Statement(Handle, sql);
        return statement.Begin();
    }

    /// <summary>Runs one or more statements that return nothing of interest.</summary>
    internal void Execute(string sql)
    {
        if (raw.sqlite3_exec(Handle, sql) != raw.SQLITE_OK)
            throw new SqliteException(raw.sqlite3_extended_errcode(Handle), raw.sqlite3_errmsg(Handle).utf8_to_string());
    }

    internal long Scalar(string sql)
    {
        using var statement = new Statement(Handle, sql);
        return statement.Step() ? statement.Int64(0) : 0;
    }

    internal string Text(string sql)
    {
        using var statement = new Statement(Handle, sql);
        return statement.Step() ? statement.Text(0) : "";
    }

    /// <summary>Ends whatever an exception left half read: an open cursor keeps its snapshot, and the log could not be written back.</summary>
    internal void ResetStatements()
    {
        foreach (var statement in _statements.Values)
            statement.Reset();
    }

    /// <summary>Whether the last connection to close writes the log back into the database.</summary>
    internal void CheckpointOnClose(bool whether) =>
        _ = raw.sqlite3_db_config(Handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, whether ? 0 : 1, out _);

    internal bool InTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    /// <summary>Rows changed by this connection; wraps after 2³¹.</summary>
    internal int TotalChanges => raw.sqlite3_total_changes(Handle);

    /// <summary>Rows changed by the newest statement.</summary>
    internal int Changes => raw.sqlite3_changes(Handle);

    internal long LastInsertId => raw.sqlite3_last_insert_rowid(Handle);

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        Handle.Dispose();
    }
}
