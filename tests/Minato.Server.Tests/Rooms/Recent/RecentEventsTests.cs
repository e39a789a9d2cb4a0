using System.Text;
using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Server.Rooms;
using Minato.Server.Rooms.Recent;

namespace Minato.Server.Tests.Rooms.Recent;

public sealed class RecentEventsTests : IAsyncDisposable
{
    private static readonly Room Other = Make.Lobby with { Id = new RoomId(2) };

    private readonly FakeStore _store = new();
    private readonly NumberFormat _format = new();
    private readonly Turn _turn = new();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_thousand_who_return_to_about_the_same_place_cost_one_encoding()
    {
        var rooms = new LiveRooms(_store);
        var live = await EnterAsync(rooms, Make.Lobby);
        Publish(rooms, Make.Lobby, [.. Enumerable.Range(1, 1_000).Select(n => Make.Posted(n))]);
        for (var i = 0; i < 1_000; i++)
            Assert.Equal(Enumerable.Range(51 + (i % 7), 950 - (i % 7)), Replay(rooms, live, after: 50 + (i % 7)));
        Assert.Equal(1_000, _format.Encoded);
        // What comes then is encoded with what it stands beside, and nothing else is.
        Publish(rooms, Make.Lobby, Make.Posted(1_001));
        Assert.Equal(Enumerable.Range(1_000, 2), Replay(rooms, live, after: 999));
        Assert.InRange(_format.Encoded, 1_001, 1_064);
    }

    [Fact]
    public async Task Every_part_of_what_is_kept_is_read_exactly()
    {
        const int Newest = 300;
        var rooms = new LiveRooms(_store);
        var live = await EnterAsync(rooms, Make.Lobby);
        for (var n = 1; n <= Newest;)
        {
            var run = Enumerable.Range(n, Math.Min(1 + (n % 5), Newest + 1 - n)).Select(i => (RoomEvent)Make.Posted(i)).ToArray();
            Publish(rooms, Make.Lobby, run);
            n += run.Length;
        }
        var subscription = live.Subscribe(ProbeSession.Create(ProbeSession.ContextOver(_store, rooms)), _format, isLive: false).Subscription;
        for (var after = 0; after < Newest; after++)
        {
            Assert.False(live.TryGoLive(subscription, after, out var head, out var recent));
            Assert.Equal(Newest, head);
            for (var upTo = after + 1; upTo <= Newest; upTo += 7)
            {
                var bytes = recent!.Encode(_format, Make.Lobby, after, upTo, rooms.Renames, out var last);
                Assert.InRange(last, after + 1, upTo);
                Assert.Equal(Enumerable.Range(after + 1, (int)last - after), NumberFormat.Read(bytes.ToArray()));
            }
        }
    }

    [Fact]
    public async Task A_room_loaded_anew_keeps_nothing_and_what_follows_is_kept()
    {
        _store.Head = () => Task.FromResult(new RoomHead(41, 40, 0, 1, 1));
        var rooms = new LiveRooms(_store);
        var live = await EnterAsync(rooms, Make.Lobby);
        Assert.Equal(0, rooms.Budget.Used);
        Assert.False(IsKept(live, 30));
        Publish(rooms, Make.Lobby, Make.Posted(42));
        Assert.False(IsKept(live, 40));
        Assert.True(IsKept(live, 41));
    }

    [Fact]
    public async Task A_room_keeps_about_a_thousand_events_and_half_a_MiB()
    {
        var rooms = new LiveRooms(_store);
        var live = await EnterAsync(rooms, Make.Lobby);
        for (var n = 1; n <= 3_000; n++)
            Publish(rooms, Make.Lobby, Make.Posted(n));
        Assert.True(IsKept(live, 3_000 - RecentEvents.MaxEvents));
        Assert.False(IsKept(live, 3_000 - RecentEvents.MaxEvents - 64));
        var body = new string('x', 16 * 1024);
        for (var n = 3_001; n <= 3_100; n++)
        {
            Publish(rooms, Make.Lobby, Make.Posted(n, body));
            Assert.InRange(rooms.Budget.Used, 0, RecentEvents.MaxBytes);
        }
        Assert.True(IsKept(live, 3_075));
        Assert.False(IsKept(live, 3_050));
    }

