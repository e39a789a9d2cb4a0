using System.Net.Http.Json;
using System.Text.Json;
using Minato.Tests.Kit;

namespace Minato.Cli.Tests;

/// <summary>From the first start of a server that asks for accounts.</summary>
public sealed class AccountsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_first_owner_s_link_is_a_file_where_stdout_is_no_terminal_and_works_once()
    {
        await using var server = await ServeAsync();
        var file = _folder["data/owner-link"];
        await Patience.Until(() => server.Stdout.Contains(file), "it says where the link is");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        var link = (await File.ReadAllTextAsync(file)).Trim();
        Assert.StartsWith($"{server.Url.TrimEnd('/')}/#invite=", link);
        Assert.DoesNotContain(SecretOf(link), server.Stdout + server.Stderr);
        Assert.Equal(201, await SignUpAsync(server, "ann", link));
        Assert.Equal(403, await SignUpAsync(server, "ben", link));
        server.Terminate();
        await server.EndsWithAsync(0);

        await using var next = await ServeAsync();
        await Patience.Until(() => next.Stdout.Contains("Data:"), "it has said all");
        Assert.DoesNotContain("owns this server", next.Stdout);
    }

    [Fact]
    public async Task The_operator_administers_accounts_while_the_server_runs_and_when_it_does_not()
    {
        await using (var server = await ServeAsync())
        {
            Assert.Equal((0, "Nobody has an account.\n", ""), await UserAsync("list"));
            Assert.Equal(201, await SignUpAsync(server, "ann", await LinkAsync("owner-link")));
            var invitation = await LinkAsync("invite", "--uses", "2");
            foreach (var (nick, status) in new[] { ("ben", 201), ("bea", 201), ("bob", 403) })
                Assert.Equal(status, await SignUpAsync(server, nick, invitation));
            Assert.Equal((0, "ann (owner)\nben (member)\nbea (member)\n", ""), await UserAsync("list"));

            using var live = await WsClient.ConnectAsync(server.Url);
            await live.HelloAsync(session: await LogInAsync(server, "ben"));
            Assert.Equal((0, "Done.\n", ""), await UserAsync("deactivate", "BEN"));
            Assert.Equal(4003, await live.ClosedAsync());
            Assert.Null(await LogInAsync(server, "ben"));
            Assert.Equal((1, "", "minato: There would be no owner any more. Make somebody else an owner first.\n"), await UserAsync("deactivate", "ann"));
            Assert.Equal(1, (await UserAsync("deactivate", "nobody")).Code);
            server.Terminate();
            await server.EndsWithAsync(0);
            EndTests.AssertNoTrouble(server);
        }
        Assert.Equal((0, "Done.\n", ""), await UserAsync("activate", "ben"));
        Assert.Equal("""{"users":[{"nick":"ann","role":"owner","active":true},{"nick":"ben","role":"member","active":true},{"nick":"bea","role":"member","active":true}]}""", (await UserAsync("list", "--json")).Stdout.Trim());
        var link = await LinkAsync("owner-link");
        await using var next = await ServeAsync();
        Assert.Equal(201, await SignUpAsync(next, "second", link));
    }

    [Fact]
    public async Task The_operator_purges_a_spammer_while_the_server_runs_and_when_it_does_not()
    {
        await using (var server = await ServeAsync())
        {
            Assert.Equal(201, await SignUpAsync(server, "ann", await LinkAsync("owner-link")));
            var invitation = await LinkAsync("invite", "--uses", "2");
            foreach (var nick in new[] { "ben", "bea" })
                Assert.Equal(201, await SignUpAsync(server, nick, invitation));
            using var ben = await WsClient.ConnectAsync(server.Url);
            using var bea = await WsClient.ConnectAsync(server.Url);
            await ben.HelloAsync(session: await LogInAsync(server, "ben"));
            await bea.HelloAsync(session: await LogInAsync(server, "bea"));
            await ben.PostedAsync("1", "spam of ben");
            await bea.PostedAsync("1", "spam of bea");
            Assert.Equal((0, "Done.\n", ""), await UserAsync("purge", "BEN", "--deactivate"));
            Assert.Equal(4003, await ben.ClosedAsync());
            Assert.Equal("erase", (await bea.NextAsync(f => WsClient.Op(f) == "ev" && f.GetProperty("type").GetString() == "erase", "the erasing")).GetProperty("type").GetString());
            Assert.Contains("Nobody of that name", (await UserAsync("purge", "nobody")).Stderr);
            Assert.Contains("There would be no owner", (await UserAsync("purge", "ann", "--deactivate")).Stderr);
            server.Kill9();
        }
        // Killed, and then without a server.
        Assert.Equal((0, "Done.\n", ""), await UserAsync("purge", "bea"));
        await using var next = await ServeAsync();
        Assert.Null(await LogInAsync(next, "ben"));
        using var ann = await WsClient.ConnectAsync(next.Url);
        await ann.HelloAsync(session: await LogInAsync(next, "ann"));
        var page = await ann.AskAsync(new { op = "history", rid = "h", room = "#lobby" }, "h");
        Assert.Equal([true, true], page.GetProperty("messages").EnumerateArray().Select(m => m.TryGetProperty("erased", out _)));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-3")]
    [InlineData("10001")]
    [InlineData("many")]
    public async Task A_link_for_nobody_or_for_too_many_is_not_made(string uses)
    {
        var (code, stdout, stderr) = await UserAsync("invite", "--uses", uses);
        Assert.Equal(2, code);
        Assert.DoesNotContain("#invite=", stdout);
        Assert.Contains(uses == "many" ? "'many'" : $"--uses {uses}: a link is good for 1 to 10000 people.", stderr);
    }

    [Fact]
    public async Task Without_data_it_says_so_and_makes_none()
    {
        var (code, _, stderr) = await UserAsync("list");
        Assert.Equal(1, code);
        Assert.Contains("There is no Minato data in", stderr);
        Assert.False(Directory.Exists(_folder["data"]));
    }

    private Task<MinatoProcess> ServeAsync() => MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"], "--access", "accounts");

    private Task<(int Code, string Stdout, string Stderr)> UserAsync(params string[] arguments) =>
        MinatoProcess.RunAsync(["user", arguments[0], .. arguments[1..], "--data", _folder["data"]]);

    private async Task<string> LinkAsync(params string[] arguments)
    {
        var (code, link, stderr) = await UserAsync(arguments);
        Assert.Equal((0, ""), (code, stderr));
        return link.Trim();
    }

    private async Task<int> SignUpAsync(MinatoProcess server, string nick, string link)
    {
        using var answer = await _http.PostAsJsonAsync(server.Url.TrimEnd('/') + "/api/v1/accounts", new { nick, password = "correct horse", invitation = SecretOf(link) });
        return (int)answer.StatusCode;
    }

    private async Task<string?> LogInAsync(MinatoProcess server, string nick)
    {
        using var answer = await _http.PostAsJsonAsync(server.Url.TrimEnd('/') + "/api/v1/logins", new { nick, password = "correct horse" });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).TryGetProperty("session", out var session) ? session.GetString() : null;
    }

    private static string SecretOf(string link) => link.Split("#invite=")[1];
}
