using Minato.Core.Accounts;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;

namespace Minato.Tests.Model;

/// <summary>What can be read, as <see cref="IStore"/> says it.</summary>
internal sealed partial class ModelStore
{
    private readonly Dictionary<(RoomId Room, long Seq), Mentions> _named = [];

    public ValueTask<Credential?> FindCredentialAsync(byte[] hash, CancellationToken cancel) =>
        new(_sessions.TryGetValue(Convert.ToHexString(hash), out var id) && Living(id) is { } user
            ? new Credential(hash, user, Scope.Admin, UsedAt: null, ExpiresAt: null) { IsSession = true }
            : null);

    public ValueTask<User?> FindUserAsync(Guid uid, CancellationToken cancel) => new(_users.Find(u => u.Uid == uid));

    public ValueTask<User?> FindUserAsync(string nick, CancellationToken cancel) => new(ByNick(nick));

    public ValueTask<Room?> FindRoomAsync(Guid uid, CancellationToken cancel) => new(_rooms.Find(r => r.Room.Uid == uid) is { } room ? AsOfNow(room) : null);

    public ValueTask<Room?> FindRoomAsync(string slug, CancellationToken cancel) => new(_rooms.Find(r => IsSlug(r, slug)) is { } room ? AsOfNow(room) : null);

    /// <summary>The acl version is the store's own; a model has none.</summary>
    public ValueTask<RoomHead> ReadHeadAsync(RoomId room, CancellationToken cancel) => new(RoomOf(room) is { } known ? HeadOf(known) : default);

    public ValueTask<Standing> ReadStandingAsync(RoomId room, UserId? user, CancellationToken cancel) =>
        new(user is { } id && RoomOf(room) is { } known ? known.StandingOf(_users.Find(u => u.Id == id)!, Now) : Standing.Outsider);

    public ValueTask<IReadOnlyList<RoomView>> ListRoomsAsync(UserId? user, CancellationToken cancel) => new((IReadOnlyList<RoomView>)
    [
        .. _rooms.Where(r => (IsSlug(r, Slug.Lobby) || IsMember(r, user)) && !(user is { } id && ModelRoom.IsInForce(r.Bans, id, Now)))
            .OrderBy(r => !IsSlug(r, Slug.Lobby)).ThenBy(r => r.Id.Value).Select(r => ViewOf(r, user)),
    ]);

    public ValueTask<IReadOnlyList<RoomListing>> ListPublicRoomsAsync(UserId? user, int limit, CancellationToken cancel) => new((IReadOnlyList<RoomListing>)
    [
        .. _rooms.Where(r => r.IsPublic && !r.Room.Archived && (!r.Room.Restrictions.HasFlag(Restrictions.Unlisted) || IsMember(r, user))).OrderByDescending(r => r.Members.Count).ThenBy(r => r.Id.Value).Take(limit)
            .Select(r => new RoomListing(ViewOf(r, user), r.Members.Count)),
    ]);

    public ValueTask<IReadOnlyList<ListedPattern>> ReadPatternsAsync(RoomId room, CancellationToken cancel) => new((IReadOnlyList<ListedPattern>)
        [.. (RoomOf(room)?.Patterns ?? []).Select(p => p with { By = Today(p.By) }).OrderBy(p => p.List).ThenBy(p => p.At).ThenBy(p => p.Pattern.Key, StringComparer.Ordinal)]);

    public ValueTask<IReadOnlyList<Room>> ReadInvitedAsync(UserId user, int limit, CancellationToken cancel) => new((IReadOnlyList<Room>)
        [.. _rooms.Where(r => r.Invited.ContainsKey(user) && !r.Room.Archived).OrderBy(r => r.Id.Value).Take(limit).Select(r => r.Room)]);

    public ValueTask<TopicSetter?> ReadTopicSetterAsync(RoomId room, UserId? user, CancellationToken cancel) =>
        new(RoomOf(room) is { } known && known.Events.OfType<TopicChanged>().LastOrDefault() is { } last && known.Shows(user, last.Seq, Now)
            ? new TopicSetter(Today(last.From), last.Ts)
            : null);

    /// <summary>As the log says it: who is on the list by the newest event about them.</summary>
    public ValueTask<IReadOnlyList<Exclusion>> ReadExclusionsAsync(RoomId room, CancellationToken cancel) => new((IReadOnlyList<Exclusion>)
    [
        .. (RoomOf(room)?.Events ?? []).OfType<MemberEvent>()
            .Where(e => e is Banned or Unbanned or Muted or Unmuted).GroupBy(e => (e.Subject.Id, IsMute: e is Muted or Unmuted)).Select(g => g.Last())
            .Select(e => e switch
            {
                Banned banned => new Exclusion(Today(e.Subject), false, Today(e.From), e.Ts, banned.Until),
                Muted muted => new Exclusion(Today(e.Subject), true, Today(e.From), e.Ts, muted.Until),
                _ => null,
            })
            .OfType<Exclusion>().Where(x => x.Until is null || x.Until > Now)
            .OrderByDescending(x => x.At).ThenBy(x => x.IsMute).ThenBy(x => x.Subject.Id.Value),
    ]);

    public ValueTask<IReadOnlyList<RoomEvent>> ReadEventsAsync(RoomId room, UserId? user, long after, long upTo, CancellationToken cancel) =>
        new(RoomOf(room) is not { } known ? []
            : (IReadOnlyList<RoomEvent>)[.. known.Events.Where(e => e.Seq > after && e.Seq <= upTo && known.Shows(user, e.Seq, Now)).Select(AsOfNow)]);

    public ValueTask<long> ReadFirstOfSpanAsync(RoomId room, UserId? user, CancellationToken cancel) =>
        new(RoomOf(room)?.FirstOfSpan(user) ?? long.MaxValue);

