using System.Buffers;
using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Server.Log;
using Minato.Server.Rooms;
using Minato.Wire.WebSocket.Frames;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Server.Sessions.WebSocket;

/// <summary>A browser, app or bot that speaks <c>minato.v1</c>. docs/protocols/websocket.md is the authority.</summary>
internal sealed class WebSocketSession : Session, IDisposable
{
    /// <summary>Bytes of one message; a body of 16 KiB fits four times, however it is escaped.</summary>
    internal const int MaxMessage = 64 * 1024;

    internal static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(30);
    internal static readonly TimeSpan HeartbeatTimeout = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan HelloTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Refusals for speed that a client may ignore before it is closed as flooding.</summary>
    private const int MaxRateRefusals = 200;

    private readonly FrameReader _reader = new(MaxMessage);
    private readonly News _news;
    private readonly MutationHandler _mutations;
    private readonly QuestionHandler _questions;
    private int _rateRefusals;
    private string? _sessionToken;

    internal WebSocketSession(Connection connection, SessionContext context)
        : base(connection, context)
    {
        _news = new News(this);
        _mutations = new MutationHandler(this);
        _questions = new QuestionHandler(this);
        context.Sessions.Add(this);
    }

    internal SessionContext Services => Context;

    /// <summary>Reads frames until the peer or somebody else ends it.</summary>
    internal async Task RunAsync()
    {
        try
        {
            if (await ReadHelloAsync() is { } hello && await WelcomeAsync(hello))
                await ReadAsync(HandleAsync);
            await FinishAsync();
        }
        finally
        {
            End();
        }
    }

    public void Dispose() => _reader.Dispose();

    /// <summary>Queues the frame just written by this thread's writer, and sends it.</summary>
    internal void Send(ServerFrameWriter frames)
    {
        Enqueue(frames.Framed());
        Queue.Flush();
    }

    internal ValueTask<Room?> FindRoomAsync(RoomRef reference) => reference switch
    {
        { Uid: { } uid } => Context.Store.FindRoomAsync(uid, CancellationToken.None),
        { Slug: { } slug } => Context.Store.FindRoomAsync(slug, CancellationToken.None),
        _ => ValueTask.FromResult<Room?>(null),
    };

    internal void SendError(string? cid, string? rid, Refused refused)
    {
        var frames = Frames.OfThisThread;
        frames.Error(cid, rid, Codes.Of(refused.Reason), refused.Reason.Sentence(), refused.RetryAfter);
        Send(frames);
    }

    /// <summary>The user, made durable by whatever lasting thing they do first.</summary>
    internal async ValueTask<Refused?> BecomeDurableAsync(string? nick)
    {
        if (You is not null)
            return null;
        if (await BecomeSomebodyAsync(nick, _sessionToken) is { } refused)
            return refused;
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
            Close(CloseFrame(CloseCodes.Flooding, "flooding"));
        return false;
    }

    internal override void OnTick()
    {
        var silence = Silence;
        if (silence > HeartbeatTimeout)
            Close(CloseFrame(CloseCodes.Silent, "silent"));
        else if (silence > HeartbeatInterval)
        {
            var output = new ArrayBufferWriter<byte>(2);
            FrameWriter.WritePing(output, []);
            Enqueue(output.WrittenMemory);
            Queue.Flush();
        }
    }

    internal override void OnEntered(Logged entered, Turn turn) => _news.Tell(send => Enter(entered, send), turn);

    internal override void OnExited(Logged exited, Turn turn)
    {
        // At once, though it may be told only after the welcome: what comes now is not theirs any more.
        if (!LooksOn(exited))
            Hush(exited.Room.Id);
        _news.Tell(send => Exit(exited, send), turn);
    }

