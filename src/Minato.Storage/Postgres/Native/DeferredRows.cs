using System.Globalization;
using Minato.Storage.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Minato.Storage.Postgres.Native;

/// <summary>
/// Rows of one insert or update that wait to be sent together, as arrays: <c>insert … select … from unnest($1, $2)</c>. One
/// statement of a thousand rows takes PostgreSQL a fraction of a thousand statements.
/// </summary>
internal sealed class DeferredRows : Statement
{
    private readonly SqlText _sql;
    private readonly Column[] _columns;
    private string? _text;

    internal DeferredRows(string sql)
    {
        _sql = SqlText.From(sql, position => string.Create(CultureInfo.InvariantCulture, $"t.p{position}"));
        _columns = [.. _sql.Indexes.Select(_ => new Column())];
    }

    /// <summary>Rows that wait.</summary>
    internal int Count { get; private set; }

    /// <summary>A row is added by <see cref="Run"/>; what was bound before for another that was not run is forgotten.</summary>
    internal DeferredRows Begin()
    {
        foreach (var column in _columns)
            column.Next = null;
        return this;
    }

    internal override Statement Bind(int index, long? value) => Bind(index, NpgsqlDbType.Bigint, value);

    internal override Statement Bind(int index, string? value) => Bind(index, NpgsqlDbType.Text, value);

    internal override Statement BindUtf8(int index, ReadOnlySpan<byte> value) => Bind(index, NpgsqlDbType.Text, System.Text.Encoding.UTF8.GetString(value));

    internal override Statement BindBlob(int index, ReadOnlySpan<byte> value) => Bind(index, NpgsqlDbType.Bytea, value.ToArray());

    internal override Statement Bind(int index, Guid value) => Bind(index, NpgsqlDbType.Uuid, value);

    internal override void Run()
    {
        foreach (var column in _columns)
            column.Values.Add(column.Next);
        Count++;
    }

    /// <summary>All that waits, as one command; nothing waits after it.</summary>
    internal NpgsqlBatchCommand Take()
    {
        var command = new NpgsqlBatchCommand(_text ??= Text());
        foreach (var column in _columns)
            command.Parameters.Add(column.Take());
        Count = 0;
        return command;
    }

    internal void Forget()
    {
        foreach (var column in _columns)
            column.Values.Clear();
        Count = 0;
    }

    internal override bool Step() => throw NothingToRead();

    internal override void Reset()
    {
    }

    internal override long Int64(int column) => throw NothingToRead();

    internal override bool IsNull(int column) => throw NothingToRead();

    internal override bool IsTrue(int column) => throw NothingToRead();

    internal override ReadOnlySpan<byte> Bytes(int column) => throw NothingToRead();

    internal override Guid Uid(int column) => throw NothingToRead();

    public override void Dispose()
    {
    }

    private static InvalidOperationException NothingToRead() => new("What is put off has no rows to read.");

    private DeferredRows Bind(int index, NpgsqlDbType type, object? value)
    {
        var column = _columns[_sql.PositionOf(index)];
        (column.Type, column.Next) = (type, value);
        return this;
    }

    /// <summary>The types of the columns are known once a row was bound.</summary>
    private string Text()
    {
        var arrays = string.Join(", ", _columns.Select((c, i) => string.Create(CultureInfo.InvariantCulture, $"${i + 1}::{c.TypeName}[]")));
        var names = string.Join(", ", _columns.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"p{i + 1}")));
        var from = $"from unnest({arrays}) as t({names})";
        var sql = _sql.Text;
        if (sql.IndexOf("values (", StringComparison.Ordinal) is var values and > 0)
        {
            // No value of ours has a parenthesis.
            var end = sql.IndexOf(')', values);
            return $"{sql[..values]}select {sql[(values + "values (".Length)..end]} {from}{sql[(end + 1)..]}";
        }
        var where = sql.IndexOf(" where ", StringComparison.Ordinal);
        return $"{sql[..where]} {from}{sql[where..]}";
    }

    private sealed class Column
    {
        internal NpgsqlDbType Type { get; set; } = NpgsqlDbType.Bigint;

        internal object? Next { get; set; }

        internal List<object?> Values { get; } = [];

        internal string TypeName => Type switch
        {
            NpgsqlDbType.Bigint => "bigint",
            NpgsqlDbType.Text => "text",
            NpgsqlDbType.Bytea => "bytea",
            NpgsqlDbType.Uuid => "uuid",
            _ => throw new InvalidOperationException($"No column of type {Type} is put off."),
        };

        internal NpgsqlParameter Take()
        {
            object values = Type switch
            {
                NpgsqlDbType.Bigint => Values.ConvertAll(v => (long?)v).ToArray(),
                NpgsqlDbType.Text => Values.ConvertAll(v => (string?)v).ToArray(),
                NpgsqlDbType.Bytea => Values.ConvertAll(v => (byte[]?)v).ToArray(),
                _ => Values.ConvertAll(v => (Guid?)v).ToArray(),
            };
            Values.Clear();
            return new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | Type, Value = values };
        }
    }
}
