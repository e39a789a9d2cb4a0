using System.Buffers;
using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Server.Log;
using Minato.Server.Rooms;
using Minato.Wire.Lines;

namespace Minato.Server.Sessions.Lines;

/// <summary>
/// A person at a terminal, or a program that writes lines: what is typed is posted to the current room and comes back to
/// everybody in it. docs/protocols/lines.md.
/// </summary>
internal sealed class LineSession : Session
{
    private readonly LineInput _input;
    private readonly LineDialect _dialect = new();
    private readonly HiddenPeople _hidden = new();
    private bool _started;
    private bool _ended;
    private CredentialId? _ownSession;

    internal LineSession(Connection connection, SessionContext context)
        : base(connection, context)
    {
        IsAdmitted = context.Admission.LetsGuestsIn;
        _input = new LineInput(this, _dialect);
        context.Sessions.Add(this);
    }

    /// <summary>Where what is typed goes, as it is called now; null after leaving the last room.</summary>
    internal Room? Current
    {
        get => Subscriptions.FirstOrDefault(s => s.Room.Id == field?.Id)?.Room.Room ?? field;
        set;
    }

    /// <summary>Whether whatever credential is needed was given. Before, nothing can be posted or read.</summary>
    internal bool IsAdmitted { get; private set; }

    /// <summary>Takes the next line in place of the command loop: an answer to a prompt.</summary>
    internal Func<string, ValueTask>? Prompt { get; set; }

    internal bool IsOver { get; set; }

    internal SessionContext Services => Context;

    internal override IReadOnlySet<UserId>? Hides => _hidden.Now;

    /// <summary>A person sits silently at a terminal: say where they are, and let them listen.</summary>
    /// <param name="isTelnet">Whether the program at the other end is known to be telnet.</param>
    internal async ValueTask GreetAsync(bool isTelnet)
    {
        if (isTelnet)
            _input.SpeakTelnet();
        await StartAsync(); // before it says that they are there
        Notice(IsAdmitted
            ? $"Welcome to Minato. You are {Nick} in #{Slug.Lobby}. Type to talk; /nick NAME names you, /help lists the rest."
            : "Welcome to Minato. Log in first: /login");
    }

    /// <summary>Reads lines until the peer or somebody else ends it, and answers all of them before it returns.</summary>
    internal async Task RunAsync()
    {
        try
        {
            await StartAsync();
            await _input.ReadAsync();
            await FinishAsync();
        }
        finally
        {
            await EndAsync();
        }
    }

    /// <summary>Ends a session that was greeted and turned out to be no person, or that the server ends before it said anything.</summary>
    internal async Task LeaveAsync()
    {
        await FinishAsync();
        await EndAsync();
    }

    /// <summary>Leaves the live side, whatever happened; a second time changes nothing.</summary>
    internal async Task EndAsync()
    {
        if (_ended)
            return;
        _ended = true;
        End();
        if (You is { Kind: UserKind.Visitor } visitor)
            await SubmitLastAsync(new EndVisitor(visitor));
        // Nobody can come back by it: its secret was never told.
        else if (You is { } you && _ownSession is { } session)
            await SubmitLastAsync(new EndSessions(you, session));
    }

    internal void Notice(string text)
    {
        Enqueue(Line(text));
        Queue.Flush();
    }

    internal void Send(ArrayBufferWriter<byte> output)
    {
        Enqueue(output.WrittenSpan.ToArray());
        Queue.Flush();
    }

    internal LineWriter Lines => _dialect.Lines;

    /// <summary>Enters a room's live side and makes it the current one.</summary>
    /// <param name="joined">One's own joining, which may not be published yet: what was said before it is not told.</param>
    internal async ValueTask EnterAsync(Room room, RoomEvent? joined = null)
    {
        await SubscribeAsync(room, _dialect.Format, isLive: true, after: joined is null ? 0 : joined.Seq - 1);
        Current = room;
    }

    /// <summary>Is told of a room without making it the current one.</summary>
    internal async ValueTask ListenToAsync(Logged entered)
    {
        if (await SubscribeAsync(entered.Room, _dialect.Format, isLive: false, entered.Seq) is { } listening)
            await CatchingUp.RunAsync(Context.Store, listening.Subscription, _dialect.Format, entered.Seq, static e => e is not Created);
    }

    /// <summary>The peer turned out to write, and so to read, in another format.</summary>
    internal void ChangeFormat()
    {
        foreach (var subscription in Subscriptions)
            subscription.Room.ChangeFormat(subscription, _dialect.Format);
    }

