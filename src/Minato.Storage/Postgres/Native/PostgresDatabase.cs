using System.Data;
using Minato.Storage.Sql;
using Npgsql;

namespace Minato.Storage.Postgres.Native;

/// <summary>A connection to PostgreSQL. What is put off goes to the server as one batch, before anything else is asked of it.</summary>
internal sealed class PostgresDatabase : Database
{
    private readonly Dictionary<string, PostgresStatement> _statements = [];
    private readonly Dictionary<string, DeferredRows> _deferred = [];
    private readonly PostgresServers _servers;
    private readonly CommitMark? _mark;
    private bool _inTransaction;
    private bool _owesBegin;
    private int _changes;

    private PostgresDatabase(PostgresServers servers, CommitMark? mark, bool isElsewhereFirst)
    {
        (_servers, _mark) = (servers, mark);
        (Connection, Timeline) = servers.Open(isElsewhereFirst);
        Connection.Notice += (_, told) => HasGivenUpStandby |= told.Notice.SqlState == PostgresErrorCodes.Warning;
    }

    internal NpgsqlConnection Connection { get; }

    /// <summary>Of the server that it leads to, see <see cref="PostgresServers.Timeline"/>.</summary>
    internal long Timeline { get; }

    /// <summary>The connection is gone: another has to be opened.</summary>
    internal bool IsBroken { get; private set; }

    /// <summary>A standby took over from the server that it leads to.</summary>
    internal bool IsOver => _servers.IsOver(Timeline);

    /// <summary>
    /// Something was committed here that its synchronous standby may not have, and that is lost if this one is: to a statement that is cancelled, as when its
    /// time is over, while it waits for a standby, PostgreSQL answers that it was carried out, and warns.
    /// </summary>
    internal bool HasGivenUpStandby { get; private set; }

    /// <param name="mark">What resolves a commit whose answer is lost; null for connections that only read.</param>
    /// <param name="isElsewhereFirst">See <see cref="PostgresServers.Open"/>.</param>
    /// <exception cref="PostgresError">The server is not there, or does not let us in.</exception>
    internal static PostgresDatabase Open(PostgresServers servers, CommitMark? mark = null, bool isElsewhereFirst = false)
    {
        try
        {
            return new PostgresDatabase(servers, mark, isElsewhereFirst);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            throw PostgresError.From(e);
        }
    }

    internal override Statement Statement(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
            _statements[sql] = statement = new PostgresStatement(this, sql);
        return statement.Begin();
    }

    internal override Statement Deferred(string sql)
    {
        if (!_deferred.TryGetValue(sql, out var rows))
            _deferred[sql] = rows = new DeferredRows(sql);
        return rows.Begin();
    }

    internal override int Changes => _changes;

    internal override bool HasOtherWriters => true;

    internal override void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, Connection);
        Run(command);
    }

    /// <summary>Goes to the server with whatever comes first.</summary>
    internal override void Begin() => _inTransaction = _owesBegin = true;

    internal override void BeginSnapshot() => Execute("begin isolation level repeatable read read only");

    internal override void Commit()
    {
        _mark?.Set(this);
        using var batch = NewBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        HasGivenUpStandby = false;
        try
        {
            Guard(batch, static b => b.ExecuteNonQuery());
            if (_mark is not null && HasGivenUpStandby)
                throw new PostgresError(SqlTrouble.Away, "it did not wait for its standby");
        }
        catch (PostgresError e) when (_mark is not null && e.Trouble == SqlTrouble.Away && (IsBroken || HasGivenUpStandby))
        {
            // Nobody said whether it was done, and is there to stay. Asked over another connection, the database does. (Of a full disk it was said, though
            // Npgsql closes the connection.)
            IsBroken = true;
            if (!_mark.IsThere())
                throw new PostgresError(SqlTrouble.Away, e.Message, e);
        }
        _inTransaction = false;
    }

    internal override void Rollback()
    {
        var isBegun = _inTransaction && !_owesBegin;
        _inTransaction = _owesBegin = false;
        if (isBegun && !IsBroken)
            Execute("rollback");
    }

    internal override void ResetStatements()
    {
        foreach (var statement in _statements.Values)
            statement.Reset();
        foreach (var rows in _deferred.Values)
            rows.Forget();
    }

    internal NpgsqlDataReader Read(NpgsqlCommand command)
    {
        Flush();
        return command.ExecuteReader();
    }

    internal void Run(NpgsqlCommand command)
    {
        Flush();
        _changes = Guard(command, static c => c.ExecuteNonQuery());
    }

    internal T Guard<TArgument, T>(TArgument argument, Func<TArgument, T> act)
    {
        try
        {
            return act(argument);
        }
        catch (Exception e) when (PostgresError.IsOf(e, Connection))
        {
            IsBroken |= Connection.State != ConnectionState.Open;
            throw PostgresError.From(e);
        }
    }

    public override void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        Connection.Dispose();
    }

    /// <summary>What waits to be sent, to which more may be added; it has to be run.</summary>
    internal NpgsqlBatch NewBatch()
    {
        var batch = new NpgsqlBatch(Connection);
        if (_owesBegin)
            batch.BatchCommands.Add(new NpgsqlBatchCommand("begin"));
        _owesBegin = false;
        foreach (var rows in _deferred.Values)
            if (rows.Count > 0)
                batch.BatchCommands.Add(rows.Take());
        return batch;
    }

    private void Flush()
    {
        using var batch = NewBatch();
        if (batch.BatchCommands.Count > 0)
            Guard(batch, static b => b.ExecuteNonQuery());
    }
}
