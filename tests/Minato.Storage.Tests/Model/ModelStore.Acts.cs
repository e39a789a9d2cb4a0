using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Tests.Model;

/// <summary>Each act in a room: why it is refused, when it is done already, and what it leaves in the log. The table of rights itself is tested elsewhere.</summary>
internal sealed partial class ModelStore
{
    private Refusal? Refuse(RoomCommand command, User actor, ModelRoom room, long now) => command switch
    {
        Post post => Check(RoomAction.Post, room, actor, now) ?? (post.ReplyTo is { } to && Seen(room, actor, to, now) is null ? Refusal.NoSuchMessage : null),
        Edit edit => RefuseMessage(RoomAction.Edit, edit, actor, room, now),
        Delete delete => RefuseMessage(RoomAction.Delete, delete, actor, room, now),
        React react => RefuseMessage(RoomAction.React, react, actor, room, now),
        Pin pin => RefuseMessage(RoomAction.Pin, pin, actor, room, now),
        ReportMessage report => RefuseMessage(RoomAction.Report, report, actor, room, now),
        // What is so already is answered like a first time, and joining is the one act whose cell says so.
        Join => Check(RoomAction.Join, room, actor, now) is { } no && no != Refusal.AlreadyMember ? no : null,
        Leave => Check(RoomAction.Leave, room, actor, now),
        SetTopic => Check(RoomAction.SetTopic, room, actor, now),
        SetTitle => Check(RoomAction.SetTitle, room, actor, now),
        SetSlug slug => Check(RoomAction.SetSlug, room, actor, now) ?? (IsSlug(room, Slug.Lobby) ? Refusal.Forbidden
            : IsSlug(room, slug.Slug) ? null : _rooms.Any(r => IsSlug(r, slug.Slug)) ? Refusal.SlugTaken : room.Names.Count > 20 ? Refusal.TooMany : null),
        Archive => Check(room.Room.Archived ? RoomAction.Unarchive : RoomAction.Archive, room, actor, now),
        SetHistory => Check(RoomAction.SetHistory, room, actor, now) ?? (IsSlug(room, Slug.Lobby) ? Refusal.Forbidden : null),
        SetPosting => Check(RoomAction.SetPosting, room, actor, now),
        SetSlowMode slow => Check(RoomAction.SetSlowMode, room, actor, now) ?? (slow.Seconds is null or (>= 1 and <= 21_600) ? null : Refusal.BadSeconds),
        Restrict restrict => Check(RoomAction.Restrict, room, actor, now) ?? (IsSlug(room, Slug.Lobby) && restrict.On.HasFlag(Restrictions.InviteOnly) ? Refusal.Forbidden : null),
        SetMemberLimit limit => Check(RoomAction.Restrict, room, actor, now) ?? (!room.IsPublic ? Refusal.Forbidden : limit.Members is null or (>= 1 and <= 1_000_000) ? null : Refusal.BadLimit),
        SetKey => Check(RoomAction.Restrict, room, actor, now) ?? (!room.IsPublic || IsSlug(room, Slug.Lobby) ? Refusal.Forbidden : null),
        SetPattern set => Check(RoomAction.Restrict, room, actor, now) ?? (!room.IsPublic ? Refusal.Forbidden : set.On && room.Patterns.Count >= 100 && Listed(room, set) is null ? Refusal.TooMany : null),
        RevokeLink revoke => Check(RoomAction.RevokeLink, room, actor, now, new Circumstances(
            IsOwn: room.Links.Find(l => l.Uid == revoke.Link) is not { } link || link.By == actor.Id)),
        SetRetention retention => Check(RoomAction.SetRetention, room, actor, now)
            ?? (retention.Days is null or (>= 1 and <= 3650) ? null : Refusal.BadDays),
        MemberCommand member => RefuseMember(member, actor, room, now),
        _ => throw new InvalidOperationException(command.ToString()),
    };

    /// <summary>Whoever might do it to some message is told that there is no such one; who might to none, that they may not.</summary>
    private Refusal? RefuseMessage(RoomAction action, MessageCommand command, User actor, ModelRoom room, long now)
    {
        var message = Seen(room, actor, command.Target, now);
        var isThere = message is { DeletedAt: null } || (message is not null && command is Delete);
        var refusal = Check(action, room, actor, now, new Circumstances(IsOwn: message is null || message.From.Id == actor.Id));
        return refusal ?? (isThere ? null : Refusal.NoSuchMessage);
    }

