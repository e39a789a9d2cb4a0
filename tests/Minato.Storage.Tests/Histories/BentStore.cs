using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Search;
using Minato.Core.Storage;
using Minato.Core.Users;

namespace Minato.Storage.Tests.Histories;

/// <summary>A right store of which one thing is bent, to see whether the model notices.</summary>
internal sealed class BentStore : IStore
{
    public IStore Inner { get; set; } = null!;

    public Func<Command, Command> Command { get; init; } = c => c;

    public Func<Command, Outcome, Outcome> Outcome { get; init; } = (_, o) => o;

    /// <summary>Told of every batch that was carried out.</summary>
    public Action<IReadOnlyList<Command>> Committed { get; init; } = _ => { };

    public bool TakesBatchesBackwards { get; init; }

    /// <summary>Who is taken for whom where events are read; a page of history; what was found; pins; read positions.</summary>
    public Func<UserId?, UserId?> EventViewer { get; init; } = u => u;

    public Func<UserId?, UserId?> PageViewer { get; init; } = u => u;

    public Func<UserId?, UserId?> FoundViewer { get; init; } = u => u;

    public Func<UserId?, UserId?> PinViewer { get; init; } = u => u;

    public Func<UserId, UserId> PositionViewer { get; init; } = u => u;

    public Func<RoomEvent, RoomEvent?> Event { get; init; } = e => e;

    /// <summary>Events as they are read, all that were asked for.</summary>
    public Func<IReadOnlyList<RoomEvent>, IEnumerable<RoomEvent>> Events { get; init; } = e => e;

    public Func<PageRequest, PageRequest> Request { get; init; } = r => r;

    public Func<MessagePage, MessagePage> Page { get; init; } = p => p;

    public Func<RoomId, Message, Message> Message { get; init; } = (_, m) => m;

    public bool TakesRoomsForThreads { get; init; }

    public Func<Mention, bool> Mention { get; init; } = _ => true;

    public Func<RoomView, UserId?, RoomView> View { get; init; } = (v, _) => v;

    public Func<RoomHead, RoomHead> Head { get; init; } = h => h;

    public Func<Room, Room> Room { get; init; } = r => r;

    /// <summary>What a name leads to.</summary>
    public Func<string, Room?, Room?> Named { get; init; } = (_, r) => r;

    public Func<Standing, Standing> Standing { get; init; } = s => s;

    public Func<long, long> FirstOfSpan { get; init; } = s => s;

    public Func<Member, Member> Member { get; init; } = m => m;

    public Func<RoomLink, RoomLink> Link { get; init; } = l => l;

    public Func<LogStretch, LogStretch> Stretch { get; init; } = s => s;

    public async ValueTask<IReadOnlyList<Outcome>> CommitAsync(IReadOnlyList<Command> batch, CancellationToken cancel)
    {
        var bent = batch.Select(Command);
        var outcomes = await Inner.CommitAsync([.. TakesBatchesBackwards ? bent.Reverse() : bent], cancel);
        Committed(batch);
        return [.. (TakesBatchesBackwards ? outcomes.Reverse() : outcomes).Select((o, i) => Outcome(batch[i], o))];
    }

    public async ValueTask<IReadOnlyList<RoomEvent>> ReadEventsAsync(RoomId room, UserId? user, long after, long upTo, CancellationToken cancel) =>
        [.. Events(await Inner.ReadEventsAsync(room, EventViewer(user), after, upTo, cancel)).Select(Event).OfType<RoomEvent>()];

    public async ValueTask<MessagePage> ReadHistoryAsync(RoomId room, UserId? user, PageRequest page, CancellationToken cancel) =>
        Bend(room, await Inner.ReadHistoryAsync(room, PageViewer(user), Request(page), cancel));

    public async ValueTask<MessagePage> ReadThreadAsync(RoomId room, UserId? user, long root, PageRequest page, CancellationToken cancel) => TakesRoomsForThreads
        ? await Inner.ReadHistoryAsync(room, user, page, cancel)
        : Bend(room, await Inner.ReadThreadAsync(room, user, root, page, cancel));

    public async ValueTask<IReadOnlyList<Mention>> ReadMentionsAsync(UserId user, int limit, CancellationToken cancel) =>
        [.. (await Inner.ReadMentionsAsync(user, limit, cancel)).Where(Mention)];

    public ValueTask<IReadOnlyList<Message>> ReadPinsAsync(RoomId room, UserId? user, CancellationToken cancel) => Inner.ReadPinsAsync(room, PinViewer(user), cancel);

