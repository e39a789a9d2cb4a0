using Minato.Tests.Kit;

namespace Minato.Server.Tests.Nodes;

/// <summary>What is no event of a room that somebody is in here: it reaches whom it concerns, whichever server they are connected to.</summary>
public sealed class OtherChangesTests(PostgresServer postgres)
{
    private const string Password = "correct horse";

    [Fact]
    public async Task A_new_name_is_told_to_ones_other_devices_and_to_others_and_is_the_one_under_which_is_replayed()
    {
        await using var nodes = await Cluster.StartAsync(postgres);
        using var alice = await Cluster.PersonAsync(nodes.A, "alice");
        using var device = await Cluster.DeviceAsync(nodes.B, alice.Session!);
        using var bob = await Cluster.PersonAsync(nodes.B, "bob");
        var seq = (await alice.PostedAsync("1", "under the old name")).GetProperty("seq").GetInt64();
        await bob.PostEventAsync("under the old name");
        await alice.AskAsync(new { op = "nick", cid = "n", nick = "alicia" }, "n");
        Assert.Equal("alicia", (await device.NextAsync("you")).GetProperty("you").GetProperty("nick").GetString());
        Assert.Equal("alicia", (await bob.NextAsync("user")).GetProperty("user").GetProperty("nick").GetString());
        using var again = await Cluster.DeviceAsync(nodes.B, bob.Session!, resume: new Dictionary<string, long> { ["#lobby"] = seq - 1 });
        Assert.Equal("alicia", (await again.PostEventAsync("under the old name")).GetProperty("from").GetProperty("nick").GetString());
    }

    [Fact]
    public async Task Who_is_here_by_another_node_only_is_renamed_here_as_well()
    {
        await using var nodes = await Cluster.StartAsync(postgres);
        using var alice = await Cluster.PersonAsync(nodes.A, "alice");
        using var bob = await Cluster.PersonAsync(nodes.B, "bob");
        await alice.AskAsync(new { op = "nick", cid = "n", nick = "alicia" }, "n");
        Assert.Equal("alicia", (await bob.NextAsync("user")).GetProperty("user").GetProperty("nick").GetString());
    }

    [Fact]
    public async Task Rooms_that_one_enters_and_leaves_on_one_node_appear_and_go_on_ones_devices_on_another()
    {
        await using var nodes = await Cluster.StartAsync(postgres);
        using var alice = await Cluster.PersonAsync(nodes.A, "alice");
        using var device = await Cluster.DeviceAsync(nodes.B, alice.Session!);
        var made = await alice.AskAsync(new { op = "create", cid = "c", kind = "private", slug = "den", title = "Den" }, "c");
        var den = made.GetProperty("room").GetString();
        Assert.Equal(den, (await device.NextAsync("room")).GetProperty("room").GetProperty("id").GetString());
        await alice.PostedAsync("1", "in the den", "#den");
        await device.PostEventAsync("in the den");
        await alice.AskAsync(new { op = "leave", cid = "l", room = "#den" }, "l");
        Assert.Equal(den, (await device.NextAsync("gone")).GetProperty("room").GetString());
    }

    [Fact]
    public async Task A_direct_message_reaches_whoever_is_connected_elsewhere()
    {
        await using var nodes = await Cluster.StartAsync(postgres);
        using var alice = await Cluster.PersonAsync(nodes.A, "alice");
        using var bob = await Cluster.PersonAsync(nodes.B, "bob");
        var room = (await alice.AskAsync(new { op = "direct", cid = "d", user = "bob" }, "d")).GetProperty("room").GetString()!;
        Assert.Equal(room, (await bob.NextAsync("room")).GetProperty("room").GetProperty("id").GetString());
        await alice.PostedAsync("1", "psst", room);
        await bob.PostEventAsync("psst");
    }