    private Refusal? RefuseMember(MemberCommand command, User actor, ModelRoom room, long now)
    {
        var action = command switch
        {
            Invite => RoomAction.Invite,
            Kick => RoomAction.Kick,
            Ban => RoomAction.Ban,
            Unban => RoomAction.Unban,
            Mute => RoomAction.Mute,
            Unmute => RoomAction.Unmute,
            EraseMessages => command.Subject == actor.Id ? RoomAction.EraseOwn : RoomAction.EraseMessages,
            Transfer => RoomAction.Transfer,
            SetRole => command.Subject == actor.Id ? RoomAction.StepDown : RoomAction.SetRole,
            _ => throw new InvalidOperationException(command.ToString()),
        };
        var theirs = room.RoleOf(command.Subject);
        var rank = _users.Find(u => u.Id == command.Subject) is { } about ? room.RankOf(about) : default;
        if (Check(action, room, actor, now, new Circumstances(Rank: room.RankOf(actor), SubjectRank: rank, IsBlocked: command is Invite && Blocks(command.Subject, actor.Id))) is { } refusal)
            return refusal;
        // What somebody left behind who has ended can be erased, and that is all that can be done about them.
        if ((command is EraseMessages ? _users.Find(u => u.Id == command.Subject) : Living(command.Subject)) is not { Kind: not UserKind.System } subject)
            return Refusal.NoSuchUser;
        return command switch
        {
            Invite when room.StandingOf(subject, now) == Standing.Banned => Refusal.Forbidden,
            Ban { Until: { } until } when until <= now => Refusal.BadUntil,
            Mute { Until: { } until } when until <= now => Refusal.BadUntil,
            SetRole { Role: var role } when !ModelRoom.Roles.Contains(role) || (role != theirs && !room.MayGive(actor, role)) => Refusal.Forbidden,
            SetRole when theirs == Standing.Outsider => Refusal.NoSuchUser,
            Transfer when actor.Kind != UserKind.System && (room.RoleOf(actor.Id) != Standing.Owner || subject.Id == actor.Id) => Refusal.Forbidden,
            Transfer when theirs == Standing.Outsider => Refusal.NoSuchUser,
            SetRole { Role: not Standing.Owner } when theirs == Standing.Owner && !room.HasAnotherOwner(subject.Id) && (subject.Kind != UserKind.Visitor || subject.Id != actor.Id) => Refusal.LastOwner,
            _ => null,
        };
    }

    private bool IsDone(RoomCommand command, User actor, ModelRoom room, long now) => command switch
    {
        Join => room.Members.ContainsKey(actor.Id),
        Delete delete => room.Messages().Find(m => m.Seq == delete.Target) is { DeletedAt: not null },
        React react => room.HasReacted(react.Target, react.Emoji, actor.Id) == react.On,
        Pin pin => room.Messages().Find(m => m.Seq == pin.Target)!.IsPinned == pin.On,
        SetTitle title => room.Room.Title == title.Title,
        SetSlug slug => room.Room.Slug == slug.Slug,
        Archive archive => room.Room.Archived == archive.On,
        SetHistory history => room.Room.History == history.History,
        SetRetention retention => room.Room.RetentionDays == retention.Days,
        SetPosting posting => room.Room.Posting == posting.Posting,
        SetSlowMode slow => room.Room.SlowSeconds == slow.Seconds,
        Restrict restrict => Restricted(room, restrict) == room.Room.Restrictions,
        SetMemberLimit limit => room.Room.MemberLimit == limit.Members,
        SetKey key => room.Room.Key?.Text == key.Key?.Text,
        SetPattern set => Listed(room, set) is not null == set.On,
        EraseMessages erase => room.HasNothingToErase(erase.Subject),
        Invite invite => room.Members.ContainsKey(invite.Subject)
            || (IsLetInByInvitation(invite.Subject, room, now) && (!Moderates(actor, room, now) || IsInvitedByModerator(invite.Subject, room, now))),
        Kick kick => !room.Members.ContainsKey(kick.Subject),
        Ban ban => room.Bans.TryGetValue(ban.Subject, out var until) && until == ban.Until,
        Unban unban => !ModelRoom.IsInForce(room.Bans, unban.Subject, now),
        Mute mute => room.Mutes.TryGetValue(mute.Subject, out var until) && until == mute.Until,
        Unmute unmute => !ModelRoom.IsInForce(room.Mutes, unmute.Subject, now),
        SetRole role => room.RoleOf(role.Subject) == role.Role,
        Transfer transfer => actor.Kind == UserKind.System && room.Members.Where(m => m.Value == Standing.Owner).Select(m => m.Key).SequenceEqual([transfer.Subject]),
        _ => false,
    };

