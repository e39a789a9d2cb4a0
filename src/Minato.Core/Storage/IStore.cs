using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Search;
using Minato.Core.Users;

namespace Minato.Core.Storage;

/// <summary>
/// The log and all that is derived from it. One caller at a time commits; any number read beside it and see only what is committed.
/// </summary>
public interface IStore : IAsyncDisposable
{
    /// <summary>
    /// Carries out a batch in order, in one durable transaction, and gives each command its outcome. When it returns, what it
    /// says is on disk. One bad command is refused alone.
    /// </summary>
    /// <exception cref="StoreFullException">No space: nothing was changed; the same batch may succeed later.</exception>
    /// <exception cref="StoreFailedException">The disk or the file cannot be trusted any more: stop.</exception>
    ValueTask<IReadOnlyList<Outcome>> CommitAsync(IReadOnlyList<Command> batch, CancellationToken cancel);

    /// <summary>
    /// One small piece of housekeeping between commits, after their outcomes were handed on: a checkpoint, old client ids, messages that are
    /// older than their room keeps them, erased bodies. Call it after commits, and when the <see cref="Upkeep"/> before says so.
    /// </summary>
    /// <exception cref="StoreFailedException">As for a commit.</exception>
    ValueTask<Upkeep> MaintainAsync(CancellationToken cancel);

    /// <summary>Whose session or token has this SHA-256, and what it is good for; null where it leads to nobody, or to nobody any more.</summary>
    ValueTask<Credential?> FindCredentialAsync(byte[] hash, CancellationToken cancel);

    ValueTask<User?> FindUserAsync(Guid uid, CancellationToken cancel);

    /// <param name="nick">Any spelling that folds to the same key.</param>
    ValueTask<User?> FindUserAsync(string nick, CancellationToken cancel);

    ValueTask<Room?> FindRoomAsync(Guid uid, CancellationToken cancel);

    /// <param name="slug">Any spelling that folds to the same key.</param>
    ValueTask<Room?> FindRoomAsync(string slug, CancellationToken cancel);

    ValueTask<RoomHead> ReadHeadAsync(RoomId room, CancellationToken cancel);

    /// <param name="user">Null: somebody without an identity yet.</param>
    ValueTask<Standing> ReadStandingAsync(RoomId room, UserId? user, CancellationToken cancel);

    /// <summary>The lobby and the rooms a user is a member of, the lobby first, then by when they were made.</summary>
    ValueTask<IReadOnlyList<RoomView>> ListRoomsAsync(UserId? user, CancellationToken cancel);

    /// <summary>Public rooms that are not archived, by number of members, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<RoomListing>> ListPublicRoomsAsync(UserId? user, int limit, CancellationToken cancel);

    /// <summary>Events with <paramref name="after"/> &lt; seq ≤ <paramref name="upTo"/> that the user may see, in order.</summary>
    ValueTask<IReadOnlyList<RoomEvent>> ReadEventsAsync(RoomId room, UserId? user, long after, long upTo, CancellationToken cancel);

    /// <summary>
    /// The seq from which on the user sees every event: 1 in an open room, else where the present membership began. Resuming from
    /// below it would leave gaps.
    /// </summary>
    ValueTask<long> ReadFirstOfSpanAsync(RoomId room, UserId? user, CancellationToken cancel);

    /// <summary>A page of messages as of the head, those that the user may see.</summary>
    ValueTask<MessagePage> ReadHistoryAsync(RoomId room, UserId? user, PageRequest page, CancellationToken cancel);

    /// <summary>As <see cref="ReadHistoryAsync"/>, of one thread: the message that it began with and all that answer it.</summary>
    /// <param name="root">The seq of the message that it began with.</param>
    ValueTask<MessagePage> ReadThreadAsync(RoomId room, UserId? user, long root, PageRequest page, CancellationToken cancel);

    /// <summary>
    /// Messages that name the user, or everyone in a room that the user is a member of, in all rooms and as far as they may be seen, but none of
    /// somebody whom the user has blocked; the newest first.
    /// </summary>
    /// <param name="limit">Messages in one list.</param>
    ValueTask<IReadOnlyList<Mention>> ReadMentionsAsync(UserId user, int limit, CancellationToken cancel);

