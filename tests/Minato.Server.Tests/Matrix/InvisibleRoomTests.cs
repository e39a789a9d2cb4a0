using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Minato.Core.Commands;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Server.Http.Api;
using Minato.Tests.Kit;
using Minato.Wire.Tests.WebSocket.Frames;

namespace Minato.Server.Tests.Matrix;

/// <summary>
/// A room that one may not know of is answered as one that is not there: the same bytes but for what one said oneself, whatever is
/// asked or wanted, over every protocol. The slug of a private room is the one thing that can be told, by making a room of that name.
/// </summary>
public sealed class InvisibleRoomTests(MatrixServer shared) : IClassFixture<MatrixServer>
{
    private const string NoSlug = "nowhere-to-be-found";

    private static readonly string NoUid = "0197a3c0-ffff-7000-8000-00000000dead";

    /// <summary>Who may not know of a private room; nobody has no identity yet.</summary>
    public static TheoryData<string> Strangers => ["nobody", "outsider", "muted", "banned", "owner of the server"];

    private string Url => shared.Server.Url;

    [Theory, MemberData(nameof(Strangers))]
    public async Task Every_frame_that_names_a_room_is_answered_as_for_none(string stranger)
    {
        var scene = await SceneAsync(stranger);
        foreach (var byId in new[] { true, false })
        {
            // Each in a connection of its own: what the first frame changes about a nobody must show as well.
            foreach (var (name, frame) in Corpus.Client.Where(c => c.Frame["room"] is not null))
            {
                var hidden = await AnswersAsync(stranger, scene, frame, byId ? $"{scene.Room.Uid}" : $"#{scene.Room.Slug}");
                var missing = await AnswersAsync(stranger, scene, frame, byId ? NoUid : $"#{NoSlug}");
                Assert.True(hidden == missing, $"{name}, {stranger}:\n{hidden}\nbut of no room\n{missing}");
                Assert.DoesNotContain("forbidden", hidden);
            }
        }
        await scene.AssertUntouchedAsync();
    }

    [Theory, MemberData(nameof(Strangers))]
    public async Task Every_request_that_names_a_room_is_answered_as_for_none(string stranger)
    {
        var scene = await SceneAsync(stranger);
        foreach (var route in ApiRoutes.All.Where(r => r.Pattern.Contains("{room}", StringComparison.Ordinal)))
        {
            var hidden = await AnswerAsync(stranger, scene, route, $"{scene.Room.Uid}");
            Assert.Equal(await AnswerAsync(stranger, scene, route, NoUid), hidden);
            Assert.Equal(await AnswerAsync(stranger, scene, route, NoSlug), await AnswerAsync(stranger, scene, route, scene.Room.Slug!));
            Assert.True(hidden.StartsWith(stranger == "nobody" && route.NeedsSession ? "401" : "404", StringComparison.Ordinal), $"{route}: {hidden}");
        }
        await scene.AssertUntouchedAsync();
    }

    [Fact]
    public async Task Every_line_that_names_a_room_is_answered_as_for_none()
    {
        var scene = await SceneAsync("outsider");
        using var terminal = await RawClient.ConnectAsync(shared.Server.Port);
        await terminal.SendAsync("/nick lurker\n");
        await terminal.ExpectAsync("lurker");
        foreach (var command in new[] { "/who", "/leave" })
        {
            await terminal.SendAsync($"{command} #{scene.Room.Slug}\n{command} #{NoSlug}\n");
            Assert.Equal(await terminal.ReadLineAsync(), await terminal.ReadLineAsync());
        }
        await scene.AssertUntouchedAsync();
    }