    private Logged CarryOut(RoomCommand command, User actor, ModelRoom room, long now)
    {
        var id = room.Id;
        switch (command)
        {
            case Post post:
                var root = post.ReplyTo is { } to ? room.Messages().Find(m => m.Seq == to)!.ThreadRoot ?? to : (long?)null;
                Name(room, post.Body, room.Seq + 1);
                if (room.Room.SlowSeconds is not null && !IsExempt(actor, room, now))
                    room.LastSlowPost[actor.Id] = now;
                return Logged((seq, ts) => new Posted(id, seq, ts, actor, room.PostNo + 1, post.Body) { ReplyTo = post.ReplyTo, ThreadRoot = root });
            case Edit edit:
                Name(room, edit.Body, edit.Target);
                return Logged((seq, ts) => new Edited(id, seq, ts, actor, edit.Target, edit.Body));
            case Delete delete:
                _named.Remove((id, delete.Target));
                room.Erase(delete.Target);
                return Logged((seq, ts) => new Deleted(id, seq, ts, actor, delete.Target));
            case React react:
                return Logged((seq, ts) => new Reacted(id, seq, ts, actor, react.Target, react.Emoji, react.On));
            case Pin pin:
                return Logged((seq, ts) => new PinChanged(id, seq, ts, actor, pin.Target, pin.On));
            case Join:
                return Enter(room, actor, now);
            case Leave:
                var left = Depart(room, actor, now);
                return new Logged(room.Room, left.Seq, left.Ts, left) { Exited = actor };
            case SetTopic topic:
                room.Room = room.Room with { Topic = topic.Topic };
                return Logged((seq, ts) => new TopicChanged(id, seq, ts, actor, topic.Topic));
            case SetTitle title:
                room.Room = room.Room with { Title = title.Title };
                return Logged((seq, ts) => new TitleChanged(id, seq, ts, actor, title.Title));
            case SetSlug slug:
                var called = room.Room.Slug!;
                room.Room = room.Room with { Slug = slug.Slug, Title = room.Room.Title == called ? slug.Slug : room.Room.Title };
                room.Names.Add(Slug.Key(slug.Slug));
                return Logged((seq, ts) => new SlugChanged(id, seq, ts, actor, slug.Slug, called));
            case Archive archive:
                room.Room = room.Room with { Archived = archive.On };
                return Logged((seq, ts) => new ArchiveChanged(id, seq, ts, actor, archive.On));
            case SetPosting posting:
                room.Room = room.Room with { Posting = posting.Posting };
                return Logged((seq, ts) => new PostingChanged(id, seq, ts, actor, posting.Posting));
            case SetSlowMode slow:
                room.Room = room.Room with { SlowSeconds = slow.Seconds };
                if (slow.Seconds is null)
                    room.LastSlowPost.Clear();
                return Logged((seq, ts) => new SlowModeChanged(id, seq, ts, actor, slow.Seconds));
            case Restrict restrict:
                var before = room.Room.Restrictions;
                var after = Restricted(room, restrict);
                room.Room = room.Room with { Restrictions = after };
                return Logged((seq, ts) => new RestrictionsChanged(id, seq, ts, actor, after & ~before, before & ~after));
            case SetMemberLimit limit:
                room.Room = room.Room with { MemberLimit = limit.Members };
                return Logged((seq, ts) => new MemberLimitChanged(id, seq, ts, actor, limit.Members));
            case SetKey key:
                room.Room = room.Room with { Key = key.Key };
                return Logged((seq, ts) => new KeyChanged(id, seq, ts, actor, key.Key is not null));
            case SetPattern set:
                if (Listed(room, set) is { } listed)
                    room.Patterns.Remove(listed);
                else
                    room.Patterns.Add(new ListedPattern(set.List, set.Pattern, actor, Math.Max(now, room.Ts)));
                room.Room = room.Room with { Patterns = room.Patterns.Count };
                return Logged((seq, ts) => new PatternChanged(id, seq, ts, actor, set.List, set.Pattern.Text, set.On));
            case SetHistory history:
                if (room.IsOpen)
                    room.KeepAllInSight();
                room.Room = room.Room with { History = history.History };
                return Logged((seq, ts) => new HistoryChanged(id, seq, ts, actor, history.History));
            case SetRetention retention:
                room.Room = room.Room with { RetentionDays = retention.Days };
                return Logged((seq, ts) => new RetentionChanged(id, seq, ts, actor, retention.Days));
            case EraseMessages erase:
                foreach (var message in room.Messages().Where(m => m.From.Id == erase.Subject))
                {
                    _named.Remove((id, message.Seq));
                    room.Erase(message.Seq);
                }
                room.ErasedUpTo[erase.Subject] = room.Seq;
                return Logged((seq, ts) => new MessagesErased(id, seq, ts, actor, _users.Find(u => u.Id == erase.Subject)!, seq - 1));
            case MemberCommand member:
                return CarryOutOn(Living(member.Subject)!, member);
            default:
                throw new InvalidOperationException(command.ToString());
        }

        Logged CarryOutOn(User subject, MemberCommand member)
        {
            switch (member)
            {
                case Invite:
                    room.Invited[subject.Id] = actor.Id;
                    return Logged((seq, ts) => new Invited(id, seq, ts, actor, subject));
                case Kick:
                    return Exit(subject, Logged((seq, ts) => new Kicked(id, seq, ts, actor, subject)));
                case Ban ban:
                    room.Bans[subject.Id] = ban.Until;
                    room.Invited.Remove(subject.Id);
                    return Exit(subject, Logged((seq, ts) => new Banned(id, seq, ts, actor, subject, ban.Until))) with { IsShutOut = true };
                case Unban:
                    room.Bans.Remove(subject.Id);
                    return Logged((seq, ts) => new Unbanned(id, seq, ts, actor, subject));
                case Mute mute:
                    room.Mutes[subject.Id] = mute.Until;
                    return Logged((seq, ts) => new Muted(id, seq, ts, actor, subject, mute.Until));
                case Unmute:
                    room.Mutes.Remove(subject.Id);
                    return Logged((seq, ts) => new Unmuted(id, seq, ts, actor, subject));
                case Transfer:
                    foreach (var former in actor.Kind == UserKind.System ? room.Members.Where(m => m.Value == Standing.Owner).Select(m => m.Key).ToList() : [actor.Id])
                        room.Members[former] = Standing.Moderator;
                    room.Members[subject.Id] = Standing.Owner;
                    return Logged((seq, ts) => new Transferred(id, seq, ts, actor, subject));
                case SetRole role:
                    var was = room.Members[subject.Id];
                    room.Members[subject.Id] = role.Role;
                    return Logged((seq, ts) => new RoleChanged(id, seq, ts, actor, subject, role.Role) { Was = was });
                default:
                    throw new InvalidOperationException(member.ToString());
            }
        }

        Logged Logged(Func<long, long, RoomEvent> write)
        {
            var ev = Log(room, now, write);
            return new Logged(room.Room, ev.Seq, ev.Ts, ev);
        }

        Logged Exit(User user, Logged by)
        {
            room.Exit(user.Id);
            return by with { Exited = user };
        }
    }

