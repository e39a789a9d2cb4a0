using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Server.Rooms;
using Minato.Server.Sessions.WebSocket;
using Minato.Wire.Irc;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Server.Sessions.Irc;

/// <summary>Somebody at an IRC client, or a bot. docs/protocols/irc.md is the authority.</summary>
internal sealed partial class IrcSession : Session
{
    /// <summary>A client that has not registered by then is let go: 60 s, in which a person can type a password.</summary>
    private static readonly TimeSpan RegistrationTimeout = TimeSpan.FromSeconds(60);

    /// <summary>After so much silence the client is asked for a sign of life, and after twice as much given up.</summary>
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(90);

    /// <summary>Why somebody went who did not say it.</summary>
    private const string Broken = "Connection closed";

    private HiddenPeople _hidden = new();
    private SaslState? _sasl;
    private Dictionary<string, string>? _watched;
    private ConcurrentDictionary<RoomId, long>? _marked;
    private readonly long _began;
    private readonly Guid _early = Guid.NewGuid();
    private string? _quitReason;
    private volatile bool _isSigningUp;
    private volatile bool _isEnded;

    /// <param name="frames">On a WebSocket the kind of message that each line is; null: lines.</param>
    internal IrcSession(Connection connection, SessionContext context, Opcode? frames = null)
        : base(connection, context)
    {
        Frames = frames;
        Format = Network.FormatFor(Caps, Frames);
        _began = context.Clock.GetTimestamp();
        Replies = new IrcReplies(this);
        Registration = new RegistrationState();
        Channels = new IrcChannels(this);
        context.Sessions.Came ??= (user, isHere) => context.Irc.Watches.Tell(context.Irc, user, isHere);
        context.Sessions.Add(this);
    }

    internal SessionContext Services => Context;

    internal Opcode? Frames { get; }

    internal override IReadOnlySet<UserId>? Hides => _hidden.Now;

    internal IrcNetwork Network => Context.Irc;

    internal IrcReplies Replies { get; }

    internal RegistrationState Registration { get; }

    internal IrcChannels Channels { get; }

    internal SaslState Sasl => _sasl ??= new SaslState();

    internal bool IsRegistered { get; private set; }

    internal IrcCaps Caps { get; private set; }

    /// <summary>The message of several lines that the client is sending; null: none.</summary>
    internal Multiline? Multiline { get; set; }

    /// <summary>The batch that was refused last: what still comes of it is dropped, up to its end. Null: none.</summary>
    internal string? RefusedBatch { get; set; }

    /// <summary>Nicks that the client waits for, by their keys.</summary>
    internal Dictionary<string, string> Watched => _watched ??= [];

    /// <summary>Keys of which it is told what they are set to. Read by whoever sets one.</summary>
    internal ImmutableHashSet<string> MetadataKeys { get; set; } = [];

    /// <summary>Under which what it says of itself is kept: its user's, and until there is one its own.</summary>
    internal Guid MetadataId => IsRegistered ? You!.Uid : _early;

    /// <summary>How far this client has said that it has read; saved a second later.</summary>
    internal ConcurrentDictionary<RoomId, long> Marked => LazyInitializer.EnsureInitialized(ref _marked, static () => new ConcurrentDictionary<RoomId, long>());

    /// <summary>Null: here.</summary>
    internal string? AwayMessage { get; set; }

    /// <summary>Whose password came with OPER; null: nobody's.</summary>
    internal Account? Oper { get; set; }

    /// <summary>Without user mode <c>i</c>, with which everybody begins: WHO by a mask tells of them also whoever shares no room with them.</summary>
    internal bool IsVisible { get; set; }

    /// <summary>User mode <c>w</c>.</summary>
    internal bool HearsWallops { get; set; }

    /// <summary>User mode <c>T</c>.</summary>
    internal bool RefusesCtcp { get; set; }

    internal IrcFormat Format { get; private set; }

    internal bool IsOpen => _quitReason is null && !IsClosing && !IsDraining;

    /// <summary>As whom replies address the client; a star before it is anybody.</summary>
    internal string ShownNick => IsRegistered ? Nick : "*";

    internal async Task RunAsync()
    {
        try
        {
            using var input = new IrcInput(this);
            await input.ReadAsync();
            await FinishAsync();
        }
        finally
        {
            await LeaveAsync();
        }
    }

