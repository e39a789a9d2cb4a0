using System.Text;
using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Client;

/// <summary>
/// What one does. Each completes when it is on the server's disk, however often the connection breaks meanwhile, and happens once. Cancelling
/// stops the waiting, not the act: what was given to the outbox goes out. Acts in one room are done in the order in which they were begun, as
/// long as the room is named in one way. A refusal is a <see cref="RefusedException"/>, a full outbox an <see cref="OutboxFullException"/>.
/// </summary>
public sealed partial class MinatoClient
{
    /// <param name="room">Its id, or <c>#slug</c>.</param>
    /// <param name="body">1 to 16,384 bytes of UTF-8.</param>
    public Task<Saved> SendAsync(RoomName room, string body, CancellationToken cancel = default) =>
        ActAsync(cid => new SendFrame(cid, room.Ref, Encoding.UTF8.GetBytes(body)), cancel);

    /// <param name="to">The seq of the message that it answers.</param>
    public Task<Saved> ReplyAsync(RoomName room, long to, string body, CancellationToken cancel = default) =>
        ActAsync(cid => new SendFrame(cid, room.Ref, Encoding.UTF8.GetBytes(body), to), cancel);

    /// <param name="seq">The message's.</param>
    public Task<Saved> EditAsync(RoomName room, long seq, string body, CancellationToken cancel = default) =>
        ActAsync(cid => new EditFrame(cid, room.Ref, seq, Encoding.UTF8.GetBytes(body)), cancel);

    public Task<Saved> DeleteAsync(RoomName room, long seq, CancellationToken cancel = default) =>
        ActAsync(cid => new DeleteFrame(cid, room.Ref, seq), cancel);

    /// <param name="emoji">1 to 32 bytes, no spaces.</param>
    /// <param name="on">False takes it back.</param>
    public Task<Saved> ReactAsync(RoomName room, long seq, string emoji, bool on = true, CancellationToken cancel = default) =>
        ActAsync(cid => new ReactFrame(cid, room.Ref, seq, emoji, on), cancel);

    public Task<Saved> PinAsync(RoomName room, long seq, bool on = true, CancellationToken cancel = default) =>
        ActAsync(cid => new PinFrame(cid, room.Ref, seq, on), cancel);

    public Task<Saved> JoinAsync(RoomName room, CancellationToken cancel = default) => ActAsync(cid => new JoinFrame(cid, room.Ref), cancel);

    /// <param name="key">Of a room that takes one.</param>
    public Task<Saved> JoinAsync(RoomName room, string key, CancellationToken cancel = default) => ActAsync(cid => new JoinFrame(cid, room.Ref, key), cancel);

    /// <summary>Joins the room that a link leads to.</summary>
    public Task<Saved> JoinByLinkAsync(string secret, CancellationToken cancel = default) => ActAsync(cid => new JoinByLinkFrame(cid, secret), cancel);

    public Task<Saved> LeaveAsync(RoomName room, CancellationToken cancel = default) => ActAsync(cid => new LeaveFrame(cid, room.Ref), cancel);

    /// <param name="slug">The address behind <c>#</c>.</param>
    /// <param name="title">Empty: the slug.</param>
    /// <param name="isPrivate">Only who is invited comes in.</param>
    /// <param name="history">What newcomers see; null: all of a public room, and of a private one what is said from their joining on.</param>
    public Task<Saved> CreateRoomAsync(
        string slug, string title = "", bool isPrivate = false, HistoryView? history = null, CancellationToken cancel = default) =>
        ActAsync(cid => new CreateFrame(cid, isPrivate ? "private" : "public", slug, title, history), cancel);

    /// <summary>The room that one has with somebody, made when it is not there yet.</summary>
    /// <param name="user">An id or a nick.</param>
    public Task<Saved> OpenDirectAsync(string user, CancellationToken cancel = default) => ActAsync(cid => new DirectFrame(cid, user), cancel);

    /// <summary>The room that one has with these people, made when it is not there yet.</summary>
    /// <param name="users">Ids or nicks, at most 10 with oneself.</param>
    public Task<Saved> OpenDirectAsync(IReadOnlyList<string> users, CancellationToken cancel = default) => ActAsync(cid => new DirectFrame(cid, users), cancel);

