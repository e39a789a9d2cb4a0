using Minato.Storage.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Minato.Storage.Postgres.Native;

/// <summary>A statement of PostgreSQL, prepared by Npgsql once it has been used a few times.</summary>
internal sealed class PostgresStatement : PostgresRows
{
    private readonly SqlText _sql;
    private readonly NpgsqlCommand _command;

    internal PostgresStatement(PostgresDatabase db, string sql)
        : base(db)
    {
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

    internal override void Run() => Db.Run(_command);

    public override void Dispose() => _command.Dispose();

    private protected override NpgsqlDataReader Ask() => Db.Read(_command);

    private PostgresStatement Bind(int index, NpgsqlDbType type, object? value)
    {
        var position = _sql.PositionOf(index);
        if (position >= 0)
            (_command.Parameters[position].NpgsqlDbType, _command.Parameters[position].Value) = (type, value ?? DBNull.Value);
        return this;
    }
}
