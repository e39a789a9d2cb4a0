using System.Text;
using Minato.Storage.Sql;
using SQLitePCL;

namespace Minato.Storage.Sqlite.Native;

/// <summary>A statement of SQLite.</summary>
internal sealed class SqliteStatement : Statement
{
    /// <summary>Characters of a client id or a name: these need no array on their way.</summary>
    private const int ShortText = 64;

    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _statement;
    private nint _handle; // its own; zero once it is disposed
    private bool _isReset = true;

    internal SqliteStatement(sqlite3 db, string sql)
    {
        _db = db;
        Check(raw.sqlite3_prepare_v3(db, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
        _handle = _statement.DangerousGetHandle();
    }

    internal SqliteStatement Begin()
    {
        Reset();
        _ = StatementCalls.ClearBindings(Handle);
        return this;
    }

    internal override Statement Bind(int index, long? value)
    {
        if (value is { } known)
            Check(StatementCalls.BindInt64(Handle, index, known));
        return this;
    }

    internal override Statement Bind(int index, string? value)
    {
        if (value is { Length: > 0 and <= ShortText })
        {
            Span<byte> utf8 = stackalloc byte[ShortText * 3];
            return BindUtf8(index, utf8[..Encoding.UTF8.GetBytes(value, utf8)]);
        }
        if (value is not null)
            Check(raw.sqlite3_bind_text(_statement, index, value));
        return this;
    }

    internal override unsafe Statement BindUtf8(int index, ReadOnlySpan<byte> value)
    {
        fixed (byte* text = value)
            Check(StatementCalls.BindText(Handle, index, text, value.Length, StatementCalls.Copied));
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
        _isReset = false;
        var code = StatementCalls.Step(Handle);
        if (code == raw.SQLITE_ROW)
            return true;
        if (code != raw.SQLITE_DONE)
        {
            var error = Error();
            Reset();
            throw error;
        }
        Reset();
        return false;
    }

    internal override void Run()
    {
        while (Step())
        {
        }
    }

    internal override void Reset()
    {
        if (_isReset)
            return;
        // The result repeats the last step's error, which was thrown then.
        _ = StatementCalls.Reset(Handle);
        _isReset = true;
    }

    internal override long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    internal override bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    internal override bool IsTrue(int column) => Int64(column) != 0;

    internal override ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    internal override Guid Uid(int column) => new(Bytes(column), bigEndian: true);

    public override void Dispose()
    {
        _handle = 0;
        _statement.Dispose();
    }

    /// <exception cref="ObjectDisposedException">There is nothing left to call: the library would not notice.</exception>
    private nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(SqliteStatement));

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            throw Error();
    }

    private SqliteException Error() => new(raw.sqlite3_extended_errcode(_db), raw.sqlite3_errmsg(_db).utf8_to_string());
}
