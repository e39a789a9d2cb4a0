using System.Globalization;
using System.Net.Sockets;

namespace Minato.Load.Idle;

/// <summary>One server, and members that come in and say nothing more.</summary>
internal sealed class IdleRun : IDisposable
{
    /// <summary>Who come in at once.</summary>
    private const int AtOnce = 64;

    /// <summary>Members of each room, as of a team.</summary>
    private const int RoomSize = 50;

    /// <summary>After the last one came in: what was to be done for them is done, and the seconds by which an undecided connection ends are over.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>After some came and went: the server compiles what they used once more, and better, which takes memory that is nobody's.</summary>
    private static readonly TimeSpan Compiling = TimeSpan.FromSeconds(5);

    private readonly IdleServer _server;
    private readonly IdleKind _kind;
    private readonly List<ILoadSocket> _sleepers = [];
    private int _gone;
    private int _lost;

    private IdleRun(IdleServer server, IdleKind kind) => (_server, _kind) = (server, kind);

    /// <returns>What the server held at each step.</returns>
    /// <exception cref="InvalidOperationException">A connection was lost, or could not be made.</exception>
    /// <exception cref="TimeoutException">They did not come in.</exception>
    internal static async Task<IReadOnlyList<Footprint>> RunAsync(IdleKind kind, string executable, IReadOnlyList<int> steps)
    {
        await using var server = await IdleServer.StartAsync(kind, executable);
        using var run = new IdleRun(server, kind);
        var rooms = Enumerable.Range(0, (steps[^1] + 2 * steps[0]) / RoomSize + 1).Select(i => $"idle-{i}").ToList();
        if (!kind.IsBare)
            await Entrance.MakeRoomsAsync(server.Port, rooms, kind.IsTls ? IdleCertificate.Client : null);
        await run.WarmUpAsync(steps[0]);
        var footprints = new List<Footprint>();
        foreach (var step in steps)
        {
            await run.ReachAsync(step).WaitAsync(Patience);
            await Task.Delay(Settling);
            footprints.Add(await Footprint.OfAsync(server));
            if (run._lost > run._gone)
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{kind.Name}: {run._lost - run._gone} of {step} connections were lost."));
        }
        return footprints;
    }

    public void Dispose() => _sleepers.ForEach(s => s.Dispose());

    /// <summary>As many as the first step has come and go, twice.</summary>
    private async Task WarmUpAsync(int count)
    {
        for (var i = 1; i <= 2; i++)
        {
            await ReachAsync(count).WaitAsync(Patience);
            _sleepers.ForEach(s => s.Dispose());
            _sleepers.Clear();
            _gone += count;
            await Task.Delay(Compiling);
        }
    }

    private async Task ReachAsync(int count)
    {
        foreach (var numbers in Enumerable.Range(_sleepers.Count + _gone, count - _sleepers.Count).Chunk(AtOnce))
            foreach (var sleeper in await Task.WhenAll(numbers.Select(n => _kind.EnterAsync(_server.Port, n, $"#idle-{n / RoomSize}"))))
            {
                _sleepers.Add(sleeper);
                _ = SleepAsync(sleeper);
            }
    }

    /// <summary>Answers pings, as every client does, and hears what others do.</summary>
    private async Task SleepAsync(ILoadSocket sleeper)
    {
        try
        {
            while (await sleeper.ReceiveAsync(_ => { }))
            {
            }
            Interlocked.Increment(ref _lost);
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            // The run is over; where it is not, the count says so.
            Interlocked.Increment(ref _lost);
        }
    }
}
