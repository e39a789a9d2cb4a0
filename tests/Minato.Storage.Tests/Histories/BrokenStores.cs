using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Storage.Tests.Histories;

/// <summary>Stores that break one rule each, as bugs would.</summary>
internal static class BrokenStores
{
    /// <summary>bob, who made the private room: for whom there is most to see.</summary>
    private static readonly UserId Bob = new(3);

    public static IReadOnlyDictionary<string, Func<ManualClock, BentStore>> All { get; } = new Dictionary<string, Func<ManualClock, BentStore>>
    {
        ["an event is dropped"] = _ => new() { Event = e => e.Seq == 4 ? null : e },
        ["a number is given twice"] = _ => new() { Outcome = (_, o) => o is Logged { Event: Reacted } logged ? logged with { Seq = logged.Seq - 1 } : o },
        ["time goes back with the clock"] = clock => new() { Outcome = (_, o) => o is Logged { Event: not null } logged ? logged with { Ts = clock.NowMs } : o },
        ["a batch is carried out backwards"] = _ => new() { TakesBatchesBackwards = true },
        ["events leak across a span"] = _ => new() { EventViewer = u => u is null ? null : Bob },
        ["pages leak across a span"] = _ => new() { PageViewer = u => u is null ? null : Bob },
        ["pins leak across a span"] = _ => new() { PinViewer = u => u is null ? null : Bob },
        ["what is found leaks across a span"] = _ => new() { FoundViewer = u => u is null ? null : Bob },
        ["a deletion is not told to the index"] = _ => new() { Stretch = s => s with { Changes = s.Changes with { Messages = [.. s.Changes.Messages.Where(m => m.Body is not null)] } } },
        ["an owner is listed as a member"] = _ => new() { Member = m => m with { Role = Standing.Member } },
        ["what newcomers see is forgotten"] = _ => new() { Command = c => c is CreateRoom { Kind: RoomKind.Private } create ? create with { History = null } : c },
        ["an erasure is said to reach further than it does"] = _ => new() { Event = e => e is MessagesErased erased ? erased with { UpTo = erased.Seq } : e },
        ["read positions are told to strangers"] = _ => new() { PositionViewer = _ => Bob },
        ["who left may resume"] = _ => new() { FirstOfSpan = first => first == long.MaxValue ? 1 : first },
        ["who came back may resume from before"] = _ => new() { FirstOfSpan = first => first == long.MaxValue ? first : 1 },
        ["a banned one is read as an outsider"] = _ => new() { Standing = s => s == Standing.Banned ? Standing.Outsider : s },
        ["a muted one who left may speak"] = _ => new() { Standing = s => s == Standing.MutedOutsider ? Standing.Outsider : s },
        ["an admin is like anybody"] = _ => new() { Standing = s => s is Standing.Admin ? Standing.Outsider : s },
        ["an heir is not told"] = _ => new() { Event = e => e is Left left ? left with { Heir = null } : e },
        ["slow mode does not say how long"] = _ => new() { Outcome = (_, o) => o is Refused { Reason: Refusal.SlowMode } refused ? refused with { RetryAfter = null } : o },
        ["a name that a room had leads nowhere"] = _ => new() { Named = (slug, r) => r?.Slug is { } now && Slug.Key(now) != Slug.Key(slug) ? null : r },
        ["a room was always called as it is now"] = _ => OnlyPresentNames(),
        ["slow mode is not kept"] = _ => new() { Room = r => r with { SlowSeconds = null } },
        ["a key that nobody has opens"] = _ => new() { Command = c => c is SetKey key ? key with { Key = null } : c },
        ["what is restricted is not kept"] = _ => new() { Room = r => r with { Restrictions = Restrictions.None } },
        ["a pattern holds for nobody"] = _ => new() { Command = c => c is SetPattern set ? set with { On = false } : c },
        ["a link lets in for ever"] = _ => new() { Link = l => l with { Used = 0 } },
        ["a link tells why it is shut"] = _ => new() { Outcome = (c, o) => c is JoinByLink && o is Refused { Reason: Refusal.NoSuchLink } ? new Refused(Refusal.Forbidden) : o },
        ["a second secret leaves the first as it was"] = _ => new() { Command = c => c is MakeLink link ? link with { Cid = null } : c },
        ["a direct room is another for each who opens it"] = _ => new() { Command = c => c is OpenDirect direct ? direct with { Others = [.. direct.Others.Take(1)] } : c },
        ["a block is not heeded"] = _ => new() { Command = c => c is BlockUser block ? block with { On = false } : c },
        ["a block that comes again comes back"] = _ => new() { Command = c => c is BlockUser block ? block with { Cid = null } : c },
        ["a report is made twice"] = _ => new() { Outcome = (c, o) => c is ReportMessage && o is Logged logged ? new ReportsChanged(1) { Answer = logged } : o },
        ["a purge reaches the lobby alone"] = _ => new() { Command = c => c is Purge purge ? purge with { Seen = new([new(1)], Enumerable.Range(2, 100).ToDictionary(id => new RoomId(id), _ => long.MaxValue)) } : c },
        ["who left a direct room stays out"] = _ => new() { Outcome = (c, o) => c is OpenDirect && o is Logged { Event: Joined } logged ? logged with { Event = null, Entered = [] } : o },
        ["a read position moves back"] = _ => MovesBack(),
        ["everybody owns their rooms"] = _ => new() { View = (v, _) => v.IsMember ? v with { Role = Standing.Owner } : v },
        ["unread counts more than posts"] = _ => new() { View = (v, _) => v with { Unread = v.IsMember ? v.Head.Seq - v.ReadSeq : 0 } },
        ["unread forgets what was deleted"] = _ => UnreadForgetsDeleted(),
        ["a resend is done anew"] = _ => new() { Command = c => c is UserCommand user ? user with { Cid = null } : c },
        ["a rename that comes again undoes a newer one"] = _ => new() { Command = c => c is Rename rename ? rename with { Cid = null } : c },
        ["a join that comes again joins again"] = _ => new() { Command = c => c is Join join ? join with { Cid = null } : c },
        ["a reaction that comes again comes back"] = _ => new() { Command = c => c is React react ? react with { Cid = null } : c },
        ["a refusal uses up its client id"] = _ => RefusalUsesUp(),
        ["a client id conflict goes unnoticed"] = _ => new() { Outcome = (_, o) => o is Refused { Reason: Refusal.CidConflict } ? Nothing.Value : o },
        ["a deleted body stays on the page"] = _ => KeepsBodies(onPages: true),
        ["a deleted body stays in the log"] = _ => KeepsBodies(onPages: false),
        ["an edit is forgotten at once"] = _ => new() { Message = (_, m) => m with { EditedAt = null } },
        ["what changed last is not told"] = _ => new() { Message = (_, m) => m with { ChangedSeq = m.Seq } },
        ["a reaction is forgotten"] = _ => new() { Message = (_, m) => m with { Reactions = [.. m.Reactions.Skip(1)] } },
        ["a reaction is nobody's own"] = _ => new() { Message = (_, m) => m with { Reactions = [.. m.Reactions.Select(r => r with { IsMine = false })] } },
        ["a pin is forgotten"] = _ => new() { Message = (_, m) => m with { IsPinned = false } },
        ["an answer begins a thread of its own"] = _ => new() { Message = (_, m) => m with { ThreadRoot = m.ReplyTo } },
        ["a thread is the whole room"] = _ => new() { TakesRoomsForThreads = true },
        ["a page begins one too early"] = _ => new() { Request = r => r with { Before = r.Before + 1 } },
        ["there is never more"] = _ => new() { Page = p => p with { More = false } },
        ["a page lags behind its head"] = _ => new() { Page = p => p with { Head = p.Head - 1 } },
        ["a head forgets a post"] = _ => new() { Head = h => h with { PostNo = Math.Max(0, h.PostNo - 1) } },
        ["everyone is nobody"] = _ => new() { Mention = m => m.Message.Body?.ToString().Contains("@everyone") != true },
        ["a topic is forgotten"] = _ => new() { Room = r => r with { Topic = "" } },
        ["an event is by who somebody was"] = _ => ByFormerNames(),
        ["an exit is not told"] = _ => new() { Outcome = (_, o) => o is Logged { Exited: not null } logged ? logged with { Exited = null } : o },
        ["a ban is taken for a kick"] = _ => new() { Outcome = (_, o) => o is Logged { IsShutOut: true } logged ? logged with { IsShutOut = false } : o },
        ["a newcomer has everything unread"] = _ => new() { Outcome = (_, o) => o is Logged { Entered.Count: > 0 } logged ? logged with { EnteredAtPost = 0 } : o },
    };

