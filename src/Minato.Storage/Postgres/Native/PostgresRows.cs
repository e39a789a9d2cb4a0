using System.Text;
using Minato.Storage.Sql;
using Npgsql;

namespace Minato.Storage.Postgres.Native;

/// <summary>Rows that PostgreSQL answers with, one after the other.</summary>
internal abstract class PostgresRows(PostgresDatabase db) : Statement
{
    private NpgsqlDataReader? _rows;

    internal override bool Step() => db.Guard(this, static s =>
    {
        s._rows ??= s.Ask();
        if (s._rows.Read())
            return true;
        s.End(s._rows);
        return false;
    });

    internal override void Reset()
    {
        if (_rows is not { } rows)
            return;
        _rows = null;
        db.Guard(rows, static r =>
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

    private protected PostgresDatabase Db => db;

    private protected abstract NpgsqlDataReader Ask();

    /// <summary>No more rows of this kind.</summary>
    private protected virtual void End(NpgsqlDataReader rows) => Reset();
}
