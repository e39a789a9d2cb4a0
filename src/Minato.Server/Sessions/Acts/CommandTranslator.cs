using Minato.Core.Commands;
using Minato.Core.Messages;
using Minato.Core.Reports;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Sessions.Acts;

/// <summary>Turns mutation frames into commands: checks the values, finds rooms and people, and makes whoever acts somebody who lasts.</summary>
internal sealed class CommandTranslator(IActor actor, IStore store)
{
    /// <summary>Rooms that this actor posted to lately, so that a post costs no look-up; null: none.</summary>
    private Dictionary<RoomRef, Room>? _rooms;

    private const int MaxRooms = 64;

    /// <summary>No room has this id; the log says so.</summary>
    private static readonly Room NoRoom = new(default, default, RoomKind.Private, Slug: null, "", "", Archived: false);

    /// <summary>What is wrong with the value is found before anybody becomes durable because of it.</summary>
    internal async ValueTask<(UserCommand? Command, Refused? Refused)> TranslateAsync(MutationFrame frame)
    {
        switch (frame)
        {
            case SendFrame send:
                return await WithBodyAsync(send.Room, send.Body, (you, room, body) => new Post(you, frame.Cid, room.Id, body, send.ReplyTo));
            case EditFrame edit:
                return await WithBodyAsync(edit.Room, edit.Body, (you, room, body) => new Edit(you, frame.Cid, room.Id, edit.Seq, body));
            case DeleteFrame delete:
                return await InRoomAsync(delete.Room, (you, room) => new Delete(you, frame.Cid, room.Id, delete.Seq));
            case ReactFrame react:
                return Emoji.IsValid(react.Emoji)
                    ? await InRoomAsync(react.Room, (you, room) => new React(you, frame.Cid, room.Id, react.Seq, react.Emoji, react.On))
                    : No(Refusal.BadEmoji);
            case PinFrame pin:
                return await InRoomAsync(pin.Room, (you, room) => new Pin(you, frame.Cid, room.Id, pin.Seq, pin.On));
            case ReportFrame report:
                return ReportReason.Normalize(report.Reason) is { } reason
                    ? await InRoomAsync(report.Room, (you, room) => new ReportMessage(you, frame.Cid, room.Id, report.Seq, reason))
                    : No(Refusal.BadReason);
            case BlockFrame block:
                return await FindUserAsync(block.User) is { } blocked
                    ? await AsSomebodyAsync(you => new BlockUser(you, frame.Cid, blocked.Id, block.On))
                    : No(Refusal.NoSuchUser);
            case JoinFrame join:
                return await InRoomAsync(join.Room, (you, room) => new Join(you, frame.Cid, room.Id) { Key = join.Key is { } given ? RoomKey.TryParse(given) : null });
            case JoinByLinkFrame join:
                return LinkSecret.TryParse(join.Link, out var secret)
                    ? await AsSomebodyAsync(you => new JoinByLink(you, frame.Cid, secret))
                    : No(Refusal.NoSuchLink);
            case LinkFrame link:
                return await InRoomAsync(link.Room, (you, room) => new MakeLink(you, frame.Cid, room.Id, LinkSecret.New(), link.Until, link.Uses));
            case UnlinkFrame unlink:
                return await InRoomAsync(unlink.Room, (you, room) => new RevokeLink(you, frame.Cid, room.Id, unlink.Link));
            case PostingFrame posting:
                return await InRoomAsync(posting.Room, (you, room) => new SetPosting(you, frame.Cid, room.Id, posting.Posting));
            case SlowFrame slow:
                return slow.Seconds is not { } seconds || SlowMode.IsValid(seconds)
                    ? await InRoomAsync(slow.Room, (you, room) => new SetSlowMode(you, frame.Cid, room.Id, slow.Seconds))
                    : No(Refusal.BadSeconds);
            case RestrictFrame restrict:
                return await InRoomAsync(restrict.Room, (you, room) => new Restrict(you, frame.Cid, room.Id, restrict.On, restrict.Off));
            case CapacityFrame capacity:
                return capacity.Members is not { } members || MemberLimit.IsValid(members)
                    ? await InRoomAsync(capacity.Room, (you, room) => new SetMemberLimit(you, frame.Cid, room.Id, capacity.Members))
                    : No(Refusal.BadLimit);
            case KeyFrame { Key: null } none:
                return await InRoomAsync(none.Room, (you, room) => new SetKey(you, frame.Cid, room.Id, null));
            case KeyFrame set:
                return RoomKey.TryParse(set.Key) is { } key
                    ? await InRoomAsync(set.Room, (you, room) => new SetKey(you, frame.Cid, room.Id, key))
                    : No(Refusal.BadKey);
            case PatternFrame set:
                return UserPattern.TryParse(set.Pattern) is { } pattern
                    ? await InRoomAsync(set.Room, (you, room) => new SetPattern(you, frame.Cid, room.Id, set.List, pattern, set.On))
                    : No(Refusal.BadPattern);
            case LeaveFrame leave:
                return await InRoomAsync(leave.Room, (you, room) => new Leave(you, frame.Cid, room.Id));
            case TopicFrame topic:
                return RoomText.Normalize(topic.Topic, RoomText.MaxTopic) is { } text
                    ? await InRoomAsync(topic.Room, (you, room) => new SetTopic(you, frame.Cid, room.Id, text))
                    : No(Refusal.BadTopic);
            case TitleFrame titled:
                return RoomText.Normalize(titled.Title, RoomText.MaxTitle) is { Length: > 0 } words
                    ? await InRoomAsync(titled.Room, (you, room) => new SetTitle(you, frame.Cid, room.Id, words))
                    : No(Refusal.BadTitle);
            case SlugFrame renamed:
                return Slug.Normalize(renamed.Slug) is { } name
                    ? await InRoomAsync(renamed.Room, (you, room) => new SetSlug(you, frame.Cid, room.Id, name))
                    : No(Refusal.BadSlug);
            case ArchiveFrame archive:
                return await InRoomAsync(archive.Room, (you, room) => new Archive(you, frame.Cid, room.Id, archive.On));
            case NewcomersFrame newcomers:
                return await InRoomAsync(newcomers.Room, (you, room) => new SetHistory(you, frame.Cid, room.Id, newcomers.History));
            case RetentionFrame retention:
                return retention.Days is not { } days || Retention.IsValid(days)
                    ? await InRoomAsync(retention.Room, (you, room) => new SetRetention(you, frame.Cid, room.Id, retention.Days))
                    : No(Refusal.BadDays);
            case MemberFrame member:
                return await FindUserAsync(member.User) is { } subject
                    ? await InRoomAsync(member.Room, (you, room) => AboutMember(member, you, room.Id, subject.Id))
                    : No(Refusal.NoSuchUser);
            case CreateFrame create:
                if (create.Kind is not ("public" or "private"))
                    return No(Refusal.Forbidden);
                if (Slug.Normalize(create.Slug) is not { } slug)
                    return No(Refusal.BadSlug);
                return RoomText.Normalize(create.Title, RoomText.MaxTitle) is { } title
                    ? await AsSomebodyAsync(you => new CreateRoom(
                        you, frame.Cid, slug, title.Length == 0 ? slug : title, create.Kind == "private" ? RoomKind.Private : RoomKind.Public, create.History))
                    : No(Refusal.BadTitle);
            case DirectFrame direct:
                return await OpenDirectAsync(direct);
            case NickFrame nick:
                return await RenameAsync(nick);
            default:
                throw new InvalidOperationException($"No command for {frame.GetType().Name}.");
        }
    }

