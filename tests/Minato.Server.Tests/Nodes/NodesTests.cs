using Minato.Storage.Tests;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Nodes;

/// <summary>Two servers on one database are one chat.</summary>
public sealed class NodesTests(PostgresServer postgres)
{
    [Fact]
    public async Task Who_speaks_on_either_is_heard_on_both_in_one_order_and_once()
    {
        const int Each = 150;
        await using var nodes = await Cluster.StartAsync(postgres);
        RunningServer[] where = [nodes.A, nodes.B, nodes.A, nodes.B];
        var speakers = new List<WsClient>();
        var readers = new List<WsClient>();
        foreach (var (node, i) in where.Select((n, i) => (n, i)))
            speakers.Add(await Cluster.PersonAsync(node, $"speaker{i}"));
        foreach (var node in where)
            readers.Add(await Cluster.PersonAsync(node, $"reader{readers.Count}"));
        await Task.WhenAll(speakers.Select(async (speaker, s) =>
        {
            for (var i = 0; i < Each; i++)
                await speaker.PostAsync($"{s}-{i}", $"{s}-{i}");
            await speaker.AnswerAsync($"{s}-{Each - 1}");
        }));
        await speakers[0].PostedAsync("end", "end");
        foreach (var reader in readers)
        {
            var bodies = new List<string>();
            var seqs = new List<long>();
            do
            {
                var ev = await reader.NextAsync("ev");
                seqs.Add(ev.GetProperty("seq").GetInt64());
                if (ev.GetProperty("type").GetString() == "post")
                    bodies.Add(ev.GetProperty("body").GetString()!);
            }
            while (bodies.Count == 0 || bodies[^1] != "end");
            Assert.Equal(Enumerable.Range(0, seqs.Count).Select(i => seqs[0] + i), seqs);
            Assert.Equal((Each * speakers.Count) + 1, bodies.Count);
            foreach (var s in Enumerable.Range(0, speakers.Count))
                Assert.Equal(Enumerable.Range(0, Each).Select(i => $"{s}-{i}"), bodies.Where(b => b.StartsWith($"{s}-", StringComparison.Ordinal)));
        }
        foreach (var client in speakers.Concat(readers))
            client.Dispose();
    }

    [Fact]
    public async Task What_one_of_them_told_is_resumed_from_on_the_other()
    {
        await using var nodes = await Cluster.StartAsync(postgres);
        using var alice = await Cluster.PersonAsync(nodes.A, "alice");
        using var bob = await Cluster.PersonAsync(nodes.B, "bob");
        for (var i = 0; i < 20; i++)
        {
            var told = (await alice.PostedAsync($"c{i}", $"p{i}")).GetProperty("seq").GetInt64();
            using var device = await Cluster.DeviceAsync(nodes.B, alice.Session!, resume: new Dictionary<string, long> { ["#lobby"] = told });
            Assert.Equal(told, (await device.NextAsync("resumed")).GetProperty("head").GetInt64());
            await bob.PostedAsync($"b{i}", $"after {i}");
            Assert.Equal([told + 1], await Cluster.SeqsAsync(device, $"after {i}"));
        }
    }