    public ValueTask<MessagePage> ReadHistoryAsync(RoomId room, UserId? user, PageRequest page, CancellationToken cancel) =>
        new(Page(room, user, page, _ => true));

    public ValueTask<MessagePage> ReadThreadAsync(RoomId room, UserId? user, long root, PageRequest page, CancellationToken cancel) =>
        new(Page(room, user, page, m => m.Seq == root || m.ThreadRoot == root));

    public ValueTask<IReadOnlyList<Mention>> ReadMentionsAsync(UserId user, int limit, CancellationToken cancel) => new((IReadOnlyList<Mention>)
    [
        .. _rooms.Where(r => MayFind(r, user)).SelectMany(r => r.Messages().Where(m => r.Shows(user, m.Seq, Now) && IsNamed(r, m.Seq, user) && !Blocks(user, m.From.Id)).Select(m => new Mention(AsOfNow(r), For(r, m, user))))
            .OrderByDescending(m => m.Message.Ts).ThenBy(m => m.Room.Id.Value).ThenByDescending(m => m.Message.Seq).Take(limit),
    ]);

    public ValueTask<IReadOnlyList<Message>> ReadPinsAsync(RoomId room, UserId? user, CancellationToken cancel) =>
        new(RoomOf(room) is not { } known ? []
            : (IReadOnlyList<Message>)[.. known.Messages().Where(m => known.Shows(user, m.Seq, Now)).Select(m => For(known, m, user)).Where(m => m.IsPinned).OrderByDescending(m => m.Seq)]);

    public ValueTask<IReadOnlyList<ReadPosition>> ReadPositionsAsync(RoomId room, UserId user, int limit, CancellationToken cancel) =>
        new(RoomOf(room) is not { } known || !known.Members.ContainsKey(user) ? []
            : (IReadOnlyList<ReadPosition>)[.. known.Members.Keys.Select(id => new ReadPosition(_users.Find(u => u.Id == id)!, known.Read[id]))
                .OrderByDescending(p => p.Seq).ThenBy(p => p.User.Id.Value).Take(limit)]);

    public ValueTask<IReadOnlyList<Member>> ReadMembersAsync(RoomId room, Guid? after, int limit, CancellationToken cancel) => new((IReadOnlyList<Member>)
    [
        .. (RoomOf(room)?.Members ?? []).Where(m => m.Key.Value > (_users.Find(u => u.Uid == after)?.Id.Value ?? 0))
            .OrderBy(m => m.Key.Value).Take(limit).Select(m => new Member(_users.Find(u => u.Id == m.Key)!, m.Value)),
    ]);

    public ValueTask<Upkeep> MaintainAsync(CancellationToken cancel) => new(Upkeep.None);

    public IBackup StartBackup(string file) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private MessagePage Page(RoomId id, UserId? user, PageRequest page, Func<Message, bool> isWanted)
    {
        if (RoomOf(id) is not { } room)
            return new MessagePage(0, false, []);
        var all = room.Messages().Where(m => room.Shows(user, m.Seq, Now) && isWanted(m)).ToList();
        return page switch
        {
            { Around: { } around } => Around(around),
            { After: { } after } => Newer(after, page.Limit),
            _ => Older(page.Before ?? long.MaxValue, page.Limit),
        };

        MessagePage Older(long before, int limit)
        {
            var older = all.Where(m => m.Seq < before).ToList();
            return Of(older.Count > limit, older.TakeLast(limit));
        }

        MessagePage Newer(long after, int limit)
        {
            var newer = all.Where(m => m.Seq > after).ToList();
            return Of(newer.Count > limit, newer.Take(limit));
        }

        // Half of the page is what came before the message.
        MessagePage Around(long around)
        {
            var (older, newer) = (Older(around, page.Limit / 2), Newer(around - 1, (page.Limit + 1) / 2));
            return older with { Messages = [.. older.Messages, .. newer.Messages], MoreAfter = newer.More };
        }

        MessagePage Of(bool more, IEnumerable<Message> messages) => new(room.Seq, more, [.. messages.Select(m => For(room, m, user))]);
    }

    private Message For(ModelRoom room, Message message, UserId? viewer) => room.For(message, viewer) with { From = Today(message.From) };

    private RoomEvent AsOfNow(RoomEvent ev) => ev switch
    {
        Left { Heir: { } heir } left => left with { From = Today(left.From), Heir = Today(heir) },
        MemberEvent member => member with { From = Today(member.From), Subject = Today(member.Subject) },
        _ => ev with { From = Today(ev.From) },
    };

    private RoomView ViewOf(ModelRoom room, UserId? user) => new(
        AsOfNow(room), HeadOf(room), IsMember(room, user),
        user is { } id ? room.Read.GetValueOrDefault(id) : 0, IsMember(room, user) ? room.UnreadOf(user!.Value) : 0)
    {
        Role = user is { } member ? room.RoleOf(member) : Standing.Outsider,
    };

    private bool IsNamed(ModelRoom room, long seq, UserId user) => _named.TryGetValue((room.Id, seq), out var named)
        && (named.Users.Contains(user) || (named.Everyone && room.Members.ContainsKey(user)));

    /// <summary>In lists over all rooms: who left a private one finds nothing in it, not even what they saw.</summary>
    private static bool MayFind(ModelRoom room, UserId? user) => (room.IsOpen && room.Room.Key is null && !room.Room.Restrictions.HasFlag(Restrictions.InviteOnly)) || IsMember(room, user);

    private static RoomHead HeadOf(ModelRoom room) => new(room.Seq, room.PostNo, room.Ts, FirstSeq: 1, AclVersion: 0);

    private static bool IsMember(ModelRoom room, UserId? user) => user is { } id && room.Members.ContainsKey(id);
}