    /// <summary>Ends it from this side, and says so.</summary>
    internal void End(string reason)
    {
        _quitReason ??= reason;
        Close(Error(reason, CloseCode.Normal));
    }

    /// <summary>Answers the end of a WebSocket.</summary>
    internal void Hang(byte[] closeFrame)
    {
        _quitReason ??= Broken;
        Close(closeFrame);
    }

    /// <summary>Answers a WebSocket's ping.</summary>
    internal void Pong(ReadOnlySpan<byte> payload)
    {
        var pong = new ArrayBufferWriter<byte>(payload.Length + 2);
        FrameWriter.WritePong(pong, payload);
        Enqueue(pong.WrittenMemory);
        Queue.Flush();
    }

    internal void ChangeCaps(IrcCaps caps)
    {
        Caps = caps;
        Format = Network.FormatFor(caps, Frames);
        foreach (var subscription in Subscriptions)
            subscription.Room.ChangeFormat(subscription, Format);
    }

    /// <summary>Reads no faster than the pace: nothing is refused, nothing is lost.</summary>
    internal async ValueTask KeepPaceAsync()
    {
        while (!IsDraining && !Pace.TryTake(out var wait))
            await Task.Delay(wait, Context.Clock, Context.Sessions.Draining).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Has a command carried out, and waits until it was. What it became is told with the room's other events.</summary>
    internal async ValueTask<Outcome> ActAsync(Command command, IrcAside? aside = null)
    {
        if (!MayWrite)
            return new Refused(Refusal.Forbidden);
        var submission = new IrcSubmission(Called(command), this, aside, Replies.Label);
        if (Replies.Label is not null)
            submission.Answers = Replies;
        if (Context.Log.Submit(submission) is { } refused)
            return refused;
        return await submission.Outcome;
    }

    /// <summary>The same without waiting: only a refusal is answered, when it comes.</summary>
    internal async ValueTask GoOnAsync(Command command, IrcAside? aside, Action<IrcReplies, Refused> refuse)
    {
        await Lane.WhenRoom();
        var submission = new IrcSubmission(Called(command), this, aside, label: null) { Refuse = refuse };
        if (!MayWrite)
            refuse(Replies, new Refused(Refusal.Forbidden));
        else if (Context.Log.Submit(submission) is { } refused)
            refuse(Replies, refused);
    }

    /// <summary>With what a room's patterns may be held against.</summary>
    private Command Called(Command command) => command is UserCommand act ? act with { Username = Registration.Username } : command;

    internal ValueTask<(Subscription Subscription, RoomHead Head)?> SubscribeAsync(Room room, long after) => SubscribeAsync(room, Format, isLive: false, after);

    /// <summary>Leaves a room's live side.</summary>
    internal bool Exit(RoomId room, string? reason) => Unsubscribe(room, reason);

    internal bool IsTold(RoomId room) => Subscriptions.Any(s => s.Room.Id == room);

    internal bool SayInstead(RoomId room, long seq, ReadOnlyMemory<byte> bytes) => TellInstead(room, seq, bytes);

    internal static byte[] Line(Action<IrcWriter> write) => IrcFormat.Written(output => write(new IrcWriter(output)));

    internal override void OnTick()
    {
        var silence = Silence;
        if (!IsRegistered && Context.Clock.GetElapsedTime(_began) > RegistrationTimeout)
            End("Registration timed out");
        else if (silence > PingInterval * 2)
            End($"Ping timeout: {(int)silence.TotalSeconds} seconds");
        else if (silence > PingInterval)
        {
            Say(output => new IrcWriter(output).Begin(Network.Server, "PING").End(Network.Server));
        }
    }

    internal override void OnEntered(Logged entered, Turn turn)
    {
        if (IsRegistered && entered.Entered.Any(Is))
            Channels.OnEntered(entered);
    }

    internal override void OnExited(Logged exited, Turn turn)
    {
        if (exited.Exited is { } user && Is(user))
            Channels.OnExited(exited);
    }

    internal override void OnRoomRenamed(Logged renamed) => Channels.OnRenamed(renamed);

    internal override void OnBlocked(BlockChanged changed, Turn turn)
    {
        if (Is(changed.Blocker))
            _hidden.Set(changed.Subject.Id, changed.On);
    }

    internal override void OnSignUp(bool isOpen, Turn turn)
    {
        if (Capabilities.Notify(this, isOpen) is { } line)
            turn.Send(this, Format.Framed(line));
    }

    internal override void OnReadMoved(ReadMoved moved, Turn turn)
    {
        if (!IsRegistered || You is not { } you || moved.User != you.Id || !Caps.HasFlag(IrcCaps.ReadMarker) || Marked.GetValueOrDefault(moved.Room.Id) >= moved.Seq)
            return;
        Marked[moved.Room.Id] = moved.Seq;
        // A store of SQLite answers at once; another makes the publisher wait for one indexed row.
        var line = ReadMarkers.ShowAsync(this, moved.Room, moved.Seq, IrcNames.ChannelOf(moved.Room) ?? IrcNames.TargetOf(moved.Room, you));
        turn.Send(this, Format.Framed(line.IsCompletedSuccessfully ? line.Result : line.AsTask().GetAwaiter().GetResult()));
    }

    internal override void OnRenamed(User user, Turn turn)
    {
        // Once for each user, who may have several clients.
        if (You is { } was && was.Id == user.Id && IsRegistered && Context.Sessions.Of(was.Id).OfType<IrcSession>().FirstOrDefault() == this)
            Network.Whowas.Add(was, Network.FaceOf(was), Context.Clock.GetUtcNow());
        base.OnRenamed(user, turn);
    }

    /// <summary>Of a NICK of its own that is told in this turn of the publisher's; null: it had none.</summary>
    internal string? LabelOfNick { get; set; }

    internal override void OnSomebodyRenamed(User was, User now, Turn turn)
    {
        if (!IsRegistered)
            return;
        var label = Is(now) ? LabelOfNick : null;
        LabelOfNick = label is null ? LabelOfNick : null;
        turn.Send(this, Format.Framed(IrcFormat.Written(output => Format.Writer.Renamed(output, was, now, Network.Now, label))));
    }

    // :nick!user@host ACCOUNT account   https://ircv3.net/specs/extensions/account-notify
    internal override void OnSomebodySignedUp(User account, bool isNear, Turn turn)
    {
        if (IsRegistered && Caps.HasFlag(IrcCaps.AccountNotify)
            && (isNear || Is(account) || (Caps.HasFlag(IrcCaps.ExtendedMonitor) && Network.Watches.Of(account).Contains(this))))
            turn.Send(this, Format.Framed(IrcFormat.Written(output => Format.Writer.Changed(output, account, "ACCOUNT", account.Nick, Network.Now))));
    }

    protected override ReadOnlyMemory<byte> Farewell(TimeSpan retryAfter) => Error("The server is stopping. Come back in a moment.", CloseCode.ServiceRestart);

    protected override ReadOnlyMemory<byte> LoginEndedNotice() => Error("Your login was ended", CloseCodes.LoginRequired);

    protected override ReadOnlyMemory<byte> SlowNotice() => Error("SendQ exceeded: you read too slowly", CloseCodes.Slow);

    /// <summary>False of whoever it was until a moment ago: what the publisher is about to tell of them is nothing to who it is now.</summary>
    private bool Is(User user) => You?.Id == user.Id;

    /// <param name="code">On a WebSocket, behind it.</param>
    private byte[] Error(string reason, int code)
    {
        var error = Format.Framed(Line(w => w.Begin(source: null, "ERROR").End($"Closing link: {reason}")));
        return Frames is null ? error : [.. error, .. CloseCodes.Frame(code, "")];
    }

    /// <summary>Tells something about this session's user to all who share a channel with them, and who wait for them and asked for that much.</summary>
    internal void TellOthers(string command, string? text, IrcCaps cap)
    {
        var witnesses = new HashSet<Session>();
        foreach (var room in Rooms)
            room.AddWitnesses(witnesses);
        witnesses.UnionWith(Network.Watches.Of(You!).Where(w => w.Caps.HasFlag(IrcCaps.ExtendedMonitor)));
        foreach (var witness in witnesses.OfType<IrcSession>().Where(w => w != this && w.Caps.HasFlag(cap)))
            witness.Say(output => witness.Format.Writer.Changed(output, You!, command, text, Network.Now));
    }

    /// <summary>Says something that is no event, from whatever thread.</summary>
    internal void Say(Action<IBufferWriter<byte>> write)
    {
        Enqueue(Format.Framed(IrcFormat.Written(write)));
        Queue.Flush();
    }
}
