using Minato.Storage.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Minato.Storage.Postgres.Native;

/// <summary>
/// Several queries asked in one journey to the server: <c>Add</c> each, then for each, in order, <see cref="PostgresRows.Step"/>
/// until false.
/// </summary>
internal sealed class Questions(PostgresDatabase db) : PostgresRows(db), IDisposable
{
    private readonly List<NpgsqlBatchCommand> _commands = [];
    private readonly Queue<bool> _isAsked = [];
    private NpgsqlBatch? _batch;

    /// <summary>Asks nothing where a list is empty, and has no rows then.</summary>
    /// <param name="sql">With <c>$1</c> …</param>
    /// <param name="parameters"><c>long</c>, <c>byte[]</c>, or an array of <c>long</c>, <c>byte[]</c> or <c>string</c>.</param>
    internal void Add(string sql, params ReadOnlySpan<object> parameters)
    {
        var isEmpty = parameters.Length > 0 && parameters[0] is Array { Length: 0 };
        _isAsked.Enqueue(!isEmpty);
        if (isEmpty)
            return;
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in parameters)
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = TypeOf(value), Value = value });
        _commands.Add(command);
    }

    public override void Dispose()
    {
        Reset();
        _batch?.Dispose();
    }

    internal override bool Step()
    {
        if (!_isAsked.Peek())
        {
            _isAsked.Dequeue();
            return false;
        }
        if (base.Step())
            return true;
        _isAsked.Dequeue();
        return false;
    }

    /// <summary>With what waited to be sent, only now: where nothing is asked, it waits on.</summary>
    private protected override NpgsqlDataReader Ask()
    {
        _batch = Db.NewBatch();
        foreach (var command in _commands)
            _batch.BatchCommands.Add(command);
        return _batch.ExecuteReader();
    }

    private protected override void End(NpgsqlDataReader rows) => rows.NextResult();

    internal override Statement Bind(int index, long? value) => throw NothingToBind();

    internal override Statement Bind(int index, string? value) => throw NothingToBind();

    internal override Statement BindUtf8(int index, ReadOnlySpan<byte> value) => throw NothingToBind();

    internal override Statement BindBlob(int index, ReadOnlySpan<byte> value) => throw NothingToBind();

    internal override Statement Bind(int index, Guid value) => throw NothingToBind();

    internal override void Run() => throw new NotSupportedException("Questions are for their answers.");

    private static NotSupportedException NothingToBind() => new("A question has its parameters from the start.");

    private static NpgsqlDbType TypeOf(object value) => value switch
    {
        long => NpgsqlDbType.Bigint,
        long[] => NpgsqlDbType.Array | NpgsqlDbType.Bigint,
        byte[] => NpgsqlDbType.Bytea,
        byte[][] => NpgsqlDbType.Array | NpgsqlDbType.Bytea,
        string[] => NpgsqlDbType.Array | NpgsqlDbType.Text,
        _ => throw new ArgumentException($"No question is asked with a {value.GetType().Name}."),
    };
}
