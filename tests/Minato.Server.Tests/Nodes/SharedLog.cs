using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;

namespace Minato.Server.Tests.Nodes;

/// <summary>A log of one room in memory, which several nodes write and read: what a database is to them.</summary>
internal sealed class SharedLog : ICommitFeed
{
    private readonly Lock _gate = new();
    private readonly List<RoomEvent> _events = [];
    private long _posts;

    public RoomHead Head
    {
        get
        {
            lock (_gate)
                return new RoomHead(_events.Count, _posts, _events.LastOrDefault()?.Ts ?? 0, 1, 1);
        }
    }

    /// <summary>Nothing can be read from it at the moment.</summary>
    public bool IsAway { get; set; }

    /// <summary>The same of what is changed besides it.</summary>
    public bool AreChangesAway { get; set; }

    /// <summary>What is said to have changed, whoever asks.</summary>
    public IReadOnlyList<NodeChange> Changes { get; set; } = [];

    /// <summary>Who was asked about, each time. Nobody is there.</summary>
    public List<UserId[]> UsersRead { get; } = [];

    /// <summary>How often it was asked what is set.</summary>
    public int SettingsRead { get; private set; }

    /// <summary>Called when a piece or what is set was read, before the one who asked has it.</summary>
    public Action OnRead { get; set; } = () => { };

    /// <summary>A copy takes its place that does not have the newest events.</summary>
    public void LoseNewest(int events)
    {
        lock (_gate)
        {
            _posts -= _events.TakeLast(events).OfType<Posted>().Count();
            _events.RemoveRange(_events.Count - events, events);
        }
    }

    /// <summary>The same, and it is known that another one took over.</summary>
    public void FailOver(int lost)
    {
        LoseNewest(lost);
        Timeline++;
    }

    public IReadOnlyList<Outcome> Commit(IReadOnlyList<Command> batch)
    {
        lock (_gate)
            return [.. batch.Select(Commit)];
    }

    public ValueTask<IReadOnlyList<(RoomId Room, RoomHead Head)>> ReadHeadsAsync(IReadOnlyCollection<RoomId> rooms, CancellationToken cancel)
    {
        ThrowIfAway();
        return new([.. rooms.Select(r => (r, Head))]);
    }

    public ValueTask<IReadOnlyList<LogPiece>> ReadLogsAsync(IReadOnlyCollection<(RoomId Room, long After)> of, int limit, CancellationToken cancel)
    {
        ThrowIfAway();
        var after = of.Single(o => o.Room == Make.Lobby.Id).After;
        LogPiece piece;
        lock (_gate)
        {
            var posts = _events.Take((int)after).OfType<Posted>().Count();
            piece = new LogPiece(Make.Lobby, Head, [.. _events.Skip((int)after).Take(limit).Select(e => new LoggedEvent(e, posts += e is Posted ? 1 : 0))]);
        }
        OnRead();
        return new([piece]);
    }

    public long Timeline { get; private set; } = 1;

    public ValueTask<IReadOnlyList<(RoomId Room, EventMark Mark)>> ReadMarksAsync(IReadOnlyCollection<(RoomId Room, long Seq)> events, CancellationToken cancel)
    {
        ThrowIfAway();
        lock (_gate)
            return new([.. events.Where(e => e.Seq <= _events.Count).Select(e => (e.Room, new EventMark(_events[(int)e.Seq - 1].Ts, _events.Take((int)e.Seq).OfType<Posted>().Count())))]);
    }

    public ValueTask<ChangePage> ReadChangesAsync(ChangeMark? after, CancellationToken cancel)
    {
        ThrowIfAway();
        if (AreChangesAway)
            throw new StoreAwayException("They are away.");
        return new(new ChangePage(Changes, new ChangeMark(0, new HashSet<long>(), 0)));
    }

    public ValueTask<IReadOnlyList<UserNow>> ReadUsersAsync(IReadOnlyCollection<UserId> users, CancellationToken cancel)
    {
        UsersRead.Add([.. users]);
        return new([]);
    }

    public ValueTask<IReadOnlyList<ReadNow>> ReadPositionsAsync(IReadOnlyCollection<(RoomId Room, UserId User)> of, CancellationToken cancel) =>
        throw new NotSupportedException();

    public ValueTask<Credential?> FindCredentialAsync(byte[] hash, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<Standing> ReadStandingAsync(RoomId room, UserId user, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<User>> ReadBlocksAsync(UserId user, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<long> CountOpenReportsAsync(CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<WorkspaceSettings> ReadSettingsAsync(CancellationToken cancel)
    {
        SettingsRead++;
        OnRead();
        return new(new WorkspaceSettings());
    }

    public void Whisper(string text)
    {
    }

    public Task ListenAsync(Action<CommitHint> heard, Action<string> whispered, CancellationToken cancel) => throw new NotSupportedException("Hints are given by hand.");

    private Outcome Commit(Command command)
    {
        var seq = _events.Count + 1;
        // A standby takes a while to take over.
        var ts = (Timeline * 10_000) + seq;
        RoomEvent? ev = command switch
        {
            Post post => new Posted(Make.Lobby.Id, seq, ts, post.Actor, ++_posts, post.Body),
            Kick kick => new Kicked(Make.Lobby.Id, seq, ts, kick.Actor, new User(kick.Subject, Guid.Empty, UserKind.Guest, "somebody")),
            Join join => new Joined(Make.Lobby.Id, seq, ts, join.Actor),
            _ => null,
        };
        if (ev is null)
            return Nothing.Value;
        _events.Add(ev);
        return new Logged(Make.Lobby, seq, ts, ev)
        {
            Entered = ev is Joined ? [ev.From] : [],
            EnteredAtPost = _posts,
            Exited = (ev as Kicked)?.Subject,
        };
    }

    private void ThrowIfAway()
    {
        if (IsAway)
            throw new StoreAwayException("It is away.");
    }
}
