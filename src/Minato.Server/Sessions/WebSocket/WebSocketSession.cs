using System.Buffers;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Server.Log;
using Minato.Server.Rooms;
using Minato.Server.Sessions.Acts;
using Minato.Wire.WebSocket.Frames;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Server.Sessions.WebSocket;

/// <summary>A browser, app or bot that speaks <c>minato.v1</c>. docs/protocols/websocket.md is the authority.</summary>
internal sealed class WebSocketSession : Session, IActor, IDisposable
{
    /// <summary>Bytes of one message; a body of 16 KiB fits four times, however it is escaped.</summary>
    internal const int MaxMessage = 64 * 1024;

    internal static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(30);
    internal static readonly TimeSpan HeartbeatTimeout = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan HelloTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Refusals for speed that a client may ignore before it is closed as flooding.</summary>
    private const int MaxRateRefusals = 200;

    private readonly FrameInput _input;
    private readonly News _news;
    private readonly ToldReads _reads = new();
    private string? _cookie;
    private MutationHandler? _mutations;
    private QuestionHandler? _questions;
    private SignalHandler? _signals;
    private int _rateRefusals;
    private SessionToken? _sessionToken;

    /// <param name="cookie">The session that the server's own page brought with the upgrade; null: none.</param>
    internal WebSocketSession(Connection connection, SessionContext context, string? cookie = null)
        : base(connection, context)
    {
        _cookie = cookie;
        _input = new FrameInput(this);
        _news = new News(this);
        context.Sessions.Add(this);
    }

    internal SessionContext Services => Context;

    /// <summary>Reads frames until the peer or somebody else ends it, and lets go of what it held.</summary>
    internal async Task RunAsync()
    {
        try
        {
            if (await ReadHelloAsync() is { } hello && await WelcomeInTurnAsync(hello))
                await _input.ReadAsync(HandleAsync);
            await FinishAsync();
        }
        catch (StoreAwayException)
        {
            // In the middle of a welcome: as from a server that restarts, the client comes back and resumes.
            Close(Farewell(SessionRegistry.RetryAfter));
            await FinishAsync();
        }
        finally
        {
            End();
            Dispose();
        }
    }

    public void Dispose() => _input.Dispose();

    /// <summary>Queues the frame just written by this thread's writer, and sends it.</summary>
    internal void Send(ServerFrameWriter frames)
    {
        Enqueue(frames.Framed());
        Queue.Flush();
    }

    internal void SendError(string? cid, string? rid, Refused refused)
    {
        var frames = Frames.OfThisThread;
        frames.Error(cid, rid, Codes.Of(refused.Reason), refused.Reason.Sentence(), refused.RetryAfter);
        Send(frames);
    }

    User? IActor.You => You;

    public async ValueTask<Refused?> BecomeDurableAsync(string? nick)
    {
        if (You is not null)
            return null;
        if (await BecomeSomebodyAsync(nick, _sessionToken) is { } refused)
            return refused;
        _sessionToken = null;
        var frames = Frames.OfThisThread;
        frames.You(You!);
        Send(frames);
        return null;
    }

    /// <summary>Whether the pace allows another mutation; if not, says how long to wait.</summary>
    internal bool TryKeepPace(out Refused? refused)
    {
        refused = null;
        if (Pace.TryTake(out var wait))
        {
            _rateRefusals = 0;
            return true;
        }
        refused = new Refused(Refusal.RateLimited, wait);
        if (++_rateRefusals > MaxRateRefusals)
            Close(CloseCodes.Frame(CloseCodes.Flooding, "flooding"));
        return false;
    }

    internal override void OnTick()
    {
        var silence = Silence;
        if (silence > HeartbeatTimeout)
            Close(CloseCodes.Frame(CloseCodes.Silent, "silent"));
        else if (silence > HeartbeatInterval)
        {
            var output = new ArrayBufferWriter<byte>(2);
            FrameWriter.WritePing(output, []);
            Enqueue(output.WrittenMemory);
            Queue.Flush();
        }
    }

    internal override void Tell(ReadOnlyMemory<byte> bytes, Turn turn) => _news.Tell(send => send(bytes), turn);

