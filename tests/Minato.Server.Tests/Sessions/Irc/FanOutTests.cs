using System.Buffers;
using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Server.Rooms;
using Minato.Server.Sessions;
using Minato.Server.Sessions.Irc;
using Minato.Wire.Irc;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Server.Tests.Sessions.Irc;

/// <summary>What a room tells its IRC clients is encoded once for each set of capabilities by which it looks different, however many have them.</summary>
public sealed class FanOutTests : IAsyncDisposable
{
    private readonly FakeStore _store = new();
    private readonly SessionRegistry _sessions = new();

    public async ValueTask DisposeAsync()
    {
        _sessions.Dispose();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task A_thousand_clients_of_six_kinds_cost_six_encodings_of_each_event()
    {
        var (rooms, turn) = (new LiveRooms(_store), new Turn());
        var context = ProbeSession.ContextOver(_store, rooms, sessions: _sessions);
        var counted = new Dictionary<IrcFormat, CountingFormat>();
        // By the last three of these no event looks different.
        var caps = new[]
        {
            IrcCaps.None, IrcCaps.ServerTime, IrcCaps.MessageTags | IrcCaps.ServerTime, IrcCaps.EchoMessage | IrcCaps.Sasl, IrcCaps.MultiPrefix | IrcCaps.ServerTime,
            IrcCaps.MessageTags | IrcCaps.ServerTime | IrcCaps.LabeledResponse | IrcCaps.CapNotify,
        };
        var clients = new List<ProbeSession>();
        for (var i = 0; i < 1_000; i++)
        {
            var format = context.Irc.FormatFor(caps[i % caps.Length], i % 10 == 0 ? Opcode.Text : null);
            if (!counted.TryGetValue(format, out var counting))
                counted[format] = counting = new CountingFormat(format);
            clients.Add(ProbeSession.Create(context));
            Assert.NotNull(await clients[i].EnterAsync(Make.Lobby, counting));
        }
        // Three sets of capabilities, in the clear and on WebSockets.
        Assert.Equal(6, counted.Count);
        turn.Begin();
        rooms.Publish(Make.Lobby, [Make.Posted(1), Make.Posted(2), Make.Posted(3)], turn);
        turn.End();
        Assert.All(counted.Values, format => Assert.Equal(3, format.Encoded));
        var plain = await clients[1].SentAsync();
        Assert.Equal(3, plain.AsSpan().Count(" PRIVMSG #lobby :"u8));
        Assert.Equal(plain, await clients[7].SentAsync());
    }

    /// <summary>Counts what another format encodes.</summary>
    private sealed class CountingFormat(IrcFormat counted) : WireFormat
    {
        public int Encoded { get; private set; }

        internal override bool TellsOfPeople => counted.TellsOfPeople;

        internal override byte[]? Arrived(Room room, User user) => counted.Arrived(room, user);

        internal override byte[]? Departed(Room room, User user, string? reason) => counted.Departed(room, user, reason);

        protected override void Write(IBufferWriter<byte> output, Room room, RoomEvent ev)
        {
            Encoded++;
            output.Write(counted.One(room, ev, label: null));
        }
    }
}