    /// <summary>Reads no faster than the pace: nothing is refused, nothing is lost.</summary>
    internal async ValueTask KeepPaceAsync()
    {
        // What was typed before the server stopped is still posted, and not at leisure.
        while (!IsDraining && !Pace.TryTake(out var wait))
            await Task.Delay(wait, Context.Clock, Context.Sessions.Draining).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    internal void Exit(RoomId room)
    {
        Unsubscribe(room);
        if (Current?.Id == room)
            Current = Subscriptions.Count > 0 ? Subscriptions[^1].Room.Room : null;
    }

    /// <summary>Lets in whoever showed a credential. False: it was ended at that very moment, and so is this session.</summary>
    /// <param name="isOwnSession">Whether the credential was made for this connection, and ends with it.</param>
    internal async ValueTask<bool> AdmitAsync(Identity identity, bool isOwnSession)
    {
        _ownSession = isOwnSession ? identity.Credential?.Id : null;
        if (!await BecomeAsync(identity))
        {
            // Where guests are let in, they would go on as whoever they became.
            IsOver = true;
            EndLogin();
            return false;
        }
        // Before anything is shown. What is blocked from now on is told, for the session is bound to its user.
        if (You is { } you)
            await _hidden.LoadAsync(Context.Store, you.Id);
        if (!IsAdmitted)
            await EnterLobbyAsync();
        return IsAdmitted = true;
    }

    /// <summary>Posts to a room; whatever is wrong is said as a notice.</summary>
    internal async ValueTask PostAsync(Room? room, ReadOnlyMemory<byte> text)
    {
        if (room is null)
        {
            Notice("You are in no room. /join #lobby");
            return;
        }
        var error = MessageBody.TryCreate(text, out var body);
        if (error != BodyError.None)
        {
            Notice((error == BodyError.TooLarge ? Refusal.BodyTooLarge : Refusal.BadBody).Sentence());
            return;
        }
        if (!MayWrite)
            Notice(Refusal.Forbidden.Sentence());
        else if (await BecomeSomebodyAsync(nick: null, sessionToken: null) is { } refused)
            Notice(refused.Sentence());
        else
            await SubmitAsync(new Post(You!, null, room.Id, body));
    }

    /// <summary>Submits without waiting for the outcome: a refusal is said when it comes, and nothing else.</summary>
    internal async ValueTask SubmitAsync(Command command)
    {
        await Lane.WhenRoom();
        if (Context.Log.Submit(new LineSubmission(command, this)) is { } refused)
            Notice(refused.Sentence());
    }

    /// <summary>Submits as somebody durable, and waits. Null: refused, and said so.</summary>
    internal async ValueTask<T?> AskAsync<T>(Func<User, Command> command)
        where T : Outcome
    {
        Outcome? outcome = MayWrite ? await BecomeSomebodyAsync(nick: null, sessionToken: null) : new Refused(Refusal.Forbidden);
        outcome ??= await CarryOutAsync(command(You!));
        if (outcome is Refused refused)
            Notice(refused.Sentence());
        return outcome as T;
    }

    private async ValueTask<Outcome> CarryOutAsync(Command command)
    {
        if (command is not Join { Key: not null })
            return await Context.Log.SubmitAsync(command, Lane);
        var (keys, address) = (Context.Accounts.Keys, Connection.Peer?.Address);
        if (keys.Begin(command, address) is { } tooMany)
            return tooMany;
        var outcome = await Context.Log.SubmitAsync(command, Lane);
        keys.End(command, address, outcome);
        return outcome;
    }

    /// <summary>Takes a name: by renaming, or by becoming somebody under it.</summary>
    internal async ValueTask<Refused?> TakeNickAsync(string nick)
    {
        if (!MayWrite)
            return new Refused(Refusal.Forbidden);
        if (You is null)
            return await BecomeSomebodyAsync(nick, sessionToken: null);
        var outcome = await Context.Log.SubmitAsync(new Rename(You, null, nick), Lane);
        return outcome as Refused;
    }

    internal override void OnTick()
    {
    }

    internal override void OnEntered(Logged entered, Turn turn)
    {
        // A direct message reaches a terminal wherever it is; rooms are entered by this session's own /join.
        if (entered.Room.Kind == RoomKind.Direct)
            Wait(ListenToAsync(entered));
    }

    internal override void OnExited(Logged exited, Turn turn)
    {
        // The event that says so was the last one heard of this room; one's own /leave sees to the rest.
        if (exited.Event is Left)
            EndAt(exited.Room.Id, exited.Seq);
        else
            Unsubscribe(exited.Room.Id);
    }

    internal override void OnBlocked(BlockChanged changed, Turn turn) => _hidden.Set(changed.Subject.Id, changed.On);

    internal override void OnReadMoved(ReadMoved moved, Turn turn)
    {
    }

    protected override ReadOnlyMemory<byte> LoginEndedNotice() => Line("Your login was ended. Goodbye.");

    protected override ReadOnlyMemory<byte> SlowNotice() => Line("You read too slowly. Come back, and read on with /since SEQ.");

    protected override ReadOnlyMemory<byte> Farewell(TimeSpan retryAfter) =>
        Line("The server is stopping. Come back in a moment; /since SEQ shows what you missed.");

    private async ValueTask StartAsync()
    {
        if (_started)
            return;
        _started = true;
        if (IsAdmitted)
            await EnterLobbyAsync();
    }

    private async ValueTask EnterLobbyAsync()
    {
        try
        {
            if (await Context.Store.FindRoomAsync(Slug.Lobby, CancellationToken.None) is { } lobby)
                await EnterAsync(lobby);
        }
        catch (StoreAwayException)
        {
            Notice(Refusal.StorageAway.Sentence());
            IsOver = true;
        }
    }

    private async Task SubmitLastAsync(Command last)
    {
        // On the session's own lane: behind what it posted last. Only put off while the writer is busy: the store makes up for it at its next start.
        for (var tries = 0; tries < 20 && Context.Log.Submit(new Submission(last, Lane)) is { RetryAfter: { } wait }; tries++)
            await Task.Delay(wait, Context.Clock);
    }

    private byte[] Line(string notice)
    {
        var output = new ArrayBufferWriter<byte>(notice.Length + 8);
        Lines.Notice(output, notice);
        return output.WrittenSpan.ToArray();
    }

    private static void Wait(ValueTask task)
    {
        if (!task.IsCompletedSuccessfully)
            task.AsTask().GetAwaiter().GetResult();
    }

    /// <summary>A command whose success shows by itself; a refusal is said.</summary>
    private sealed class LineSubmission(Command command, LineSession session) : Submission(command, session.Lane)
    {
        internal override void Complete(Outcome outcome, Turn turn)
        {
            if (outcome is Refused refused)
                turn.Send(session, session.Line(refused.Sentence()));
        }
    }
}
