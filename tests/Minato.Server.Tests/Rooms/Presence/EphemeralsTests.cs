using System.Text;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Server.Rooms;
using Minato.Server.Rooms.Presence;
using Minato.Server.Sessions;
using Minato.Tests.Kit;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Tests.Rooms.Presence;

/// <summary>What a room tells beside its log, in crowds and to those who read slowly.</summary>
public sealed class EphemeralsTests : IAsyncDisposable
{
    private readonly FakeStore _store = new();
    private readonly LiveRooms _rooms;
    private readonly SessionContext _context;
    private readonly Turn _turn = new();
    private int _people = 100;

    public EphemeralsTests()
    {
        _rooms = new LiveRooms(_store);
        _context = ProbeSession.ContextOver(_store, _rooms);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Only_those_who_want_it_are_told_and_only_rooms_that_stirred_are_looked_at()
    {
        var (wants, other) = (await EnterAsync(Make.Alice, Wants.Presence), await EnterAsync(Make.Bob, Wants.Typing | Wants.Receipts));
        Tick();
        await EnterAsync();
        Tick();
        Tick();
        Assert.Empty(_rooms.TakeStirred());
        Assert.Equal(2, Frames(await wants.SentAsync(), "\"arrived\":[{").Count);
        Assert.Empty(await other.SentAsync());
    }

    [Fact]
    public async Task Above_five_hundred_presence_is_a_count_every_ten_ticks_and_nobody_is_told_who_types()
    {
        var wants = await EnterAsync(Make.Alice, Wants.Presence | Wants.Typing);
        for (var i = 0; i < Ephemerals.MaxNamed; i++)
            await EnterAsync();
        var room = _rooms.Find(Make.Lobby.Id)!;
        room.Type(Make.Alice);
        for (var tick = 0; tick < 3 * Ephemerals.CountTicks; tick++)
        {
            await EnterAsync();
            Tick();
        }
        var told = Encoding.UTF8.GetString(await wants.SentAsync());
        Assert.DoesNotContain("\"arrived\"", told);
        Assert.DoesNotContain("\"typing\"", told);
        Assert.Equal(3, told.Split("\"count\":").Length - 1);
        Assert.Contains("\"count\":502}", told);
    }

    [Fact]
    public async Task One_who_reads_slowly_misses_changes_and_is_told_so_by_a_count_and_is_not_closed_for_it()
    {
        var slow = await EnterAsync(Make.Alice, Wants.Presence);
        Tick();
        await slow.Queue.WhenRoomFor(SendQueue.DefaultCapacity).Within("the first frame to go");
        Assert.True(slow.Queue.TryEnqueue(new byte[SendQueue.DefaultCapacity / 4]));
        await ComeAsync(); // lost
        slow.Queue.Flush();
        await slow.Queue.WhenRoomFor(SendQueue.DefaultCapacity).Within("the peer to read");
        await ComeAsync();
        await ComeAsync();
        Assert.False(slow.IsClosing);
        var told = Frames(await slow.SentAsync(), "presence");
        Assert.Equal([1, 3, 4], told.Select(Count));
        Assert.Equal([true, false, true], told.Select(f => f.Contains("\"arrived\":[{")));

        async Task ComeAsync()
        {
            await EnterAsync();
            Tick();
        }

        static int Count(string frame) => int.Parse(frame[(frame.IndexOf("\"count\":", StringComparison.Ordinal) + 8)..frame.IndexOf('}', frame.IndexOf("\"count\":", StringComparison.Ordinal))]);
    }

    [Fact]
    public async Task Receipts_are_for_members_who_asked_in_rooms_of_a_hundred()
    {
        var (member, onlooker, other) = (await EnterAsync(Make.Alice, Wants.Receipts), await EnterAsync(Make.Bob, Wants.Receipts), await EnterAsync());
        var room = _rooms.Find(Make.Lobby.Id)!;
        Mark(member);
        Mark(other); // a member, who asked for nothing
        Receipts(41);
        for (var i = 3; i < Ephemerals.MaxReceipts; i++)
            await EnterAsync();
        Receipts(42);
        await EnterAsync();
        Receipts(43);
        Assert.Equal(2, Frames(await member.SentAsync(), "receipts").Count);
        Assert.Empty(await onlooker.SentAsync());
        Assert.Empty(await other.SentAsync());

        void Receipts(long seq)
        {
            _turn.Begin();
            room.TellReceipts([new ReadPosition(Make.Bob, seq)], _turn);
            _turn.End();
        }

        void Mark(ProbeSession session) => room.MarkMember(session.Places.Single(), isMember: true);
    }

    private async Task<ProbeSession> EnterAsync(User? user = null, Wants wants = Wants.None)
    {
        user ??= new User(new UserId(++_people), Guid.CreateVersion7(), UserKind.Guest, $"n{_people}");
        var session = ProbeSession.Create(_context, user, wants: wants);
        await session.EnterAsync(Make.Lobby, WireFormat.WebSocket);
        return session;
    }

    private void Tick()
    {
        _turn.Begin();
        foreach (var room in _rooms.TakeStirred())
            room.Tick(_turn);
        _turn.End();
    }

    private static List<string> Frames(byte[] sent, string with) =>
        [.. Encoding.UTF8.GetString(sent).Split("{\"op\":").Where(f => f.Contains(with, StringComparison.Ordinal))];
}
