using System.Text.Json;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Nodes;

/// <summary>Who is here and who types is told on all nodes.</summary>
public sealed class HereTests(PostgresServer postgres)
{
    [Fact]
    public async Task Who_comes_to_one_node_is_here_on_the_other_until_they_go()
    {
        await using var nodes = await Cluster.StartAsync(postgres);
        using var bob = await WelcomeAsync(nodes.B, "presence");
        using (var alice = await Cluster.PersonAsync(nodes.A, "alice"))
        {
            await bob.NextAsync(f => Names(f, "arrived").Contains("alice"), "that alice is here");
            var who = await bob.AskAsync(new { op = "who", rid = "w", room = "#lobby" }, "w");
            Assert.Contains("alice", who.GetProperty("here").EnumerateArray().Select(u => u.GetProperty("nick").GetString()));
            using var later = await WelcomeAsync(nodes.B, "presence");
            var page = await later.AskAsync(new { op = "who", rid = "w", room = "#lobby" }, "w");
            Assert.Contains("alice", page.GetProperty("here").EnumerateArray().Select(u => u.GetProperty("nick").GetString()));
            await alice.CloseAsync();
        }
        await bob.NextAsync(f => Names(f, "left").Contains("alice"), "that alice is gone");
    }

    [Fact]
    public async Task Who_types_on_one_node_is_seen_to_type_on_the_other()
    {
        await using var nodes = await Cluster.StartAsync(postgres);
        using var bob = await WelcomeAsync(nodes.B, "typing");
        using var alice = await Cluster.PersonAsync(nodes.A, "alice");
        await alice.SendAsync(new { op = "typing", room = "#lobby" });
        await bob.NextAsync(f => Names(f, "users").Contains("alice"), "that alice types");
    }

    [Fact]
    public async Task At_an_irc_client_people_of_the_other_node_come_rename_and_go()
    {
        await using var nodes = await Cluster.StartAsync(postgres);
        using var wendy = await IrcClient.RegisterAsync(await RawClient.ConnectAsync(nodes.B.Port), "wendy");
        await wendy.DoAsync("JOIN #lobby");
        using (var alice = await Cluster.PersonAsync(nodes.A, "alice"))
        {
            await ReadUntilAsync(wendy, line => line.StartsWith(":alice!", StringComparison.Ordinal) && line.Contains(" JOIN ", StringComparison.Ordinal));
            await alice.AskAsync(new { op = "nick", cid = "n", nick = "alicia" }, "n");
            await ReadUntilAsync(wendy, line => line.StartsWith(":alice!", StringComparison.Ordinal) && line.Contains(" NICK ", StringComparison.Ordinal));
            await alice.CloseAsync();
        }
        await ReadUntilAsync(wendy, line => line.StartsWith(":alicia!", StringComparison.Ordinal) && line.Contains(" PART ", StringComparison.Ordinal));
    }

    private static async Task ReadUntilAsync(IrcClient client, Predicate<string> isIt)
    {
        while (!isIt(await client.Raw.ReadLineAsync("a line at the IRC client") ?? throw new InvalidOperationException("Closed.")))
        {
        }
    }

    private static async Task<WsClient> WelcomeAsync(RunningServer node, params string[] want)
    {
        var client = await WsClient.ConnectAsync(node.Url);
        await client.HelloAsync(want: want);
        return client;
    }

    private static IEnumerable<string?> Names(JsonElement frame, string of) =>
        WsClient.Op(frame) == "eph" && frame.TryGetProperty(of, out var users) ? users.EnumerateArray().Select(u => u.GetProperty("nick").GetString()) : [];
}
