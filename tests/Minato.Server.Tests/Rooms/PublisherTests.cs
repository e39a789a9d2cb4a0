using Microsoft.Extensions.Logging.Abstractions;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Server.Log;
using Minato.Server.Rooms;
using Minato.Server.Sessions;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Rooms;

public sealed class PublisherTests : IAsyncDisposable
{
    private readonly FakeStore _store = new();
    private readonly NumberFormat _format = new();
    private readonly SessionRegistry _sessions = new();
    private readonly LiveRooms _rooms;
    private readonly SessionContext _context;
    private readonly Publisher _publisher;

    public PublisherTests()
    {
        _rooms = new LiveRooms(_store);
        _context = ProbeSession.ContextOver(_store, _rooms, sessions: _sessions);
        _publisher = new Publisher(_rooms, _sessions, NullLogger<Publisher>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _publisher.DisposeAsync();
        _sessions.Dispose();
    }

    [Fact]
    public async Task A_sender_is_answered_before_the_event_and_the_event_is_encoded_once_for_all()
    {
        var sessions = await EnterAsync(5);
        Publish(new Answering(sessions[0], 0x0A0A0A0A));
        await _publisher.DisposeAsync();
        await sessions[0].GotAsync([0x0A0A0A0A, 1]);
        foreach (var other in sessions[1..])
            await other.GotAsync([1]);
        Assert.Equal(1, _format.Encoded);
    }

    [Fact]
    public async Task Batches_that_waited_make_one_turn_in_which_all_answers_come_first()
    {
        var sessions = await EnterAsync(3);
        using var hold = new Holding();
        _publisher.Enqueue(new CommittedBatch([hold], [Nothing.Value]));
        await hold.Entered.Within("the publisher");
        for (var i = 1; i <= 5; i++)
            Publish(new Answering(sessions[0], 1000 + i), i);
        hold.Open();
        await _publisher.DisposeAsync();
        await sessions[0].GotAsync([1001, 1002, 1003, 1004, 1005, 1, 2, 3, 4, 5]);
        Assert.Equal(5, _format.Encoded);
    }

    [Fact]
    public async Task One_submission_that_throws_disturbs_nobody_else()
    {
        var sessions = await EnterAsync(2);
        _publisher.Enqueue(new CommittedBatch(
            [new Throwing(), new Answering(sessions[1], 77)],
            [Make.Logged(1), Make.Logged(2)]));
        await _publisher.DisposeAsync();
        await sessions[0].GotAsync([1, 2]);
        await sessions[1].GotAsync([77, 1, 2]);
    }

    [Fact]
    public async Task A_room_that_cannot_be_told_disturbs_no_other_and_the_publisher_goes_on()
    {
        var sessions = await EnterAsync(1);
        var broken = Make.Lobby with { Id = new RoomId(2) };
        await sessions[0].EnterAsync(broken, new BrokenFormat());
        _publisher.Enqueue(new CommittedBatch(
            [new Submission(Make.Post("a"), null), new Submission(Make.Post("b"), null)],
            [new Logged(broken, 1, 1, Make.Posted(1) with { Room = broken.Id }), Make.Logged(1)]));
        Publish(new Submission(Make.Post("c"), null), 2);
        await _publisher.DisposeAsync();
        await sessions[0].GotAsync([1, 2]);
    }

    [Fact]
    public async Task A_lane_is_free_only_when_its_answer_and_event_are_on_their_way()
    {
        var session = (await EnterAsync(1))[0];
        var lane = new Lane();
        lane.Enter();
        Publish(new Submission(Make.Post("x"), lane));
        await lane.WhenIdle().Within("the lane");
        await session.GotAsync([1]);
    }

    [Fact]
    public async Task Those_who_entered_left_or_read_are_told_and_nobody_else()
    {
        var (alice, again, bob) = (ProbeSession.Create(_context, Make.Alice), ProbeSession.Create(_context, Make.Alice), ProbeSession.Create(_context, Make.Bob));
        _publisher.Enqueue(new CommittedBatch(
            [.. Enumerable.Repeat(new Submission(Make.Post("x"), null), 3)],
            [
                new Logged(Make.Lobby, 4, 4, null) { Entered = [Make.Alice] },
                new ReadMoved(Make.Alice.Id, Make.Lobby, 9, 9, 0),
                new Logged(Make.Lobby, 5, 5, null) { Exited = Make.Alice },
            ]));
        await _publisher.DisposeAsync();
        Assert.Equal(["entered 4", "read 9", "exited"], alice.Told);
        Assert.Equal(["entered 4", "read 9", "exited"], again.Told);
        Assert.Empty(bob.Told);
    }

    [Fact]
    public async Task Whoever_is_made_to_leave_hears_the_event_that_says_so_and_nothing_after_it_in_the_same_turn()
    {
        var bob = ProbeSession.Create(_context, Make.Bob);
        await bob.EnterAsync(Make.Lobby, _format);
        var others = await EnterAsync(2);
        var kick = new Kicked(Make.Lobby.Id, 2, 2, Make.Alice, Make.Bob);
        using var hold = new Holding();
        _publisher.Enqueue(new CommittedBatch([hold], [Nothing.Value]));
        await hold.Entered.Within("the publisher");
        _publisher.Enqueue(new CommittedBatch(
            [.. Enumerable.Repeat(new Submission(Make.Post("x"), null), 4)],
            [Make.Logged(1), new Logged(Make.Lobby, 2, 2, kick) { Exited = Make.Bob }, Make.Logged(3), Make.Logged(4)]));
        Publish(new Submission(Make.Post("x"), null), 5);
        hold.Open();
        await _publisher.DisposeAsync();
        await bob.GotAsync([1, 2]);
        foreach (var other in others)
            await other.GotAsync([1, 2, 3, 4, 5]);
    }

    [Fact]
    public async Task Who_begins_to_hide_somebody_in_the_middle_of_a_run_is_told_it_once()
    {
        var sessions = await EnterAsync(2);
        var asked = 0;
        sessions[0].Hiding = () => ++asked == 1 ? null : new HashSet<Core.Users.UserId> { Make.Alice.Id };
        _publisher.Enqueue(new CommittedBatch(
            [.. Enumerable.Repeat(new Submission(Make.Post("x"), null), 2)], [Make.Logged(1), Make.Logged(2, by: Make.Bob)]));
        await _publisher.DisposeAsync();
        foreach (var session in sessions)
            await session.GotAsync([1, 2]);
    }

    [Fact]
    public async Task Who_comes_back_between_the_answer_to_an_erasure_and_its_event_is_not_given_the_text()
    {
        await EnterAsync(1);
        var publisher = new Publisher(_rooms, _sessions, NullLogger<Publisher>.Instance, isStepped: true);
        publisher.Enqueue(new CommittedBatch([new Submission(Make.Post("x"), null)], [Make.Logged(1, "secret")]));
        publisher.RunOnce(waits: false);
        var replayed = new List<string>();
        foreach (var erasing in new RoomEvent[] { new Deleted(Make.Lobby.Id, 2, 2, Make.Alice, 1), new MessagesErased(Make.Lobby.Id, 3, 3, Make.Alice, Make.Alice, UpTo: 2) })
        {
            publisher.Enqueue(new CommittedBatch([new Answered(() => replayed.Add(Replay(erasing.Seq - 1)))], [new Logged(Make.Lobby, erasing.Seq, erasing.Seq, erasing)]));
            publisher.RunOnce(waits: false);
        }
        Assert.Equal(2, replayed.Count);
        Assert.All(replayed, text => Assert.Contains("alice", text));
        Assert.All(replayed, text => Assert.DoesNotContain("secret", text));
    }

    [Fact]
    public async Task What_was_said_elsewhere_and_read_before_a_rename_was_told_is_told_behind_it_by_the_new_name()
    {
        var session = ProbeSession.Create(_context);
        await session.EnterAsync(Make.Lobby, WireFormat.LfLines);
        var publisher = new Publisher(_rooms, _sessions, NullLogger<Publisher>.Instance, isStepped: true);
        publisher.Enqueue(new CommittedBatch([new Submission(Make.Post("x"), null)], [new UserChanged(Make.Alice with { Nick = "alicia" }, Was: Make.Alice)]));
        publisher.Enqueue(new CommittedBatch([new Submission(Make.Post("x"), null)], [Make.Logged(1, "hello")]) { IsElsewhere = true });
        publisher.RunOnce(waits: false);
        Assert.Contains("<alicia> hello", System.Text.Encoding.UTF8.GetString(await session.SentAsync()));
    }

    [Fact]
    public async Task A_reader_who_takes_nothing_is_closed_as_slow_and_the_others_read_on()
    {
        var sessions = await EnterAsync(2);
        var slow = ProbeSession.Create(_context, reads: false);
        await slow.EnterAsync(Make.Lobby, WireFormat.WebSocket);
        var body = new string('x', 16 * 1024);
        for (var n = 1; n <= 100; n++)
            _publisher.Enqueue(new CommittedBatch([new Submission(Make.Post("x"), null)], [Make.Logged(n, body)]));
        await _publisher.DisposeAsync();
        Assert.True(slow.IsClosing);
        Assert.True(slow.Queue.Bytes < SendQueue.DefaultCapacity / 4); // dropped, but for what was begun and the last words
        foreach (var session in sessions)
            await session.GotAsync(Enumerable.Range(1, 100));
    }

    private async Task<List<ProbeSession>> EnterAsync(int count)
    {
        var sessions = new List<ProbeSession>();
        for (var i = 0; i < count; i++)
        {
            sessions.Add(ProbeSession.Create(_context));
            await sessions[i].EnterAsync(Make.Lobby, _format);
        }
        return sessions;
    }

    private void Publish(Submission submission, long seq = 1) => _publisher.Enqueue(new CommittedBatch([submission], [Make.Logged(seq)]));

    private sealed class Answering(Session session, int answer) : Submission(Make.Post("x"), null)
    {
        internal override void Complete(Outcome outcome, Turn turn) => turn.Send(session, BitConverter.GetBytes(answer));
    }

    private string Replay(long head)
    {
        var live = _rooms.Find(Make.Lobby.Id)!;
        var subscription = live.Subscribe(ProbeSession.Create(_context), WireFormat.LfLines, isLive: false).Subscription;
        live.TryGoLive(subscription, 0, out _, out var recent);
        live.Unsubscribe(subscription, lingers: false);
        return System.Text.Encoding.UTF8.GetString(recent!.Encode(WireFormat.LfLines, Make.Lobby, 0, head, _rooms.Renames, out _).Span);
    }

    private sealed class Answered(Action look) : Submission(Make.Post("x"), null)
    {
        internal override void Complete(Outcome outcome, Turn turn) => look();
    }

    private sealed class Throwing() : Submission(Make.Post("x"), null)
    {
        internal override void Complete(Outcome outcome, Turn turn) => throw new InvalidOperationException("a bug");
    }

    private sealed class Holding() : Submission(Make.Post("x"), null), IDisposable
    {
        private readonly ManualResetEventSlim _open = new();
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Entered => _entered.Task;

        public void Open() => _open.Set();

        public void Dispose() => _open.Dispose();

        internal override void Complete(Outcome outcome, Turn turn)
        {
            _entered.TrySetResult();
            _open.Wait(Patience.Long);
        }
    }

    private sealed class BrokenFormat : WireFormat
    {
        protected override void Write(System.Buffers.IBufferWriter<byte> output, Room room, Core.Events.RoomEvent ev) => throw new InvalidOperationException("a bug");
    }
}
