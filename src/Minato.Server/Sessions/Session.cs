using System.IO.Pipelines;
using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Server.Log;
using Minato.Server.Rooms;
using Minato.Server.Sessions.Acts;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Sessions;

/// <summary>
/// Somebody who is connected, over whatever protocol: who they are, which rooms they are told of, and what is queued for them.
/// Its own loop reads; the publisher queues.
/// </summary>
internal abstract class Session
{
    /// <summary>In place of a timestamp.</summary>
    private const long NotListening = long.MinValue;

    private readonly Lock _gate = new();
    private readonly Dictionary<RoomId, Subscription> _subscriptions = [];

    /// <summary>Rooms that are being entered, and whether one was made to leave them meanwhile. Null: none, as nearly always.</summary>
    private Dictionary<RoomId, bool>? _entering;
    private volatile bool _ended;
    private long _listensSince = NotListening;
    private long _usedAt;
    private User? _you;

    protected Session(Connection connection, SessionContext context)
    {
        Connection = connection;
        Context = context;
        Pace = new TokenBucket(context.Options.MessagePace, context.Clock);
        _usedAt = context.Clock.GetTimestamp();
    }

    internal Connection Connection { get; }

    internal SendQueue Queue => Connection.Queue;

    internal Lane Lane { get; } = new();

    /// <summary>Null until the guest does something that lasts.</summary>
    internal User? You
    {
        get => Volatile.Read(ref _you);
        private set => Volatile.Write(ref _you, value);
    }

    /// <summary>By which it was let in, where that can end; null: by nothing that can.</summary>
    internal Credential? Credential { get; private set; }

    /// <summary>Whether its credential is good for more than reading.</summary>
    internal bool MayWrite => Credential is not { Scope: Scope.Read };

    /// <summary>Whether whoever it is administers the server, and may do so by this connection.</summary>
    internal bool Administers => You is { } you && AdministrationRights.MayLook(you.Role) && Credential is null or { Scope: Scope.Admin };

    /// <summary>Whose words are not to be told to it; null: everybody's are.</summary>
    internal virtual IReadOnlySet<UserId>? Hides => null;

    /// <summary>Whether what somebody said is not to be told here; what they do about the room is.</summary>
    internal bool HidesWordsOf(RoomEvent ev) => ev is Posted or Edited or Deleted && Hides is { } hidden && hidden.Contains(ev.From.Id);

    /// <summary>The name, or the one that they would get.</summary>
    internal string Nick => You?.Nick ?? ProvisionalNick;

    /// <summary>How long the peer has said nothing although this session listened: one that is busy with an answer hears nobody.</summary>
    internal TimeSpan Silence => Volatile.Read(ref _listensSince) is not NotListening and var since ? Context.Clock.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>Set when the server stops: nothing more is read.</summary>
    internal bool IsDraining => Context.Sessions.Draining.IsCancellationRequested;

    /// <summary>Set when the connection was given up and only its last words are still on their way.</summary>
    internal bool IsClosing { get; private set; }

    /// <summary>What it is told beside the log.</summary>
    internal Wants Wants { get; private protected set; }

    protected SessionContext Context { get; }

    protected TokenBucket Pace { get; }

    protected string ProvisionalNick { get; } = Core.Users.Nick.Provisional();

    /// <summary>The rooms that this session is told of.</summary>
    internal IReadOnlyList<LiveRoom> Rooms
    {
        get
        {
            lock (_gate)
                return [.. _subscriptions.Values.Select(s => s.Room)];
        }
    }

    /// <summary>Whether this session is told of a room; null: it is not, false: it only looks on, as far as it was said.</summary>
    internal bool? IsMemberOf(RoomId room) => Find(room)?.IsMember;

    /// <summary>Queues bytes that every receiver shares. Who does not read them in time is closed as slow; nobody waits.</summary>
    internal void Enqueue(ReadOnlyMemory<byte> bytes)
    {
        if (Queue.TryEnqueue(bytes))
            return;
        // Full of what this turn brought, perhaps, and the peer reads as fast as can be: it is slow only if the kernel is full, too.
        Queue.Flush();
        if (!Queue.TryEnqueue(bytes))
            CloseAsSlow();
    }

