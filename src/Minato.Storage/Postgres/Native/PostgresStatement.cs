using System.Text;
using Minato.Storage.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Minato.Storage.Postgres.Native;

/// <summary>A statement of PostgreSQL, prepared by Npgsql once it has been used a few times.</summary>
internal sealed class PostgresStatement : Statement
{
    private readonly PostgresDatabase _db;
    private readonly SqlText _sql;
    private readonly NpgsqlCommand _command;
    private NpgsqlDataReader? _rows;

    internal PostgresStatement(PostgresDatabase db, string sql)
    {
        _db = db;
        _sql = SqlText.From(sql);
        _command = new NpgsqlCommand(_sql.Text, db.Connection);
        foreach (var _ in _sql.Indexes)
            _command.Parameters.Add(new NpgsqlParameter());
    }

    internal PostgresStatement Begin()
    {
        Reset();
        foreach (NpgsqlParameter parameter in _command.Parameters)
            (parameter.NpgsqlDbType, parameter.Value) = (NpgsqlDbType.Bigint, DBNull.Value);
        return this;
    }

    internal override Statement Bind(int index, long? value) => Bind(index, NpgsqlDbType.Bigint, value);

    internal override Statement Bind(int index, string? value) => Bind(index, NpgsqlDbType.Text, value);

    internal override Statement BindUtf8(int index, ReadOnlySpan<byte> value) => Bind(index, NpgsqlDbType.Text, value.ToArray());

    internal override Statement BindBlob(int index, ReadOnlySpan<byte> value) => Bind(index, NpgsqlDbType.Bytea, value.ToArray());

    internal override Statement Bind(int index, Guid value) => Bind(index, NpgsqlDbType.Uuid, value);

    /// <summary>Binds a list, for <c>any(?)</c> and <c>unnest(?)</c>.</summary>
    internal PostgresStatement Bind(int index, long[] values) => Bind(index, NpgsqlDbType.Array | NpgsqlDbType.Bigint, values);

    internal PostgresStatement Bind(int index, string[] values) => Bind(index, NpgsqlDbType.Array | NpgsqlDbType.Text, values);

    internal override bool Step() => _db.Guard(this, static s =>
    {
        s._rows ??= s._db.Read(s._command);
        if (s._rows.Read())
            return true;
        s.Reset();
        return false;
    });

    internal override void Run() => _db.Run(_command);

    internal override void Reset()
    {
        if (_rows is not { } rows)
            return;
        _rows = null;
        _db.Guard(rows, static r =>
        {
            r.Dispose();
            return true;
        });
    }

    internal override long Int64(int column) => _rows!.GetInt64(column);

    internal override bool IsNull(int column) => _rows!.IsDBNull(column);

    internal override bool IsTrue(int column) => !IsNull(column) && _rows!.GetBoolean(column);

    internal override ReadOnlySpan<byte> Bytes(int column) =>
        _rows!.GetFieldType(column) == typeof(string) ? Encoding.UTF8.GetBytes(_rows.GetString(column)) : _rows.GetFieldValue<byte[]>(column);

    internal override Guid Uid(int column) => _rows!.GetGuid(column);

    public override void Dispose() => _command.Dispose();

    private PostgresStatement Bind(int index, NpgsqlDbType type, object? value)
    {
        var position = _sql.PositionOf(index);
        if (position >= 0)
            (_command.Parameters[position].NpgsqlDbType, _command.Parameters[position].Value) = (type, value ?? DBNull.Value);
        return this;
    }
}
