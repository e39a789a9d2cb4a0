using System.Text.Json;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Transcripts;

/// <summary>Four people, each over a protocol of their own, in one room: afterwards it is one story, whoever tells it.</summary>
public sealed class TranscriptTests
{
    private const string End = "that is all";

    /// <summary>What is erased as soon as everybody has heard it: who comes to it later reads that it was.</summary>
    private const string Slip = "a secret that slipped";

    [Fact]
    public async Task One_story_over_every_protocol_while_it_happens_and_afterwards()
    {
        await using var server = await RunningServer.StartAsync(new MinatoOptions { RateLimits = false });
        using var wendy = await WsClient.ConnectAsync(server.Url);
        using var harry = await ApiClient.GuestAsync(server.Url, "harry");
        using var socket = await RawClient.ConnectAsync(server.Port);
        var linus = new Terminal(socket);
        var dock = await EnterAsync(wendy, harry, linus);
        using var irene = await IrcClient.RegisterAsync(await RawClient.ConnectAsync(server.Port), "irene", "echo-message");
        await irene.DoAsync("JOIN #dock");
        var slipped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var following = FollowAsync(server.Url, slipped);

        // The follower asks for the next thing when it likes. Should it fail before, this ends as well.
        await TalkAsync(wendy, harry, linus, Task.WhenAny(slipped.Task, following).Unwrap());
        var overIrc = await TalkAtOnceAsync(wendy, harry, linus, irene);
        Ok(await wendy.PostedAsync("end", End, "#dock"));
        await linus.HearAsync(End);

        var overWebSocket = await LiveAsync(wendy);
        var overHttp = await following;
        Assert.Null(Story.Compare(overWebSocket.Prepend("wendy made the room"), overHttp));
        Assert.Null(Story.Compare(Story.AsTerminalsHear(overHttp), linus.Story));
        Assert.Null(Story.Compare(Story.AsTerminalsHear(overHttp), overIrc.Concat(await irene.SeeAsync()).Select(Story.OfIrc).OfType<string>()));
        Assert.True(overHttp.Count > 75, $"Only {overHttp.Count} things happened.");
        Assert.Contains("harry left", overHttp);
        Assert.Contains("wendy handed the room to harry", overHttp);
        Assert.Contains("harry left the room to wendy", overHttp);
        Assert.Contains("irene: i 19", overHttp);
        Assert.Contains("wendy edited 6: bridge to dock, over", overHttp);

        await linus.LeaveAsync();
        await AfterwardsAsync(server, dock, wendy.Session!, harry);
    }

    /// <summary>The comparison itself must be able to fail.</summary>
    [Theory]
    [InlineData("a: one|b: two", "a: one|b: two", true)]
    [InlineData("a: one|b: two", "b: two|a: one", false)]
    [InlineData("a: one|b: two", "a: one", false)]
    [InlineData("a: one", "a: one|a: one", false)]
    [InlineData("a: one", "a: onE", false)]
    [InlineData("a: one", "b: one", false)]
    [InlineData("a edited 5: x", "a edited 6: x", false)]
    [InlineData("a: x", "a: (erased)", false)]
    public void Stories_that_differ_are_told_apart(string one, string other, bool isSame) =>
        Assert.Equal(isSame, Story.Compare(one.Split('|'), other.Split('|')) is null);

    [Fact]
    public void A_line_that_no_story_knows_is_no_story() => Assert.Throws<FormatException>(() => Story.OfLine("* somebody did something new in #dock."));

    /// <returns>The room's id.</returns>
    private static async Task<string> EnterAsync(WsClient wendy, ApiClient harry, Terminal linus)
    {
        await wendy.HelloAsync();
        Ok(await wendy.AskAsync(new { op = "nick", cid = "nick", nick = "wendy" }, "nick"));
        var made = Ok(await wendy.AskAsync(new { op = "create", cid = "dock", slug = "dock" }, "dock"));
        await harry.JoinAsync("dock");
        await linus.EnterAsync();
        return made.GetProperty("room").GetString()!;
    }

