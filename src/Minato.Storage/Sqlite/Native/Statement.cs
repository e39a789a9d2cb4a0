using System.Text;
using SQLitePCL;

namespace Minato.Storage.Sqlite.Native;

/// <summary>
/// A prepared statement, used again and again by the one thread that owns its connection:
/// <c>Begin().Bind(1, x)</c>, then <see cref="Step"/> until false, or <see cref="Run"/>. Text goes in and out as UTF-8.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _statement;

    internal Statement(sqlite3 db, string sql)
    {
        _db = db;
        Check(raw.sqlite3_prepare_v3(db, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    internal Statement Begin()
    {
        // The result repeats the last step's error, which was thrown then.
        _ = raw.sqlite3_reset(_statement);
        _ = raw.sqlite3_clear_bindings(_statement);
        return this;
    }

    internal Statement Bind(int index, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, index, value));
        return this;
    }

    internal Statement Bind(int index, long? value) => value is { } known ? Bind(index, known) : this;

    internal Statement Bind(int index, string? value)
    {
        if (value is not null)
            Check(raw.sqlite3_bind_text(_statement, index, value));
        return this;
    }

    /// <summary>Binds UTF-8 text that is not empty (an empty span would be NULL).</summary>
    internal Statement BindUtf8(int index, ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_text(_statement, index, value));
        return this;
    }

    internal Statement BindBlob(int index, ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(_statement, index, value));
        return this;
    }

    internal Statement Bind(int index, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return BindBlob(index, bytes);
    }

    /// <summary>True: on a row. False: done, and reset.</summary>
    internal bool Step()
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

    internal void Run()
    {
        while (Step())
        {
        }
    }

    internal void Reset() => _ = raw.sqlite3_reset(_statement);

    internal long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    internal long? Int64OrNull(int column) => IsNull(column) ? null : Int64(column);

    internal bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    /// <summary>Valid until the next step.</summary>
    internal ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    internal string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    internal string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    internal Guid Uid(int column) => new(Bytes(column), bigEndian: true);

    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            throw Error();
    }

    private SqliteException Error() => new(raw.sqlite3_extended_errcode(_db), raw.sqlite3_errmsg(_db).utf8_to_string());
}