    /// <summary>Makes a link by which others join. Only whoever gets this answer has the secret.</summary>
    /// <param name="until">At most 30 days from now; null: 7 days.</param>
    /// <param name="uses">How many it lets in, 1 to 1000; null: 25.</param>
    public async Task<(LinkInfo Link, string Secret)> MakeLinkAsync(
        RoomName room, DateTimeOffset? until = null, int? uses = null, CancellationToken cancel = default)
    {
        var ok = await _held.Outbox.SendAsync(new LinkFrame(NextCid(), room.Ref, until?.ToUnixTimeMilliseconds(), uses), cancel);
        return ok is { Link: { } link, Secret: { } secret } ? (link, secret) : throw new ConnectException("The server answered something else than a link.");
    }

    public Task<Saved> RevokeLinkAsync(RoomName room, Guid link, CancellationToken cancel = default) => ActAsync(cid => new UnlinkFrame(cid, room.Ref, link), cancel);

    /// <summary>Takes a name.</summary>
    public async Task<YouInfo> RenameAsync(string nick, CancellationToken cancel = default)
    {
        var ok = await _held.Outbox.SendAsync(new NickFrame(NextCid(), nick), cancel);
        return ok.You ?? throw new ConnectException("The server answered something else than a name.");
    }

    public Task<Saved> SetTopicAsync(RoomName room, string topic, CancellationToken cancel = default) => ActAsync(cid => new TopicFrame(cid, room.Ref, topic), cancel);

    public Task<Saved> SetTitleAsync(RoomName room, string title, CancellationToken cancel = default) => ActAsync(cid => new TitleFrame(cid, room.Ref, title), cancel);

    /// <param name="slug">The address behind <c>#</c> from now on; those before still lead to the room.</param>
    public Task<Saved> SetSlugAsync(RoomName room, string slug, CancellationToken cancel = default) => ActAsync(cid => new SlugFrame(cid, room.Ref, slug), cancel);

    public Task<Saved> ArchiveAsync(RoomName room, bool on = true, CancellationToken cancel = default) => ActAsync(cid => new ArchiveFrame(cid, room.Ref, on), cancel);

    public Task<Saved> SetPostingAsync(RoomName room, Posting posting, CancellationToken cancel = default) =>
        ActAsync(cid => new PostingFrame(cid, room.Ref, posting), cancel);

    /// <param name="seconds">1 to 21600 between two posts of somebody; null: none.</param>
    public Task<Saved> SetSlowModeAsync(RoomName room, int? seconds, CancellationToken cancel = default) =>
        ActAsync(cid => new SlowFrame(cid, room.Ref, seconds), cancel);

    /// <summary>Restricts some things and frees others; what is named in neither stays.</summary>
    public Task<Saved> RestrictAsync(RoomName room, Restrictions on, Restrictions off = Restrictions.None, CancellationToken cancel = default) =>
        ActAsync(cid => new RestrictFrame(cid, room.Ref, on, off), cancel);

    /// <param name="members">1 to 1000000; null: anybody.</param>
    public Task<Saved> SetCapacityAsync(RoomName room, int? members, CancellationToken cancel = default) =>
        ActAsync(cid => new CapacityFrame(cid, room.Ref, members), cancel);

    /// <param name="key">1 to 23 printable ASCII characters; null: none.</param>
    public Task<Saved> SetKeyAsync(RoomName room, string? key, CancellationToken cancel = default) => ActAsync(cid => new KeyFrame(cid, room.Ref, key), cancel);

    /// <summary>Puts a pattern into one of a public room's lists: whoever is like it stays out, does not speak, or is excepted from such a one.</summary>
    /// <param name="pattern"><c>NICK!USERNAME@HOST</c> or <c>account:NAME</c>, with <c>*</c> and <c>?</c>.</param>
    /// <param name="on">False takes it out.</param>
    public Task<Saved> SetPatternAsync(RoomName room, PatternList list, string pattern, bool on = true, CancellationToken cancel = default) =>
        ActAsync(cid => new PatternFrame(cid, room.Ref, list, pattern, on), cancel);

    /// <summary>What those see who join from now on.</summary>
    public Task<Saved> SetNewcomersAsync(RoomName room, HistoryView history, CancellationToken cancel = default) =>
        ActAsync(cid => new NewcomersFrame(cid, room.Ref, history), cancel);

