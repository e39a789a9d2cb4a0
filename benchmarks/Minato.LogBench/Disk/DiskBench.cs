using Minato.Core.Commands;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.LogBench.Databases;
using Minato.LogBench.Measuring;
using Minato.LogBench.Posting;
using Minato.LogBench.Reporting;
using Minato.LogBench.Texts;

namespace Minato.LogBench.Disk;

/// <summary>What a message takes on the disk, by table, beside the bytes of its body. Posted through the store, in 100 rooms, by 100 people.</summary>
internal static class DiskBench
{
    private const int People = 100, Batch = 200;

    internal static async Task<Report> RunAsync(IEngine engine, BenchOptions options)
    {
        var messages = Math.Min(options.Messages, 200_000);
        var (english, japanese) = (await MeasureAsync(engine, Language.English, messages), await MeasureAsync(engine, Language.Japanese, messages));
        var rows = new List<string[]>
        {
            Row("all", english.Bytes.Values.Sum(), japanese.Bytes.Values.Sum()),
            Row("all but client_ids, which go after 30 days", WithoutClientIds(english), WithoutClientIds(japanese)),
        };
        // Tables that only people and rooms are in are not worth a line.
        foreach (var table in english.Bytes.Keys.Where(t => english.Bytes[t] >= 1).OrderByDescending(t => english.Bytes[t]))
            rows.Add(Row(table, english.Bytes[table], japanese.Bytes[table]));
        rows.Add(Row("the bodies themselves", english.Body, japanese.Body));
        return new Report(
            "disk", "Bytes on disk for each message",
            $"""
            {messages:N0} messages posted through the store by {People} people in {Load.Rooms} rooms, with client ids; pages in use after a checkpoint, without any compaction. English: {english.Body:0} bytes a body
            in the mean; Japanese: {japanese.Body:0}. A tenth of the messages answers another.
            """,
            ["", "English", "÷ body", "Japanese", "÷ body"], rows, Plot: null);

        string[] Row(string what, double e, double j) => [what, $"{e:0.0}", $"{e / english.Body:0.00}", $"{j:0.0}", $"{j / japanese.Body:0.00}"];
    }

    private static double WithoutClientIds((Dictionary<string, double> Bytes, double Body) of) =>
        of.Bytes.Where(t => !t.Key.StartsWith("client_ids", StringComparison.Ordinal)).Sum(t => t.Value);

    /// <returns>Bytes for each message, of each table or index of some size and of the bodies.</returns>
    private static async Task<(Dictionary<string, double> Bytes, double Body)> MeasureAsync(IEngine engine, Language language, int messages)
    {
        Progress.Say($"disk, {language.Name}: {messages:N0} messages");
        var database = engine.Open("disk");
        database.Delete();
        try
        {
            var body = 0L;
            await using (var store = database.OpenStore(durable: false))
            {
                var residents = await Residents.MoveInAsync(store, People, Load.Rooms, _ => RoomKind.Public);
                foreach (var batch in Posts(residents, language, messages).Chunk(Batch))
                {
                    body += batch.Sum(p => (long)p.Body.Utf8.Length);
                    await Residents.CommitAsync(store, batch);
                    await store.MaintainAsync(CancellationToken.None);
                }
            }
            var sizes = database.MeasureTables();
            return (sizes.GroupBy(s => s.Index is null ? s.Table : $"{s.Table}, index {s.Index}")
                .ToDictionary(g => g.Key, g => g.Sum(s => (double)s.Bytes) / messages), (double)body / messages);
        }
        finally
        {
            database.Delete();
        }
    }

    private static IEnumerable<Post> Posts(Residents residents, Language language, int messages)
    {
        var (random, bodies, now) = (new Random(1), Bodies.In(language), DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        for (var i = 0; i < messages; i++)
        {
            _ = ClientId.TryCreate(Ulid.Of(now + i, i), out var cid);
            _ = MessageBody.TryCreate(bodies[random.Next(bodies.Length)], out var body);
            // The room's first post follows its making.
            yield return new Post(
                residents.People[random.Next(People)], cid, residents.Rooms[i % Load.Rooms].Id, body, ReplyTo: i >= 10 * Load.Rooms && random.Next(10) == 0 ? 2 + i / Load.Rooms / 2 : null);
        }
    }
}
