using Minato.Storage.Tests;
using Minato.Tests.Kit;
using Npgsql;

namespace Minato.Server.Tests.Nodes;

/// <summary>The database is there, and takes nothing for a while: who sends is told to send again, who reads reads on where that can be, and everything goes on by itself.</summary>
public sealed class DatabaseTroubleTests
{
    [Fact]
    public async Task All_its_connections_are_taken_by_others()
    {
        using var postgres = new PostgresServer { Settings = ["max_connections=20", "fsync=off"] };
        var way = new NpgsqlConnectionStringBuilder(postgres.NewDatabase());
        var database = way.ConnectionString;
        using var cable = new Cable(way.Port);
        way.Port = cable.Port;
        await using var server = await StartAsync(way.ConnectionString);
        using var alice = await Cluster.PersonAsync(server, "alice");
        // What it had is taken from it, and so is the chance to be first.
        cable.PullOut();
        var flood = new List<NpgsqlConnection>();
        try
        {
            var refused = await FloodAsync(database, flood);
            Assert.Equal(PostgresErrorCodes.TooManyConnections, refused.SqlState);
            var before = Refusals(postgres);
            cable.PlugIn();
            await Patience.Until(() => Refusals(postgres) > before + 2, "it was refused a connection");
            Persistent.AssertPasses(await alice.PostedAsync("during", "during"));
            Persistent.AssertPasses(await alice.AskAsync(new { op = "history", rid = "h1", room = "#lobby" }, "h1"));
        }
        finally
        {
            foreach (var connection in flood)
                await connection.DisposeAsync();
        }
        await SavesAgainAsync(alice, "during");
        Assert.Equal(["during"], await HistoryAsync(alice));
    }

    [Fact]
    public async Task It_takes_no_writing()
    {
        using var postgres = new PostgresServer { Settings = ["fsync=off"] };
        await using var server = await StartAsync(postgres.NewDatabase());
        using var alice = await Cluster.PersonAsync(server, "alice");
        using var bob = await Cluster.PersonAsync(server, "bob");
        await alice.PostedAsync("before", "before");
        postgres.Execute("alter system set default_transaction_read_only = on");
        postgres.Execute("select pg_reload_conf()");
        var said = 0;
        await Patience.Until(async () => WsClient.Op(await alice.PostedAsync($"{++said}", $"{said}")) == "error", "it is refused");
        Persistent.AssertPasses(await alice.PostedAsync($"{said}", $"{said}"));
        Assert.Equal("before", (await HistoryAsync(bob))[0]);
        Assert.Equal("away\n", await ReadinessAsync(server));
        postgres.Execute("alter system reset default_transaction_read_only");
        postgres.Execute("select pg_reload_conf()");
        await SavesAgainAsync(alice, $"{said}");
        // Those who were there heard it all, once.
        var told = new List<string>();
        while (told.Count == 0 || told[^1] != $"{said}")
            if ((await bob.NextAsync("ev")) is var ev && ev.GetProperty("type").GetString() == "post")
                told.Add(ev.GetProperty("body").GetString()!);
        Assert.Equal(["before", .. Enumerable.Range(1, said).Select(i => $"{i}")], told);
        Assert.Equal("ready\n", await ReadinessAsync(server));
    }

    [Fact]
    public async Task Its_disk_is_full()
    {
        using var folder = new TempFolder();
        File.SetUnixFileMode(folder.Path, File.GetUnixFileMode(folder.Path) | UnixFileMode.OtherExecute);
        using var disk = SmallDisk.Mount(folder["disk"], megabytes: 32);
        using var postgres = new PostgresServer { Settings = ["fsync=off"] };
        var database = postgres.NewDatabaseOn(folder["disk"]);
        await using var server = await StartAsync(database);
        using var alice = await Cluster.PersonAsync(server, "alice");
        await alice.PostedAsync("before", "before");
        var filler = Path.Combine(folder["disk"], "filler");
        Fill(filler);
        var (said, body) = (0, "");
        await Patience.Until(async () => WsClient.Op(await alice.PostedAsync($"{++said}", body = Long())) == "error", "it is refused");
        var refused = await alice.PostedAsync($"{said}", body);
        Persistent.AssertPasses(refused);
        Assert.Equal("storage_full", refused.GetProperty("code").GetString());
        Assert.Equal("full\n", await ReadinessAsync(server));
        Assert.Equal(said, (await HistoryAsync(alice)).Count);
        File.Delete(filler);
        await SavesAgainAsync(alice, $"{said}", body);
        Assert.Equal(said + 1, (await HistoryAsync(alice)).Count);
    }

    private static Task<RunningServer> StartAsync(string database) =>
        RunningServer.StartAsync(options => options with { Postgres = database, Access = Access.Guests, RateLimits = false });

    /// <summary>Opens connections until there are none left.</summary>
    private static async Task<PostgresException> FloodAsync(string database, List<NpgsqlConnection> flood)
    {
        while (true)
        {
            var connection = new NpgsqlConnection(database);
            try
            {
                await connection.OpenAsync();
                flood.Add(connection);
            }
            catch (PostgresException e)
            {
                await connection.DisposeAsync();
                return e;
            }
        }
    }

    private static int Refusals(PostgresServer postgres) => postgres.Log.Split("too many clients").Length;

    private static async Task SavesAgainAsync(WsClient client, string cid, string? body = null) =>
        await Patience.Until(async () => WsClient.Op(await client.PostedAsync(cid, body ?? cid)) == "ok", "it saves again");

    private static async Task<List<string>> HistoryAsync(WsClient client)
    {
        var rid = Guid.NewGuid().ToString("N");
        var page = await client.AskAsync(new { op = "history", rid, room = "#lobby", limit = 200 }, rid);
        return [.. page.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("body").GetString()!)];
    }

    private static async Task<string> ReadinessAsync(RunningServer server) =>
        (await server.RequestAsync("GET /readyz HTTP/1.1\nHost: localhost\nConnection: close\n\n")).Body;

    /// <summary>What no compression makes shorter.</summary>
    private static string Long() => Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(9_000));

    private static void Fill(string file)
    {
        var zeros = new byte[64 * 1024];
        try
        {
            using var filler = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            while (true)
                filler.Write(zeros);
        }
        catch (IOException)
        {
            // Full.
        }
    }
}
