using Minato.Tests.Kit;

namespace Minato.Cli.Tests;

/// <summary>The executable on a real PostgreSQL.</summary>
public sealed class PostgresTests(PostgresServer database)
{
    [Fact]
    public async Task What_was_acknowledged_before_a_kill_is_there_for_the_next_server()
    {
        using var folder = new TempFolder();
        var connection = database.NewDatabase();
        await using (var killed = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", folder["one"], "--postgres", connection))
        {
            using var alice = await WsClient.ConnectAsync(killed.Url);
            await alice.HelloAsync();
            await alice.PostedAsync("a", "港");
            killed.Kill9();
            await killed.WaitExitAsync();
        }
        await using var next = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", folder["two"], "--postgres", connection);
        using var bob = await WsClient.ConnectAsync(next.Url);
        await bob.HelloAsync();
        var page = await bob.AskAsync(new { op = "history", rid = "h", room = "#lobby" }, "h");
        Assert.Equal("港", page.GetProperty("messages")[0].GetProperty("body").GetString());
        next.Terminate();
        await next.EndsWithAsync(0);
        EndTests.AssertNoTrouble(next);
    }

    [Fact]
    public async Task While_the_database_is_away_senders_are_told_and_afterwards_everything_goes_on()
    {
        using var folder = new TempFolder();
        using var own = new PostgresServer();
        await using var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", folder["data"], "--postgres", own.NewDatabase());
        using var alice = await WsClient.ConnectAsync(server.Url);
        await alice.HelloAsync();
        await alice.PostedAsync("a", "before");
        own.Crash();
        var refused = await alice.AskAsync(new { op = "send", cid = "b", room = "#lobby", body = "during" }, "b");
        Assert.Equal("storage_away", refused.GetProperty("code").GetString());
        Assert.True(refused.GetProperty("retryAfter").GetInt32() > 0);
        var unread = await alice.AskAsync(new { op = "history", rid = "q", room = "#lobby" }, "q");
        Assert.Equal("storage_away", unread.GetProperty("code").GetString());
        using (var bob = await RawClient.ConnectAsync(server.Port))
        {
            await bob.SendAsync("is anybody there?\n");
            await bob.ExpectAsync("* The server cannot reach its database");
            await bob.ReadToEndAsync();
        }
        own.Recover();
        // On a busy machine it was away for more than 5 s, and the server looks first what others did meanwhile.
        await Patience.Until(async () =>
        {
            var answer = await alice.PostedAsync("b", "during");
            Assert.True(WsClient.Op(answer) == "ok" || answer.GetProperty("code").GetString() == "storage_away", $"{answer}");
            return WsClient.Op(answer) == "ok";
        }, "what was refused is taken under the same cid");
        using var carol = await WsClient.ConnectAsync(server.Url);
        await carol.HelloAsync();
        var page = await carol.AskAsync(new { op = "history", rid = "h", room = "#lobby" }, "h");
        Assert.Equal(["before", "during"], page.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("body").GetString()));
        var (backup, _, sentence) = await MinatoProcess.RunAsync("backup", folder["copy.db"], "--data", folder["data"]);
        Assert.Equal(1, backup);
        Assert.Contains("pg_dump", sentence);
        server.Terminate();
        await server.EndsWithAsync(0);
        Assert.DoesNotContain("Unhandled", server.Stderr);
    }

    [Fact]
    public async Task Without_a_database_it_ends_with_5_and_a_sentence()
    {
        var (code, stdout, stderr) = await MinatoProcess.RunAsync("serve", "127.0.0.1:0", "--postgres", "Host=127.0.0.1;Port=1;Password=secret");
        Assert.Equal((5, ""), (code, stdout));
        Assert.Contains("PostgreSQL cannot be used", stderr);
        Assert.DoesNotContain("secret", stderr);
    }
}