    /// <param name="slipped">Ends when whoever follows has heard what is about to be erased.</param>
    private static async Task TalkAsync(WsClient wendy, ApiClient harry, Terminal linus, Task slipped)
    {
        await linus.SayAsync("port open 港");
        await linus.HearAsync("port open 港");
        var ok = Ok(await wendy.PostedAsync("w1", "bridge to dock", "#dock"));
        var said = await harry.SayAsync("cranes ready", "dock");
        Ok(await wendy.AskAsync(new { op = "edit", cid = "w2", room = "#dock", seq = ok.GetProperty("seq").GetInt64(), body = "bridge to dock, over" }, "w2"));
        (await harry.PatchAsync($"/rooms/dock/messages/{said.Seq}", new { body = "cranes ready, mostly" })).Is(200);
        (await harry.PatchAsync("/rooms/dock", new { topic = "unloading" })).Is(200);
        (await harry.DeleteAsync("/rooms/dock/members/me")).Is(200);
        await linus.SayAsync("harry went for tea");
        await linus.HearAsync("harry went for tea");
        await harry.JoinAsync("dock");
        var slip = await harry.SayAsync(Slip, "dock");
        await slipped;
        (await harry.DeleteAsync($"/rooms/dock/messages/{slip.Seq}")).Is(200);
        await linus.SayAsync("/topic unloaded");
        await linus.HearAsync("unloaded");
        await KeepOrderAsync(wendy, harry);
    }

    /// <summary>Who may say how much, and whose room it is.</summary>
    private static async Task KeepOrderAsync(WsClient wendy, ApiClient harry)
    {
        Ok(await wendy.AskAsync(new { op = "posting", cid = "p1", room = "#dock", posting = "moderators" }, "p1"));
        (await harry.PostAsync("/rooms/dock/messages", new { body = "in between" })).Refused(403, "forbidden");
        Ok(await wendy.AskAsync(new { op = "posting", cid = "p2", room = "#dock", posting = "everyone" }, "p2"));
        Ok(await wendy.AskAsync(new { op = "slow", cid = "s1", room = "#dock", seconds = 30 }, "s1"));
        await harry.SayAsync("slowly", "dock");
        (await harry.PostAsync("/rooms/dock/messages", new { body = "too soon" })).Refused(429, "slow_mode");
        Ok(await wendy.AskAsync(new { op = "transfer", cid = "t", room = "#dock", user = "harry" }, "t"));
        (await harry.PatchAsync("/rooms/dock", new { slow = (int?)null })).Is(200);
        (await harry.DeleteAsync("/rooms/dock/members/me")).Is(200);
        await harry.JoinAsync("dock");
    }

    /// <summary>All at once: nobody says in which order, and all must hear the same one.</summary>
    /// <returns>What the IRC client heard up to its own last line.</returns>
    private static async Task<List<string>> TalkAtOnceAsync(WsClient wendy, ApiClient harry, Terminal linus, IrcClient irene)
    {
        const int posts = 20;
        var overIrc = irene.DoAsync([.. Enumerable.Range(0, posts).Select(i => $"PRIVMSG #dock :i {i}")]);
        await Task.WhenAll(
            Task.Run(async () =>
            {
                for (var i = 0; i < posts; i++)
                    await wendy.PostAsync($"many-{i}", $"w {i}", "#dock");
                for (var i = 0; i < posts; i++)
                    Ok(await wendy.AnswerAsync($"many-{i}"));
            }),
            Task.WhenAll(Enumerable.Range(0, posts).Select(i => harry.SayAsync($"h {i}", "dock"))),
            Task.Run(async () =>
            {
                for (var i = 0; i < posts; i++)
                    await linus.SayAsync($"l {i}");
                // A line has no answer but its echo; what ends the story comes after it.
                await linus.HearAsync($"l {posts - 1}");
            }));
        return await overIrc;
    }