    /// <summary>The same for bytes that may be lost. False: too much waits already.</summary>
    internal bool TryEnqueueDroppable(ReadOnlyMemory<byte> bytes)
    {
        if (Queue.TryEnqueueDroppable(bytes))
            return true;
        Context.Sessions.EphemeralsDropped.Add();
        return false;
    }

    /// <summary>Queues bytes that only this session asked for, as soon as there is room: an answer never makes its own reader slow.</summary>
    internal async ValueTask EnqueueWhenRoomAsync(ReadOnlyMemory<byte> bytes)
    {
        await Queue.WhenRoomFor(bytes.Length);
        Enqueue(bytes);
        Queue.Flush();
    }

    /// <summary>Gives up a peer that does not read.</summary>
    internal void CloseAsSlow()
    {
        if (!IsClosing)
            Context.Sessions.SlowCloses.Add();
        Close(SlowNotice(), dropWaiting: true);
    }

    /// <summary>Queues last words, takes nothing more, and lets go of the connection when they are sent or nobody reads them.</summary>
    internal void Close(ReadOnlyMemory<byte> lastWords, bool dropWaiting = false)
    {
        if (IsClosing)
            return;
        IsClosing = true;
        Queue.CloseWith(lastWords, dropWaiting);
        Connection.CloseSoon();
    }

    /// <summary>Whether it came by what is worth nothing any more.</summary>
    internal virtual bool IsEndedBy(Ending ending) => ending.Ends(Credential);

    /// <summary>The login is worth nothing any more: the connection that it opened ends at once.</summary>
    internal void EndLogin() => Close(LoginEndedNotice());

    /// <summary>Nothing is wrong with the peer: it is to come back, here or elsewhere, and resume.</summary>
    internal void SendAway() => Close(Farewell(Context.Sessions.NextReturn()));

    /// <summary>Looked at every few seconds: a login that is used lives on, and one whose time is over ends.</summary>
    internal void LookAfterLogin()
    {
        if (Credential is not { } credential || credential.User.IsGuest)
            return;
        if (Context.Clock.GetElapsedTime(_usedAt) >= Admission.NotedEvery && credential.IsSession)
        {
            _usedAt = Context.Clock.GetTimestamp();
            Context.Admission.Note(credential);
        }
        else if (!credential.IsSession && credential.ExpiresAt <= Context.Clock.GetUtcNow().ToUnixTimeMilliseconds())
            EndLogin();
    }

    /// <summary>The server stops: read nothing more, answer what was read, say goodbye, and end.</summary>
    internal void Drain() => Connection.Input.CancelPendingRead();

    /// <summary>Looked at every few seconds, by one timer for everybody: ask for a sign of life, or give up.</summary>
    internal abstract void OnTick();

    /// <summary>Something that is not an event, for everybody in a room.</summary>
    internal virtual void Tell(ReadOnlyMemory<byte> bytes, Turn turn) => turn.Send(this, bytes);

    /// <summary>A user of this session's entered a room, in whatever session.</summary>
    internal abstract void OnEntered(Logged entered, Turn turn);

    /// <summary>A user of this session's left a room, or was made to.</summary>
    internal abstract void OnExited(Logged exited, Turn turn);

    internal abstract void OnReadMoved(ReadMoved moved, Turn turn);

    /// <summary>Its user does not want to hear somebody, or does again, whatever session said so.</summary>
    internal abstract void OnBlocked(BlockChanged changed, Turn turn);

    /// <summary>Something was reported or resolved; told to those who <see cref="Administers"/>.</summary>
    internal virtual void OnReports(ReportsChanged changed, Turn turn)
    {
    }

    /// <summary>Anybody may sign up from now on, or not any more.</summary>
    internal virtual void OnSignUp(bool isOpen, Turn turn)
    {
    }

    internal virtual void OnRenamed(User user, Turn turn)
    {
        // It may be becoming somebody else at this moment, and is not given back who it was.
        if (You is { } you && you.Id == user.Id)
            Interlocked.CompareExchange(ref _you, user, you);
    }

