using System.Globalization;
using System.Text;
using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Storage;
using Minato.Storage.Postgres.Native;
using Npgsql;

namespace Minato.Storage.Postgres;

/// <summary>
/// Tells whoever listens which rooms have moved: <c>NOTIFY minato</c> with <c>room:seq</c> for each, separated by commas, and <c>0:1</c> for what is told
/// in the table <c>changes</c>. A hint
/// and no more: it goes after the commit over a connection of its own and waits for no disk. Inside the commit it would
/// make all writers queue for one lock.
/// </summary>
internal sealed class CommitNotice : IAsyncDisposable
{
    internal const string Channel = "minato", Whispers = "minato_whispers";

    /// <summary>Whispers that wait: more than a server says in a second. Past it they are lost, as they may be.</summary>
    private const int MaxWhispers = 1_000;

    /// <summary>PostgreSQL refuses payloads of 8,000 bytes and more.</summary>
    private const int MaxPayload = 7_900;

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly PostgresServers _servers;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _news = new(0, 1);
    private readonly Task _loop;
    private Dictionary<long, long> _moved = [];
    private List<string> _whispers = [];
    private volatile int _backend;

    internal CommitNotice(PostgresServers servers)
    {
        _servers = servers;
        _loop = RunAsync();
    }

    /// <summary>The process of the database's server by which it speaks at the moment; 0: none.</summary>
    internal int Backend => _backend;

    /// <summary>Never waits; what is not sent yet is made one with what comes.</summary>
    /// <param name="isMore">Whether there are changes besides the log.</param>
    internal void Add(IReadOnlyList<Outcome> outcomes, bool isMore)
    {
        lock (_gate)
        {
            if (isMore)
                _moved[CommitHint.Beside.Room.Value] = CommitHint.Beside.Seq;
            foreach (var outcome in outcomes)
                if (outcome is Logged { Event: { } ev })
                    _moved[ev.Room.Value] = ev.Seq;
                else
                    foreach (var (room, left) in (outcome as VisitorEnded)?.Events ?? (outcome as AccountChanged)?.Events ?? [])
                        _moved[room.Id.Value] = left.Seq;
            if (_moved.Count > 0 && _news.CurrentCount == 0)
                _news.Release();
        }
    }

    /// <summary>Never waits.</summary>
    internal void Whisper(string text)
    {
        lock (_gate)
        {
            if (_whispers.Count < MaxWhispers)
                _whispers.Add(text);
            if (_news.CurrentCount == 0)
                _news.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
        _news.Dispose();
    }

    internal static IEnumerable<string> Payloads(IEnumerable<KeyValuePair<long, long>> moved)
    {
        var payload = new StringBuilder();
        foreach (var (room, seq) in moved)
        {
            // Two numbers, a colon and a comma: at most 40.
            if (payload.Length > MaxPayload - 40)
            {
                yield return payload.ToString();
                payload.Clear();
            }
            payload.Append(CultureInfo.InvariantCulture, $"{(payload.Length > 0 ? "," : "")}{room}:{seq}");
        }
        if (payload.Length > 0)
            yield return payload.ToString();
    }

    private async Task RunAsync()
    {
        while (true)
            try
            {
                await SendAsync();
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
            {
                // A hint that is lost costs its readers a second: they look at the heads besides.
                await Task.Delay(PauseAfterFailure, _stopping.Token);
            }
    }

    private async Task SendAsync()
    {
        var (connection, timeline) = await _servers.OpenAsync(_stopping.Token);
        await using var closing = connection;
        await using (var set = new NpgsqlCommand("set synchronous_commit = off", connection))
            await set.ExecuteNonQueryAsync(_stopping.Token);
        _backend = connection.ProcessID;
        await using var notify = new NpgsqlCommand("select pg_notify($1, $2)", connection)
        {
            Parameters = { new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text }, new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text } },
        };
        while (!_servers.IsOver(timeline))
        {
            await _news.WaitAsync(_stopping.Token);
            Dictionary<long, long> moved;
            List<string> whispers;
            lock (_gate)
                (moved, _moved, whispers, _whispers) = (_moved, [], _whispers, []);
            foreach (var (channel, payload) in Payloads(moved).Select(p => (Channel, p)).Concat(whispers.Select(w => (Whispers, w))))
            {
                (notify.Parameters[0].Value, notify.Parameters[1].Value) = (channel, payload);
                await notify.ExecuteNonQueryAsync(_stopping.Token);
            }
        }
    }
}
