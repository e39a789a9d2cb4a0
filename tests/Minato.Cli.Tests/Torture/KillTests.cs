using System.Diagnostics;
using System.Globalization;
using Minato.Tests.Kit;

namespace Minato.Cli.Tests.Torture;

/// <summary>The main promise, under attack: what was acknowledged survives kill -9, once, in one order, for everybody. At length: tests/torture.</summary>
public sealed class KillTests
{
    private const int Senders = 20;
    private const int Rounds = 15;
    private const int AcksBeforeKill = 50;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_doubled_or_moved_by_kills()
    {
        var seed = Environment.GetEnvironmentVariable("MINATO_SEED") is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();
        TestContext.Current.SendDiagnosticMessage($"seed {seed}");
        var random = new Random(seed);
        using var folder = new TempFolder();
        var senders = Enumerable.Range(0, Senders).Select(i => new Sender(i, new Random(random.Next()))).ToList();
        var acks = 0;
        var watch = Stopwatch.StartNew();
        for (var round = 1; round <= Rounds; round++)
        {
            await using var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", folder["data"], "--no-rate-limits");
            using var stop = new CancellationTokenSource();
            var before = Volatile.Read(ref acks);
            var pouring = senders.ConvertAll(s => Task.Run(() => s.PourAsync(server.Url, () => Interlocked.Increment(ref acks), stop.Token)));
            await Patience.Until(() => Volatile.Read(ref acks) - before >= AcksBeforeKill, $"{AcksBeforeKill} posts are acknowledged in round {round} (seed {seed})");
            // Not to let anything settle: the moment of the kill is the thing that varies.
            await Task.Delay(random.Next(25), CancellationToken.None);
            server.Kill9();
            await server.WaitExitAsync();
            await stop.CancelAsync();
            await Task.WhenAll(pouring).Within($"the senders of round {round} to notice (seed {seed})");
            Assert.True(senders.Find(s => s.Complaint is not null)?.Complaint is null, $"seed {seed}, round {round}: {senders.Find(s => s.Complaint is not null)?.Complaint}");
        }
        RoomRecord record;
        await using (var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", folder["data"], "--no-rate-limits"))
        {
            foreach (var sender in senders)
                await sender.SettleAsync(server.Url);
            record = new RoomRecord { History = await HistoryAsync(server.Url) };
            server.Terminate();
            await server.EndsWithAsync(0);
        }
        foreach (var sender in senders)
        {
            Assert.True(sender.Complaint is null, $"seed {seed}: {sender.Complaint}");
            foreach (var (cid, body) in sender.Sent)
                record.Sent.Add(cid, body);
            record.Acks.AddRange(sender.Acks);
            record.Readers.Add(sender.Name, sender.Runs);
        }
        senders.ForEach(s => s.Dispose());
        var violation = record.FirstViolation();
        TestContext.Current.SendDiagnosticMessage(
            $"seed {seed}: {record.History.Count} posts, {record.Acks.Count} acks, {record.Readers.Values.Sum(r => r.Sum(x => x.Count))} seen, {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.True(violation is null, $"seed {seed}: {violation}");
        // After settling, everything sent has been acknowledged: so all of it stands there.
        Assert.Equal(record.Sent.Count, record.History.Count);
        Assert.True(record.History.Count >= Rounds * AcksBeforeKill);
        Assert.Equal(2, record.History[0].Seq);
    }

    internal static async Task<List<Stored>> HistoryAsync(string url)
    {
        using var client = await WsClient.ConnectAsync(url);
        await client.HelloAsync();
        var all = new List<Stored>();
        for (var after = 0L; ;)
        {
            var page = await client.AskAsync(new { op = "history", rid = $"h{after}", room = "#lobby", after, limit = 200 }, $"h{after}");
            foreach (var m in page.GetProperty("messages").EnumerateArray())
                all.Add(new Stored(m.GetProperty("seq").GetInt64(), m.GetProperty("post").GetInt64(), m.GetProperty("ts").GetInt64(), m.GetProperty("body").GetString()!));
            if (!page.GetProperty("more").GetBoolean())
                return all;
            after = all[^1].Seq;
        }
    }
}
