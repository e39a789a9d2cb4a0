using System.Runtime.CompilerServices;
using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Search;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Tests.Model;

namespace Minato.Server.Tests.Scheduling;

/// <summary>A right store whose every answer is a moment at which somebody else may come first: an answer may be old by the time it is there.</summary>
internal sealed class PausingStore(ModelStore inner, Schedule schedule) : IStore
{
    /// <summary>Whether the next commits find no space.</summary>
    public bool IsFull { get; set; }

    public int Commits { get; private set; }

    public async ValueTask<IReadOnlyList<Outcome>> CommitAsync(IReadOnlyList<Command> batch, CancellationToken cancel)
    {
        Commits++;
        return await Paused(() => IsFull ? throw new StoreFullException("full") : inner.CommitAsync(batch, cancel));
    }

    public ValueTask<Credential?> FindCredentialAsync(byte[] hash, CancellationToken cancel) => Paused(() => inner.FindCredentialAsync(hash, cancel));

    public ValueTask<User?> FindUserAsync(Guid uid, CancellationToken cancel) => Paused(() => inner.FindUserAsync(uid, cancel));

    public ValueTask<User?> FindUserAsync(string nick, CancellationToken cancel) => Paused(() => inner.FindUserAsync(nick, cancel));

    public ValueTask<Room?> FindRoomAsync(Guid uid, CancellationToken cancel) => Paused(() => inner.FindRoomAsync(uid, cancel));

    public ValueTask<Room?> FindRoomAsync(string slug, CancellationToken cancel) => Paused(() => inner.FindRoomAsync(slug, cancel));

    public ValueTask<RoomHead> ReadHeadAsync(RoomId room, CancellationToken cancel) => Paused(() => inner.ReadHeadAsync(room, cancel));

    public ValueTask<Standing> ReadStandingAsync(RoomId room, UserId? user, CancellationToken cancel) =>
        Paused(() => inner.ReadStandingAsync(room, user, cancel));

    public ValueTask<IReadOnlyList<RoomView>> ListRoomsAsync(UserId? user, CancellationToken cancel) => Paused(() => inner.ListRoomsAsync(user, cancel));

    public ValueTask<IReadOnlyList<RoomListing>> ListPublicRoomsAsync(UserId? user, int limit, CancellationToken cancel) =>
        Paused(() => inner.ListPublicRoomsAsync(user, limit, cancel));

    public ValueTask<IReadOnlyList<RoomEvent>> ReadEventsAsync(RoomId room, UserId? user, long after, long upTo, CancellationToken cancel) =>
        Paused(() => inner.ReadEventsAsync(room, user, after, upTo, cancel));

    public ValueTask<long> ReadFirstOfSpanAsync(RoomId room, UserId? user, CancellationToken cancel) =>
        Paused(() => inner.ReadFirstOfSpanAsync(room, user, cancel));

    public ValueTask<MessagePage> ReadHistoryAsync(RoomId room, UserId? user, PageRequest page, CancellationToken cancel) =>
        Paused(() => inner.ReadHistoryAsync(room, user, page, cancel));

    public ValueTask<MessagePage> ReadThreadAsync(RoomId room, UserId? user, long root, PageRequest page, CancellationToken cancel) =>
        Paused(() => inner.ReadThreadAsync(room, user, root, page, cancel));

    public ValueTask<IReadOnlyList<Mention>> ReadMentionsAsync(UserId user, int limit, CancellationToken cancel) =>
        Paused(() => inner.ReadMentionsAsync(user, limit, cancel));

    public ValueTask<IReadOnlyList<User>> ReadBlocksAsync(UserId user, CancellationToken cancel) => Paused(() => inner.ReadBlocksAsync(user, cancel));

    public ValueTask<IReadOnlyList<Member>> ReadMembersAsync(RoomId room, Guid? after, int limit, CancellationToken cancel) =>
        Paused(() => inner.ReadMembersAsync(room, after, limit, cancel));

    public ValueTask<IReadOnlyList<Message>> ReadPinsAsync(RoomId room, UserId? user, CancellationToken cancel) =>
        Paused(() => inner.ReadPinsAsync(room, user, cancel));

    public ValueTask<IReadOnlyList<ReadPosition>> ReadPositionsAsync(RoomId room, UserId user, int limit, CancellationToken cancel) =>
        Paused(() => inner.ReadPositionsAsync(room, user, limit, cancel));

    public ValueTask<IReadOnlyList<ListedPattern>> ReadPatternsAsync(RoomId room, CancellationToken cancel) => Paused(() => inner.ReadPatternsAsync(room, cancel));

    public ValueTask<IReadOnlyList<Room>> ReadInvitedAsync(UserId user, int limit, CancellationToken cancel) => Paused(() => inner.ReadInvitedAsync(user, limit, cancel));

    public ValueTask<TopicSetter?> ReadTopicSetterAsync(RoomId room, UserId? user, CancellationToken cancel) => Paused(() => inner.ReadTopicSetterAsync(room, user, cancel));

    public ValueTask<IReadOnlyList<Exclusion>> ReadExclusionsAsync(RoomId room, CancellationToken cancel) => Paused(() => inner.ReadExclusionsAsync(room, cancel));

    public ValueTask<IReadOnlyList<RoomLink>> ReadLinksAsync(RoomId room, CancellationToken cancel) => Paused(() => inner.ReadLinksAsync(room, cancel));

    public ValueTask<IReadOnlyList<(RoomId Room, RoomHead Head)>> ReadHeadsAsync(RoomId after, int limit, CancellationToken cancel) =>
        Paused(() => inner.ReadHeadsAsync(after, limit, cancel));

    public ValueTask<LogStretch> ReadChangesAsync(RoomId room, long after, int events, CancellationToken cancel) =>
        Paused(() => inner.ReadChangesAsync(room, after, events, cancel));

    public ValueTask<IReadOnlyList<FoundMessage>> ReadFoundAsync(UserId? user, IReadOnlyList<Candidate> candidates, bool isEverywhere, CancellationToken cancel) =>
        Paused(() => inner.ReadFoundAsync(user, candidates, isEverywhere, cancel));

    public ValueTask<Upkeep> MaintainAsync(CancellationToken cancel) => inner.MaintainAsync(cancel);

    public IBackup StartBackup(string file) => inner.StartBackup(file);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private T Paused<T>(Func<T> read, [CallerMemberName] string what = "")
    {
        schedule.Pause($"asking to {what}");
        var answer = read();
        schedule.Pause(what);
        return answer;
    }
}
