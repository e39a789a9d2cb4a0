using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Server.Log;
using Minato.Server.Rooms;
using Minato.Server.Sessions;
using Minato.Storage;
using Minato.Tests.Kit;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Tests;

/// <summary>A session that speaks nothing: what is queued for it lies in a pipe without bounds, for the test to read.</summary>
internal sealed class ProbeSession : Session
{
    private readonly Pipe _sent;

    private ProbeSession(Connection connection, SessionContext context, Pipe sent)
        : base(connection, context) => _sent = sent;

    public List<string> Told { get; } = [];

    /// <summary>Whom it hides, asked each time.</summary>
    public Func<IReadOnlySet<UserId>?> Hiding { get; set; } = () => null;

    internal override IReadOnlySet<UserId>? Hides => Hiding();

    /// <param name="reads">False: the peer takes a few bytes and then no more.</param>
    public static ProbeSession Create(SessionContext context, User? user = null, bool reads = true, Wants wants = Wants.None)
    {
        var sent = new Pipe(new PipeOptions(pauseWriterThreshold: reads ? 0 : 1024, resumeWriterThreshold: reads ? 0 : 512));
        var session = new ProbeSession(new Connection(new Pipe().Reader, sent.Writer, null, null, () => { }, context.Clock), context, sent);
        session.Wants = wants;
        if (user is not null)
            session.Become(user);
        return session;
    }

    /// <summary>What is queued for it goes into a socket.</summary>
    public static ProbeSession On(Socket socket, SessionContext context)
    {
        var sent = new Pipe();
        return new ProbeSession(new Connection(new Pipe().Reader, sent.Writer, socket, null, () => { }, context.Clock), context, sent);
    }

    public static SessionContext ContextOver(IStore store, LiveRooms? rooms = null, LogWriter? log = null, SessionRegistry? sessions = null) => new(
        store, log!, rooms ?? new LiveRooms(store), Search: null!, sessions ?? new SessionRegistry(), new Admission(Server.Access.Guests, null, store, new MemoryVouchers(TimeProvider.System), TimeProvider.System), new MinatoOptions(), TimeProvider.System);

    /// <summary>Everything queued so far.</summary>
    public async Task<byte[]> SentAsync()
    {
        await Queue.DrainAsync().Within("the queue to drain");
        await _sent.Writer.CompleteAsync();
        return (await _sent.Reader.ReadAtLeastAsync(int.MaxValue)).Buffer.ToArray();
    }

    /// <summary>Asserts that it was sent these numbers and nothing else (<see cref="NumberFormat"/>).</summary>
    public async Task GotAsync(IEnumerable<int> expected) => Assert.Equal(expected, NumberFormat.Read(await SentAsync()).ToList());

    public ValueTask<(Subscription Subscription, RoomHead Head)?> EnterAsync(Room room, WireFormat format, long after = 0) =>
        SubscribeAsync(room, format, isLive: true, after);

    public IReadOnlyList<Subscription> Places => Subscriptions;

    public void Leave() => End();

    internal override void OnTick()
    {
    }

    internal override void OnEntered(Logged entered, Turn turn) => Told.Add($"entered {entered.Seq}");

    internal override void OnExited(Logged exited, Turn turn)
    {
        Told.Add("exited");
        Unsubscribe(exited.Room.Id);
    }

    internal override void OnBlocked(BlockChanged changed, Turn turn)
    {
    }

    internal override void OnReadMoved(ReadMoved moved, Turn turn) => Told.Add($"read {moved.Seq}");

    protected override ReadOnlyMemory<byte> Farewell(TimeSpan retryAfter) => default;

    protected override ReadOnlyMemory<byte> LoginEndedNotice() => "ENDED"u8.ToArray();

    protected override ReadOnlyMemory<byte> SlowNotice() => "SLOW"u8.ToArray();
}

/// <summary>Events as their bare numbers, four bytes each; counts how often a run was encoded.</summary>
internal sealed class NumberFormat : WireFormat
{
    private int _encoded;

    /// <summary>Events that were encoded, each as often as it was.</summary>
    public int Encoded => Volatile.Read(ref _encoded);

    public static int[] Read(byte[] bytes)
    {
        var numbers = new int[bytes.Length / 4];
        Buffer.BlockCopy(bytes, 0, numbers, 0, bytes.Length);
        return numbers;
    }

    protected override void Write(IBufferWriter<byte> output, Room room, RoomEvent ev)
    {
        Interlocked.Increment(ref _encoded);
        output.Write(BitConverter.GetBytes((int)ev.Seq));
    }
}