    /// <summary>The pinned messages of a room, as of the head, those that the user may see, the newest first. They are bounded where they are written.</summary>
    ValueTask<IReadOnlyList<Message>> ReadPinsAsync(RoomId room, UserId? user, CancellationToken cancel);

    /// <summary>Whom a user does not want to hear, those who are gone included, whoever was first first.</summary>
    ValueTask<IReadOnlyList<User>> ReadBlocksAsync(UserId user, CancellationToken cancel);

    /// <summary>A page of a room's members, whoever asks, in an order that stays.</summary>
    /// <param name="after">The last one of the page before; null: from the first.</param>
    ValueTask<IReadOnlyList<Member>> ReadMembersAsync(RoomId room, Guid? after, int limit, CancellationToken cancel);

    /// <summary>How far the members have read, the furthest first, for one who is a member too; else nothing.</summary>
    /// <param name="limit">People in one list.</param>
    ValueTask<IReadOnlyList<ReadPosition>> ReadPositionsAsync(RoomId room, UserId user, int limit, CancellationToken cancel);

    /// <summary>Who is banned and muted in a room, whoever asks, the newest first; at most <see cref="Exclusion.MaxListed"/>.</summary>
    ValueTask<IReadOnlyList<Exclusion>> ReadExclusionsAsync(RoomId room, CancellationToken cancel);

    /// <summary>All lists of a room, whoever asks, each in the order in which it was made.</summary>
    ValueTask<IReadOnlyList<ListedPattern>> ReadPatternsAsync(RoomId room, CancellationToken cancel);

    /// <summary>Rooms into which somebody was invited and has not come since, by their ids; none that is archived.</summary>
    /// <param name="limit">Rooms in one list.</param>
    ValueTask<IReadOnlyList<Room>> ReadInvitedAsync(UserId user, int limit, CancellationToken cancel);

    /// <summary>Who set the last topic, or took it away, as far as the user may see that; null: nobody did.</summary>
    ValueTask<TopicSetter?> ReadTopicSetterAsync(RoomId room, UserId? user, CancellationToken cancel);

    /// <summary>A room's links that let somebody in still, whoever asks, the oldest first.</summary>
    ValueTask<IReadOnlyList<RoomLink>> ReadLinksAsync(RoomId room, CancellationToken cancel);

    /// <summary>Heads of all rooms, by id.</summary>
    /// <param name="after">The last one of the page before; 0 for the first page.</param>
    ValueTask<IReadOnlyList<(RoomId Room, RoomHead Head)>> ReadHeadsAsync(RoomId after, int limit, CancellationToken cancel);

    /// <summary>What became of the messages that the next events made or changed, for whoever follows the log and not for a user's eyes.</summary>
    /// <param name="events">How many events to look through.</param>
    ValueTask<LogStretch> ReadChangesAsync(RoomId room, long after, int events, CancellationToken cancel);

    /// <summary>Those of the candidates that the user may see now and that say something, in any order.</summary>
    /// <param name="candidates">At most <see cref="MaxCandidates"/>.</param>
    /// <param name="isEverywhere">No room was asked for: an unlisted one is not named to those who are not in it.</param>
    ValueTask<IReadOnlyList<FoundMessage>> ReadFoundAsync(UserId? user, IReadOnlyList<Candidate> candidates, bool isEverywhere, CancellationToken cancel);

    /// <summary>Candidates in one question: a round trip for them all.</summary>
    const int MaxCandidates = 32;

    /// <summary>Writes a consistent copy to a new file while commits go on. Call it from the one who commits.</summary>
    /// <exception cref="IOException">The file exists or cannot be written.</exception>
    IBackup StartBackup(string file);
}

/// <summary>A backup under way, taken in steps between commits.</summary>
public interface IBackup : IDisposable
{
    /// <summary>Copies some more; true when it is whole and on disk.</summary>
    bool Step();

    /// <summary>Pages copied and pages in all.</summary>
    (long Done, long Total) Progress { get; }
}
