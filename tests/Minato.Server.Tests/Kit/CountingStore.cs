using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Search;
using Minato.Core.Storage;
using Minato.Core.Users;

namespace Minato.Server.Tests;

/// <summary>A store that counts how often it is asked for events, and can be held up when it is.</summary>
internal sealed class CountingStore(IStore store) : IStore
{
    private int _eventReads;

    public int EventReads => Volatile.Read(ref _eventReads);

    /// <summary>Awaited before events are read.</summary>
    public Func<Task> BeforeEvents { get; set; } = () => Task.CompletedTask;

    /// <summary>Awaited before anybody's standing is read.</summary>
    public Func<Task> BeforeStanding { get; set; } = () => Task.CompletedTask;

    public async ValueTask<IReadOnlyList<RoomEvent>> ReadEventsAsync(RoomId room, UserId? user, long after, long upTo, CancellationToken cancel)
    {
        Interlocked.Increment(ref _eventReads);
        await BeforeEvents();
        return await store.ReadEventsAsync(room, user, after, upTo, cancel);
    }

    public async ValueTask<Standing> ReadStandingAsync(RoomId room, UserId? user, CancellationToken cancel)
    {
        await BeforeStanding();
        return await store.ReadStandingAsync(room, user, cancel);
    }

    /// <summary>Awaited before anything is committed; what it throws is the commit's end.</summary>
    public Func<Task> BeforeCommit { get; set; } = () => Task.CompletedTask;

    public async ValueTask<IReadOnlyList<Outcome>> CommitAsync(IReadOnlyList<Command> batch, CancellationToken cancel)
    {
        await BeforeCommit();
        return await store.CommitAsync(batch, cancel);
    }

    public ValueTask<IReadOnlyList<(RoomId Room, RoomHead Head)>> ReadHeadsAsync(RoomId after, int limit, CancellationToken cancel) =>
        store.ReadHeadsAsync(after, limit, cancel);

    public ValueTask<LogStretch> ReadChangesAsync(RoomId room, long after, int events, CancellationToken cancel) =>
        store.ReadChangesAsync(room, after, events, cancel);

    public ValueTask<IReadOnlyList<FoundMessage>> ReadFoundAsync(UserId? user, IReadOnlyList<Candidate> candidates, bool isEverywhere, CancellationToken cancel) =>
        store.ReadFoundAsync(user, candidates, isEverywhere, cancel);

    public ValueTask<Upkeep> MaintainAsync(CancellationToken cancel) => store.MaintainAsync(cancel);

    /// <summary>Awaited when a credential was found.</summary>
    public Func<Task> AfterCredential { get; set; } = () => Task.CompletedTask;

    public async ValueTask<Credential?> FindCredentialAsync(byte[] hash, CancellationToken cancel)
    {
        var found = await store.FindCredentialAsync(hash, cancel);
        await AfterCredential();
        return found;
    }

    public ValueTask<User?> FindUserAsync(Guid uid, CancellationToken cancel) => store.FindUserAsync(uid, cancel);

    public ValueTask<User?> FindUserAsync(string nick, CancellationToken cancel) => store.FindUserAsync(nick, cancel);

    public ValueTask<Room?> FindRoomAsync(Guid uid, CancellationToken cancel) => store.FindRoomAsync(uid, cancel);

    public ValueTask<Room?> FindRoomAsync(string slug, CancellationToken cancel) => store.FindRoomAsync(slug, cancel);

    /// <summary>Awaited before a head is read.</summary>
    public Func<RoomId, Task> BeforeHead { get; set; } = _ => Task.CompletedTask;

    public async ValueTask<RoomHead> ReadHeadAsync(RoomId room, CancellationToken cancel)
    {
        await BeforeHead(room);
        return await store.ReadHeadAsync(room, cancel);
    }

    public ValueTask<IReadOnlyList<RoomView>> ListRoomsAsync(UserId? user, CancellationToken cancel) => store.ListRoomsAsync(user, cancel);

    public ValueTask<IReadOnlyList<RoomListing>> ListPublicRoomsAsync(UserId? user, int limit, CancellationToken cancel) =>
        store.ListPublicRoomsAsync(user, limit, cancel);

    public ValueTask<long> ReadFirstOfSpanAsync(RoomId room, UserId? user, CancellationToken cancel) => store.ReadFirstOfSpanAsync(room, user, cancel);

    public ValueTask<MessagePage> ReadHistoryAsync(RoomId room, UserId? user, PageRequest page, CancellationToken cancel) =>
        store.ReadHistoryAsync(room, user, page, cancel);

    public ValueTask<MessagePage> ReadThreadAsync(RoomId room, UserId? user, long root, PageRequest page, CancellationToken cancel) =>
        store.ReadThreadAsync(room, user, root, page, cancel);

    public ValueTask<IReadOnlyList<Mention>> ReadMentionsAsync(UserId user, int limit, CancellationToken cancel) => store.ReadMentionsAsync(user, limit, cancel);

    public ValueTask<IReadOnlyList<User>> ReadBlocksAsync(UserId user, CancellationToken cancel) => store.ReadBlocksAsync(user, cancel);

    public ValueTask<IReadOnlyList<Member>> ReadMembersAsync(RoomId room, Guid? after, int limit, CancellationToken cancel) =>
        store.ReadMembersAsync(room, after, limit, cancel);

    public ValueTask<IReadOnlyList<Message>> ReadPinsAsync(RoomId room, UserId? user, CancellationToken cancel) => store.ReadPinsAsync(room, user, cancel);

    public ValueTask<IReadOnlyList<ReadPosition>> ReadPositionsAsync(RoomId room, UserId user, int limit, CancellationToken cancel) =>
        store.ReadPositionsAsync(room, user, limit, cancel);

    public ValueTask<IReadOnlyList<ListedPattern>> ReadPatternsAsync(RoomId room, CancellationToken cancel) => store.ReadPatternsAsync(room, cancel);

    public ValueTask<IReadOnlyList<Room>> ReadInvitedAsync(UserId user, int limit, CancellationToken cancel) => store.ReadInvitedAsync(user, limit, cancel);

    public ValueTask<TopicSetter?> ReadTopicSetterAsync(RoomId room, UserId? user, CancellationToken cancel) => store.ReadTopicSetterAsync(room, user, cancel);

    public ValueTask<IReadOnlyList<Exclusion>> ReadExclusionsAsync(RoomId room, CancellationToken cancel) => store.ReadExclusionsAsync(room, cancel);

    public ValueTask<IReadOnlyList<RoomLink>> ReadLinksAsync(RoomId room, CancellationToken cancel) => store.ReadLinksAsync(room, cancel);

    public IBackup StartBackup(string file) => store.StartBackup(file);

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