    [Fact]
    public async Task Who_is_blocked_and_how_far_one_has_read_is_told_to_ones_devices_on_all_nodes()
    {
        await using var nodes = await Cluster.StartAsync(postgres);
        using var alice = await Cluster.PersonAsync(nodes.A, "alice");
        using var device = await Cluster.DeviceAsync(nodes.B, alice.Session!);
        using var bob = await Cluster.PersonAsync(nodes.B, "bob");
        await alice.AskAsync(new { op = "join", cid = "j", room = "#lobby" }, "j");
        await alice.AskAsync(new { op = "block", cid = "b", user = "bob", on = true }, "b");
        var block = await device.NextAsync("block");
        Assert.Equal(("bob", true), (block.GetProperty("user").GetProperty("nick").GetString(), block.GetProperty("on").GetBoolean()));
        var seq = (await bob.PostedAsync("1", "to be read")).GetProperty("seq").GetInt64();
        await alice.PostEventAsync("to be read");
        await alice.SendAsync(new { op = "read", room = "#lobby", seq });
        await device.NextAsync(f => WsClient.Op(f) == "read" && f.GetProperty("seq").GetInt64() == seq, "the read position");
    }

    [Theory]
    [InlineData("logout")]
    [InlineData("password")]
    [InlineData("deactivated")]
    [InlineData("revoked")]
    public async Task What_ends_a_login_on_one_node_ends_its_connections_on_another(string end)
    {
        await using var nodes = await Cluster.StartAsync(postgres, Access.Accounts);
        using var owner = await SignUpAsync(nodes.A, "owner", nodes.B.OwnerInvitation!);
        using var ann = await SignUpAsync(nodes.A, "ann", (await owner.PostAsync("/invitations", null)).Is(201).Text("invitation"));
        using var login = new ApiClient(nodes.A.Url);
        var second = (await login.PostAsync("/logins", new { nick = "ann", password = Password })).Is(201).Text("session");
        var token = (await ann.PostAsync("/tokens", new { name = "bot", scope = "write" })).Is(201);
        using var own = await Cluster.DeviceAsync(nodes.B, ann.Bearer!);
        using var other = await Cluster.DeviceAsync(nodes.B, second);
        using var bot = await WsClient.ConnectAsync(nodes.B.Url);
        await bot.HelloAsync(token: token.Text("token"));
        (end switch
        {
            "logout" => await ann.DeleteAsync("/sessions/current"),
            "password" => await ann.PutAsync("/me/password", new { password = Password, @new = "battery staple" }),
            "deactivated" => await owner.PatchAsync("/accounts/ann", new { active = false }),
            _ => await ann.DeleteAsync($"/tokens/{token.Text("id")}"),
        }).Is(204);
        var (isOwn, isOther, isBot) = end switch
        {
            "logout" => (true, false, false),
            "password" => (false, true, false),
            "revoked" => (false, false, true),
            _ => (true, true, true),
        };
        foreach (var (client, isOver) in new[] { (own, isOwn), (other, isOther), (bot, isBot) })
            if (isOver)
                Assert.Equal(4003, await client.ClosedAsync());
        foreach (var (client, isOver) in new[] { (own, isOwn), (other, isOther), (bot, isBot) })
            if (!isOver)
                Assert.Equal("ok", WsClient.Op(await client.PostedAsync($"c-{client.GetHashCode()}", "still here")));
    }

    [Fact]
    public async Task Who_administers_is_told_of_reports_on_all_nodes()
    {
        await using var nodes = await Cluster.StartAsync(postgres, Access.Accounts);
        using var owner = await SignUpAsync(nodes.A, "owner", nodes.B.OwnerInvitation!);
        using var ann = await SignUpAsync(nodes.A, "ann", (await owner.PostAsync("/invitations", null)).Is(201).Text("invitation"));
        using var admin = await Cluster.DeviceAsync(nodes.B, owner.Bearer!);
        using var client = await Cluster.DeviceAsync(nodes.A, ann.Bearer!);
        var seq = (await client.PostedAsync("1", "rude")).GetProperty("seq").GetInt64();
        await client.AskAsync(new { op = "report", cid = "r", room = "#lobby", seq, reason = "rude" }, "r");
        Assert.Equal(1, (await admin.NextAsync("reports")).GetProperty("open").GetInt64());
    }

    private static async Task<ApiClient> SignUpAsync(RunningServer node, string nick, string invitation)
    {
        using var nobody = new ApiClient(node.Url);
        return new ApiClient(node.Url, (await nobody.PostAsync("/accounts", new { nick, password = Password, invitation })).Is(201).Text("session"));
    }
}