    private static async Task<List<string>> FollowAsync(string url, TaskCompletionSource slipped)
    {
        using var follower = new ApiClient(url);
        var story = new List<string>();
        for (var after = 0L; story.Count == 0 || !story[^1].EndsWith(End, StringComparison.Ordinal);)
        {
            var page = (await follower.GetAsync($"/rooms/dock/events?after={after}&wait=30000")).Is(200);
            story.AddRange(page.List("events").Select(Story.OfEvent));
            after = page.Number("next");
            if (story.Any(s => s.EndsWith(Slip, StringComparison.Ordinal)))
                slipped.TrySetResult();
        }
        return story;
    }

    private static async Task<List<string>> LiveAsync(WsClient client)
    {
        var story = new List<string>();
        while (story.Count == 0 || !story[^1].EndsWith(End, StringComparison.Ordinal))
            story.Add(Story.OfEvent(await client.NextAsync("ev")));
        return story;
    }

    /// <summary>What is left of it: the messages as they are now, and the log with what was erased.</summary>
    private static async Task AfterwardsAsync(RunningServer server, string dock, string session, ApiClient harry)
    {
        using var returning = await WsClient.ConnectAsync(server.Url);
        await returning.HelloAsync(session: session, resume: new Dictionary<string, long> { [dock] = 0 });
        await returning.NextAsync("resumed");
        var events = (await harry.GetAsync("/rooms/dock/events?after=0&limit=500")).Is(200);
        Assert.Equal("resumed", events.Text("answer"));
        var replayed = new List<string>();
        while (replayed.Count < events.List("events").Length)
            replayed.Add(Story.OfEvent(await returning.NextAsync("ev")));
        Assert.Null(Story.Compare(replayed, events.List("events").Select(Story.OfEvent)));
        Assert.Equal(("linus left", true), (replayed[^1], replayed.Contains("harry: (erased)")));

        var history = await returning.AskAsync(new { op = "history", rid = "h", room = "#dock", limit = 200 }, "h");
        var overWebSocket = history.GetProperty("messages").EnumerateArray().Select(Story.OfMessage).ToList();
        Assert.Null(Story.Compare(overWebSocket, (await harry.GetAsync("/rooms/dock/messages?limit=200")).List("messages").Select(Story.OfMessage)));
        using var socket = await RawClient.ConnectAsync(server.Port);
        Assert.Null(Story.Compare(overWebSocket, await new Terminal(socket).HistoryAsync()));
        Assert.Contains("6 wendy: bridge to dock, over", overWebSocket);
    }

    private static JsonElement Ok(JsonElement answer)
    {
        Assert.Equal("ok", WsClient.Op(answer));
        return answer;
    }

    /// <summary>Somebody at a terminal, and everything that stood on it.</summary>
    private sealed class Terminal(RawClient client)
    {
        private const string Entered = "* You are in #dock.";

        private readonly List<string> _lines = [];

        public IEnumerable<string> Story => _lines.SkipWhile(l => !l.StartsWith(Entered, StringComparison.Ordinal)).Select(Transcripts.Story.OfLine).OfType<string>();

        public async Task EnterAsync()
        {
            await client.SendAsync("/nick linus\r\n/join #dock\r\n");
            await HearAsync(Entered);
        }

        /// <summary>What is typed comes back as part of the story.</summary>
        public Task SayAsync(string text) => client.SendAsync(text + "\r\n");

        public async Task HearAsync(string part)
        {
            do
                _lines.Add(await client.ReadLineAsync($"a line with \"{part}\"") ?? throw new InvalidOperationException("The terminal was hung up."));
            while (!_lines[^1].Contains(part, StringComparison.Ordinal));
        }

        public async Task LeaveAsync()
        {
            await client.SendAsync("/leave #dock\r\n");
            await HearAsync("* You left #dock");
        }

        public async Task<List<string>> HistoryAsync()
        {
            await client.SendAsync("/join #dock\r\n/history 200\r\n/quit\r\n");
            await HearAsync("Goodbye.");
            return [.. _lines.Where(l => !l.StartsWith("* ", StringComparison.Ordinal)).Select(Transcripts.Story.OfNumberedLine)];
        }
    }
}
