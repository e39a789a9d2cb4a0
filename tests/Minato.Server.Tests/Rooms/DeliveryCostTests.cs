using System.Net;
using System.Net.Sockets;
using Minato.Core.Events;
using Minato.Server.Rooms;

namespace Minato.Server.Tests.Rooms;

/// <summary>What one more receiver costs when a message is told: a system call, and not a byte of memory.</summary>
public sealed class DeliveryCostTests : IDisposable
{
    private readonly List<Socket> _sockets = [];

    public void Dispose() => _sockets.ForEach(s => s.Dispose());

    [Fact]
    public async Task A_message_costs_no_memory_for_each_receiver() =>
        Assert.Equal(await AllocatedByMessagesToAsync(2), await AllocatedByMessagesToAsync(20));

    /// <summary>Bytes that this thread allocates for messages to so many sessions, each on a socket of its own, once everything has been there before.</summary>
    private async Task<long> AllocatedByMessagesToAsync(int receivers)
    {
        var store = new FakeStore();
        var rooms = new LiveRooms(store);
        var context = ProbeSession.ContextOver(store, rooms);
        for (var i = 0; i < receivers; i++)
            await ProbeSession.On(Connect(), context).EnterAsync(Make.Lobby, WireFormat.WebSocket);
        var (room, turn) = (rooms.Find(Make.Lobby.Id)!, new Turn());
        var events = Enumerable.Range(1, 60).Select(seq => new RoomEvent[] { Make.Posted(seq) }).ToList();
        foreach (var run in events[..40])
            Tell(room, run, turn);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var run in events[40..])
            Tell(room, run, turn);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Tell(LiveRoom room, RoomEvent[] run, Turn turn)
    {
        turn.Begin();
        room.Publish(Make.Lobby, run, turn);
        turn.End();
    }

    private Socket Connect()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        peer.Connect(listener.LocalEndPoint!);
        var own = listener.Accept();
        _sockets.AddRange([peer, own]);
        return own;
    }
}
