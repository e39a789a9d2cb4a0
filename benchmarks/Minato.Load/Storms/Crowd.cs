using System.Diagnostics;

namespace Minato.Load.Storms;

/// <summary>Members of some rooms, in equal parts, of whom one in each says something every second, and who come back whenever they lose their server.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    /// <summary>Who come in at once when the scene is set.</summary>
    private const int Joining = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly Returns _returns = new(new Random(1));
    private readonly List<Member> _members;
    private readonly int _rooms;
    private readonly List<Task> _talk = [];

    internal Crowd(int clients, int rooms, int port)
    {
        _rooms = rooms;
        _members = [.. Enumerable.Range(0, clients).Select(i => new Member(i, $"#storm-{i % rooms}", port, _returns))];
    }

    /// <summary>The rooms that there have to be.</summary>
    internal IEnumerable<string> Slugs => Enumerable.Range(0, _rooms).Select(i => $"storm-{i}");

    internal bool AreBack => _members.TrueForAll(m => m.IsBack);

    /// <summary>Events that came twice, or after one that did not.</summary>
    internal int Wrong => _members.Sum(m => m.Wrong);

    internal int Resets => _members.Sum(m => m.Resets);

    /// <summary>Completes when all are members.</summary>
    internal async Task GatherAsync()
    {
        _talk.Add(_returns.RunAsync(_stop.Token));
        foreach (var some in _members.Chunk(Joining))
            await Task.WhenAll(some.Select(m => m.JoinAsync()));
    }

    internal void StartTalking() => _talk.Add(Talk.RunAsync(_members[.._rooms], _rooms, _stop.Token));

    /// <summary>Forgets when they were back: the next loss counts.</summary>
    internal void Expect() => _members.ForEach(m => m.Expect());

    /// <summary>Their machines lose the network.</summary>
    internal void Cut() => _members.ForEach(m => m.Cut());

    /// <summary>They find another server there the next time that they come back, as by a balancer.</summary>
    internal void TurnTo(int port) => _members.ForEach(m => m.TurnTo(port));

    /// <summary>Completes when all have caught up again, or after two minutes.</summary>
    internal async Task AwaitBackAsync()
    {
        var from = Stopwatch.GetTimestamp();
        while (!AreBack && Stopwatch.GetElapsedTime(from) < Patience)
            await Task.Delay(20);
    }

    /// <summary>Seconds until they had caught up, of those who have.</summary>
    internal Spread BackSince(long since) =>
        Spread.Of(_members.Where(m => m.IsBack).Select(m => Math.Max(0, Stopwatch.GetElapsedTime(since, m.BackAt).TotalSeconds)));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_talk);
        _members.ForEach(m => m.Dispose());
        _stop.Dispose();
    }
}
