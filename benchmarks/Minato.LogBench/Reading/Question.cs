using Minato.Core.Commands;
using Minato.Core.Messages;

namespace Minato.LogBench.Reading;

/// <summary>Something that clients ask of the store; also acts on one message, which have to find it. No fsync is in them.</summary>
internal sealed record Question(string Name, Func<DataSet, Random, ValueTask> Ask)
{
    private const int Page = PageRequest.DefaultLimit;

    private static readonly CancellationToken None = CancellationToken.None;

    internal static readonly Question[] All =
    [
        new("open a room", async (set, random) =>
        {
            var (room, _) = set.Any(random);
            await set.Store.ReadStandingAsync(room, set.Owner.Id, None);
            await set.Store.ReadHeadAsync(room, None);
            await set.Store.ReadHistoryAsync(room, set.Owner.Id, new PageRequest(null, null, Page), None);
        }),
        new("history before a message", async (set, random) =>
        {
            var (room, head) = set.Any(random);
            await set.Store.ReadHistoryAsync(room, set.Owner.Id, new PageRequest(Somewhere(random, head.Seq), null, Page), None);
        }),
        new("history around a message", async (set, random) =>
        {
            var (room, head) = set.Any(random);
            await set.Store.ReadHistoryAsync(room, set.Owner.Id, new PageRequest(null, null, Page) { Around = Somewhere(random, head.Seq) }, None);
        }),
        new("resume, 50 events missed", async (set, random) =>
        {
            var (room, head) = set.Any(random);
            await set.Store.ReadFirstOfSpanAsync(room, set.Owner.Id, None);
            await set.Store.ReadEventsAsync(room, set.Owner.Id, head.Seq - Page, head.Seq, None);
        }),
        new("my rooms, with unread", async (set, _) => await set.Store.ListRoomsAsync(set.Owner.Id, None)),
        new("the directory of rooms", async (set, _) => await set.Store.ListPublicRoomsAsync(set.Owner.Id, Page, None)),
        new("a thread of about 8", async (set, random) =>
        {
            var (room, root) = set.AnyThread(random, Somewhere);
            await set.Store.ReadThreadAsync(room, set.Owner.Id, root, new PageRequest(null, null, Page), None);
        }),
        new("a long thread's newest", async (set, _) =>
            await set.Store.ReadThreadAsync(set.Busiest.Room.Id, set.Owner.Id, set.Busiest.First, new PageRequest(null, null, Page), None)),
        new("mentions, a hundredth by name", async (set, _) => await set.Store.ReadMentionsAsync(set.Named.Id, Page, None)),
        new("mentions, a tenth @everyone", async (set, _) => await set.Store.ReadMentionsAsync(set.Owner.Id, Page, None)),
        new("a newcomer's first page", async (set, _) =>
            await set.Store.ReadHistoryAsync(set.Busiest.Room.Id, set.Newcomer.Id, new PageRequest(null, null, Page), None)),
        new("react to a message", async (set, random) =>
        {
            var (room, head) = set.Any(random);
            await set.Store.CommitAsync([new React(set.Owner, null, room, Somewhere(random, head.Seq), "👍", On: true)], None);
        }),
        new("delete a message", async (set, random) =>
        {
            var (room, head) = set.Any(random);
            await set.Store.CommitAsync([new Delete(set.Owner, null, room, Somewhere(random, head.Seq))], None);
        }),
        new("how far members have read", async (set, random) => await set.Store.ReadPositionsAsync(set.Any(random).Room, set.Owner.Id, Page, None)),
    ];

    /// <summary>A message with a page before it and one after it, where the room has them: pages of few rows would compare nothing.</summary>
    private static long Somewhere(Random random, long head)
    {
        var least = Math.Min(Page + 10, head);
        return random.NextInt64(least, Math.Max(least, head - Page) + 1);
    }
}