    internal override void OnReadMoved(ReadMoved moved, Turn turn) => _news.Tell(
        send =>
        {
            var frames = Frames.OfThisThread;
            frames.Read(moved.Room.Uid, moved.Seq, moved.Unread);
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
        return (byte[])[.. frames.Framed(), .. CloseFrame(CloseCode.ServiceRestart, "draining")];
    }

    protected override ReadOnlyMemory<byte> SlowNotice() => CloseFrame(CloseCodes.Slow, "slow");

    private async Task<HelloFrame?> ReadHelloAsync()
    {
        HelloFrame? hello = null;
        using var timeout = Context.Clock.CreateCancellationTokenSource(HelloTimeout);
        try
        {
            await ReadAsync(
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
            Close(CloseFrame(CloseCodes.NoHello, "hello expected"));
        return hello;
    }

    /// <summary>Says who and where the client is, and brings each room it holds up to date. False: not let in.</summary>
    private async Task<bool> WelcomeAsync(HelloFrame hello)
    {
        var auth = await WebSocketLogin.RunAsync(hello, Context);
        if (auth is null)
        {
            SendError(null, null, new Refused(Refusal.LoginRequired));
            Close(CloseFrame(CloseCodes.LoginRequired, "login required"));
            return false;
        }
        _sessionToken = auth.SessionToken;
        if (auth.User is { } user)
            Become(user);
        var views = await Context.Store.ListRoomsAsync(You?.Id, CancellationToken.None);
        var entered = new List<(Subscription Subscription, RoomView View)>(views.Count);
        foreach (var view in views)
            if (await SubscribeAsync(view.Room, WireFormat.WebSocket, isLive: false) is { } subscribed)
            {
                // One's joining is on disk and not published yet: what comes before it is not one's own. It is entered by that news.
                if (subscribed.Head.Seq < await Context.Store.ReadFirstOfSpanAsync(view.Room.Id, You?.Id, CancellationToken.None))
                    Unsubscribe(view.Room.Id);
                else
                    entered.Add((subscribed.Subscription, UpTo(view, subscribed.Head)));
            }
        var frames = Frames.OfThisThread;
        frames.Welcome(new WelcomeContent(
            MinatoVersion.Server, auth.IsNew ? auth.SessionToken : null, You, Nick, entered.ConvertAll(e => e.View),
            new WelcomeLimits(MaxMessage, Lane.MaxInFlight, HeartbeatInterval, HeartbeatTimeout)));
        Send(frames);
        await new Resumption(this, hello.Resume).RunAsync(entered);
        _news.Release();
        return true;
    }

    /// <summary>The list was read before the room's live side was entered: the newer head counts.</summary>
    private static RoomView UpTo(RoomView view, RoomHead head) => view with
    {
        Head = head,
        Unread = view.IsMember ? view.Unread + head.PostNo - view.Head.PostNo : 0,
    };

    private void Enter(Logged entered, Action<byte[]> send)
    {
        // Not live before the frame is queued: told after the welcome, this is not the publisher's thread.
        var subscribed = Wait(SubscribeAsync(entered.Room, WireFormat.WebSocket, isLive: false));
        // Out again by a later command: whoever was never let in is not told of the way out, either, and others are told of it next.
        if (!IsIn(entered.Room.Id) || (subscribed?.Head ?? Context.Rooms.Find(entered.Room.Id)?.Head) is not { } head)
            return;
        var frames = Frames.OfThisThread;
        frames.Entered(new RoomView(entered.Room, head, IsMember: true, ReadSeq: entered.Seq, Unread: head.PostNo - entered.EnteredAtPost));
        send(frames.Framed());
        if (subscribed is { Subscription: var subscription })
            CatchUp(subscription, head.Seq, send);
    }

    /// <summary>What was published since the head was told; nothing, on the publisher's thread.</summary>
    private void CatchUp(Subscription subscription, long cursor, Action<byte[]> send)
    {
        while (!subscription.Room.TryGoLive(subscription, cursor, out var head))
        {
            var events = Wait(Context.Store.ReadEventsAsync(subscription.Room.Id, You?.Id, cursor, head, CancellationToken.None));
            foreach (var bytes in WireFormat.WebSocket.Encode(subscription.Room.Room, events))
                send(bytes);
            if (events.Count < head - cursor)
                return;
            cursor = head;
        }
    }

    // A store of SQLite has answered already; another makes the publisher wait for one indexed row.
    private static T Wait<T>(ValueTask<T> task) => task.IsCompletedSuccessfully ? task.Result : task.AsTask().GetAwaiter().GetResult();

    /// <summary>Who leaves the lobby still looks on, unless shut out.</summary>
    private static bool LooksOn(Logged exited) => exited.Room.Slug == Slug.Lobby && !exited.IsShutOut;

    private void Exit(Logged exited, Action<byte[]> send)
    {
        var room = exited.Room;
        var frames = Frames.OfThisThread;
        if (LooksOn(exited) && Context.Rooms.Find(room.Id)?.Head is { } head)
            frames.Entered(new RoomView(room, head, IsMember: false, ReadSeq: 0, Unread: 0)); // one still looks on
        else if (Unsubscribe(room.Id))
            frames.Gone(room.Uid);
        else
            return;
        send(frames.Framed());
    }

    private ValueTask HandleAsync(ClientFrame frame)
    {
        switch (frame)
        {
            case MutationFrame mutation:
                return _mutations.HandleAsync(mutation);
            case QuestionFrame question:
                return _questions.HandleAsync(question);
            case ReadFrame read:
                return _questions.HandleAsync(read);
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

    private async Task ReadAsync(Func<ClientFrame, ValueTask> handle, bool justOne = false, CancellationToken cancel = default)
    {
        while (!IsClosing && !IsDraining)
        {
            var result = await ListenAsync(cancel);
            if (result.IsCanceled)
                return;
            var buffer = result.Buffer;
            var handled = false;
            while (!IsClosing && !(handled && justOne) && TryReadMessage(ref buffer, out var frame))
            {
                handled = true;
                if (frame is not null)
                    await handle(frame);
            }
            Connection.Input.AdvanceTo(buffer.Start, handled && justOne ? buffer.Start : buffer.End);
            if (result.IsCompleted || (handled && justOne))
                return;
        }
    }

    /// <summary>True: a message was taken; null when it was answered already (a ping, something malformed).</summary>
    private bool TryReadMessage(ref ReadOnlySequence<byte> buffer, out ClientFrame? frame)
    {
        frame = null;
        if (!_reader.TryRead(ref buffer, out var message))
            return false;
        switch (message.Kind)
        {
            case MessageKind.Text:
                frame = ReadFrame(message.Payload.Span);
                break;
            case MessageKind.Ping:
                var pong = new ArrayBufferWriter<byte>(message.Payload.Length + 2);
                FrameWriter.WritePong(pong, message.Payload.Span);
                Enqueue(pong.WrittenMemory);
                Queue.Flush();
                break;
            case MessageKind.Close:
                Close(CloseFrame(message.CloseCode, ""));
                break;
            case MessageKind.Binary:
                Close(CloseFrame(CloseCode.UnsupportedData, "text frames only"));
                break;
            case MessageKind.Violation:
                Close(CloseFrame(message.CloseCode, message.Reason));
                break;
        }
        return true;
    }

    private ClientFrame? ReadFrame(ReadOnlySpan<byte> json)
    {
        var frame = ClientFrameReader.Read(json, out var problem);
        if (problem is null)
            return frame;
        var frames = Frames.OfThisThread;
        frames.Error(problem.Cid, problem.Rid, problem.Code, problem.Message);
        Send(frames);
        // Somebody who sends nothing but rubbish is as busy a sender as any.
        TryKeepPace(out _);
        return null;
    }

    private static byte[] CloseFrame(int code, string reason)
    {
        var output = new ArrayBufferWriter<byte>(32);
        FrameWriter.WriteClose(output, code, reason);
        return output.WrittenSpan.ToArray();
    }
}
