using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Minato.Tests.Kit;

namespace Minato.Cli.Tests;

/// <summary>That <c>minato bench</c> measures and says what it found. How fast anything was is nobody's business here.</summary>
public sealed class BenchCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_server_of_its_own_is_measured_and_leaves_nothing_behind()
    {
        Directory.CreateDirectory(_folder["disk"]);
        var (code, said, troubles) = await MinatoProcess.RunAsync("bench", "--clients", "4", "--rooms", "2", "--time", "400ms", "--dir", _folder["disk"], "--plot", _folder["plot.svg"]);
        Assert.True(code == 0, troubles);
        Assert.StartsWith("A server here, 4 people in 2 rooms, messages of 100 bytes;", said, StringComparison.Ordinal);
        Assert.Contains("At most ", said, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder["disk"]));
        Assert.StartsWith("<svg ", await File.ReadAllTextAsync(_folder["plot.svg"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebodys_server_is_measured_under_its_limits_and_the_room_is_archived()
    {
        await using var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--memory");
        var (code, said, troubles) = await MinatoProcess.RunAsync("bench", server.Url, "--clients", "3", "--time", "400ms", "--json");
        Assert.True(code == 0, troubles);
        var steps = JsonDocument.Parse(said).RootElement.GetProperty("steps");
        Assert.Equal([1, 4, 16, 64], steps.EnumerateArray().Select(s => s.GetProperty("underWay").GetInt32()));
        // Of one step, on a busy machine, nothing may come in time.
        Assert.Contains(steps.EnumerateArray(), s => s.GetProperty("deliveriesPerSecond").GetDouble() > 0);
        using var alice = await WsClient.ConnectAsync(server.Url);
        await alice.HelloAsync();
        var rooms = await alice.AskAsync(new { op = "rooms", rid = "r" }, "r");
        Assert.DoesNotContain("bench-", rooms.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_person_is_all_of_them_by_their_token_and_what_else_is_said_is_not_counted()
    {
        await using var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"], "--access", "accounts");
        var token = await TokenAsync(server);
        using var person = await WsClient.ConnectAsync(server.Url);
        await person.HelloAsync(token: token);
        await person.AskAsync(new { op = "join", cid = "lobby", room = "#lobby" }, "lobby");
        // Twice, because client ids are a person's, whatever the connection, and the server remembers them.
        for (var run = 0; run < 2; run++)
        {
            await using var bench = Bench(server, token, "--clients", "3", "--time", "400ms", "--json");
            var room = await TalkedAboutAsync(person);
            await person.PostAsync($"lobby-{run}", "| is a pipe");
            await person.PostAsync($"room-{run}", "|and so is this one, which says no time", room);
            await bench.EndsWithAsync(0);
            var steps = JsonDocument.Parse(bench.Stdout).RootElement.GetProperty("steps");
            Assert.Contains(steps.EnumerateArray(), s => s.GetProperty("deliveriesPerSecond").GetDouble() > 0);
            await ArchivedAsync(person, room);
        }
    }

    [Fact]
    public async Task Who_ends_it_early_leaves_no_rooms_behind()
    {
        await using var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"], "--access", "accounts");
        var token = await TokenAsync(server);
        using var person = await WsClient.ConnectAsync(server.Url);
        await person.HelloAsync(token: token);
        await using var bench = Bench(server, token, "--clients", "2", "--time", "10m");
        var room = await TalkedAboutAsync(person);
        bench.Terminate();
        await bench.EndsWithAsync(1);
        Assert.Equal("minato: it was ended before it was done.\n", bench.Stderr);
        await ArchivedAsync(person, room);
    }

    [Fact]
    public async Task Where_nothing_came_there_is_no_time()
    {
        var (code, said, troubles) = await MinatoProcess.RunAsync("bench", "--memory", "--clients", "2", "--time", "1ms", "--json");
        Assert.True(code == 0, troubles);
        Assert.All(JsonDocument.Parse(said).RootElement.GetProperty("steps").EnumerateArray(), s => Assert.True(s.GetProperty("p50") is var time && (time.ValueKind == JsonValueKind.Null || time.GetDouble() > 0)));
    }

    [Theory]
    [InlineData("bench", "--clients", "1")]
    [InlineData("bench", "--clients", "10", "--rooms", "6")]
    [InlineData("bench", "--size", "10")]
    [InlineData("bench", "--time", "11m")]
    [InlineData("bench", "http://127.0.0.1:1", "--memory")]
    [InlineData("bench", "ftp://127.0.0.1")]
    [InlineData("bench", "--clients", "many")]
    [InlineData("bench", "--time", "soon")]
    public async Task What_cannot_be_measured_is_wrong_usage(params string[] arguments) =>
        Assert.Equal(2, (await MinatoProcess.RunAsync(arguments)).Code);

    [Fact]
    public async Task Where_nobody_serves_it_says_so()
    {
        var (code, _, stderr) = await MinatoProcess.RunAsync("bench", "http://127.0.0.1:1", "--clients", "2");
        Assert.Equal(1, code);
        Assert.Contains("http://127.0.0.1:1", stderr, StringComparison.Ordinal);
    }

    private static MinatoProcess Bench(MinatoProcess server, string token, params string[] arguments) =>
        MinatoProcess.Launch(["bench", server.Url, .. arguments], start => start.Environment["MINATO_TOKEN"] = token);

    /// <returns>The room that the bench makes, once somebody has written there.</returns>
    private static async Task<string> TalkedAboutAsync(WsClient person)
    {
        var made = await person.NextAsync(
            f => f.GetProperty("op").GetString() == "room" && f.GetProperty("room").GetProperty("slug").GetString()!.StartsWith("bench-", StringComparison.Ordinal), "a room of the bench");
        var room = made.GetProperty("room").GetProperty("id").GetString()!;
        await person.NextAsync(f => IsEventOf(f, room, "post"), "a message of the bench");
        return room;
    }

    private static Task<JsonElement> ArchivedAsync(WsClient person, string room) =>
        person.NextAsync(f => IsEventOf(f, room, "archive") && f.GetProperty("on").GetBoolean(), "the end of the room");

    private static bool IsEventOf(JsonElement frame, string room, string type) =>
        frame.GetProperty("op").GetString() == "ev" && frame.GetProperty("room").GetString() == room && frame.GetProperty("type").GetString() == type;

    /// <summary>The owner's, of their own making.</summary>
    private async Task<string> TokenAsync(MinatoProcess server)
    {
        var (_, link, _) = await MinatoProcess.RunAsync("user", "owner-link", "--data", _folder["data"]);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(server.Url) };
        using var opened = await http.PostAsJsonAsync("/api/v1/accounts", new { nick = "ann", password = "correct horse", invitation = link.Trim().Split("#invite=")[1] });
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await opened.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("session").GetString());
        using var made = await http.PostAsJsonAsync("/api/v1/tokens", new { name = "bench", scope = "write" });
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }
}
