using Minato.Core.Rooms;
using Minato.Server.Rooms;
using Minato.Server.Sessions;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Rooms;

public sealed class LiveRoomsTests : IAsyncDisposable
{
    private readonly FakeStore _store = new();
    private readonly NumberFormat _format = new();
    private readonly LiveRooms _rooms;
    private readonly SessionContext _context;

    public LiveRoomsTests()
    {
        _rooms = new LiveRooms(_store);
        _context = ProbeSession.ContextOver(_store, _rooms);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_room_is_loaded_for_the_first_and_let_go_with_the_last()
    {
        Assert.Null(_rooms.Find(Make.Lobby.Id));
        var (a, b) = (ProbeSession.Create(_context), ProbeSession.Create(_context));
        await a.EnterAsync(Make.Lobby, _format);
        var room = _rooms.Find(Make.Lobby.Id);
        await b.EnterAsync(Make.Lobby, _format);
        Assert.NotNull(room);
        Assert.Same(room, _rooms.Find(Make.Lobby.Id));
        Assert.Equal(2, room.HereCount);
        a.Leave();
        Assert.Equal(1, room.HereCount);
        b.Leave();
        Assert.Null(_rooms.Find(Make.Lobby.Id));
    }

    [Fact]
    public async Task A_head_that_cannot_be_read_leaves_no_room_behind()
    {
        _store.Head = () => throw new IOException("no");
        await Assert.ThrowsAsync<IOException>(async () => await ProbeSession.Create(_context).EnterAsync(Make.Lobby, _format));
        Assert.Null(_rooms.Find(Make.Lobby.Id));
    }

    [Fact]
    public async Task One_session_enters_once_however_many_threads_enter_it()
    {
        var head = new TaskCompletionSource<RoomHead>();
        var asked = 0;
        _store.Head = () =>
        {
            asked++;
            return head.Task;
        };
        var session = ProbeSession.Create(_context);
        var entering = Enumerable.Range(0, 4).Select(_ => session.EnterAsync(Make.Lobby, _format).AsTask()).ToList();
        head.SetResult(default);
        Assert.Single(await Task.WhenAll(entering).Within("everybody's answer"), e => e is not null);
        Assert.Equal(1, asked); // the others did not come near the room, where for a moment they would have heard everything twice
        Publish(1);
        await session.GotAsync([1]);
        session.Leave();
        Assert.Null(_rooms.Find(Make.Lobby.Id));
    }

    [Fact]
    public async Task One_who_ended_meanwhile_is_not_entered()
    {
        var head = new TaskCompletionSource<RoomHead>();
        _store.Head = () => head.Task;
        var session = ProbeSession.Create(_context);
        var entering = session.EnterAsync(Make.Lobby, _format).AsTask();
        session.Leave();
        head.SetResult(default);
        Assert.Null(await entering.Within("the answer"));
        Assert.Null(_rooms.Find(Make.Lobby.Id));
    }

    /// <summary>A joining is answered before it is published, together with what was said just before it.</summary>
    [Fact]
    public async Task Who_comes_before_their_joining_is_published_hears_nothing_from_before_it()
    {
        var (old, early, late) = (ProbeSession.Create(_context), ProbeSession.Create(_context), ProbeSession.Create(_context));
        await old.EnterAsync(Make.Lobby, _format);
        await early.EnterAsync(Make.Lobby, _format, after: 2);
        await late.EnterAsync(Make.Lobby, _format, after: 4);
        Publish(1, 2, 3);
        Publish(4);
        Publish(5, 6);
        await old.GotAsync([1, 2, 3, 4, 5, 6]);
        await early.GotAsync([3, 4, 5, 6]);
        await late.GotAsync([5, 6]);
    }

    [Fact]
    public async Task Of_two_who_load_a_room_at_once_neither_believes_a_head_from_before_what_was_published()
    {
        var asked = new Queue<TaskCompletionSource<RoomHead>>();
        _store.Head = () =>
        {
            asked.Enqueue(new TaskCompletionSource<RoomHead>());
            return asked.Last().Task;
        };
        var first = ProbeSession.Create(_context).EnterAsync(Make.Lobby, _format).AsTask();
        var second = ProbeSession.Create(_context).EnterAsync(Make.Lobby, _format).AsTask();
        Publish(6);
        // Both had asked before: the one as the other has to ask again.
        Answer(5);
        Answer(5);
        while (asked.Count > 0)
            Answer(6);
        foreach (var entering in new[] { first, second })
            Assert.Equal(6, (await entering.Within("the head"))!.Value.Head.Seq);

        void Answer(long seq) => asked.Dequeue().SetResult(new RoomHead(seq, 0, 0, 1, 1));
    }

    /// <summary>
    /// Commits and publishes run on while sessions come at any moment, and read a head that may be old by the time they have it:
    /// whoever was told head h gets h+1, h+2, … and nothing else.
    /// </summary>
    [Fact]
    public async Task Whoever_comes_while_events_are_published_misses_none_and_gets_none_twice()
    {
        const int Sessions = 400;
        var committed = 0L;
        var enough = false;
        _store.Head = async () =>
        {
            var head = new RoomHead(Volatile.Read(ref committed), 0, 0, 1, 1);
            if (Random.Shared.Next(2) == 0)
                await Task.Yield(); // answered from a snapshot that grows old
            return head;
        };
        var publishing = Task.Run(() =>
        {
            var turn = new Turn();
            for (var n = 1; !Volatile.Read(ref enough); n++)
            {
                Volatile.Write(ref committed, n);
                if (n % 16 == 0)
                    Thread.Yield();
                turn.Begin();
                _rooms.Find(Make.Lobby.Id)?.Publish(Make.Lobby, [Make.Posted(n)], turn);
                turn.End();
            }
        });
        var arrived = new List<(ProbeSession Session, long Head)>();
        var here = new Queue<ProbeSession>();
        while (arrived.Count < Sessions)
        {
            var session = ProbeSession.Create(_context);
            var entered = await session.EnterAsync(Make.Lobby, _format);
            arrived.Add((session, entered!.Value.Head.Seq));
            here.Enqueue(session);
            // Now and then all leave, so that the room is let go and loaded anew; else the eldest.
            while (here.Count > (arrived.Count % 10 == 0 ? 0 : 4))
                here.Dequeue().Leave();
        }
        var last = ProbeSession.Create(_context);
        var lastHead = (await last.EnterAsync(Make.Lobby, _format))!.Value.Head.Seq;
        await Patience.Until(() => Volatile.Read(ref committed) > lastHead + 10, "some events follow");
        Volatile.Write(ref enough, true);
        await publishing.Within("the publishing");
        Assert.True(arrived.Count(a => a.Head > 0) > Sessions / 2, "The sessions came before the events.");
        foreach (var (session, head) in arrived)
        {
            var got = NumberFormat.Read(await session.SentAsync());
            Assert.Equal(Enumerable.Range((int)head + 1, got.Length), got);
        }
        // The last one stayed, so it has everything.
        await last.GotAsync(Enumerable.Range((int)lastHead + 1, (int)(committed - lastHead)));
    }

    [Fact]
    public void A_burst_of_long_messages_is_cut_into_pieces_that_a_send_queue_can_take()
    {
        var long16 = new string('"', 16 * 1024); // twice its size in JSON
        var pieces = WireFormat.WebSocket.Encode(Make.Lobby, [.. Enumerable.Range(1, 100).Select(n => Make.Posted(n, long16))]).ToList();
        Assert.True(pieces.Sum(p => p.Length) > 3 * SendQueue.DefaultCapacity);
        Assert.All(pieces, p => Assert.True(p.Length < SendQueue.DefaultCapacity / 4));
    }

    private void Publish(params long[] seqs)
    {
        var turn = new Turn();
        turn.Begin();
        _rooms.Find(Make.Lobby.Id)!.Publish(Make.Lobby, [.. seqs.Select(seq => Make.Posted(seq))], turn);
        turn.End();
    }
}
