using System.Text;
using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Tests.Model;

namespace Minato.Storage.Tests.Histories;

/// <summary>Carries out one history on a store and on the model, and compares every outcome and, after reopening and at the end, every reading.</summary>
internal sealed class HistoryRun(Func<ValueTask<IStore>> open, ManualClock clock) : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 4, 1, 9, 0, 0, TimeSpan.Zero);

    private static readonly string[] Nicks = ["ann", "Ann", "bob", "cy", "eve", "EVE", "ｅve", "zoe", "港", "vera", "guest-000000"];

    private static readonly RoomKey[] Keys = [RoomKey.TryParse("sesame")!, RoomKey.TryParse("mizu")!];

    /// <summary>The last for exceptions alone: a room in which nobody speaks is no history.</summary>
    private static readonly UserPattern[] Patterns = [.. new[] { "?nn!*@*", "EVE", "account:?*", "*!*@*.irc.minato" }.Select(p => UserPattern.TryParse(p)!)];

    private static readonly string[] Slugs = ["one", "ONE", "two", "uno", "Ｕｎｏ", "dos", "room-5", "made-1"];

    private static readonly string[] Texts = ["hello", "@ann look", "港で@bobと@zoe", "@everyone", "@eve, @Cy", "mail@ann.example", "@ann @ann @bob", "@everyone and @dee"];

    private static readonly string[] Emojis = ["👍", "❤️", "+1", "👨‍👩‍👧"];

    /// <summary>Milliseconds that the clock goes by: past a ban's end, to the very moment of one, back before it.</summary>
    private static readonly int[] Passes = [0, 1, 1, 500, -1, 1000, 999, 5_000, -500, 60_000, -1000, -1, -5_000, 0, -60_000, 2_000];

    private readonly List<User> _people = [];
    private readonly List<LinkSecret> _secrets = [];
    private readonly List<Command> _waiting = [];
    private readonly List<Command> _sent = [];
    private IStore _store = null!;
    private ModelStore _model = null!;
    private RoomId[] _rooms = [];
    private User _system = null!;
    private int _count;
    private int _at;

    /// <summary>Every kind of outcome that came up, for a test that asks whether the histories go everywhere.</summary>
    public HashSet<string> Reached { get; } = [];

    public async Task RunAsync(History history)
    {
        clock.Now = Start;
        _store = await open();
        await BeginAsync();
        foreach (var step in history.Steps)
        {
            _at++;
            await TakeAsync(step);
        }
        await CommitAsync();
        await LookAsync();
        await ReopenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _model.DisposeAsync();
        await _store.DisposeAsync();
    }

    private async Task BeginAsync()
    {
        var lobby = (await _store.FindRoomAsync(Slug.Lobby, default))!;
        _system = (await _store.FindUserAsync("minato", default))!;
        _model = new ModelStore(clock, _system, lobby);
        _rooms = [lobby.Id];
        for (var who = 0; who < 6; who++)
            await VisitAsync(who, new[] { "ann", "bob", "cy", "dee", "vera", "victor" }[who], isProvisional: false);
        // Who is what on the server: dee its owner, and cy somebody with an account.
        await CommitAsync(new SetServerRole(_system, null, _people[3].Id, ServerRole.Owner));
        await CommitAsync(new CreateRoom(_people[0], null, "one", "One"), new CreateRoom(_people[1], null, "two", "Two", RoomKind.Private));
        await CommitAsync(new Join(_people[1], null, _rooms[1]), new Invite(_people[1], null, _rooms[2], _people[0].Id), new Join(_people[0], null, _rooms[2]));
        _sent.Clear();
    }

    private async Task TakeAsync(Step step)
    {
        switch (step.Deed)
        {
            case Deed.Clock:
                await CommitAsync();
                clock.Now += TimeSpan.FromMilliseconds(Passes[step.What]);
                break;
            case Deed.Commit:
                await CommitAsync();
                break;
            case Deed.Reopen:
                await CommitAsync();
                await ReopenAsync();
                break;
            case Deed.Visit:
                await CommitAsync();
                await VisitAsync(step.Who, Nicks[step.What % Nicks.Length], isProvisional: step.What > 7);
                break;
            case Deed.Again:
                if (_sent.Count > 0)
                    _waiting.Add(SentAgain(_sent[^(1 + (step.What % _sent.Count))]));
                break;
            default:
                var command = CommandOf(step);
                _sent.Add(command);
                _waiting.Add(command);
                break;
        }
    }

    /// <summary>A link's secret is made for each sending.</summary>
    private Command SentAgain(Command command) => command is MakeLink link ? link with { Secret = NewSecret() } : command;

    private Command CommandOf(Step step)
    {
        var (room, what) = (RoomOf(step), step.What);
        var actor = Actor(step, room);
        var subject = Subject(step, room);
        ClientId? cid = step.Cid == 0 ? null : ClientId.TryCreate(step.Cid < Step.NewCid ? $"few-{step.Cid}" : $"new-{++_count}", out var id) ? id : null;
        long? until = what % 2 == 0 ? null : clock.NowMs + Passes[what];
        return step.Deed switch
        {
            Deed.Post => new Post(actor, cid, room, Text(what)),
            Deed.Reply => new Post(actor, cid, room, Text(what / 4), Target(room, what)),
            Deed.Edit => new Edit(actor, cid, room, Target(room, what), Text(what / 2)),
            Deed.Delete => new Delete(actor, cid, room, Target(room, what)),
            Deed.React or Deed.Unreact => new React(actor, cid, room, Target(room, what), Emojis[what / 4], step.Deed == Deed.React),
            Deed.Pin or Deed.Unpin => new Pin(actor, cid, room, Target(room, what), step.Deed == Deed.Pin),
            Deed.Join => new Join(actor, cid, room),
            Deed.Leave => new Leave(actor, cid, what < 8 ? room : GroupOf(actor)?.Id ?? room),
            Deed.Invite => new Invite(actor, cid, room, subject),
            Deed.Kick => new Kick(actor, cid, room, subject),
            Deed.Ban => new Ban(actor, cid, room, subject, until),
            Deed.Unban => new Unban(actor, cid, room, subject),
            Deed.Mute => new Mute(actor, cid, room, subject, until),
            Deed.Unmute => new Unmute(actor, cid, room, subject),
            Deed.SetRole => new SetRole(actor, cid, room, subject, what == 15 ? Standing.Banned : ModelRoom.Roles[what % ModelRoom.Roles.Count]),
            Deed.SetTopic => new SetTopic(actor, cid, room, what == 0 ? "" : $"topic {what}"),
            Deed.SetTitle => new SetTitle(actor, cid, room, $"Title {what % 3}"),
            // Its own again, in other letters, another's, what another had, one that may still be made.
            Deed.SetSlug => new SetSlug(actor, cid, room, Slugs[what % Slugs.Length]),
            Deed.Archive or Deed.Unarchive => new Archive(actor, cid, room, step.Deed == Deed.Archive),
            Deed.SetHistory => new SetHistory(actor, cid, room, (HistoryView)(what % 2)),
            // Longer than any history: nothing is trimmed, and 0 and 4000 days are refused.
            Deed.SetRetention => new SetRetention(actor, cid, room, (what % 4) switch { 0 => null, 1 => 3650, 2 => 365, _ => what % 8 == 3 ? 0 : 4000 }),
            Deed.EraseMessages => new EraseMessages(actor, cid, room, what % 2 == 0 ? actor.Id : subject),
            Deed.Create => new CreateRoom(actor, cid, what < 4 ? "Ones" : $"room-{what}", "New", what % 2 == 0 ? RoomKind.Public : RoomKind.Private, (what % 5) switch { 1 => HistoryView.All, 2 => HistoryView.Joined, _ => null }),
            // Of one's own, of two, of a few; and one time with more than there may be.
            Deed.OpenDirect => new OpenDirect(actor, cid, what switch
            {
                < 6 => [subject],
                < 10 => [subject, _people[what - 6].Id],
                < 12 => [.. _people.Take(what - 8).Select(p => p.Id)],
                // As before, whoever has left it meanwhile.
                < 15 => [.. GroupOf(actor)?.Room.Users.Select(u => u.Id) ?? [subject]],
                _ => [.. Enumerable.Range(1, 11).Select(i => new UserId(i))],
            }),
            Deed.Block or Deed.Unblock => new BlockUser(actor, cid, subject, step.Deed == Deed.Block),
            Deed.Report => new ReportMessage(actor, cid, room, Target(room, what), $"because {what}"),
            // Nobody is shut out: the people of a history come back by their tokens.
            Deed.Purge => new Purge(what < 4 ? null : what < 12 ? _people[3] : actor, subject, Deactivate: false),
            Deed.SetPosting => new SetPosting(actor, cid, room, (Posting)(what % 2)),
            Deed.SetSlowMode => new SetSlowMode(actor, cid, room, (what % 8) switch { 0 => null, 1 => 1, 3 => 0, 7 => 21_601, _ => 60 }),
            Deed.Restrict => new Restrict(actor, cid, room, (Restrictions)(what % 4 == 1 ? what : what & ~1), Restrictions.None),
            Deed.Free => new Restrict(actor, cid, room, (Restrictions)(what / 4), (Restrictions)what | Restrictions.InviteOnly),
            Deed.SetMemberLimit => new SetMemberLimit(actor, cid, room, what switch { 0 => null, 1 => 0, 2 => 1_000_001, _ => 1 + (what % 2) }),
            Deed.SetKey => new SetKey(actor, cid, room, what < 8 ? null : Keys[what % 2]),
            Deed.JoinByKey => new Join(actor, cid, room) { Key = Keys[what % 2] },
            Deed.SetPattern => new SetPattern(actor, cid, room, (PatternList)(what % 5), Patterns[step.Whom % (what % 5 < 2 ? 3 : 4)], On: what < 11),
            Deed.MakeLink => new MakeLink(actor, cid, room, NewSecret(), what < 8 ? null : clock.NowMs + Passes[what], (what % 4) switch { 0 => null, 3 => what % 8 == 3 ? 0 : 1001, var uses => uses }),
            Deed.RevokeLink => new RevokeLink(actor, cid, room, _model.Rooms.FirstOrDefault(r => r.Id == room)?.Links is { Count: > 0 } links ? links[what % links.Count].Uid : Guid.Empty),
            Deed.JoinByLink => new JoinByLink(actor, cid, _secrets.Count == 0 || what == 15 ? LinkSecret.New() : _secrets[^(1 + (what % 4 % _secrets.Count))]),
            Deed.Transfer => new Transfer(actor, cid, room, subject),
            Deed.GiveRole => new SetServerRole(what < 12 ? _people[3 - (what % 2)] : actor, cid, subject, (ServerRole)(what % 4)),
            Deed.Operate => Operate(step, room, cid, until),
            Deed.Rename => new Rename(actor, cid, Nicks[what % Nicks.Length]),
            Deed.EndVisit => new EndVisitor(actor),
            Deed.MarkRead => new MarkRead(actor, room, HeadOf(room) + 1 - what),
            _ => throw new InvalidOperationException(step.ToString()),
        };
    }

    /// <summary>The newest direct room of three and more that somebody is in, or has left.</summary>
    private ModelRoom? GroupOf(User somebody) => _model.Rooms.LastOrDefault(r => r.Room.Users.Count > 2 && r.Room.Users.Any(u => u.Id == somebody.Id));

    private Command Operate(Step step, RoomId room, ClientId? cid, long? until)
    {
        var (system, subject) = (_system, Subject(step, room));
        return step.What switch
        {
            < 3 => new Archive(system, cid, room, On: true),
            < 6 => new Archive(system, cid, room, On: false),
            < 8 => new Ban(system, cid, room, subject, until),
            < 9 => new Unban(system, cid, room, subject),
            < 12 => new Transfer(system, cid, room, MemberOf(room, step.Whom) ?? subject),
            < 14 => new CreateRoom(system, cid, $"made-{step.Whom}", "Made", step.Who % 2 == 0 ? RoomKind.Public : RoomKind.Private) { Owner = step.Cid % 2 == 0 ? null : subject },
            14 => new Kick(system, cid, room, subject),
            _ => new Post(system, cid, room, Text(step.Who)),
        };
    }

    private UserId? MemberOf(RoomId id, int which) =>
        _model.Rooms.FirstOrDefault(r => r.Id == id)?.Members is { Count: > 0 } members
            ? members.Keys.Order(Comparer<UserId>.Create((a, b) => a.Value.CompareTo(b.Value))).ElementAt(which % members.Count)
            : null;

    private RoomId RoomOf(Step step) => step switch
    {
        { Room: < 3 } => _rooms[step.Room],
        // Now and then a room that is not there.
        { What: 13 } => new RoomId(999),
        _ => _rooms[^(1 + Math.Min(step.What % 3, _rooms.Length - 1))],
    };

    /// <summary>The k-th newest message; or the seq of what this very batch may post; or one that is no message.</summary>
    private long Target(RoomId id, int what)
    {
        var posts = _model.Rooms.FirstOrDefault(r => r.Id == id)?.Messages() ?? [];
        return what switch
        {
            14 => HeadOf(id) + 1,
            15 => posts.Count % 2,
            _ when posts.Count == 0 => 1,
            _ => posts[^(1 + (what % 4 % posts.Count))].Seq,
        };
    }

    private User Actor(Step step, RoomId id)
    {
        var takesRank = step.Deed is Deed.Invite or Deed.Kick or Deed.Ban or Deed.Unban or Deed.Mute or Deed.Unmute or Deed.SetRole
            or Deed.Transfer or Deed.MakeLink or Deed.SetPosting or Deed.SetSlowMode or Deed.Restrict or Deed.Free or Deed.SetMemberLimit or Deed.SetKey or Deed.SetPattern
            or Deed.SetTitle or Deed.SetSlug or Deed.Archive or Deed.Unarchive or Deed.SetHistory or Deed.SetRetention;
        var members = _model.Rooms.FirstOrDefault(r => r.Id == id)?.Members;
        if (!takesRank || step.What >= 12 || members is not { Count: > 0 })
            return _people[step.Who];
        var ranked = members.OrderByDescending(m => ModelRoom.Roles.IndexOf(m.Value)).ThenBy(m => m.Key.Value).ElementAt(step.Who % members.Count).Key;
        // A visitor who came again is somebody else by now.
        return _people.Find(p => p.Id == ranked) ?? _people[step.Who];
    }

    private UserId Subject(Step step, RoomId id)
    {
        var room = _model.Rooms.FirstOrDefault(r => r.Id == id);
        // Who is to be let off is mostly one of those who are not.
        if ((step.Deed switch { Deed.Unban => room?.Bans, Deed.Unmute => room?.Mutes, _ => null }) is { Count: > 0 } list && step.What < 12)
            return list.Keys.Order(Comparer<UserId>.Create((a, b) => a.Value.CompareTo(b.Value))).ElementAt(step.Whom % list.Count);
        return step.Whom switch { 6 => new UserId(1), 7 => new UserId(999), var whom => _people[whom].Id };
    }

    private long HeadOf(RoomId id) => _model.Rooms.FirstOrDefault(r => r.Id == id)?.Seq ?? 0;

    /// <summary>No two are the same, so that none can stand in another's place unnoticed.</summary>
    private MessageBody Text(int what) =>
        MessageBody.TryCreate(Encoding.UTF8.GetBytes($"{Texts[what % Texts.Length]} {++_count}"), out var body) == BodyError.None ? body : default;

    private LinkSecret NewSecret()
    {
        _secrets.Add(LinkSecret.New());
        return _secrets[^1];
    }

    private async Task VisitAsync(int who, string nick, bool isProvisional)
    {
        // A guest comes back by their token and is who they were; a visitor is somebody new each time.
        var register = who < 4
            ? new RegisterGuest(who < 2 ? UserKind.Guest : UserKind.Account, nick, isProvisional, [.. Enumerable.Repeat((byte)who, 32)])
            : new RegisterGuest(UserKind.Visitor, nick, isProvisional, SessionHash: null);
        if (await CommitAsync(register) is not [UserChanged { User: var user }])
            return;
        if (who == _people.Count)
            _people.Add(user);
        else
            _people[who] = user;
    }

    private async Task<IReadOnlyList<Outcome>> CommitAsync(params Command[] commands)
    {
        var batch = commands.Length > 0 ? commands : [.. _waiting];
        if (commands.Length == 0)
            _waiting.Clear();
        var outcomes = await _store.CommitAsync(batch, default);
        if (outcomes.Count != batch.Length)
            throw new Mismatch($"step {_at}", $"{batch.Length} outcomes", $"{outcomes.Count}");
        for (var i = 0; i < batch.Length; i++)
        {
            Mismatch.Check(
                $"step {_at}, command {i + 1} of {batch.Length}: {Words.Of(batch[i])}",
                Words.Of(_model.Apply(batch[i], clock.NowMs, outcomes[i])), Words.Of(outcomes[i]));
            if (outcomes[i] is Logged { Room.Id: var room } && !_rooms.Contains(room))
                _rooms = [.. _rooms, room];
            Reached.Add(outcomes[i] switch
            {
                Refused refused => refused.Reason.ToString(),
                Logged { Event: { } ev } => ev.Kind.ToString(),
                Logged => $"{batch[i].GetType().Name} as before",
                var other => other.GetType().Name,
            });
        }
        return outcomes;
    }

    private async Task ReopenAsync()
    {
        await _store.DisposeAsync();
        _store = await open();
        _model.Reopen();
        await LookAsync();
    }

    private async Task LookAsync()
    {
        foreach (var (what, read) in new Look(_model, _people).All())
            Mismatch.Check($"step {_at}, {what}", await read(_model), await read(_store));
    }
}

/// <summary>A store said something else than the model.</summary>
internal sealed class Mismatch(string at, string expected, string actual) : Exception($"{at}\n    should be {expected}\n    but is    {actual}\n")
{
    public static void Check(string at, string expected, string actual)
    {
        if (expected != actual)
            throw new Mismatch(at, expected, actual);
    }
}