    private static BentStore OnlyPresentNames()
    {
        var names = new Dictionary<RoomId, string>();
        return new BentStore
        {
            Outcome = (_, o) =>
            {
                if (o is Logged { Event: SlugChanged renamed })
                    names[renamed.Room] = renamed.Slug;
                return o;
            },
            Event = e => e is Created made && names.TryGetValue(e.Room, out var name) ? made with { Slug = name } : e,
        };
    }

    private static BentStore MovesBack()
    {
        var last = new Dictionary<(UserId?, RoomId), long>();
        return new BentStore
        {
            Command = c =>
            {
                if (c is MarkRead mark)
                    last[(mark.Actor.Id, mark.Room)] = mark.Seq;
                return c;
            },
            View = (v, user) => v.IsMember && last.TryGetValue((user, v.Room.Id), out var seq) && seq < v.ReadSeq ? v with { ReadSeq = seq } : v,
        };
    }

    private static BentStore UnreadForgetsDeleted()
    {
        var deleted = new List<(RoomId Room, long Seq)>();
        return new BentStore
        {
            Outcome = (_, o) =>
            {
                if (o is Logged { Event: Deleted ev })
                    deleted.Add((ev.Room, ev.Target));
                return o;
            },
            View = (v, _) => v with { Unread = v.Unread == 0 ? 0 : v.Unread - deleted.Count(d => d.Room == v.Room.Id && d.Seq > v.ReadSeq) },
        };
    }