    [Fact]
    public async Task The_quietest_room_gives_first_and_one_that_is_let_go_gives_all_of_it_back()
    {
        var rooms = new LiveRooms(_store, recentBytes: 40_000);
        var session = ProbeSession.Create(ProbeSession.ContextOver(_store, rooms));
        await session.EnterAsync(Make.Lobby, WireFormat.LfLines);
        await session.EnterAsync(Other, WireFormat.LfLines);
        var (quiet, busy) = (rooms.Find(Make.Lobby.Id)!, rooms.Find(Other.Id)!);
        Publish(rooms, Make.Lobby, Make.Posted(1));
        for (var n = 1; n <= 100; n++)
            Publish(rooms, Other, Make.Posted(n, new string('x', 100)));
        Assert.True(IsKept(quiet, 0));
        _ = Replay(rooms, quiet, after: 0); // its encoding counts, too
        for (var n = 101; rooms.Budget.Used is > 0 and <= 39_000; n++)
            Publish(rooms, Other, Make.Posted(n, new string('x', 100)));
        for (var n = (int)busy.Head.Seq + 1; IsKept(quiet, 0); n++)
            Publish(rooms, Other, Make.Posted(n, new string('x', 100)));
        Assert.True(IsKept(busy, busy.Head.Seq - 10));
        Assert.InRange(rooms.Budget.Used, 1, 40_000);
        session.Leave();
        Assert.Null(rooms.Find(Other.Id));
        Assert.Equal(0, rooms.Budget.Used);
        // Whoever publishes to it at that very moment leaves nothing behind.
        busy.Publish(Other, [Make.Posted(busy.Head.Seq + 1)], _turn);
        Assert.Equal(0, rooms.Budget.Used);
    }

    [Fact]
    public async Task Text_that_was_deleted_or_erased_is_not_replayed()
    {
        var rooms = new LiveRooms(_store);
        var live = await EnterAsync(rooms, Make.Lobby);
        Publish(rooms, Make.Lobby,
            Make.Posted(1, "first"), Make.Posted(2, "other"), new Edited(Make.Lobby.Id, 3, 3, Make.Alice, 1, Make.Body("second")));
        Assert.Contains("first", Text(rooms, live)); // encoded, and to be forgotten
        Publish(rooms, Make.Lobby, new Deleted(Make.Lobby.Id, 4, 4, Make.Alice, 1));
        var replayed = Text(rooms, live);
        Assert.DoesNotContain("first", replayed);
        Assert.DoesNotContain("second", replayed);
        Assert.Contains("other", replayed);
        Assert.Equal(2, replayed.Split("\"erased\":true").Length - 1);
        var before = rooms.Budget.Used;
        live.Erase(new MessagesErased(Make.Lobby.Id, 5, 5, Make.Alice, Make.Alice, UpTo: 4)); // on disk, and to be published
        Assert.DoesNotContain("other", Text(rooms, live));
        Assert.True(rooms.Budget.Used < before);
    }

    [Fact]
    public async Task What_is_replayed_shows_names_of_today()
    {
        var rooms = new LiveRooms(_store);
        var live = await EnterAsync(rooms, Make.Lobby);
        Publish(rooms, Make.Lobby, Make.Posted(1), new Kicked(Make.Lobby.Id, 2, 2, Make.Bob, Make.Alice));
        Assert.Equal(2, Text(rooms, live).Split("\"alice\"").Length - 1);
        rooms.Rename(Make.Alice with { Nick = "alicia" });
        Publish(rooms, Make.Lobby, Make.Posted(3) with { From = Make.Alice with { Nick = "alicia" } });
        var text = Text(rooms, live);
        Assert.DoesNotContain("\"alice\"", text);
        Assert.Equal(3, text.Split("\"alicia\"").Length - 1);
        for (var i = 0; i <= Renames.Max; i++)
            rooms.Rename(new User(new UserId(100 + i), Guid.NewGuid(), UserKind.Guest, $"n{i}"));
        Assert.False(IsKept(live, 0)); // more than are remembered: the store knows
    }

    private async Task<LiveRoom> EnterAsync(LiveRooms rooms, Room room)
    {
        await ProbeSession.Create(ProbeSession.ContextOver(_store, rooms)).EnterAsync(room, WireFormat.LfLines);
        return rooms.Find(room.Id)!;
    }

    private void Publish(LiveRooms rooms, Room room, params RoomEvent[] run)
    {
        _turn.Begin();
        rooms.Publish(room, run, _turn);
        _turn.End();
    }

    private List<int> Replay(LiveRooms rooms, LiveRoom live, long after) =>
        [.. NumberFormat.Read([.. Pieces(rooms, live, after, _format).SelectMany(p => p.ToArray())])];

    private string Text(LiveRooms rooms, LiveRoom live) =>
        Encoding.UTF8.GetString([.. Pieces(rooms, live, 0, WireFormat.WebSocket).SelectMany(p => p.ToArray())]);

    private IEnumerable<ReadOnlyMemory<byte>> Pieces(LiveRooms rooms, LiveRoom live, long cursor, WireFormat format)
    {
        var subscription = live.Subscribe(ProbeSession.Create(ProbeSession.ContextOver(_store, rooms)), format, isLive: false).Subscription;
        while (!live.TryGoLive(subscription, cursor, out var upTo, out var recent))
            yield return recent!.Encode(format, Make.Lobby, cursor, upTo, rooms.Renames, out cursor);
        live.Unsubscribe(subscription, lingers: false);
    }

    private bool IsKept(LiveRoom live, long after)
    {
        var session = ProbeSession.Create(ProbeSession.ContextOver(_store));
        var subscription = live.Subscribe(session, WireFormat.LfLines, isLive: false).Subscription;
        live.TryGoLive(subscription, after, out _, out var recent);
        live.Unsubscribe(subscription, lingers: false);
        return recent is not null;
    }
}