    [Fact]
    public async Task Nothing_that_lists_or_finds_has_it()
    {
        var scene = await SceneAsync("owner of the server");
        using var actor = new ApiClient(Url, scene.Session.Text);
        // Said there since they left, and in a room that they may read, so that what names them and what is found is not empty.
        var lobby = (await shared.Server.Store.FindRoomAsync(Slug.Lobby, CancellationToken.None))!;
        var word = $"w{Guid.NewGuid():N}";
        foreach (var room in new[] { scene.Room, lobby })
            await shared.Server.DoAsync<Logged>(new Post(scene.Top, null, room.Id, MessageBody.FromStore(Encoding.UTF8.GetBytes($"@{scene.Actor.Nick} said {word}"))));
        foreach (var path in new[] { "/mentions", $"/search?query={word}" })
            await Patience.Until(async () => (await actor.GetAsync(path)).Is(200).Body.GetRawText().Contains($"{lobby.Uid}"), path);
        foreach (var path in new[] { "/rooms", "/rooms?list=public&limit=500", "/mentions", $"/search?query={word}" })
            Assert.DoesNotContain($"{scene.Room.Uid}", (await actor.GetAsync(path)).Is(200).Body.GetRawText());
        Assert.Equal(404, (await actor.GetAsync($"/rooms?after={scene.Room.Uid}")).Status);
        using var client = await WsClient.ConnectAsync(Url);
        var welcome = await client.HelloAsync(scene.Session.Text, resume: new Dictionary<string, long> { [$"{scene.Room.Uid}"] = 1, [NoUid] = 1 });
        Assert.DoesNotContain($"{scene.Room.Uid}", welcome.GetRawText());
        var hidden = (await client.NextAsync("reset")).GetRawText();
        Assert.Equal(hidden.Replace($"{scene.Room.Uid}", "R"), (await client.NextAsync("reset")).GetRawText().Replace(NoUid, "R"));
    }

    [Fact]
    public async Task A_public_room_is_told_from_none_so_that_the_comparison_can_fail()
    {
        var scene = await MatrixScene.CreateAsync(shared.Server, "public", Standing.Outsider);
        var frame = Corpus.Client.Single(c => c.Name == "title").Frame;
        Assert.NotEqual(
            await AnswersAsync("outsider", scene, frame, $"{scene.Room.Uid}"), await AnswersAsync("outsider", scene, frame, NoUid));
    }

    private Task<MatrixScene> SceneAsync(string stranger) => MatrixScene.CreateAsync(
        shared.Server, "private",
        stranger switch { "muted" => Standing.MutedOutsider, "banned" => Standing.Banned, _ => Standing.Outsider },
        stranger == "owner of the server" ? ServerRole.Owner : ServerRole.Guest);

    /// <summary>All that is said until the next answer, without what only names the question.</summary>
    private async Task<string> AnswersAsync(string stranger, MatrixScene scene, JsonNode example, string room)
    {
        using var client = await WsClient.ConnectAsync(Url);
        await client.HelloAsync(stranger == "nobody" ? null : scene.Session.Text);
        var frame = example.DeepClone().AsObject();
        frame["room"] = room;
        if (frame.ContainsKey("cid"))
            frame["cid"] = $"{Guid.NewGuid():N}";
        if (frame.ContainsKey("user"))
            frame["user"] = scene.Subject.Nick;
        await client.SendTextAsync(frame.ToJsonString());
        var said = new List<string>();
        var id = (frame["cid"] ?? frame["rid"])?.ToString();
        if (id is not null)
            said.Add((await client.AnswerAsync(id)).GetRawText());
        await client.SendTextAsync("""{"op":"ping"}""");
        await client.NextAsync("pong");
        while (client.TakeKept() is { } other)
            said.Add(other.GetRawText());
        return string.Join('\n', said).Replace(room, "R").Replace(id ?? room, "ID");
    }

    private async Task<string> AnswerAsync(string stranger, MatrixScene scene, ApiRoute route, string room)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(Url), Timeout = Patience.Long };
        if (stranger != "nobody")
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", scene.Session.Text);
        var path = route.Path.Replace("{room}", room).Replace("{seq}", "1").Replace("{user}", scene.Subject.Nick).Replace("{emoji}", "x").Replace("{link}", $"{scene.OwnLink}")
            .Replace("{list}", "ban").Replace("{pattern}", "x") + (route.Op == "upload" ? "?name=x" : "");
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), path);
        if (route.IsMutation)
            request.Headers.Add("Idempotency-Key", $"{Guid.NewGuid():N}");
        if (route.Method != "GET")
            request.Content = new StringContent(Body(route.Op, scene), Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request).Within($"{route.Method} {path}");
        var headers = response.Headers.Where(h => h.Key != "Date").Concat(response.Content.Headers).Select(h => $"{h.Key}: {string.Join(',', h.Value)}");
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}\n{string.Join('\n', headers.Order(StringComparer.Ordinal))}";
    }

    /// <summary>Whole, so that the room is what is asked about.</summary>
    private static string Body(string op, MatrixScene scene) => op switch
    {
        "send" or "edit" => """{"body":"x"}""",
        "change" => """{"topic":"x"}""",
        "role" => """{"role":"member"}""",
        "read" => """{"seq":1}""",
        "transfer" => $$"""{"user":"{{scene.Subject.Nick}}"}""",
        _ => "{}",
    };
}
