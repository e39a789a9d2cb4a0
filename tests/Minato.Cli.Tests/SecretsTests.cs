using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Minato.Tests.Kit;

namespace Minato.Cli.Tests;

/// <summary>
/// The launch token, a ticket and a session are used in every way, rightly and wrongly; then they are looked for wherever they must not be.
/// What a browser keeps and sends of them is looked at in tests/browser (embedding).
/// </summary>
public sealed class SecretsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task No_secret_stands_where_somebody_else_could_read_it()
    {
        var token = $"launch-{Guid.NewGuid():N}";
        await using var server = MinatoProcess.Launch(
            ["127.0.0.1:0", "--data", _folder["data"], "--access", "token", "--ready-json", "--ready-file", _folder["ready.json"]], start => start.Environment["MINATO_TOKEN"] = token);
        await server.ReadyAsync();
        var secrets = new Dictionary<string, string> { ["launch token"] = token };
        await UseAsync(server, token, secrets);

        foreach (var (name, secret) in secrets)
        {
            Assert.DoesNotContain(secret, server.Stdout);
            Assert.DoesNotContain(secret, server.Stderr);
            Assert.Equal([], Processes("cmdline", secret));
            // Its own environment as it was started stays readable for the same user; it is said in docs/security.md.
            Assert.Equal(name == "launch token" ? [server.Pid] : [], Processes("environ", secret));
            Assert.Equal(name == "launch token" ? [_folder["ready.json"]] : [], await FilesAsync(secret));
        }
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["ready.json"]));
    }

    /// <summary>The check itself must be able to fail.</summary>
    [Fact]
    public async Task A_secret_that_does_stand_there_is_found()
    {
        var secret = $"launch-{Guid.NewGuid():N}";
        await using var careless = MinatoProcess.Through("sh", "-c", "cat; : \"$0\"", secret);
        // For a moment its child, too, before it becomes cat.
        Assert.Contains(careless.Pid, Processes("cmdline", secret));
        await using var handed = MinatoProcess.Launch(["127.0.0.1:0", "--memory"], start => start.Environment["SOMETHING"] = secret);
        await handed.FirstLineAsync();
        Assert.Equal([handed.Pid], Processes("environ", secret));
        File.WriteAllText(_folder["careless.log"], $"token={secret}");
        Assert.Equal([_folder["careless.log"]], await FilesAsync(secret));
    }

    /// <summary>Every door, with what opens it and with what does not.</summary>
    private static async Task UseAsync(MinatoProcess server, string token, Dictionary<string, string> secrets)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(server.Url) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        async Task<JsonElement> PostAsync(string path, object body)
        {
            using var answer = await http.PostAsJsonAsync(path, body);
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        }
        async Task<string> TicketAsync(string? person) => (await PostAsync("/api/v1/tickets", new { person = person ?? "p", nick = "Aoi" })).GetProperty("ticket").GetString()!;

        secrets["session over HTTP"] = (await PostAsync("/api/v1/sessions", new { nick = "bot" })).GetProperty("session").GetString()!;
        secrets["used ticket"] = await TicketAsync("user-17");
        secrets["unused ticket"] = await TicketAsync(null);
        using (var page = await WsClient.ConnectAsync(server.Url))
        {
            await page.HelloAsync(ticket: secrets["used ticket"]);
            secrets["session of a person"] = page.Session!;
            await page.PostedAsync("c1", "in");
        }
        using (var bot = await WsClient.ConnectAsync(server.Url))
        {
            await bot.HelloAsync(token: token);
            secrets["session over WebSocket"] = bot.Session!;
            await bot.PostedAsync("c1", "in, too");
        }

        // A second time, at the wrong door, and where it is repeated in what is refused.
        foreach (var secret in secrets.Values.ToList())
        {
            using (var again = await WsClient.ConnectAsync(server.Url))
            {
                // Only the ticket that was not used yet opens something, and only the first time.
                await again.SendAsync(new { op = "hello", ver = 1, auth = new { ticket = secret } });
                await again.ReceiveAsync();
            }
            using (var odd = await WsClient.ConnectAsync(server.Url))
            {
                await odd.SendAsync(new { op = secret, ver = 1, auth = new { token = secret } });
                await odd.ClosedAsync();
            }
            foreach (var path in new[] { $"/api/v1/rooms/{secret}", $"/{secret}", $"/api/v1/rooms?token={secret}", $"/ws?ticket={secret}" })
                using (await http.GetAsync(path))
                {
                }
            using (await http.PostAsJsonAsync("/api/v1/tickets", new { person = 1, nick = secret }))
            {
            }
            using var lines = await RawClient.ConnectAsync(server.Port);
            await lines.SendAsync("/login\n");
            await lines.SendAsync($"{secret}\n");
            await lines.SendAsync($"PASS {secret}\n");
            lines.FinishSending();
            while (await lines.ReadLineAsync() is not null)
            {
            }
        }
    }

    private static List<int> Processes(string file, string secret)
    {
        var found = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(f => int.TryParse(Path.GetFileName(f), out _)))
            try
            {
                if (File.ReadAllBytes(Path.Combine(folder, file)).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0)
                    found.Add(int.Parse(Path.GetFileName(folder)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has ended, or is none of ours to read.
            }
        return found;
    }

    private async Task<string[]> FilesAsync(string secret) =>
        (await Tool.RunAsync("grep", "", "--recursive", "--files-with-matches", "--text", "--fixed-strings", "--devices=skip", "--", secret, _folder.Path))
        .Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
