using Minato.Storage.Sql;
using SQLitePCL;

namespace Minato.Storage.Sqlite.Native;

/// <summary>A statement of SQLite.</summary>
internal sealed class SqliteStatement : Statement
{
    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _statement;

    internal SqliteStatement(sqlite3 db, string sql)
    {
        _db = db;
        Check(raw.sqlite3_prepare_v3(db, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    internal SqliteStatement Begin()
    {
        // The result repeats the last step's error, which was thrown then.
        _ = raw.sqlite3_reset(_statement);
        _ = raw.sqlite3_clear_bindings(_statement);
        return this;
    }

    internal override Statement Bind(int index, long? value)
    {
        if (value is { } known)
            Check(raw.sqlite3_bind_int64(_statement, index, known));
        return this;
    }

    internal override Statement Bind(int index, string? value)
    {
        if (value is not null)
            Check(raw.sqlite3_bind_text(_statement, index, value));
        return this;
    }

    internal override Statement BindUtf8(int index, ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_text(_statement, index, value));
        return this;
    }

    internal override Statement BindBlob(int index, ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(_statement, index, value));
        return this;
    }

    internal override Statement Bind(int index, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return BindBlob(index, bytes);
    }

    internal override bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
            return true;
        if (code != raw.SQLITE_DONE)
        {
            var error = Error();
            _ = raw.sqlite3_reset(_statement);
            throw error;
        }
        _ = raw.sqlite3_reset(_statement);
        return false;
    }

    internal override void Run()
    {
        while (Step())
        {
        }
    }

    internal override void Reset() => _ = raw.sqlite3_reset(_statement);

    internal override long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    internal override bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    internal override bool IsTrue(int column) => Int64(column) != 0;

    internal override ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    internal override Guid Uid(int column) => new(Bytes(column), bigEndian: true);

    public override void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            throw Error();
    }

    private SqliteException Error() => new(raw.sqlite3_extended_errcode(_db), raw.sqlite3_errmsg(_db).utf8_to_string());
}
