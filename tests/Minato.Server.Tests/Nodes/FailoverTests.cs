using Minato.Tests.Kit;

namespace Minato.Server.Tests.Nodes;

/// <summary>A standby takes over from a primary: really, by streaming and promotion.</summary>
public sealed class FailoverTests
{
    [Fact]
    public async Task With_a_synchronous_standby_nothing_acknowledged_is_lost_or_doubled_when_it_takes_over()
    {
        using var pair = await PostgresPair.StartAsync(isSynchronous: true);
        await using var server = await StartAsync(pair);
        using var reader = await Listener.EnterAsync(server, "reader");
        using var other = await Cluster.PersonAsync(server, "other");
        using var last = await Persistent.EnterAsync(server, "last");
        var senders = new List<Persistent>();
        for (var i = 0; i < 4; i++)
            senders.Add(await Persistent.EnterAsync(server, $"sender{i}"));
        var enough = int.MaxValue;
        var saying = senders.Select((s, i) => s.SayAsync($"{i}", said => said < Volatile.Read(ref enough))).ToList();
        await Patience.Until(() => senders.TrueForAll(s => Count(s) > 20), "much was said");
        pair.Primary.Kill();
        await ReadinessAsync(server, "away");
        Persistent.AssertPasses(await other.PostedAsync("refused", "refused"));
        pair.Standby.Promote();
        await ReadinessAsync(server, "ready");
        Volatile.Write(ref enough, senders.Max(Count) + 20);
        await Task.WhenAll(saying).Within("everything to be said");
        await last.SayAsync("other");

        var stored = PostgresPair.Posts(pair.Standby);
        Assert.Equal(stored.Count, stored.DistinctBy(p => p.Body).Count());
        foreach (var sender in senders)
        {
            Assert.Equal(sender.Acknowledged.Order(), sender.Acknowledged);
            Assert.Empty(sender.Acknowledged.Except(stored));
        }
        Assert.Equal(senders.Sum(Count) + 1, stored.Count);
        Assert.Equal(stored, await reader.HearAsync("other"));
        foreach (var sender in senders)
            sender.Dispose();
    }

    [Fact]
    public async Task What_no_synchronous_standby_has_is_not_acknowledged_however_long_it_takes()
    {
        using var pair = await PostgresPair.StartAsync(isSynchronous: true);
        await using var server = await StartAsync(pair);
        using var alice = await Cluster.PersonAsync(server, "alice");
        await alice.PostedAsync("before", "before");
        pair.Standby.Crash();
        await alice.PostAsync("during", "during");
        // The time of the commit is over, and it is cancelled: PostgreSQL answers that it is done, on this one alone.
        await Patience.Until(() => pair.Primary.Log.Contains("canceling wait for synchronous replication", StringComparison.Ordinal), "the commit is cancelled");
        await ReadinessAsync(server, "away");
        pair.Primary.Kill();
        pair.Standby.Recover();
        pair.Standby.Promote();
        var answer = await alice.AnswerAsync("during");
        if (WsClient.Op(answer) != "ok")
            Persistent.AssertPasses(answer);
        else
            Assert.Equal(answer.GetProperty("seq").GetInt64(), Assert.Single(PostgresPair.Posts(pair.Standby), p => p.Body == "during").Seq);
    }

    [Fact]
    public async Task A_primary_that_does_not_know_that_it_is_none_any_more_acknowledges_nothing_and_is_left()
    {
        using var pair = await PostgresPair.StartAsync(isSynchronous: true);
        await using var server = await StartAsync(pair);
        using var alice = await Persistent.EnterAsync(server, "alice");
        await alice.SayAsync("before");
        pair.Standby.Promote();
        await alice.SayAsync("during");
        await alice.SayAsync("after");
        // Neither by those that read, nor by one that is opened now.
        using var bob = await Cluster.PersonAsync(server, "bob");
        var page = await bob.AskAsync(new { op = "history", rid = "h", room = "#lobby" }, "h");
        string[] all = ["before", "during", "after"];
        Assert.Equal(all, page.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("body").GetString()));
        Assert.Equal(alice.Acknowledged, PostgresPair.Posts(pair.Standby));
        Assert.Equal(0, PostgresPair.Count(pair.Primary, "after"));
    }

    [Fact]
    public async Task What_an_asynchronous_standby_does_not_have_is_lost_and_everybody_comes_back_to_what_is_there()
    {
        using var pair = await PostgresPair.StartAsync(isSynchronous: false);
        await using var server = await StartAsync(pair);
        using var alice = await Cluster.PersonAsync(server, "alice");
        using var bob = await Cluster.PersonAsync(server, "bob");
        await alice.PostedAsync("kept", "kept");
        await Patience.Until(() => PostgresPair.Count(pair.Standby, "kept") == 1, "the standby has it");
        pair.Standby.Crash();
        var lost = new List<long>();
        for (var i = 0; i < 3; i++)
            lost.Add((await alice.PostedAsync($"lost{i}", $"lost {i}")).GetProperty("seq").GetInt64());
        await bob.PostEventAsync("lost 2");
        pair.Primary.Kill();
        pair.Standby.Recover();
        pair.Standby.Promote();
        foreach (var client in new[] { alice, bob })
        {
            Assert.Equal(1012, await client.ClosedAsync());
            Assert.True((await client.NextAsync("bye")).GetProperty("retryAfter").GetInt32() > 0);
        }
        using var again = await Cluster.DeviceAsync(server, alice.Session!, resume: Holding(lost[2]));
        Assert.Equal("ahead", (await again.NextAsync("reset")).GetProperty("reason").GetString());
        // Their numbers are given once more, to what is said now.
        Assert.Equal(lost[0], (await again.PostedAsync("new0", "new 0")).GetProperty("seq").GetInt64());
        for (var i = 1; i < 5; i++)
            await again.PostedAsync($"new{i}", $"new {i}");
        // And sent again, what was lost is said.
        Assert.Equal("ok", WsClient.Op(await again.PostedAsync("lost0", "lost 0")));
        // Who held what was lost loads it anew, although there is something else of its number by now.
        using var late = await Cluster.DeviceAsync(server, bob.Session!, resume: Holding(lost[2]));
        Assert.Equal("ahead", (await late.NextAsync("reset")).GetProperty("reason").GetString());
        var page = await late.AskAsync(new { op = "history", rid = "h", room = "#lobby" }, "h");
        string[] there = ["kept", "new 0", "new 1", "new 2", "new 3", "new 4", "lost 0"];
        Assert.Equal(there, page.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("body").GetString()));
    }

    private static Task<RunningServer> StartAsync(PostgresPair pair) =>
        RunningServer.StartAsync(options => options with { Postgres = pair.Connection, Access = Access.Guests, RateLimits = false });

    private static Dictionary<string, long> Holding(long seq) => new() { ["#lobby"] = seq };

    private static int Count(Persistent sender)
    {
        lock (sender.Acknowledged)
            return sender.Acknowledged.Count;
    }

    private static Task ReadinessAsync(RunningServer server, string word) => Patience.Until(
        async () => (await server.RequestAsync("GET /readyz HTTP/1.1\nHost: localhost\nConnection: close\n\n")).Body == $"{word}\n", $"it says that it is {word}");
}
