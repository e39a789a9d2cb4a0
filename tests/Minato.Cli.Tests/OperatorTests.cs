using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Minato.Tests.Kit;

namespace Minato.Cli.Tests;

/// <summary>Rooms and tokens from the command line, beside a server and without one, on either database.</summary>
public sealed class OperatorTests(PostgresServer database) : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private string? _postgres;

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rooms_and_tokens_are_administered_while_the_server_runs_and_when_it_does_not(bool isPostgres)
    {
        _postgres = isPostgres ? database.NewDatabase() : null;
        string token, hidden;
        await using (var server = await ServeAsync())
        {
            var ann = await SignUpAsync(server, "ann", await DoneAsync("user", "owner-link"));
            var ben = await SignUpAsync(server, "ben", await DoneAsync("user", "invite"));
            Assert.Equal((1, "", "minato: ann is not a member of this room. They join it first; then it can be theirs.\n"), await RunAsync("room", "transfer", "#lobby", "ANN"));
            Assert.Equal(HttpStatusCode.OK, await AskAsync(server, HttpMethod.Put, "/rooms/lobby/members/me", ann));
            Assert.Equal("Done.", await DoneAsync("room", "transfer", "#lobby", "ANN"));
            Assert.Equal("ann (owner)", await DoneAsync("room", "members", "lobby"));
            using var live = await WsClient.ConnectAsync(server.Url);
            await live.HelloAsync(session: ben);
            hidden = await DoneAsync("room", "create", "hidden", "--private", "--owner", "ben", "--title", "Between us");
            // Whoever owns it is told of it as of any room that they come into.
            Assert.Equal(hidden, (await live.NextAsync("room")).GetProperty("room").GetProperty("id").GetString());

            await DoneAsync("token", "make", "ben", "--name", "bot", "--scope", "write", "--out", _folder["token"]);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["token"]));
            token = (await File.ReadAllTextAsync(_folder["token"])).Trim();
            Assert.Equal(HttpStatusCode.Created, await AskAsync(server, HttpMethod.Post, "/rooms/lobby/messages", token, new { body = "hi" }));
            server.Terminate();
            await server.EndsWithAsync(0);
            EndTests.AssertNoTrouble(server);
            Assert.DoesNotContain(token, server.Stdout + server.Stderr);
        }

        Assert.Equal("Done.", await DoneAsync("room", "archive", "lobby"));
        Assert.Equal((1, "", "minato: This room is archived: it can be read, not changed.\n"), await RunAsync("room", "ban", "lobby", "ben"));
        Assert.Equal("Done.", await DoneAsync("room", "ban", hidden, "ben", "--for", "90d"));
        using var rooms = JsonDocument.Parse(await DoneAsync("room", "list", "--json"));
        Assert.Equal(
            ["public lobby 1 5 1 True", "private  0 2 0 False"],
            rooms.RootElement.GetProperty("rooms").EnumerateArray().Select(r =>
                $"{r.GetProperty("kind").GetString()} {(r.TryGetProperty("slug", out var slug) ? slug.GetString() : "")} {r.GetProperty("members")} {r.GetProperty("head")} {r.GetProperty("posts")} {r.GetProperty("archived")}"));
        Assert.DoesNotContain("Between us", await DoneAsync("room", "list") + await DoneAsync("audit") + await DoneAsync("audit", "--json"));
        var listed = await DoneAsync("token", "list", "ben");
        Assert.Matches("^[0-9a-f-]{36}  write, bot, made ....-..-.., used ....-..-.., expires never$", listed);
        Assert.Equal("Done.", await DoneAsync("token", "revoke", listed[..36]));
        var acts = (await DoneAsync("audit", "--limit", "4")).Split('\n').Select(line => string.Join(' ', line.Split("  ")[2..4])).ToArray();
        Assert.Equal(["operator token.revoked", "operator room.banned", "operator room.archived", "operator token.made"], acts);

        await using var next = await ServeAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(next, HttpMethod.Get, "/rooms/lobby", token));
        Assert.Equal("Done.", await DoneAsync("room", "unarchive", "lobby"));
        Assert.Equal("Done.", await DoneAsync("room", "unban", hidden, "ben"));
    }

    [Fact]
    public async Task A_database_that_a_server_of_another_folder_uses_is_left_to_that_server()
    {
        _postgres = database.NewDatabase();
        await using (var server = await ServeAsync())
        {
            var (code, stdout, stderr) = await MinatoProcess.RunAsync("room", "list", "--data", _folder["other"], "--postgres", _postgres);
            Assert.Equal((4, ""), (code, stdout));
            Assert.StartsWith("minato: A server uses this database. Name its data folder with --data", stderr);
            Assert.False(Directory.Exists(_folder["other"]));
            server.Terminate();
            await server.EndsWithAsync(0);
        }
        Assert.Equal(0, (await MinatoProcess.RunAsync("room", "list", "--data", _folder["other"], "--postgres", _postgres)).Code);
        var (empty, _, sentence) = await MinatoProcess.RunAsync("user", "list", "--data", _folder["other"], "--postgres", database.NewDatabase());
        Assert.Equal((5, "minato: There is no Minato data in this database.\n"), (empty, sentence));
    }

    [Fact]
    public async Task A_token_goes_to_a_terminal_or_a_new_file_and_a_refused_one_leaves_none()
    {
        await using var server = await ServeAsync();
        await SignUpAsync(server, "ann", await DoneAsync("user", "owner-link"));
        var (code, stdout, stderr) = await RunAsync("token", "make", "ann", "--name", "bot", "--scope", "read");
        Assert.Equal((2, ""), (code, stdout));
        Assert.Contains("--out", stderr);
        await File.WriteAllTextAsync(_folder["taken"], "mine");
        Assert.Equal(1, (await RunAsync("token", "make", "ann", "--name", "bot", "--scope", "read", "--out", _folder["taken"])).Code);
        Assert.Equal("mine", await File.ReadAllTextAsync(_folder["taken"]));
        Assert.Equal((1, "", "minato: Nobody of that name has an account. See minato user list.\n"), await RunAsync("token", "make", "nobody", "--name", "bot", "--scope", "read", "--out", _folder["new"]));
        Assert.False(File.Exists(_folder["new"]));
        Assert.Equal("There are no tokens.", await DoneAsync("token", "list", "ann"));
        var said = await DoneAsync("token", "make", "ann", "--name", "bot", "--scope", "read", "--expires", "12h", "--out", _folder["new"], "--json");
        Assert.DoesNotContain("mnto_", said);
        Assert.StartsWith("mnto_", await File.ReadAllTextAsync(_folder["new"]));
        Assert.True(JsonDocument.Parse(said).RootElement.TryGetProperty("id", out _));
    }

    [Theory]
    [InlineData("--scope all", "token", "make", "ann", "--name", "x", "--scope", "all", "--out", "x")]
    [InlineData("\"soon\" is not a time", "token", "make", "ann", "--name", "x", "--scope", "read", "--expires", "soon", "--out", "x")]
    [InlineData("\"9999d\" is not a time", "room", "ban", "lobby", "ann", "--for", "9999d")]
    [InlineData("'not-an-id'", "token", "revoke", "not-an-id")]
    [InlineData("--limit 0", "audit", "--limit", "0")]
    [InlineData("Required argument", "room", "transfer", "lobby")]
    public async Task Wrong_arguments_are_usage(string said, params string[] arguments)
    {
        var (code, stdout, stderr) = await RunAsync(arguments);
        Assert.Equal((2, ""), (code, stdout));
        Assert.Contains(said, stderr);
    }

    [Fact]
    public async Task Names_that_nobody_has_are_sentences()
    {
        await using var server = await ServeAsync();
        foreach (var (sentence, arguments) in new (string, string[])[]
        {
            ("There is no room nowhere. See minato room list.", ["room", "archive", "nowhere"]),
            ("Nobody is called nobody.", ["room", "ban", "lobby", "nobody"]),
            ("Nobody is called minato.", ["room", "ban", "lobby", "minato"]),
            ("A private room needs somebody who is in it: name its owner with --owner NICK.", ["room", "create", "x", "--private"]),
            ("A room of that name exists already.", ["room", "create", "LOBBY"]),
            ("A room's name is 1 to 64 bytes of letters, digits and - _ . in any script, without spaces.", ["room", "create", "a b"]),
            ("There is no token 0197a3c0-ffff-7000-8000-00000000dead. See minato token list NICK.", ["token", "revoke", "0197a3c0-ffff-7000-8000-00000000dead"]),
        })
            Assert.Equal((1, "", $"minato: {sentence}\n"), await RunAsync(arguments));
        Assert.Equal("Nobody belongs to this room.", await DoneAsync("room", "members", "lobby"));
    }

    private Task<MinatoProcess> ServeAsync() =>
        MinatoProcess.ServeAsync(["127.0.0.1:0", "--data", _folder["data"], "--access", "accounts", .. _postgres is null ? Array.Empty<string>() : ["--postgres", _postgres]]);

    private Task<(int Code, string Stdout, string Stderr)> RunAsync(params string[] arguments) =>
        MinatoProcess.RunAsync([.. arguments, "--data", _folder["data"], .. _postgres is null ? Array.Empty<string>() : ["--postgres", _postgres]]);

    private async Task<string> DoneAsync(params string[] arguments)
    {
        var (code, stdout, stderr) = await RunAsync(arguments);
        Assert.Equal((0, ""), (code, stderr));
        return stdout.TrimEnd('\n');
    }

    /// <returns>The session.</returns>
    private async Task<string> SignUpAsync(MinatoProcess server, string nick, string link)
    {
        using var answer = await _http.PostAsJsonAsync(
            server.Url.TrimEnd('/') + "/api/v1/accounts", new { nick, password = "correct horse", invitation = link.Split("#invite=")[1] });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("session").GetString()!;
    }

    private async Task<HttpStatusCode> AskAsync(MinatoProcess server, HttpMethod method, string path, string bearer, object? body = null)
    {
        using var request = new HttpRequestMessage(method, server.Url.TrimEnd('/') + "/api/v1" + path) { Content = JsonContent.Create(body ?? new { }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        request.Headers.Add("Idempotency-Key", $"{Guid.NewGuid():N}");
        using var answer = await _http.SendAsync(request);
        return answer.StatusCode;
    }
}