    private static MemberCommand AboutMember(MemberFrame frame, User you, RoomId room, UserId subject) => frame switch
    {
        InviteFrame => new Invite(you, frame.Cid, room, subject),
        KickFrame => new Kick(you, frame.Cid, room, subject),
        BanFrame { On: true } ban => new Ban(you, frame.Cid, room, subject, ban.Until),
        BanFrame => new Unban(you, frame.Cid, room, subject),
        MuteFrame { On: true } mute => new Mute(you, frame.Cid, room, subject, mute.Until),
        MuteFrame => new Unmute(you, frame.Cid, room, subject),
        EraseFrame => new EraseMessages(you, frame.Cid, room, subject),
        TransferFrame => new Transfer(you, frame.Cid, room, subject),
        RoleFrame role => new SetRole(you, frame.Cid, room, subject, role.Role),
        _ => throw new InvalidOperationException($"No command for {frame.GetType().Name}."),
    };

    private ValueTask<User?> FindUserAsync(string user) => Guid.TryParse(user, out var uid)
        ? store.FindUserAsync(uid, CancellationToken.None)
        : store.FindUserAsync(user, CancellationToken.None);

    private async ValueTask<(UserCommand?, Refused?)> OpenDirectAsync(DirectFrame frame)
    {
        var others = new List<UserId>(frame.Users.Count);
        foreach (var user in frame.Users)
        {
            if (await FindUserAsync(user) is not { } other)
                return No(Refusal.NoSuchUser);
            others.Add(other.Id);
        }
        return await AsSomebodyAsync(you => new OpenDirect(you, frame.Cid, others));
    }

