using Minato.Core.Rooms;
using Minato.Core.Search;
using Minato.Core.Storage;
using Minato.Storage.Postgres.Native;
using Npgsql;
using NpgsqlTypes;

namespace Minato.Storage.Postgres.Search;

/// <summary>
/// The index in tables of its own beside the log's, with the same tokens as SQLite's. They may be dropped: whoever next looks
/// makes them anew, and the log has everything.
/// </summary>
public sealed class PostgresSearchIndex : ISearchIndex
{
    /// <summary>Connections at once: one that changes it, the rest search.</summary>
    private const int MaxConnections = 4;

    private const string Find = """
        select key, room_id, seq from search_docs
        where tokens @@ $1::text::tsquery and key < $2 order by key desc limit $3
        """;

    private readonly PostgresServers _servers;
    private bool _isReady;

    /// <param name="connection">As for <see cref="PostgresStore.Open"/>.</param>
    /// <exception cref="StoreFailedException">It cannot be understood.</exception>
    public PostgresSearchIndex(string connection) => _servers = ConnectionText.Servers(connection, pooled: MaxConnections);

    public ValueTask<IReadOnlyDictionary<RoomId, LogMark>> ReadMarksAsync(CancellationToken cancel) => DoAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand("select room_id, seq, ts from search_marks", connection);
            await using var rows = await command.ExecuteReaderAsync(cancel);
            var marks = new Dictionary<RoomId, LogMark>();
            while (await rows.ReadAsync(cancel))
                marks[new RoomId(rows.GetInt64(0))] = new LogMark(rows.GetInt64(1), rows.GetInt64(2));
            return (IReadOnlyDictionary<RoomId, LogMark>)marks;
        }, cancel);

    public async ValueTask ApplyAsync(IReadOnlyList<RoomChanges> changes, CancellationToken cancel) => await DoAsync(
        async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await new IndexChange(connection).RunAsync(changes, cancel);
            await transaction.CommitAsync(cancel);
            return true;
        }, cancel);

    public async ValueTask<IReadOnlyList<Candidate>> FindAsync(CandidateRequest request, CancellationToken cancel)
    {
        try
        {
            await using var connection = (await _servers.OpenAsync(cancel)).Connection;
            await using var command = new NpgsqlCommand(Find, connection);
            command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Text, Value = TokenText.Query(request) });
            command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = request.Before ?? long.MaxValue });
            command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = (long)request.Limit });
            await using var rows = await command.ExecuteReaderAsync(cancel);
            var found = new List<Candidate>();
            while (await rows.ReadAsync(cancel))
                found.Add(new Candidate(rows.GetInt64(0), new RoomId(rows.GetInt64(1)), rows.GetInt64(2)));
            return found;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // Not there yet, or being built anew: nothing is found, and whoever builds it says that this is not all.
            return [];
        }
        catch (Exception e) when (IsOfDatabase(e))
        {
            throw Explain(e);
        }
    }

    /// <summary>What is no longer there leaves the disk with PostgreSQL's own vacuum.</summary>
    public ValueTask<bool> MaintainAsync(CancellationToken cancel) =>
        DoAsync(connection => new IndexChange(connection).ForgetTrimmedAsync(cancel), cancel);

    public async ValueTask ClearAsync(CancellationToken cancel)
    {
        try
        {
            await using var connection = (await _servers.OpenAsync(cancel)).Connection;
            await IndexTables.DropAsync(connection, cancel);
            _isReady = false;
        }
        catch (Exception e) when (IsOfDatabase(e))
        {
            throw Explain(e);
        }
    }

    public ValueTask DisposeAsync() => _servers.DisposeAsync();

    private async ValueTask<T> DoAsync<T>(Func<NpgsqlConnection, ValueTask<T>> act, CancellationToken cancel)
    {
        try
        {
            await using var connection = (await _servers.OpenAsync(cancel)).Connection;
            if (!_isReady)
                await IndexTables.EnsureAsync(connection, cancel);
            _isReady = true;
            return await act(connection);
        }
        catch (Exception e) when (IsOfDatabase(e))
        {
            throw Explain(e);
        }
    }

    private static bool IsOfDatabase(Exception e) => e is NpgsqlException or IOException or TimeoutException;

    private static Exception Explain(Exception e) => e switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => new StoreFullException("There is no space left for the search index.", e),
        _ => new SearchIndexException($"The search index cannot be used ({e.Message}).", e)
        {
            IsDamaged = e is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.IndexCorrupted },
        },
    };
}