    /// <summary>Somebody whom this session knows is called otherwise, this session's own user included.</summary>
    internal virtual void OnSomebodyRenamed(User was, User now, Turn turn)
    {
    }

    /// <summary>A room of which this session is told, and of those in it, has another slug; the event was told.</summary>
    internal virtual void OnRoomRenamed(Logged renamed)
    {
    }

    /// <summary>A guest has an account from now on.</summary>
    /// <param name="isNear">Whether this session shares a room with them.</param>
    internal virtual void OnSomebodySignedUp(User account, bool isNear, Turn turn)
    {
    }

    /// <summary>After the session's read loop: lets every answer go out, and says goodbye where the server is the one who ends it.</summary>
    protected async Task FinishAsync()
    {
        await Lane.WhenIdle();
        if (IsDraining)
            Close(Farewell(Context.Sessions.NextReturn()));
    }

    /// <summary>The peer's next bytes; meanwhile it is the peer's turn to speak, until <see cref="Heard"/>. No task of its own: here a connection sleeps.</summary>
    internal ValueTask<ReadResult> ListenAsync(CancellationToken cancel = default)
    {
        Volatile.Write(ref _listensSince, Context.Clock.GetTimestamp());
        return Connection.Input.ReadAsync(cancel);
    }

    /// <summary>Something came, or it is not waited for any more.</summary>
    internal void Heard() => Volatile.Write(ref _listensSince, NotListening);

    /// <summary>What is said when the server stops.</summary>
    protected abstract ReadOnlyMemory<byte> Farewell(TimeSpan retryAfter);

    /// <summary>What somebody is told whose login has ended.</summary>
    protected abstract ReadOnlyMemory<byte> LoginEndedNotice();

    /// <summary>What a reader who is too slow is told.</summary>
    protected abstract ReadOnlyMemory<byte> SlowNotice();

    /// <summary>Is somebody whom a credential names. False: it was ended meanwhile, and nobody is let in by it.</summary>
    protected async ValueTask<bool> BecomeAsync(Identity identity)
    {
        Credential = identity.Credential;
        if (identity.User is { } user)
            Become(user);
        // Ended before it was bound to its user, nobody would have closed it; ended later, somebody does.
        return await Context.Admission.StillHoldsAsync(identity);
    }

    /// <summary>The same for one whose user is known and bound: a guest who has become an account.</summary>
    protected void BecomeKnown(Identity identity)
    {
        (Credential, You) = (identity.Credential, identity.User);
        foreach (var subscription in Subscriptions)
            subscription.Room.Identify(subscription, identity.User!);
    }

    protected void Become(User user)
    {
        You = user;
        Context.Sessions.Bind(this, user);
        foreach (var subscription in Subscriptions)
            subscription.Room.Identify(subscription, user);
    }

    /// <summary>The user of this session, made durable if need be.</summary>
    /// <param name="nick">The name asked for; null for the provisional one.</param>
    /// <param name="sessionToken">By which the guest comes back; null for one who ends with the session.</param>
    protected async ValueTask<Refused?> BecomeSomebodyAsync(string? nick, SessionToken? sessionToken)
    {
        if (You is not null)
            return null;
        var (user, refused) = await Context.Log.RegisterAsync(nick, ProvisionalNick, sessionToken?.Hash, Lane);
        if (user is not null)
            Become(user);
        return refused;
    }

    /// <summary>Takes part in a room; null when it does already.</summary>
    /// <param name="after">Nothing up to this event is told, though it be published still.</param>
    protected async ValueTask<(Subscription Subscription, RoomHead Head)?> SubscribeAsync(Room room, WireFormat format, bool isLive, long after = 0)
    {
        lock (_gate)
            // The publisher may enter the same room for us at this moment: only one may, or events come twice.
            if (_ended || _subscriptions.ContainsKey(room.Id) || !(_entering ??= []).TryAdd(room.Id, false))
                return null;
        try
        {
            var entered = await Context.Rooms.SubscribeAsync(room, this, format, isLive, after, CancellationToken.None);
            bool isKept;
            lock (_gate)
                isKept = !_ended && !_entering![room.Id] && _subscriptions.TryAdd(room.Id, entered.Subscription);
            if (!isKept)
                Context.Rooms.Unsubscribe(entered.Subscription, lingers: false);
            else if (await MayReadAsync(room))
                return entered;
            else
                Unsubscribe(room.Id);
            return null;
        }
        finally
        {
            lock (_gate)
                if (_entering!.Remove(room.Id) && _entering.Count == 0)
                    _entering = null;
        }
    }