    private async ValueTask<(UserCommand?, Refused?)> RenameAsync(NickFrame frame)
    {
        if (Nick.Normalize(frame.Nick) is not { } nick)
            return No(Refusal.BadNick);
        // Becoming somebody under this name is the rename's first half; the second then changes nothing.
        return await actor.BecomeDurableAsync(nick) is { } refused ? (null, refused) : (new Rename(actor.You!, frame.Cid, nick), null);
    }

    private async ValueTask<(UserCommand?, Refused?)> WithBodyAsync(
        RoomRef room, ReadOnlyMemory<byte> text, Func<User, Room, MessageBody, UserCommand> command) => MessageBody.TryCreate(text, out var body) switch
        {
            BodyError.TooLarge => No(Refusal.BodyTooLarge),
            BodyError.Malformed => No(Refusal.BadBody),
            _ => await InRoomAsync(room, (you, found) => command(you, found, body), isPostedTo: true),
        };

    /// <summary>
    /// What is not there goes the same way as what one may not know of: into the log's own queue, by whoever is somebody, and nowhere by
    /// whoever is nobody. Neither the answer, nor how long it takes, nor who they have become by it tells the two apart.
    /// </summary>
    private async ValueTask<(UserCommand?, Refused?)> InRoomAsync(RoomRef reference, Func<User, Room, UserCommand> command, bool isPostedTo = false)
    {
        var room = await FindAsync(reference, isPostedTo);
        return actor.You is null && room?.Kind != RoomKind.Public
            ? No(Refusal.NoSuchRoom)
            : await AsSomebodyAsync(you => command(you, room ?? NoRoom));
    }

    private async ValueTask<(UserCommand?, Refused?)> AsSomebodyAsync(Func<User, UserCommand> command) =>
        await actor.BecomeDurableAsync(nick: null) is { } refused ? (null, refused) : (command(actor.You!), null);

    private async ValueTask<Room?> FindAsync(RoomRef reference, bool isPostedTo)
    {
        if (_rooms is not null && _rooms.TryGetValue(reference, out var known))
            return known;
        if (await store.FindRoomAsync(reference) is not { } room)
            return null;
        if (isPostedTo)
            Remember(reference, room);
        return room;
    }

    private void Remember(RoomRef reference, Room room)
    {
        _rooms ??= [];
        if (_rooms.Count == MaxRooms)
            _rooms.Clear();
        _rooms[reference] = room;
    }

    private static (UserCommand?, Refused?) No(Refusal refusal) => (null, new Refused(refusal));
}
