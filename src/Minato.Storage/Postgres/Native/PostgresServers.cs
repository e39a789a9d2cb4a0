using Npgsql;

namespace Minato.Storage.Postgres.Native;

/// <summary>
/// The servers of one database, of which one has it: connections are opened to a primary, and never to one from which a standby has taken over, though
/// it may live on somewhere and not know. Each promotion begins a timeline of its own, so that a lower one than was seen is over.
/// </summary>
/// <param name="hosts">In the order in which they were named; at least one.</param>
internal sealed class PostgresServers(IReadOnlyList<NpgsqlDataSource> hosts) : IAsyncDisposable, IDisposable
{
    /// <summary>-1: a standby.</summary>
    private const string WhichTimeline = """
        select case when pg_is_in_recovery() then -1 else ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::bigint end
        """;

    private readonly Lock _gate = new();
    private long _timeline;
    private int _primary;

    /// <summary>The newest that was seen; 0: none, or it is not told (as by services that only speak PostgreSQL's language).</summary>
    internal long Timeline => Volatile.Read(ref _timeline);

    /// <summary>Whether a standby took over from the one that a connection leads to.</summary>
    internal bool IsOver(long timeline) => timeline != 0 && timeline < Timeline;

    /// <param name="isElsewhereFirst">Whether the one that was the primary until now is asked last: it may be over without knowing it.</param>
    /// <exception cref="NpgsqlException">None of them is there as a primary.</exception>
    internal (NpgsqlConnection Connection, long Timeline) Open(bool isElsewhereFirst = false) =>
        // Without waiting: it is done when it returns.
        OpenAsync(isAsync: false, isElsewhereFirst, CancellationToken.None).GetAwaiter().GetResult();

    /// <exception cref="NpgsqlException">None of them is there as a primary.</exception>
    internal Task<(NpgsqlConnection Connection, long Timeline)> OpenAsync(CancellationToken cancel) =>
        OpenAsync(isAsync: true, isElsewhereFirst: false, cancel);

    public void Dispose()
    {
        foreach (var host in hosts)
            host.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts)
            await host.DisposeAsync();
    }

    private async Task<(NpgsqlConnection Connection, long Timeline)> OpenAsync(bool isAsync, bool isElsewhereFirst, CancellationToken cancel)
    {
        var first = Volatile.Read(ref _primary) + (isElsewhereFirst ? 1 : 0);
        var troubles = new List<string>();
        for (var i = first; i < first + hosts.Count; i++)
            try
            {
                return await OpenAsync(i % hosts.Count, isAsync, cancel);
            }
            catch (Exception e) when (hosts.Count > 1 && e is (NpgsqlException or IOException or TimeoutException))
            {
                troubles.Add(e.Message);
            }
        throw new NpgsqlException($"none of its servers is there as a primary: {string.Join("; ", troubles)}");
    }

    private async Task<(NpgsqlConnection Connection, long Timeline)> OpenAsync(int host, bool isAsync, CancellationToken cancel)
    {
        var connection = isAsync ? await hosts[host].OpenConnectionAsync(cancel) : hosts[host].OpenConnection();
        try
        {
            var timeline = await AskAsync(connection, isAsync, cancel);
            Take(host, timeline, connection);
            return (connection, timeline);
        }
        catch
        {
            if (isAsync)
                await connection.DisposeAsync();
            else
                connection.Dispose();
            throw;
        }
    }

    private static async Task<long> AskAsync(NpgsqlConnection connection, bool isAsync, CancellationToken cancel)
    {
        try
        {
            await using var ask = new NpgsqlCommand(WhichTimeline, connection);
            return (long)(isAsync ? await ask.ExecuteScalarAsync(cancel) : ask.ExecuteScalar())!;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.FeatureNotSupported or PostgresErrorCodes.UndefinedFunction
            or PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.ObjectNotInPrerequisiteState)
        {
            return 0;
        }
    }

    private void Take(int host, long timeline, NpgsqlConnection connection)
    {
        if (timeline < 0)
            throw new NpgsqlException($"{connection.Host}:{connection.Port} is a standby");
        lock (_gate)
        {
            if (IsOver(timeline))
                throw new NpgsqlException($"{connection.Host}:{connection.Port} is not the primary any more: a standby took over (timeline {_timeline}, not {timeline})");
            _timeline = Math.Max(_timeline, timeline);
            _primary = host;
        }
    }
}
