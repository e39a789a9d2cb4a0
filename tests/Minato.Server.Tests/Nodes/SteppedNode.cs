using Microsoft.Extensions.Logging.Abstractions;
using Minato.Core.Commands;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Server.Log;
using Minato.Server.Nodes;
using Minato.Server.Rooms;
using Minato.Server.Sessions;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Nodes;

/// <summary>One of several servers on one log: its writer, its publisher and its follower take a turn when the test says so.</summary>
internal sealed class SteppedNode : IDisposable
{
    /// <summary>What a session is told in answer to its own event number n.</summary>
    public const int Answer = 1_000_000;

    private readonly SharedLog _log;
    private readonly SessionRegistry _sessions = new();
    private readonly SessionContext _context;

    public SteppedNode(SharedLog log, ManualTime clock)
    {
        _log = log;
        Store = new FakeStore { Commit = Commit, Head = () => Task.FromResult(log.Head) };
        Link = new NodeLink(clock);
        Rooms = new LiveRooms(Store, link: Link);
        Publisher = new Publisher(Rooms, _sessions, NullLogger<Publisher>.Instance, isStepped: true);
        Writer = new LogWriter(Store, Publisher, new ChangedRooms(), clock, NullLogger<LogWriter>.Instance, Link, isStepped: true);
        Follower = new Follower(
            log, Rooms, _sessions, Publisher, Link, new OtherChanges(log, Rooms, _sessions), clock, NullLogger<Follower>.Instance);
        _context = ProbeSession.ContextOver(Store, Rooms, sessions: _sessions);
    }

    public FakeStore Store { get; }

    public NodeLink Link { get; }

    public LiveRooms Rooms { get; }

    public Publisher Publisher { get; }

    public LogWriter Writer { get; }

    public Follower Follower { get; }

    /// <summary>Told of each event that this node committed; null: hints are lost.</summary>
    public Action<CommitHint>? Hint { get; set; }

    /// <summary>Called when a batch is on disk, and nobody here knows yet.</summary>
    public Action Committed { get; set; } = () => { };

    public NumberFormat Format { get; } = new();

    public async Task<ProbeSession> EnterAsync(User user)
    {
        var session = ProbeSession.Create(_context, user);
        _sessions.Add(session);
        await session.EnterAsync(Make.Lobby, Format);
        return session;
    }

    public void Say(ProbeSession session) => Submit(new Answering(new Post(session.You!, null, Make.Lobby.Id, Make.Body("x")), session));

    public void Do(Command command) => Submit(new Submission(command, lane: null));

    public void Write() => Writer.RunOnce(waits: false);

    public void Publish() => Publisher.RunOnce(waits: false);

    public void Follow()
    {
        Follower.RunOnce(waits: false);
        Follower.Changes.RunOnce(waits: false);
    }

    public void Dispose() => _sessions.Dispose();

    private void Submit(Submission submission) => Assert.True(Writer.Submit(submission) is null || Link.IsCutOff);

    private IReadOnlyList<Outcome> Commit(IReadOnlyList<Command> batch)
    {
        var outcomes = _log.Commit(batch);
        Committed();
        foreach (var logged in outcomes.OfType<Logged>())
            Hint?.Invoke(new CommitHint(logged.Room.Id, logged.Seq));
        return outcomes;
    }

    private sealed class Answering(Command command, Session session) : Submission(command, lane: null)
    {
        internal override void Complete(Outcome outcome, Turn turn)
        {
            if (outcome is Logged logged)
                turn.Send(session, BitConverter.GetBytes(Answer + (int)logged.Seq));
        }
    }
}
