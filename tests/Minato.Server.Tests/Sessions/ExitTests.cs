using System.Text.Json;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Sessions;

/// <summary>Being made to leave, while one is saying something.</summary>
public sealed class ExitTests : IAsyncDisposable
{
    private readonly SessionHost _host = new(rateLimits: false);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>Bob has posts on their way at every moment, and at one of them he is banned: the order of commits decides, for everybody alike.</summary>
    [Fact]
    public async Task A_post_on_its_way_when_its_author_is_banned_is_there_before_the_ban_or_nowhere()
    {
        using var alice = await _host.PersonAsync("alice");
        using var bob = await _host.PersonAsync("bob");
        using var eve = await _host.PersonAsync("eve");
        var room = (await alice.AskAsync(new { op = "create", cid = "c", slug = "dev" }, "c")).GetProperty("room").GetString()!;
        foreach (var client in new[] { bob, eve })
            await client.AskAsync(new { op = "join", cid = "j", room = "#dev" }, "j");

        var isBanned = false;
        var posting = Task.Run(async () =>
        {
            var posts = 0;
            for (var after = 0; after < 20; after += Volatile.Read(ref isBanned) ? 1 : 0)
                await bob.PostAsync($"p{posts}", $"bob {posts++}", room);
            return posts;
        });
        await eve.PostEventAsync("bob 20");
        var ban = (await alice.AskAsync(new { op = "ban", cid = "b", room, user = "bob" }, "b")).GetProperty("seq").GetInt64();
        Volatile.Write(ref isBanned, true);
        var posts = await posting;
        var answers = new List<JsonElement>();
        for (var i = 0; i < posts; i++)
            answers.Add(await bob.AnswerAsync($"p{i}"));

        var saved = answers.TakeWhile(a => WsClient.Op(a) == "ok").ToList();
        Assert.All(saved, a => Assert.True(a.GetProperty("seq").GetInt64() < ban));
        Assert.All(answers.Skip(saved.Count), a => Assert.Equal("forbidden", a.GetProperty("code").GetString()));
        Assert.InRange(saved.Count, 21, posts - 20);
        // What was acknowledged is there, and nothing else of his, for eve who listens as for whoever reads the log.
        await alice.PostedAsync("after", "after", room);
        var heard = new List<string>();
        while (!heard.Contains("after"))
        {
            var ev = await eve.NextAsync("ev");
            if (ev.GetProperty("type").GetString() is "post")
                heard.Add(ev.GetProperty("body").GetString()!);
        }
        Assert.Equal(Enumerable.Range(0, saved.Count).Where(i => i != 20).Select(i => $"bob {i}").Append("after"), heard);
        var page = await alice.AskAsync(new { op = "history", rid = "h", room, after = ban - 1 }, "h");
        Assert.Equal("after", Assert.Single(page.GetProperty("messages").EnumerateArray()).GetProperty("body").GetString());
    }

    [Fact]
    public async Task A_kick_or_a_ban_is_the_last_that_its_subject_hears_of_the_room()
    {
        using var alice = await _host.PersonAsync("alice");
        using var bob = await _host.PersonAsync("bob");
        foreach (var act in new[] { "kick", "ban" })
        {
            var room = (await alice.AskAsync(new { op = "create", cid = act, slug = act }, act)).GetProperty("room").GetString()!;
            await bob.AskAsync(new { op = "join", cid = "j" + act, room }, "j" + act);
            // All of it at once: some of it is one turn.
            await alice.PostAsync(act + "1", "before", room);
            await alice.SendAsync(new { op = act, cid = act + "2", room, user = "bob" });
            for (var i = 0; i < 20; i++)
                await alice.PostAsync($"{act}3{i}", "after", room);
            await alice.AnswerAsync(act + "319");
            var heard = new List<string>();
            while (await bob.ReceiveAsync() is { } frame && WsClient.Op(frame) != "gone")
                if (WsClient.Op(frame) == "ev" && frame.GetProperty("room").GetString() == room)
                    heard.Add(frame.GetProperty("type").GetString()!);
            Assert.Equal(["post", act], heard[^2..]);
        }
        await alice.PostedAsync("lobby", "in the lobby");
        Assert.Equal("in the lobby", (await bob.NextAsync("ev")).GetProperty("body").GetString());
    }
}
