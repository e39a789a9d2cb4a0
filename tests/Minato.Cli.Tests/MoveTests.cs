using System.Net.Http.Headers;
using System.Text.Json;
using Minato.Tests.Kit;
using Npgsql;

namespace Minato.Cli.Tests;

/// <summary>From the data folder into a real PostgreSQL, by the executable.</summary>
public sealed class MoveTests(PostgresServer database) : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_in_the_middle_and_run_again_it_brings_everything_and_until_then_nobody_serves_it()
    {
        var (session, path) = await TalkAsync();
        var connection = await EmptyAsync();
        await using (var locked = new NpgsqlConnection(connection))
        {
            // Who waits for a lock in the middle of a move can be killed there.
            await locked.OpenAsync();
            await ExecuteAsync(locked, "begin; lock table messages in access exclusive mode");
            await using var killed = MinatoProcess.Launch(["move", "--to", "postgres", connection, "--data", _folder["data"]]);
            await Patience.Until(async () => await AskAsync(connection, "select case when to_regclass('minato_move') is null then 0 else 1 end") == 1, "the move has begun");
            await Patience.Until(async () => await AskAsync(connection, "select copied from minato_move where name = 'bodies' and copied = total") > 0, "bodies are there");
            foreach (string[] held in new[] { ["127.0.0.1:0"], new[] { "move", "--to", "postgres", connection } })
                Assert.Equal(4, (await MinatoProcess.RunAsync([.. held, "--data", _folder["data"]])).Code);
            killed.Kill9();
            await killed.WaitExitAsync();
        }
        var (refused, stdout, why) = await MinatoProcess.RunAsync("127.0.0.1:0", "--data", _folder["data"], "--postgres", connection);
        Assert.Equal((5, ""), (refused, stdout));
        Assert.Contains("was begun and not finished", why);
        Assert.Contains("Run minato move again", why);

        var (code, said, stderr) = await MinatoProcess.RunAsync("move", "--to", "postgres", connection, "--data", _folder["data"], "--json");
        Assert.Equal((0, ""), (code, stderr));
        var report = JsonDocument.Parse(said).RootElement;
        Assert.True(report.GetProperty("resumed").GetBoolean());
        Assert.Equal(_folder["data"], report.GetProperty("data").GetString());
        var messages = report.GetProperty("tables").EnumerateArray().Single(t => t.GetProperty("name").GetString() == "messages");
        Assert.Equal(31, messages.GetProperty("rows").GetInt32());
        Assert.Equal(31, await AskAsync(connection, "select count(*) from messages"));

        await using (var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"], "--postgres", connection))
        {
            using var alice = await WsClient.ConnectAsync(server.Url);
            await alice.HelloAsync(session);
            // What was sent before is known by its client id, and what is new has the next number.
            Assert.Equal(2, (await alice.PostedAsync("c0", "港 0")).GetProperty("seq").GetInt32());
            Assert.Equal(33, (await alice.PostedAsync("new", "after the move")).GetProperty("seq").GetInt32());
            var page = await alice.AskAsync(new { op = "history", rid = "h", room = "#lobby", limit = 50 }, "h");
            Assert.Equal(32, page.GetProperty("messages").GetArrayLength());
            await Patience.Until(
                async () => (await alice.AskAsync(new { op = "search", rid = "s", query = "\"港 17\"" }, "s")).GetProperty("results").GetArrayLength() == 1, "it is found");
            using var http = Client(server.Url, session);
            Assert.Equal("a file", await http.GetStringAsync(path));
            server.Terminate();
            await server.EndsWithAsync(0);
            EndTests.AssertNoTrouble(server);
        }
        var (again, _, done) = await MinatoProcess.RunAsync("move", "--to", "postgres", connection, "--data", _folder["data"]);
        Assert.Equal(5, again);
        Assert.Contains("its move was finished", done);
    }

    [Fact]
    public async Task It_says_how_the_server_is_started_from_then_on()
    {
        await TalkAsync();
        var (code, stdout, stderr) = await MinatoProcess.RunAsync("move", "--to", "postgres", database.NewDatabase(), "--data", _folder["data"]);
        Assert.Equal((0, ""), (code, stderr));
        Assert.Matches(@"^Moved \d+ rows in \d+ tables: the same count and checksum on both sides\.\n", stdout);
        Assert.Contains($"--data {_folder["data"]} --postgres CONNECTION", stdout);
        Assert.Contains($"uploaded files stay in {_folder["data/files"]}.", stdout);
    }

    [Fact]
    public async Task What_cannot_be_moved_is_a_sentence_and_a_code()
    {
        await using (var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"]))
        {
            var (inUse, _, who) = await MinatoProcess.RunAsync("move", "--to", "postgres", database.NewDatabase(), "--data", _folder["data"]);
            Assert.Equal((4, $"minato: Minato already serves this data at {server.Url} (pid {server.Pid}). Stop it first.\n"), (inUse, who));
            server.Terminate();
            await server.EndsWithAsync(0);
        }
        var others = database.NewDatabase();
        await using (var other = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["other"], "--postgres", others))
        {
            var (held, _, whose) = await MinatoProcess.RunAsync("move", "--to", "postgres", others, "--data", _folder["data"]);
            Assert.Equal(5, held);
            Assert.Contains("holds a server's data already, and was left alone", whose);
        }
        var (nowhere, _, none) = await MinatoProcess.RunAsync("move", "--to", "postgres", others, "--data", _folder["nowhere"]);
        Assert.Equal(1, nowhere);
        Assert.Contains("There is no Minato data in", none);
        Assert.False(Directory.Exists(_folder["nowhere"]));
        var (away, _, secret) = await MinatoProcess.RunAsync("move", "--to", "postgres", "Host=127.0.0.1;Port=1;Password=secret", "--data", _folder["data"]);
        Assert.Equal(5, away);
        Assert.Contains("PostgreSQL cannot be used", secret);
        Assert.DoesNotContain("secret", secret);
        foreach (string[] wrong in new[] { ["move", others], ["move", "--to", "postgres"], new[] { "move", "--to", "mysql", others } })
            Assert.Equal(2, (await MinatoProcess.RunAsync(wrong)).Code);
    }

    /// <summary>Thirty messages and one with a file, of a server that is killed then: what it wrote last is still in its log.</summary>
    /// <returns>Alice's session, and where the file is.</returns>
    private async Task<(string Session, string File)> TalkAsync()
    {
        await using var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"], "--no-rate-limits");
        using var alice = await WsClient.ConnectAsync(server.Url);
        await alice.HelloAsync();
        for (var i = 0; i < 30; i++)
            await alice.PostedAsync($"c{i}", $"港 {i}");
        using var http = Client(server.Url, alice.Session!);
        http.DefaultRequestHeaders.Add("Idempotency-Key", "upload");
        using var file = await http.PostAsync("/api/v1/rooms/lobby/files?name=a.txt", new StringContent("a file"));
        var path = JsonDocument.Parse(await file.Content.ReadAsStringAsync()).RootElement.GetProperty("path").GetString()!;
        await alice.PostedAsync("file", $"[a.txt]({path})");
        server.Kill9();
        await server.WaitExitAsync();
        return (alice.Session!, path);
    }

    /// <summary>A database with all tables of a server and nothing in them.</summary>
    private async Task<string> EmptyAsync()
    {
        var connection = database.NewDatabase();
        await using (var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["empty"], "--postgres", connection))
        {
            server.Terminate();
            await server.EndsWithAsync(0);
        }
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync();
        await ExecuteAsync(open, """
            do $$ begin
              execute (select 'truncate ' || string_agg(quote_ident(tablename), ', ') from pg_tables where schemaname = 'public' and tablename <> 'minato_schema');
            end $$
            """);
        return connection;
    }

    private static HttpClient Client(string url, string session)
    {
        var client = new HttpClient { BaseAddress = new Uri(url) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session);
        return client;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> AskAsync(string connection, string sql)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync();
        await using var command = new NpgsqlCommand(sql, open);
        return Convert.ToInt64(await command.ExecuteScalarAsync() ?? 0L);
    }
}
