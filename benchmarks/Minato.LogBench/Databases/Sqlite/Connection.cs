using SQLitePCL;

namespace Minato.LogBench.Databases.Sqlite;

/// <summary>SQLite as its C interface has it: a connection and prepared statements. Needs the provider that opening a store loads.</summary>
internal sealed class Connection : IDisposable
{
    private readonly sqlite3 _handle;

    internal Connection(string file)
    {
        Check(raw.sqlite3_open_v2(file, out _handle, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX, null));
    }

    internal int PagesWritten
    {
        get
        {
            const int cacheWrite = 9; // SQLITE_DBSTATUS_CACHE_WRITE
            _ = raw.sqlite3_db_status(_handle, cacheWrite, out var pages, out _, 0);
            return pages;
        }
    }

    internal Prepared Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        return new Prepared(this, statement);
    }

    internal void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    internal void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
            throw new InvalidOperationException($"SQLite {code}: {raw.sqlite3_errmsg(_handle).utf8_to_string()}");
    }

    public void Dispose() => _handle.Dispose();
}

internal sealed class Prepared(Connection db, sqlite3_stmt statement) : IDisposable
{
    internal Prepared Bind(int index, long value)
    {
        db.Check(raw.sqlite3_bind_int64(statement, index, value));
        return this;
    }

    internal Prepared Bind(int index, long? value)
    {
        db.Check(value is { } known ? raw.sqlite3_bind_int64(statement, index, known) : raw.sqlite3_bind_null(statement, index));
        return this;
    }

    internal Prepared Bind(int index, string value)
    {
        db.Check(raw.sqlite3_bind_text(statement, index, value));
        return this;
    }

    internal Prepared Bind(int index, ReadOnlySpan<byte> utf8)
    {
        db.Check(raw.sqlite3_bind_text(statement, index, utf8));
        return this;
    }

    /// <summary>Runs it to its end and makes it ready for the next values; those that are not bound again stay.</summary>
    internal void Run()
    {
        db.Check(raw.sqlite3_step(statement));
        db.Check(raw.sqlite3_reset(statement));
    }

    internal bool Step()
    {
        var code = raw.sqlite3_step(statement);
        db.Check(code);
        return code == raw.SQLITE_ROW;
    }

    internal long Int64(int column) => raw.sqlite3_column_int64(statement, column);

    internal string? Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public void Dispose() => statement.Dispose();
}