    /// <summary>
    /// Asked once more after entering: a ban that was committed meanwhile is seen now, and one that is committed later finds the
    /// subscription there to end.
    /// </summary>
    internal async ValueTask<bool> MayReadAsync(Room room) => await WhyNotReadAsync(room) is null;

    internal async ValueTask<Refusal?> WhyNotReadAsync(Room room) => RoomRights.Check(
        RoomAction.Read, room.Rules, await Context.Store.ReadStandingAsync(room.Id, You?.Id, CancellationToken.None));

    /// <param name="reason">Said to those who are told of people; null: none.</param>
    internal bool Unsubscribe(RoomId room, string? reason = null)
    {
        Subscription? subscription;
        lock (_gate)
            if (!_subscriptions.Remove(room, out subscription))
                return false;
        Context.Rooms.Unsubscribe(subscription, lingers: false, reason);
        return true;
    }

    /// <summary>In place of an event that is still to be published, this session is told other bytes, or none. False: it is told nothing of the room.</summary>
    protected bool TellInstead(RoomId room, long seq, ReadOnlyMemory<byte> bytes) =>
        Find(room) is { } subscription && subscription.Room.TellInstead(subscription, seq, bytes);

    /// <summary>
    /// Sees to it that nothing after this event is told, whatever the session is at: one that only enters does not, one that catches up
    /// stops there. Called before any such event is published.
    /// </summary>
    protected void EndAt(RoomId room, long seq)
    {
        Subscription? subscription;
        lock (_gate)
            if (!_subscriptions.TryGetValue(room, out subscription) && _entering?.ContainsKey(room) == true)
                _entering[room] = true;
        subscription?.Room.EndAt(subscription, seq);
    }

    /// <param name="isMember">False: one only looks on.</param>
    protected void MarkMember(RoomId room, bool isMember)
    {
        var subscription = Find(room);
        subscription?.Room.MarkMember(subscription, isMember);
    }

    /// <summary>Says where a room is, and then all that follows. False: this session is not told of it, or soon no more, or not as of this head, and nothing was said.</summary>
    protected bool Announce(RoomId room, Predicate<RoomHead> tell) => Find(room) is { } subscription && subscription.Room.Announce(subscription, tell);

    private Subscription? Find(RoomId room)
    {
        lock (_gate)
            return _subscriptions.GetValueOrDefault(room);
    }

    protected IReadOnlyList<Subscription> Subscriptions
    {
        get
        {
            lock (_gate)
                return [.. _subscriptions.Values];
        }
    }

    /// <summary>Leaves the live side. What was submitted is still carried out.</summary>
    /// <param name="witnesses">Of one who is not expected back at once: takes those who are to be told.</param>
    protected void End(HashSet<Session>? witnesses = null)
    {
        lock (_gate)
            _ended = true;
        LeaveRooms(witnesses);
        Context.Sessions.Remove(this);
    }

    /// <summary>Takes part in no room any more, nor in one that is being entered at this moment.</summary>
    /// <param name="witnesses">As for <see cref="End"/>.</param>
    protected void LeaveRooms(HashSet<Session>? witnesses)
    {
        List<Subscription> subscriptions;
        lock (_gate)
        {
            subscriptions = [.. _subscriptions.Values];
            _subscriptions.Clear();
            if (_entering is { } entering)
                foreach (var room in entering.Keys)
                    entering[room] = true;
        }
        foreach (var subscription in subscriptions)
            Context.Rooms.Unsubscribe(subscription, lingers: witnesses is null, witnesses: witnesses);
    }
}