    public async ValueTask<IReadOnlyList<RoomView>> ListRoomsAsync(UserId? user, CancellationToken cancel) =>
        [.. (await Inner.ListRoomsAsync(user, cancel)).Select(v => View(v, user))];

    public ValueTask<IReadOnlyList<RoomListing>> ListPublicRoomsAsync(UserId? user, int limit, CancellationToken cancel) =>
        Inner.ListPublicRoomsAsync(user, limit, cancel);

    public async ValueTask<RoomHead> ReadHeadAsync(RoomId room, CancellationToken cancel) => Head(await Inner.ReadHeadAsync(room, cancel));

    public async ValueTask<Room?> FindRoomAsync(Guid uid, CancellationToken cancel) => await Inner.FindRoomAsync(uid, cancel) is { } room ? Room(room) : null;

    public async ValueTask<Room?> FindRoomAsync(string slug, CancellationToken cancel) => Named(slug, await Inner.FindRoomAsync(slug, cancel));

    public async ValueTask<Standing> ReadStandingAsync(RoomId room, UserId? user, CancellationToken cancel) =>
        Standing(await Inner.ReadStandingAsync(room, user, cancel));

    public async ValueTask<long> ReadFirstOfSpanAsync(RoomId room, UserId? user, CancellationToken cancel) =>
        FirstOfSpan(await Inner.ReadFirstOfSpanAsync(room, user, cancel));

    public async ValueTask<IReadOnlyList<Member>> ReadMembersAsync(RoomId room, Guid? after, int limit, CancellationToken cancel) =>
        [.. (await Inner.ReadMembersAsync(room, after, limit, cancel)).Select(Member)];

    public ValueTask<IReadOnlyList<ReadPosition>> ReadPositionsAsync(RoomId room, UserId user, int limit, CancellationToken cancel) =>
        Inner.ReadPositionsAsync(room, PositionViewer(user), limit, cancel);

    public ValueTask<IReadOnlyList<User>> ReadBlocksAsync(UserId user, CancellationToken cancel) => Inner.ReadBlocksAsync(user, cancel);

    public ValueTask<IReadOnlyList<ListedPattern>> ReadPatternsAsync(RoomId room, CancellationToken cancel) => Inner.ReadPatternsAsync(room, cancel);

    public ValueTask<IReadOnlyList<Room>> ReadInvitedAsync(UserId user, int limit, CancellationToken cancel) => Inner.ReadInvitedAsync(user, limit, cancel);

    public ValueTask<TopicSetter?> ReadTopicSetterAsync(RoomId room, UserId? user, CancellationToken cancel) => Inner.ReadTopicSetterAsync(room, user, cancel);

    public ValueTask<IReadOnlyList<Exclusion>> ReadExclusionsAsync(RoomId room, CancellationToken cancel) => Inner.ReadExclusionsAsync(room, cancel);

    public async ValueTask<IReadOnlyList<RoomLink>> ReadLinksAsync(RoomId room, CancellationToken cancel) =>
        [.. (await Inner.ReadLinksAsync(room, cancel)).Select(Link)];

    public ValueTask<IReadOnlyList<(RoomId Room, RoomHead Head)>> ReadHeadsAsync(RoomId after, int limit, CancellationToken cancel) =>
        Inner.ReadHeadsAsync(after, limit, cancel);

    public async ValueTask<LogStretch> ReadChangesAsync(RoomId room, long after, int events, CancellationToken cancel) =>
        Stretch(await Inner.ReadChangesAsync(room, after, events, cancel));

    public ValueTask<IReadOnlyList<FoundMessage>> ReadFoundAsync(UserId? user, IReadOnlyList<Candidate> candidates, bool isEverywhere, CancellationToken cancel) =>
        Inner.ReadFoundAsync(FoundViewer(user), candidates, isEverywhere, cancel);

    public ValueTask<Credential?> FindCredentialAsync(byte[] hash, CancellationToken cancel) => Inner.FindCredentialAsync(hash, cancel);

    public ValueTask<User?> FindUserAsync(Guid uid, CancellationToken cancel) => Inner.FindUserAsync(uid, cancel);

    public ValueTask<User?> FindUserAsync(string nick, CancellationToken cancel) => Inner.FindUserAsync(nick, cancel);

    public ValueTask<Upkeep> MaintainAsync(CancellationToken cancel) => Inner.MaintainAsync(cancel);

    public IBackup StartBackup(string file) => Inner.StartBackup(file);

    public ValueTask DisposeAsync() => Inner.DisposeAsync();

    private MessagePage Bend(RoomId room, MessagePage page)
    {
        var bent = Page(page);
        return bent with { Messages = [.. bent.Messages.Select(m => Message(room, m))] };
    }
}