    /// <summary>Who leaves last of a room's owners leaves it to somebody.</summary>
    private Left Depart(ModelRoom room, User actor, long now)
    {
        var heir = room.HeirOf(actor.Id, id => Living(id)!);
        var left = Log(room, now, (seq, ts) => new Left(room.Id, seq, ts, actor) { Heir = heir });
        room.Exit(actor.Id);
        if (heir is not null)
            room.Members[heir.Id] = Standing.Owner;
        return left;
    }

    private static TimeSpan? WaitOf(User actor, ModelRoom room, long now) =>
        room.Room.SlowSeconds is { } seconds && !IsExempt(actor, room, now) && room.LastSlowPost.TryGetValue(actor.Id, out var last)
        && last <= now && now < last + (seconds * 1000) ? TimeSpan.FromMilliseconds(last + (seconds * 1000) - now) : null;

    private static ListedPattern? Listed(ModelRoom room, SetPattern set) => room.Patterns.Find(p => p.List == set.List && p.Pattern.Key == set.Pattern.Key);

    private static Restrictions Restricted(ModelRoom room, Restrict command) => (room.Room.Restrictions | command.On) & ~command.Off;

    /// <summary>Why somebody whom the rights let in stays outside; null: they come in.</summary>
    private Refused? AtTheDoor(Join join, User actor, ModelRoom room, long now)
    {
        var isExpected = IsLetInByInvitation(actor.Id, room, now) || room.RankOf(actor).OnServer >= ServerRole.Admin;
        if (!room.IsPublic || room.Members.ContainsKey(actor.Id))
            return null;
        if (!isExpected && join.Key is not null && room.Room.Key is not null && WaitToDo(nameof(Join), actor, atOnce: 20, eachHour: 60, now) is { } wait)
            return new Refused(Refusal.RateLimited, wait);
        var isPardoned = isExpected && (room.RankOf(actor).OnServer >= ServerRole.Admin || IsInvitedByModerator(actor.Id, room, now));
        if (room.IsKeptOut(actor) && !isPardoned)
            return new Refused(Refusal.Forbidden);
        if (isExpected)
            return null;
        return room.Room.Restrictions.HasFlag(Restrictions.InviteOnly) && !room.IsListed(PatternList.InviteException, actor) ? new Refused(Refusal.InviteOnly)
            : room.Room.Key is { } key && join.Key?.Text != key.Text ? new Refused(Refusal.WrongKey)
            : room.Room.MemberLimit is { } most && room.Members.Count >= most ? new Refused(Refusal.RoomFull) : null;
    }