    internal override void OnEntered(Logged entered, Turn turn) => _news.Tell(send => Enter(entered, send), turn);

    internal override void OnExited(Logged exited, Turn turn)
    {
        // At once, even if the client is told only after its welcome: what is said next is not for it.
        if (!StillLooksOn(exited))
            EndAt(exited.Room.Id, exited.Seq);
        _news.Tell(send => Exit(exited, send), turn);
    }

    internal override void OnReadMoved(ReadMoved moved, Turn turn) => _news.Tell(
        send =>
        {
            // Of a room that one is not in yet, as far as the client knows, it is said with the room.
            if (!_reads.TryMove(moved.Room.Id, moved.Seq, moved.PostNo) || IsMemberOf(moved.Room.Id) is not true)
                return;
            var frames = Frames.OfThisThread;
            frames.Read(moved.Room.Uid, moved.Seq, moved.Unread);
            send(frames.Framed());
        }, turn);

    internal override void OnBlocked(BlockChanged changed, Turn turn) => _news.Tell(
        send =>
        {
            var frames = Frames.OfThisThread;
            frames.Block(changed.Subject, changed.On);
            send(frames.Framed());
        }, turn);

    internal override void OnReports(ReportsChanged changed, Turn turn) => _news.Tell(
        send =>
        {
            var frames = Frames.OfThisThread;
            frames.OpenReports(changed.Open);
            send(frames.Framed());
        }, turn);

    internal override void OnRenamed(User user, Turn turn)
    {
        base.OnRenamed(user, turn);
        _news.Tell(
            send =>
            {
                var frames = Frames.OfThisThread;
                frames.You(user);
                send(frames.Framed());
            }, turn);
    }

    protected override ReadOnlyMemory<byte> Farewell(TimeSpan retryAfter)
    {
        var frames = Frames.OfThisThread;
        frames.Bye(retryAfter);
        return (byte[])[.. frames.Framed(), .. CloseCodes.Frame(CloseCode.ServiceRestart, "draining")];
    }

    protected override ReadOnlyMemory<byte> LoginEndedNotice()
    {
        var frames = Frames.OfThisThread;
        frames.Error(null, null, Codes.Of(Refusal.LoginRequired), Refusal.LoginRequired.Sentence(), null);
        return (byte[])[.. frames.Framed(), .. CloseCodes.Frame(CloseCodes.LoginRequired, "login required")];
    }

    protected override ReadOnlyMemory<byte> SlowNotice() => CloseCodes.Frame(CloseCodes.Slow, "slow");

    private async Task<HelloFrame?> ReadHelloAsync()
    {
        HelloFrame? hello = null;
        using var timeout = Context.Clock.CreateCancellationTokenSource(HelloTimeout);
        try
        {
            await _input.ReadAsync(
                frame =>
                {
                    hello = frame as HelloFrame;
                    return ValueTask.CompletedTask;
                },
                justOne: true, timeout.Token);
        }
        catch (OperationCanceledException)
        {
        }
        if (hello is null && !IsClosing && !IsDraining)
            Close(CloseCodes.Frame(CloseCodes.NoHello, "hello expected"));
        return hello;
    }

    /// <summary>Says who and where the client is, when it is its turn, and brings each room that it holds up to date. False: not let in, or the session ends before.</summary>
    private async Task<bool> WelcomeInTurnAsync(HelloFrame hello)
    {
        var welcomes = Context.Sessions.Welcomes;
        if (!welcomes.TryEnter())
        {
            if (welcomes.TryWait(Connection.Peer?.Address) is not { } turn)
            {
                Close(Farewell(Context.Sessions.NextReturn()));
                return false;
            }
            if (!await _input.AnswerPingsWhileAsync(turn.WaitAsync))
                return false;
        }
        List<(Subscription Subscription, RoomView View)>? entered;
        try
        {
            entered = await WelcomeAsync(hello);
        }
        finally
        {
            // Before anything is replayed: a peer that does not read would else keep others out.
            welcomes.Leave();
        }
        if (entered is null)
            return false;
        await new Resumption(this, hello).RunAsync(entered);
        _news.Release();
        return true;
    }