    /// <param name="days">1 to 3650; null: for ever.</param>
    public Task<Saved> SetRetentionAsync(RoomName room, int? days, CancellationToken cancel = default) =>
        ActAsync(cid => new RetentionFrame(cid, room.Ref, days), cancel);

    /// <param name="user">An id or a nick.</param>
    public Task<Saved> InviteAsync(RoomName room, string user, CancellationToken cancel = default) => ActAsync(cid => new InviteFrame(cid, room.Ref, user), cancel);

    public Task<Saved> KickAsync(RoomName room, string user, CancellationToken cancel = default) => ActAsync(cid => new KickFrame(cid, room.Ref, user), cancel);

    /// <param name="until">Null: until somebody ends it.</param>
    /// <param name="on">False ends it.</param>
    public Task<Saved> BanAsync(RoomName room, string user, DateTimeOffset? until = null, bool on = true, CancellationToken cancel = default) =>
        ActAsync(cid => new BanFrame(cid, room.Ref, user, on, until?.ToUnixTimeMilliseconds()), cancel);

    /// <param name="until">Null: until somebody ends it.</param>
    /// <param name="on">False ends it.</param>
    public Task<Saved> MuteAsync(RoomName room, string user, DateTimeOffset? until = null, bool on = true, CancellationToken cancel = default) =>
        ActAsync(cid => new MuteFrame(cid, room.Ref, user, on, until?.ToUnixTimeMilliseconds()), cancel);

    /// <param name="role">Member, speaker, helper, moderator or owner.</param>
    public Task<Saved> SetRoleAsync(RoomName room, string user, Standing role, CancellationToken cancel = default) =>
        ActAsync(cid => new RoleFrame(cid, room.Ref, user, role), cancel);

    /// <summary>Hands one's room over; one stays as a moderator.</summary>
    public Task<Saved> TransferAsync(RoomName room, string user, CancellationToken cancel = default) => ActAsync(cid => new TransferFrame(cid, room.Ref, user), cancel);

    /// <summary>Erases all messages that somebody has in the room: one's own, or those of somebody whom one moderates.</summary>
    public Task<Saved> EraseAsync(RoomName room, string user, CancellationToken cancel = default) => ActAsync(cid => new EraseFrame(cid, room.Ref, user), cancel);

    /// <summary>Says that one does not want to hear somebody: who shows what is said hides their words, see <see cref="Blocked"/>.</summary>
    /// <param name="user">An id or a nick.</param>
    /// <param name="on">False takes it back.</param>
    public async Task<UserInfo> BlockAsync(string user, bool on = true, CancellationToken cancel = default)
    {
        var ok = await _held.Outbox.SendAsync(new BlockFrame(NextCid(), user, on), cancel);
        return ok.User ?? throw new ConnectException("The server answered something else than whom this blocks.");
    }

    /// <summary>Gives those who run the server a copy of a message. Nobody else is told.</summary>
    /// <param name="reason">At most 1,000 bytes.</param>
    public Task<Saved> ReportAsync(RoomName room, long seq, string reason = "", CancellationToken cancel = default) =>
        ActAsync(cid => new ReportFrame(cid, room.Ref, seq, reason), cancel);

    /// <summary>Everything up to this seq was seen. Told when there is a connection, at most once a second.</summary>
    public void MarkRead(RoomName room, long seq) => _held.Reads.Tell(room.Ref, seq);

    /// <summary>Says that one writes something. Once every 3 s is enough, more is passed over; without a connection nobody hears it.</summary>
    public void Typing(RoomName room) => _held.Link?.Send(new TypingFrame(room.Ref));

    private async Task<Saved> ActAsync(Func<ClientId, MutationFrame> build, CancellationToken cancel)
    {
        var ok = await _held.Outbox.SendAsync(build(NextCid()), cancel);
        return ok is { Room: { } room, Seq: { } seq } ? new Saved(room, seq, ok.Ts ?? 0) : throw new ConnectException("The server answered without saying where it saved this.");
    }

    private ClientId NextCid() => ClientId.TryCreate(_cids.Next(), out var cid) ? cid : throw new InvalidOperationException("A ULID is a cid.");
}