    /// <summary>Where not everybody comes in, by one of those who may invite at this time.</summary>
    private bool IsLetInByInvitation(UserId user, ModelRoom room, long now) =>
        room.Invited.TryGetValue(user, out var by)
        && (!room.IsPublic || room.Room is { Key: null, MemberLimit: null, Patterns: 0 } && !room.Room.Restrictions.HasFlag(Restrictions.InviteOnly)
            || (Living(by) is { } maker && Check(RoomAction.Invite, room, maker, now) is null));

    private bool IsInvitedByModerator(UserId user, ModelRoom room, long now) => Living(room.Invited[user]) is { } maker && Moderates(maker, room, now);

    /// <summary>From slow mode.</summary>
    private static bool IsExempt(User actor, ModelRoom room, long now) => room.StandingOf(actor, now) == Standing.Helper || Moderates(actor, room, now);

    private static bool Moderates(User actor, ModelRoom room, long now) =>
        room.StandingOf(actor, now) is Standing.Moderator or Standing.Owner or Standing.Admin or Standing.AdminMember;

    private Refusal? Check(RoomAction action, ModelRoom room, User actor, long now, Circumstances circumstances = default) => actor.Kind == UserKind.System
        ? room.Room.Kind == RoomKind.Direct ? Refusal.Forbidden : room.Room.Archived && action != RoomAction.Unarchive ? Refusal.Archived : null
        : RoomRights.Check(action, room.Room.Rules, room.SpeakingStandingOf(actor, now), circumstances with { IsBlocked = circumstances.IsBlocked || IsSevered(room) });

    private static Message? Seen(ModelRoom room, User actor, long seq, long now) =>
        room.Shows(actor.Id, seq, now) ? room.Messages().Find(m => m.Seq == seq) : null;

    private void Name(ModelRoom room, MessageBody body, long seq) =>
        _named[(room.Id, seq)] = Mentions.Find(body, key => ByNick(key)?.Id);
}
