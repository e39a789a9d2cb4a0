using System.Buffers;
using System.Collections.Concurrent;
using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Server.Log;
using Minato.Server.Rooms;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>Somebody at an IRC client, or a bot. docs/protocols/irc.md is the authority.</summary>
internal sealed class IrcSession : Session
{
    /// <summary>A client that has not registered by then is let go: 60 s, in which a person can type a password.</summary>
    private static readonly TimeSpan RegistrationTimeout = TimeSpan.FromSeconds(60);

    /// <summary>After so much silence the client is asked for a sign of life, and after twice as much given up.</summary>
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(90);

    /// <summary>Why somebody went who did not say it.</summary>
    private const string Broken = "Connection closed";

    private readonly IrcInput _input;
    private readonly HiddenPeople _hidden = new();
    private readonly long _began;
    private string? _quitReason;

    internal IrcSession(Connection connection, SessionContext context)
        : base(connection, context)
    {
        _input = new IrcInput(this);
        _began = context.Clock.GetTimestamp();
        Replies = new IrcReplies(this);
        Registration = new RegistrationState();
        Channels = new IrcChannels(this);
        context.Sessions.Came ??= (user, isHere) => context.Irc.Watches.Tell(context.Irc, user, isHere);
        context.Sessions.Add(this);
    }

    internal SessionContext Services => Context;

    internal override IReadOnlySet<UserId>? Hides => _hidden.Now;

    internal IrcNetwork Network => Context.Irc;

    internal IrcReplies Replies { get; }

    internal RegistrationState Registration { get; }

    internal IrcChannels Channels { get; }

    internal SaslState Sasl { get; } = new();

    internal bool IsRegistered { get; private set; }

    internal IrcCaps Caps { get; private set; }

    /// <summary>The message of several lines that the client is sending; null: none.</summary>
    internal Multiline? Multiline { get; set; }

    /// <summary>The batch that was refused last: what still comes of it is dropped, up to its end. Null: none.</summary>
    internal string? RefusedBatch { get; set; }

    /// <summary>Nicks that the client waits for, by their keys.</summary>
    internal Dictionary<string, string> Watched { get; } = [];

    /// <summary>How far this client has said that it has read; saved a second later.</summary>
    internal ConcurrentDictionary<RoomId, long> Marked { get; } = new();

    /// <summary>Null: here.</summary>
    internal string? AwayMessage { get; set; }

    internal IrcFormat Format { get; private set; } = null!;

    internal bool IsOpen => _quitReason is null && !IsClosing && !IsDraining;

    /// <summary>As whom replies address the client; a star before it is anybody.</summary>
    internal string ShownNick => IsRegistered ? Nick : "*";

