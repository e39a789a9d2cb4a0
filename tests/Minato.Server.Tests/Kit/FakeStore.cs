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

/// <summary>A store that does what the test says when it is asked to commit, and knows nothing else.</summary>
internal sealed class FakeStore : IStore
{
    public Func<IReadOnlyList<Command>, IReadOnlyList<Outcome>> Commit { get; set; } = batch => [.. batch.Select(_ => Nothing.Value)];

    public Func<Task<RoomHead>> Head { get; set; } = () => Task.FromResult(default(RoomHead));

    public Func<string, IBackup> Backup { get; set; } = _ => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<Outcome>> CommitAsync(IReadOnlyList<Command> batch, CancellationToken cancel) => new(Commit(batch));

    public Func<Upkeep> Maintain { get; set; } = () => Upkeep.None;

    public ValueTask<Upkeep> MaintainAsync(CancellationToken cancel) => new(Maintain());

    public ValueTask<RoomHead> ReadHeadAsync(RoomId room, CancellationToken cancel) => new(Head());

    public IBackup StartBackup(string file) => Backup(file);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public ValueTask<Credential?> FindCredentialAsync(byte[] hash, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<User?> FindUserAsync(Guid uid, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<User?> FindUserAsync(string nick, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<Room?> FindRoomAsync(Guid uid, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<Room?> FindRoomAsync(string slug, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<Standing> ReadStandingAsync(RoomId room, UserId? user, CancellationToken cancel) => new(Standing.Outsider);

    public ValueTask<IReadOnlyList<RoomView>> ListRoomsAsync(UserId? user, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<RoomListing>> ListPublicRoomsAsync(UserId? user, int limit, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<RoomEvent>> ReadEventsAsync(RoomId room, UserId? user, long after, long upTo, CancellationToken cancel) =>
        throw new NotSupportedException();

    public ValueTask<MessagePage> ReadHistoryAsync(RoomId room, UserId? user, PageRequest page, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<long> ReadFirstOfSpanAsync(RoomId room, UserId? user, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<MessagePage> ReadThreadAsync(RoomId room, UserId? user, long root, PageRequest page, CancellationToken cancel) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyList<Mention>> ReadMentionsAsync(UserId user, int limit, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<(RoomId Room, RoomHead Head)>> ReadHeadsAsync(RoomId after, int limit, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<LogStretch> ReadChangesAsync(RoomId room, long after, int events, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<FoundMessage>> ReadFoundAsync(UserId? user, IReadOnlyList<Candidate> candidates, bool isEverywhere, CancellationToken cancel) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyList<User>> ReadBlocksAsync(UserId user, CancellationToken cancel) => new((IReadOnlyList<User>)[]);

    public ValueTask<IReadOnlyList<Member>> ReadMembersAsync(RoomId room, Guid? after, int limit, CancellationToken cancel) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyList<ListedPattern>> ReadPatternsAsync(RoomId room, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<Room>> ReadInvitedAsync(UserId user, int limit, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<TopicSetter?> ReadTopicSetterAsync(RoomId room, UserId? user, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<Exclusion>> ReadExclusionsAsync(RoomId room, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<RoomLink>> ReadLinksAsync(RoomId room, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<Message>> ReadPinsAsync(RoomId room, UserId? user, CancellationToken cancel) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<ReadPosition>> ReadPositionsAsync(RoomId room, UserId user, int limit, CancellationToken cancel) =>
        throw new NotSupportedException();
}