    [Fact]
    public async Task A_room_that_is_renamed_on_one_goes_by_its_new_name_on_the_other()
    {
        await using var nodes = await Cluster.StartAsync(postgres);
        using var alice = await Cluster.PersonAsync(nodes.A, "alice");
        await alice.AskAsync(new { op = "create", cid = "r", kind = "public", slug = "dev", title = "Dev" }, "r");
        using var bob = await Cluster.PersonAsync(nodes.B, "bob");
        await bob.AskAsync(new { op = "join", cid = "j", room = "#dev" }, "j");
        await bob.NextAsync("room");
        using var irene = await IrcClient.RegisterAsync(await RawClient.ConnectAsync(nodes.B.Port), "irene");
        using var ines = await IrcClient.RegisterAsync(await RawClient.ConnectAsync(nodes.B.Port), "ines", "draft/channel-rename");
        foreach (var client in new[] { irene, ines })
            await client.DoAsync("JOIN #dev");
        await alice.PostedAsync("1", "before", "#dev");
        await alice.AskAsync(new { op = "slug", cid = "s", room = "#dev", slug = "work" }, "s");
        await alice.PostedAsync("2", "after", "#dev");
        await bob.PostEventAsync("after");
        Assert.Equal("ok", WsClient.Op(await bob.PostedAsync("3", "by the old name", "#dev")));
        Assert.Equal("ok", WsClient.Op(await bob.PostedAsync("4", "by the new name", "#work")));
        await alice.PostEventAsync("by the new name");
        string[] said = ["PRIVMSG #dev :before", "PRIVMSG #work :after", "PRIVMSG #work :by the old name", "PRIVMSG #work :by the new name"];
        Assert.Equal([said[0], "RENAME #dev #work :", .. said[1..]], await ToldAsync(ines));
        Assert.Equal([said[0], "PART #dev", "JOIN #work", .. said[1..]], await ToldAsync(irene));
        Assert.Equal("slug_taken", (await bob.AskAsync(new { op = "create", cid = "x", slug = "dev" }, "x")).GetProperty("code").GetString());

        static async Task<List<string>> ToldAsync(IrcClient client)
        {
            var told = new List<string>();
            while (!told.Exists(l => l.Contains("by the new name", StringComparison.Ordinal)))
                told.AddRange(from line in await client.SeeAsync()
                              where !line.StartsWith(":irc.minato", StringComparison.Ordinal)
                              let said = line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]
                              // Who is here by the other server is whispered, before or after the new name.
                              where !said.StartsWith("JOIN #dev", StringComparison.Ordinal) && !(line.StartsWith(":alice!", StringComparison.Ordinal) && said.StartsWith("JOIN ", StringComparison.Ordinal))
                              select said);
            return told;
        }
    }

    [Fact]
    public async Task Whoever_is_banned_on_one_is_out_on_the_other_and_hears_no_more()
    {
        await using var nodes = await Cluster.StartAsync(postgres);
        using var alice = await Cluster.PersonAsync(nodes.A, "alice");
        var made = await alice.AskAsync(new { op = "create", cid = "r", kind = "public", slug = "dev", title = "Dev" }, "r");
        var room = made.GetProperty("room").GetString()!;
        using var bob = await Cluster.PersonAsync(nodes.B, "bob");
        await bob.AskAsync(new { op = "join", cid = "j", room = "#dev" }, "j");
        await bob.NextAsync("room");
        await alice.PostedAsync("1", "before", "#dev");
        await bob.PostEventAsync("before");
        var id = (await bob.AskAsync(new { op = "who", rid = "w", room = "#dev" }, "w")).GetProperty("here").EnumerateArray().First(u => u.GetProperty("nick").GetString() == "bob").GetProperty("id").GetString();
        await alice.AskAsync(new { op = "ban", cid = "k", room = "#dev", user = id, on = true }, "k");
        await alice.PostedAsync("2", "after", "#dev");
        var gone = await bob.NextAsync("gone");
        Assert.Equal(room, gone.GetProperty("room").GetString());
        await alice.PostedAsync("3", "to all");
        await bob.PostEventAsync("to all");
        var told = new List<string?>();
        while (bob.TakeKept() is { } frame)
            told.Add(frame.TryGetProperty("type", out var type) ? type.GetString() : frame.TryGetProperty("body", out var body) ? body.GetString() : "");
        Assert.Contains("ban", told);
        Assert.DoesNotContain("after", told);
    }

    [Fact]
    public async Task Nothing_is_lost_while_the_connections_that_hear_hints_are_ended()
    {
        const int Posts = 60;
        await using var nodes = await Cluster.StartAsync(postgres);
        using var alice = await Cluster.PersonAsync(nodes.A, "alice");
        using var bob = await Cluster.PersonAsync(nodes.B, "bob");
        for (var i = 0; i < Posts; i++)
        {
            if (i % 15 == 0)
                await nodes.DeafenAsync();
            await alice.PostedAsync($"c{i}", $"p{i}");
        }
        var seqs = await Cluster.SeqsAsync(bob, $"p{Posts - 1}");
        Assert.Equal(Enumerable.Range(0, seqs.Count).Select(i => seqs[0] + i), seqs);
        Assert.True(seqs.Count >= Posts);
    }

    [Fact]
    public async Task Who_is_cut_off_from_the_database_says_so_and_afterwards_tells_what_was_said_meanwhile()
    {
        const int Posts = 300; // more than is read at a time
        Cable? cable = null;
        await using var nodes = await Cluster.StartAsync(postgres, wayOfB: port => (cable = new Cable(port)).Port);
        using var alice = await Cluster.PersonAsync(nodes.A, "alice");
        using var bob = await Cluster.PersonAsync(nodes.B, "bob");
        cable!.PullOut();
        for (var i = 0; i < Posts; i++)
            await alice.PostAsync($"c{i}", $"p{i}");
        await alice.AnswerAsync($"c{Posts - 1}");
        Assert.Equal("storage_away", (await bob.AskAsync(new { op = "send", cid = "x", room = "#lobby", body = "x" }, "x")).GetProperty("code").GetString());
        await Patience.Until(async () => (await nodes.B.RequestAsync("GET /readyz HTTP/1.1\nHost: localhost\nConnection: close\n\n")).Body == "away\n", "it says that it is away");
        Assert.Equal("ready\n", (await nodes.A.RequestAsync("GET /readyz HTTP/1.1\nHost: localhost\nConnection: close\n\n")).Body);
        cable.PlugIn();
        var seqs = await Cluster.SeqsAsync(bob, $"p{Posts - 1}");
        Assert.Equal(Enumerable.Range(0, seqs.Count).Select(i => seqs[0] + i), seqs);
        await Patience.Until(async () => WsClient.Op(await bob.PostedAsync("again", "again")) == "ok", "it saves again");
        await alice.PostEventAsync("again");
        cable.Dispose();
    }

    [Fact]
    public async Task When_the_database_was_restarted_everything_goes_on_on_both()
    {
        using var own = new PostgresServer();
        await using var nodes = await Cluster.StartAsync(own);
        using var alice = await Cluster.PersonAsync(nodes.A, "alice");
        using var bob = await Cluster.PersonAsync(nodes.B, "bob");
        await alice.PostedAsync("before", "before");
        await bob.PostEventAsync("before");
        own.Crash();
        Assert.Equal("storage_away", (await alice.AskAsync(new { op = "send", cid = "during", room = "#lobby", body = "during" }, "during")).GetProperty("code").GetString());
        own.Recover();
        for (var tries = 0; WsClient.Op(await alice.PostedAsync("during", "during")) != "ok"; tries++)
        {
            Assert.True(tries < 100, "Nothing is saved after the database came back.");
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
        await bob.PostEventAsync("during");
        await bob.PostedAsync("after", "after");
        await alice.PostEventAsync("after");
    }

    [Fact]
    public async Task Who_is_only_there_for_as_long_as_they_are_connected_to_one_stays_when_another_starts()
    {
        await using var nodes = await Cluster.StartAsync(postgres);
        using var visitor = await RawClient.ConnectAsync(nodes.A.Port);
        await visitor.SendAsync("/nick vera\r\n");
        await visitor.ExpectAsync("* You are vera now.");
        await using (await RunningServer.StartAsync(options => options with { Postgres = nodes.Database, Access = Access.Guests }))
        {
            await visitor.SendAsync("still here\r\n");
            using var bob = await Cluster.PersonAsync(nodes.B, "bob");
            await visitor.SendAsync("and here\r\n");
            await bob.PostEventAsync("and here");
        }
    }

    [Fact]
    public async Task Who_waits_over_http_on_one_is_answered_when_something_is_said_on_the_other()
    {
        await using var nodes = await Cluster.StartAsync(postgres);
        using var alice = await Cluster.PersonAsync(nodes.A, "alice");
        var seq = (await alice.PostedAsync("1", "one")).GetProperty("seq").GetInt64();
        using var bob = new ApiClient(nodes.B.Url, alice.Session!);
        var waiting = bob.GetAsync($"/rooms/lobby/events?after={seq}&wait=60");
        await alice.PostedAsync("2", "two");
        var answer = (await waiting.Within("the answer")).Is(200).Body;
        Assert.Equal("two", Assert.Single(answer.GetProperty("events").EnumerateArray()).GetProperty("body").GetString());
    }
}