    internal async Task RunAsync()
    {
        Format = Network.FormatFor(Caps);
        try
        {
            await _input.ReadAsync();
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
        Close(Line(w => w.Begin(source: null, "ERROR").End($"Closing link: {reason}")));
    }

    internal void ChangeCaps(IrcCaps caps)
    {
        Caps = caps;
        Format = Network.FormatFor(caps);
        foreach (var subscription in Subscriptions)
            subscription.Room.ChangeFormat(subscription, Format);
    }

    /// <summary>Lets in whoever showed a credential. False: it was ended at that very moment.</summary>
    internal async ValueTask<bool> AdmitAsync(Identity identity)
    {
        if (!await BecomeAsync(identity))
            return false;
        if (You is { } you)
            await _hidden.LoadAsync(Context.Store, you.Id);
        return true;
    }

    /// <summary>Becomes a guest of this name for as long as the connection lasts.</summary>
    internal ValueTask<Refused?> BecomeGuestAsync(string nick) => BecomeSomebodyAsync(nick, sessionToken: null);

    internal void MarkRegistered()
    {
        IsRegistered = true;
        Network.SetFace(You!, Registration.Username!, Registration.Realname!);
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
        var submission = new IrcSubmission(command, this, aside, Replies.Label);
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
        var submission = new IrcSubmission(command, this, aside, label: null) { Refuse = refuse };
        if (!MayWrite)
            refuse(Replies, new Refused(Refusal.Forbidden));
        else if (Context.Log.Submit(submission) is { } refused)
            refuse(Replies, refused);
    }

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
            Enqueue(Line(w => w.Begin(IrcNetwork.Server, "PING").End(IrcNetwork.Server)));
            Queue.Flush();
        }
    }

    internal override void OnEntered(Logged entered, Turn turn)
    {
        if (IsRegistered)
            Channels.OnEntered(entered);
    }

    internal override void OnExited(Logged exited, Turn turn) => Channels.OnExited(exited);

    internal override void OnBlocked(BlockChanged changed, Turn turn) => _hidden.Set(changed.Subject.Id, changed.On);

    internal override void OnReadMoved(ReadMoved moved, Turn turn)
    {
        if (!IsRegistered || !Caps.HasFlag(IrcCaps.ReadMarker) || Marked.GetValueOrDefault(moved.Room.Id) >= moved.Seq)
            return;
        Marked[moved.Room.Id] = moved.Seq;
        // A store of SQLite answers at once; another makes the publisher wait for one indexed row.
        var line = ReadMarkers.ShowAsync(this, moved.Room, moved.Seq, IrcNames.ChannelOf(moved.Room) ?? IrcNames.TargetOf(moved.Room, You!));
        turn.Send(this, line.IsCompletedSuccessfully ? line.Result : line.AsTask().GetAwaiter().GetResult());
    }

    internal override void OnSomebodyRenamed(User was, User now, Turn turn)
    {
        if (IsRegistered)
            turn.Send(this, IrcFormat.Written(output => Format.Writer.Renamed(output, was, now, Network.Now)));
    }

    protected override ReadOnlyMemory<byte> Farewell(TimeSpan retryAfter) =>
        Line(w => w.Begin(source: null, "ERROR").End("Closing link: The server is stopping. Come back in a moment."));

    protected override ReadOnlyMemory<byte> LoginEndedNotice() => Line(w => w.Begin(source: null, "ERROR").End("Closing link: Your login was ended"));

    protected override ReadOnlyMemory<byte> SlowNotice() => Line(w => w.Begin(source: null, "ERROR").End("Closing link: SendQ exceeded: you read too slowly"));

    private async Task LeaveAsync()
    {
        foreach (var nick in Watched.Values)
            Network.Watches.Remove(this, nick);
        // Who stays elsewhere has not quit; from the rooms in which nobody else is for them they part.
        if (You is { } stays && Context.Sessions.Of(stays.Id).Count > 1)
            foreach (var room in Rooms)
                Exit(room.Id, _quitReason ?? Broken);
        var witnesses = new HashSet<Session>();
        End(witnesses);
        if (You is { } you)
            await GoneAsync(you, witnesses);
        // Nobody can come back by it: its secret was never told. It may have been opened by one who then did not come in.
        if (Registration is { OwnSession: { } session, Identity.User: { } owner })
            await SubmitLastAsync(new EndSessions(owner, session));
    }

    private async ValueTask GoneAsync(User you, HashSet<Session> witnesses)
    {
        if (Context.Sessions.Of(you.Id).Count == 0)
        {
            Network.Whowas.Add(you, Network.FaceOf(you), Context.Clock.GetUtcNow());
            foreach (var witness in witnesses.OfType<IrcSession>())
                witness.Say(output => witness.Format.Writer.Quit(output, you, _quitReason ?? Broken, Network.Now));
            Network.Forget(you);
        }
        if (you.Kind == UserKind.Visitor)
            await SubmitLastAsync(new EndVisitor(you));
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
        Enqueue(IrcFormat.Written(write));
        Queue.Flush();
    }

    private async Task SubmitLastAsync(Command last)
    {
        // On the session's own lane: behind what it posted last. Only put off while the writer is busy: the store makes up for it at its next start.
        for (var tries = 0; tries < 20 && Context.Log.Submit(new Submission(last, Lane)) is { RetryAfter: { } wait }; tries++)
            await Task.Delay(wait, Context.Clock);
    }
}
