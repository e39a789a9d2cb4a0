using Minato.Core.Messages;
using Minato.Core.Search;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Client;

/// <summary>
/// What one asks. A question is asked again on the next connection; after <see cref="ClientOptions.QuestionTimeout"/> it ends with a
/// <see cref="TimeoutException"/>. What the server does not answer is a <see cref="RefusedException"/>.
/// </summary>
public sealed partial class MinatoClient
{
    /// <summary>Messages as they are now, the oldest first.</summary>
    /// <param name="page">Before, after or around a seq, 1 to 200 messages; null: the newest 50.</param>
    /// <param name="thread">The seq of the message that a thread began with; null: the whole room.</param>
    public Task<HistoryAnswer> HistoryAsync(RoomName room, PageRequest? page = null, long? thread = null, CancellationToken cancel = default) =>
        _held.Questions.AskAsync<HistoryAnswer>(
            rid => new HistoryFrame(rid, room.Ref, page ?? new PageRequest(null, null, PageRequest.DefaultLimit), thread), cancel);

    /// <param name="query">Words, and "phrases"; docs/search.md says what finds what.</param>
    /// <param name="room">Null: every room that one may see.</param>
    /// <param name="before">The <c>Next</c> of the page before.</param>
    /// <param name="limit">1 to 50 results.</param>
    public Task<SearchAnswer> SearchAsync(
        string query, RoomName? room = null, long? before = null, int limit = SearchRequest.DefaultLimit, CancellationToken cancel = default) =>
        _held.Questions.AskAsync<SearchAnswer>(rid => new SearchFrame(rid, query, room?.Ref, before, limit), cancel);

    /// <summary>The public rooms.</summary>
    public Task<RoomsAnswer> DirectoryAsync(CancellationToken cancel = default) => _held.Questions.AskAsync<RoomsAnswer>(rid => new RoomsFrame(rid), cancel);

    /// <summary>Who is connected now, 500 at a time.</summary>
    /// <param name="after">The id of the last user of the page before.</param>
    public Task<WhoAnswer> WhoAsync(RoomName room, Guid? after = null, CancellationToken cancel = default) =>
        _held.Questions.AskAsync<WhoAnswer>(rid => new WhoFrame(rid, room.Ref, after), cancel);

    /// <summary>Who is banned and muted in the room, and by whom.</summary>
    public Task<BansAnswer> BansAsync(RoomName room, CancellationToken cancel = default) =>
        _held.Questions.AskAsync<BansAnswer>(rid => new BansFrame(rid, room.Ref), cancel);

    /// <summary>The room's links that let somebody in still: all for those who moderate, one's own for others.</summary>
    public Task<LinksAnswer> LinksAsync(RoomName room, CancellationToken cancel = default) =>
        _held.Questions.AskAsync<LinksAnswer>(rid => new LinksFrame(rid, room.Ref), cancel);

    /// <summary>Who belongs to the room.</summary>
    /// <param name="after">The id of the last member of the page before.</param>
    /// <param name="limit">1 to 500.</param>
    public Task<MembersAnswer> MembersAsync(RoomName room, Guid? after = null, int limit = 200, CancellationToken cancel = default) =>
        _held.Questions.AskAsync<MembersAnswer>(rid => new MembersFrame(rid, room.Ref, after, limit), cancel);

    /// <summary>Messages that name oneself, in all rooms, the newest first.</summary>
    /// <param name="limit">1 to 200.</param>
    public Task<MentionsAnswer> MentionsAsync(int limit = PageRequest.DefaultLimit, CancellationToken cancel = default) =>
        _held.Questions.AskAsync<MentionsAnswer>(rid => new MentionsFrame(rid, limit), cancel);

    /// <summary>The pinned messages of a room, the newest first.</summary>
    public Task<PinsAnswer> PinsAsync(RoomName room, CancellationToken cancel = default) =>
        _held.Questions.AskAsync<PinsAnswer>(rid => new PinsFrame(rid, room.Ref), cancel);

    /// <summary>Whom one has blocked, whoever was first first.</summary>
    public Task<BlocksAnswer> BlocksAsync(CancellationToken cancel = default) => _held.Questions.AskAsync<BlocksAnswer>(rid => new BlocksFrame(rid), cancel);

    /// <summary>How far the members have read (既読), the furthest first, at most 500.</summary>
    public Task<ReceiptsAnswer> ReceiptsAsync(RoomName room, CancellationToken cancel = default) =>
        _held.Questions.AskAsync<ReceiptsAnswer>(rid => new ReceiptsFrame(rid, room.Ref), cancel);
}