    /// <returns>The rooms of which it is told from here on; null: not let in.</returns>
    private async Task<List<(Subscription Subscription, RoomView View)>?> WelcomeAsync(HelloFrame hello)
    {
        var auth = await WebSocketLogin.RunAsync(hello, _cookie, Context);
        if (auth is null || !await BecomeAsync(auth.Identity))
        {
            Close(LoginEndedNotice());
            return null;
        }
        _cookie = null;
        // Only until it is bound to somebody.
        _sessionToken = You is null ? auth.Identity.Session : null;
        Wants = hello.Wants;
        var views = await Context.Store.ListRoomsAsync(You?.Id, CancellationToken.None);
        var entered = new List<(Subscription Subscription, RoomView View)>(views.Count);
        foreach (var view in views)
            if (await SubscribeAsync(view.Room) is { } subscribed)
            {
                MarkMember(view.Room.Id, view.IsMember);
                var head = hello.SeqOf(view.Room) is { } held && held > subscribed.Head.Seq
                    ? await Context.Rooms.CatchUpAsync(subscribed.Subscription.Room, held)
                    : subscribed.Head;
                var said = UpTo(view, subscribed.Subscription.Room, head);
                entered.Add((subscribed.Subscription, view.IsMember ? _reads.AsTold(said) : said));
            }
        IReadOnlyList<User> blocks = You is { } you ? await Context.Store.ReadBlocksAsync(you.Id, CancellationToken.None) : [];
        long? reports = Administers ? await Context.Accounts.Store.CountOpenReportsAsync(CancellationToken.None) : null;
        var frames = Frames.OfThisThread;
        frames.Welcome(new WelcomeContent(
            MinatoVersion.Server, auth.IsNew ? auth.Identity.Session!.Text : null, You, Nick, entered.ConvertAll(e => e.View),
            new WelcomeLimits(MaxMessage, Lane.MaxInFlight, HeartbeatInterval, HeartbeatTimeout)
            {
                File = Context.Files is null ? null : Minato.Core.Files.StoredFile.MaxBytes,
            })
        {
            Blocks = blocks,
            OpenReports = reports,
        });
        Send(frames);
        return entered;
    }

    /// <summary>Takes part in a room, of which nothing is told yet; null when it does already, or is not there yet.</summary>
    private async ValueTask<(Subscription Subscription, RoomHead Head)?> SubscribeAsync(Room room)
    {
        if (await SubscribeAsync(room, WireFormat.WebSocket, isLive: false) is not { } subscribed)
            return null;
        // One's joining is on disk and not published yet: what is published before it is not one's own. The news of it enters.
        if (room.IsOpen || subscribed.Head.Seq >= await Context.Store.ReadFirstOfSpanAsync(room.Id, You?.Id, CancellationToken.None))
            return subscribed;
        Unsubscribe(room.Id);
        return null;
    }

    /// <summary>The list was read before the room's live side was entered: what is newer counts.</summary>
    private static RoomView UpTo(RoomView view, LiveRoom room, RoomHead live)
    {
        // The list may know of a trimming by another server that the live side has not heard of.
        var head = live with { FirstSeq = Math.Max(live.FirstSeq, view.Head.FirstSeq), TrimmedPosts = Math.Max(live.TrimmedPosts, view.Head.TrimmedPosts) };
        return view with
        {
            // Whom a direct room is between, the list knows by their names of today.
            Room = room.AsOf(view.Room, view.Head.Seq + 1) with { Users = view.Room.Users },
            Head = head,
            // What was trimmed meanwhile is not unread any more.
            Unread = view.IsMember ? Math.Min(view.Unread + head.PostNo - view.Head.PostNo, head.UnreadAfter(0)) : 0,
        };
    }

    private void Enter(Logged entered, Action<ReadOnlyMemory<byte>> send)
    {
        var room = entered.Room;
        var task = SubscribeAsync(room);
        // A store of SQLite has answered already; another makes the publisher wait for one indexed row.
        var isNew = (task.IsCompletedSuccessfully ? task.Result : task.AsTask().GetAwaiter().GetResult()) is not null;
        MarkMember(room.Id, isMember: true);
        var isTold = false;
        try
        {
            isTold = AnnounceEntered(entered, send);
        }
        finally
        {
            // Out again already: who was told of no way in is told of no way out.
            if (isNew && !isTold)
                Unsubscribe(room.Id);
        }
    }

