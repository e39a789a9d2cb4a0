using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Search;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Storage.Reading;
using Minato.Storage.Sql;

namespace Minato.Storage;

/// <summary>What is the same in every engine: which reader answers which question. How reads and commits are run is the engine's.</summary>
public abstract partial class SqlStore : IStore
{
    private readonly TimeProvider _clock;

    // Engines are of this project: elsewhere nobody could run a reader.
    private protected SqlStore(TimeProvider clock) => _clock = clock;

    /// <summary>Reads that wait for another machine at once; 0: whoever reads does so on their own core.</summary>
    public abstract int DistantReaders { get; }

    /// <summary>What other servers on the same database commit; null: there can be none.</summary>
    public virtual ICommitFeed? Feed => null;

    /// <summary>What lets somebody in for a while: known to all servers on the same database.</summary>
    public abstract IVoucherBook Vouchers { get; }

    public abstract ValueTask<IReadOnlyList<Outcome>> CommitAsync(IReadOnlyList<Command> batch, CancellationToken cancel);

    public abstract ValueTask<Upkeep> MaintainAsync(CancellationToken cancel);

    public abstract IBackup StartBackup(string file);

    public abstract ValueTask DisposeAsync();

    public ValueTask<User?> FindUserAsync(Guid uid, CancellationToken cancel) => ReadAsync(uid, UserReader.ByUid, cancel);

    public ValueTask<User?> FindUserAsync(string nick, CancellationToken cancel) => ReadAsync(nick, UserReader.ByNick, cancel);

    public ValueTask<Room?> FindRoomAsync(Guid uid, CancellationToken cancel) => ReadAsync(uid, RoomReader.ByUid, cancel);

    public ValueTask<Room?> FindRoomAsync(string slug, CancellationToken cancel) => ReadAsync(slug, RoomReader.BySlug, cancel);

    public ValueTask<RoomHead> ReadHeadAsync(RoomId room, CancellationToken cancel) => ReadAsync(room, RoomReader.Head, cancel);

    public ValueTask<Standing> ReadStandingAsync(RoomId room, UserId? user, CancellationToken cancel) =>
        ReadAsync((room, user, Now), StandingReader.Read, cancel);

    public ValueTask<IReadOnlyList<RoomView>> ListRoomsAsync(UserId? user, CancellationToken cancel) =>
        ReadAsync((user, Now), RoomListReader.Mine, cancel);

    public ValueTask<IReadOnlyList<RoomListing>> ListPublicRoomsAsync(UserId? user, int limit, CancellationToken cancel) =>
        ReadAsync((user, limit), RoomListReader.Public, cancel);

    public ValueTask<IReadOnlyList<RoomEvent>> ReadEventsAsync(RoomId room, UserId? user, long after, long upTo, CancellationToken cancel) =>
        ReadAsync((room, user, after, upTo, Now), EventReader.Between, cancel);

    public ValueTask<long> ReadFirstOfSpanAsync(RoomId room, UserId? user, CancellationToken cancel) =>
        ReadAsync((room, user), EventReader.FirstOfSpan, cancel);

    public ValueTask<MessagePage> ReadHistoryAsync(RoomId room, UserId? user, PageRequest page, CancellationToken cancel) =>
        ReadAsync(new HistoryReader.Request(room, user, page, Thread: null, Now), HistoryReader.Page, cancel);

    public ValueTask<MessagePage> ReadThreadAsync(RoomId room, UserId? user, long root, PageRequest page, CancellationToken cancel) =>
        ReadAsync(new HistoryReader.Request(room, user, page, root, Now), HistoryReader.Page, cancel);

    public ValueTask<IReadOnlyList<Mention>> ReadMentionsAsync(UserId user, int limit, CancellationToken cancel) =>
        ReadAsync((user, limit, Now), MentionReader.Newest, cancel);

    public ValueTask<IReadOnlyList<Message>> ReadPinsAsync(RoomId room, UserId? user, CancellationToken cancel) =>
        ReadAsync((room, user, Now), PinReader.OfRoom, cancel);

    public ValueTask<IReadOnlyList<User>> ReadBlocksAsync(UserId user, CancellationToken cancel) =>
        ReadAsync<UserId, IReadOnlyList<User>>(user, BlockReader.Of, cancel);

    public ValueTask<IReadOnlyList<Member>> ReadMembersAsync(RoomId room, Guid? after, int limit, CancellationToken cancel) =>
        ReadAsync((room, after, limit), MemberReader.Page, cancel);

    public ValueTask<IReadOnlyList<ReadPosition>> ReadPositionsAsync(RoomId room, UserId user, int limit, CancellationToken cancel) =>
        ReadAsync((room, user, limit), ReadPositionReader.OfMembers, cancel);

    public ValueTask<IReadOnlyList<Exclusion>> ReadExclusionsAsync(RoomId room, CancellationToken cancel) => ReadAsync((room, Now), ExclusionReader.OfRoom, cancel);

    public ValueTask<IReadOnlyList<ListedPattern>> ReadPatternsAsync(RoomId room, CancellationToken cancel) => ReadAsync(room, PatternReader.OfRoom, cancel);

    public ValueTask<IReadOnlyList<Room>> ReadInvitedAsync(UserId user, int limit, CancellationToken cancel) => ReadAsync((user, limit), RoomListReader.Invited, cancel);

    public ValueTask<TopicSetter?> ReadTopicSetterAsync(RoomId room, UserId? user, CancellationToken cancel) => ReadAsync((room, user, Now), TopicReader.Of, cancel);

    public ValueTask<IReadOnlyList<RoomLink>> ReadLinksAsync(RoomId room, CancellationToken cancel) => ReadAsync((room, Now), LinkReader.OfRoom, cancel);

    public ValueTask<IReadOnlyList<(RoomId Room, RoomHead Head)>> ReadHeadsAsync(RoomId after, int limit, CancellationToken cancel) =>
        ReadAsync((after, limit), ChangeReader.Heads, cancel);

    public ValueTask<LogStretch> ReadChangesAsync(RoomId room, long after, int events, CancellationToken cancel) =>
        ReadAsync((room, after, events), ChangeReader.Next, cancel);

    public ValueTask<IReadOnlyList<FoundMessage>> ReadFoundAsync(UserId? user, IReadOnlyList<Candidate> candidates, bool isEverywhere, CancellationToken cancel) =>
        ReadAsync((user, candidates, isEverywhere, Now), FoundReader.Visible, cancel);

    /// <summary>Runs a reader on a connection that nobody else uses meanwhile.</summary>
    private protected abstract ValueTask<TResult> ReadAsync<TArgument, TResult>(
        TArgument argument, Func<Database, TArgument, TResult> read, CancellationToken cancel);

    /// <summary>Bans and mutes run out by it.</summary>
    private long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();
}