    private static BentStore RefusalUsesUp()
    {
        var used = new HashSet<(UserId, ClientId)>();
        return new BentStore
        {
            Outcome = (c, o) => c is UserCommand { Cid: { } cid } command
                ? o is Refused ? Remember(used, (command.Actor.Id, cid), o)
                : used.Contains((command.Actor.Id, cid)) ? new Refused(Refusal.CidConflict) : o
                : o,
        };
    }

    private static BentStore KeepsBodies(bool onPages)
    {
        var bodies = new Dictionary<(RoomId, long), MessageBody?>();
        return new BentStore
        {
            Outcome = (_, o) =>
            {
                if (o is Logged { Event: Posted post })
                    bodies[(post.Room, post.Seq)] = post.Body;
                return o;
            },
            Message = (room, m) => onPages && m.Body is null && bodies.TryGetValue((room, m.Seq), out var body) ? m with { Body = body } : m,
            Event = e => !onPages && e is Posted { Body: null } post && bodies.TryGetValue((e.Room, e.Seq), out var body) ? post with { Body = body } : e,
        };
    }

    private static BentStore ByFormerNames()
    {
        var names = new Dictionary<UserId, User>();
        return new BentStore
        {
            Outcome = (_, o) =>
            {
                if (o is UserChanged changed)
                    names.TryAdd(changed.User.Id, changed.User);
                return o;
            },
            Event = e => names.TryGetValue(e.From.Id, out var former) ? e with { From = former } : e,
        };
    }

    private static Outcome Remember<T>(HashSet<T> set, T what, Outcome outcome)
    {
        set.Add(what);
        return outcome;
    }
}