    /// <summary>
    /// Says what the room, and oneself in it, are as of the head that is said: of what came up to it, such as a role or a title, nothing else is told.
    /// </summary>
    private bool AnnounceEntered(Logged entered, Action<ReadOnlyMemory<byte>> send)
    {
        var (room, role, asOf) = (entered.Room, entered.Event is Created ? Standing.Owner : Standing.Member, entered.Seq);
        while (true)
        {
            var isOld = false;
            var isTold = Announce(room.Id, Tell);
            if (!isOld)
                return isTold;
            // At least as new as that head; what is newer still is told once more, and changes nothing.
            var task = Context.Store.ListRoomsAsync(You!.Id, CancellationToken.None);
            var views = task.IsCompletedSuccessfully ? task.Result : task.AsTask().GetAwaiter().GetResult();
            if (views.FirstOrDefault(v => v.Room.Id == room.Id) is { IsMember: true } view)
                (room, role) = (view.Room, view.Role);

            bool Tell(RoomHead head)
            {
                isOld = head.Seq > asOf;
                asOf = head.Seq;
                if (!isOld)
                    SendEntered(_reads.AsTold(new RoomView(room, head, IsMember: true, ReadSeq: entered.Seq, Unread: head.PostNo - entered.EnteredAtPost) { Role = role }), send);
                return !isOld;
            }
        }
    }

    private void Exit(Logged exited, Action<ReadOnlyMemory<byte>> send)
    {
        var room = exited.Room;
        MarkMember(room.Id, isMember: false);
        if (StillLooksOn(exited))
            Announce(room.Id, head => SendEntered(new RoomView(room, head, IsMember: false, ReadSeq: 0, Unread: 0), send));
        // Whoever was out again before this session was let in is not told of the way out, either.
        else if (Unsubscribe(room.Id))
        {
            var frames = Frames.OfThisThread;
            frames.Gone(room.Uid);
            send(frames.Framed());
        }
    }

    private static bool SendEntered(RoomView view, Action<ReadOnlyMemory<byte>> send)
    {
        var frames = Frames.OfThisThread;
        frames.Entered(view);
        send(frames.Framed());
        return true;
    }

    private static bool StillLooksOn(Logged exited) => exited.Room.Slug == Slug.Lobby && !exited.IsShutOut;

    private ValueTask HandleAsync(ClientFrame frame)
    {
        var answering = AnswerAsync(frame);
        return answering.IsCompletedSuccessfully ? ValueTask.CompletedTask : FinishAsync(answering, frame);
    }

    /// <summary>What cannot be read for now is refused; the session goes on.</summary>
    private async ValueTask FinishAsync(ValueTask answering, ClientFrame frame)
    {
        try
        {
            await answering;
        }
        catch (StoreAwayException)
        {
            SendError((frame as MutationFrame)?.Cid.Value, (frame as QuestionFrame)?.Rid, new Refused(Refusal.StorageAway, LogWriter.OutageRetryAfter));
        }
    }

    private ValueTask AnswerAsync(ClientFrame frame)
    {
        switch (frame)
        {
            case MutationFrame mutation:
                return (_mutations ??= new MutationHandler(this)).HandleAsync(mutation);
            case QuestionFrame question:
                return (_questions ??= new QuestionHandler(this)).HandleAsync(question);
            case ReadFrame read:
                return (_signals ??= new SignalHandler(this)).HandleAsync(read);
            case TypingFrame typing:
                return (_signals ??= new SignalHandler(this)).HandleAsync(typing);
            case PingFrame:
                var frames = Frames.OfThisThread;
                frames.Pong();
                Send(frames);
                return ValueTask.CompletedTask;
            default:
                var again = Frames.OfThisThread;
                again.Error(null, null, "bad_frame", "\"hello\" is said once.");
                Send(again);
                return ValueTask.CompletedTask;
        }
    }
}
