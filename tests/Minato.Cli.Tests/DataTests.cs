using System.Diagnostics;
using Minato.Tests.Kit;

namespace Minato.Cli.Tests;

/// <summary>What stands on disk: nothing, a copy of everything, or as much as fits.</summary>
public sealed class DataTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Memory_leaves_nothing_behind_and_what_a_kill_leaves_the_next_start_removes()
    {
        string left;
        await using (var killed = await MinatoProcess.ServeAsync("127.0.0.1:0", "--memory"))
        {
            left = Folder(killed);
            killed.Kill9();
            await killed.WaitExitAsync();
        }
        Assert.True(Directory.Exists(left));
        await using var first = await MinatoProcess.ServeAsync("127.0.0.1:0", "--memory");
        await using var second = await MinatoProcess.ServeAsync("127.0.0.1:0", "--memory");
        Assert.False(Directory.Exists(left));
        var (one, other) = (Folder(first), Folder(second));
        Assert.True(Directory.Exists(one)); // somebody lives there
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(one));
        foreach (var server in new[] { first, second })
        {
            server.Terminate();
            await server.EndsWithAsync(0);
        }
        Assert.False(Directory.Exists(one));
        Assert.False(Directory.Exists(other));

        // Which folder is whose shows in the kernel's list of open files.
        static string Folder(MinatoProcess server) => Directory.GetFiles($"/proc/{server.Pid}/fd").Select(f => new FileInfo(f).LinkTarget ?? "")
            .Where(t => t.Contains("minato-memory-", StringComparison.Ordinal)).Select(t => Path.GetDirectoryName(t)!).First();
    }

    [Fact]
    public async Task A_backup_is_whole_while_four_clients_post_and_also_when_nobody_serves()
    {
        var posted = 0;
        await using (var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"], "--no-rate-limits"))
        {
            using var stop = new CancellationTokenSource();
            var posting = Enumerable.Range(0, 4).Select(_ => PostAsync(server.Url, () => Interlocked.Increment(ref posted), stop.Token)).ToList();
            await Patience.Until(() => Volatile.Read(ref posted) > 200, "some posts are there");
            var before = Volatile.Read(ref posted);
            var (code, stdout, stderr) = await MinatoProcess.RunAsync("backup", _folder["live.db"], "--data", _folder["data"]);
            var after = Volatile.Read(ref posted);
            await stop.CancelAsync();
            Assert.Equal((0, ""), (code, stderr));
            await Task.WhenAll(posting);
            Assert.StartsWith($"Wrote {_folder["live.db"]} (", stdout);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["live.db"]));
            Assert.InRange(await PostsAsync(_folder["live.db"]), before, after + 4);
            var (again, _, exists) = await MinatoProcess.RunAsync("backup", _folder["live.db"], "--data", _folder["data"]);
            Assert.Equal(1, again);
            Assert.Contains("exists already", exists);
            Assert.Equal(1, (await MinatoProcess.RunAsync("backup", _folder["no/such/folder.db"], "--data", _folder["data"])).Code);
            server.Terminate();
            await server.EndsWithAsync(0);
            EndTests.AssertNoTrouble(server);
        }
        var offline = await MinatoProcess.RunAsync("backup", _folder["offline.db"], "--data", _folder["data"]);
        Assert.Equal((0, ""), (offline.Code, offline.Stderr));
        Assert.Equal(posted, await PostsAsync(_folder["offline.db"]));
        var (none, _, sentence) = await MinatoProcess.RunAsync("backup", _folder["x.db"], "--data", _folder["nowhere"]);
        Assert.Equal(1, none);
        Assert.Contains("There is no Minato data in", sentence);
    }

    [Fact]
    public async Task A_restore_brings_back_what_the_backup_held_and_keeps_what_was_there()
    {
        await using (var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"]))
        {
            using var client = await WsClient.ConnectAsync(server.Url);
            await client.HelloAsync();
            await client.PostedAsync("1", "held by the backup");
            Assert.Equal(0, (await MinatoProcess.RunAsync("backup", _folder["b.db"], "--data", _folder["data"])).Code);
            await client.PostedAsync("2", "said later");
            var (code, _, inUse) = await MinatoProcess.RunAsync("restore", _folder["b.db"], "--data", _folder["data"]);
            Assert.Equal(4, code);
            Assert.Contains("Stop it first.", inUse);
            server.Kill9(); // what was said later is still in the log beside the database
            await server.WaitExitAsync();
        }
        await File.WriteAllTextAsync(_folder["no.db"], "SQLite format 3\0 and then nothing of the kind");
        foreach (var (file, expected) in new[] { ("no.db", 5), ("missing.db", 1) })
            Assert.Equal(expected, (await MinatoProcess.RunAsync("restore", _folder[file], "--data", _folder["data"])).Code);

        // A restore that is cut short leaves the log without its database: a server that began anew there would lose it.
        var database = Path.Combine(_folder["data"], "minato.db");
        File.Move(database, database + ".aside");
        var (refused, _, why) = await MinatoProcess.RunAsync("127.0.0.1:0", "--data", _folder["data"]);
        Assert.Equal(5, refused);
        Assert.Contains("minato.db-wal is there, and", why);
        Assert.Contains("Restore again (minato restore FILE).", why);
        File.Move(database + ".aside", database);

        var (restored, said, _) = await MinatoProcess.RunAsync("restore", _folder["b.db"], "--data", _folder["data"]);
        Assert.Equal(0, restored);
        Assert.False(File.Exists(_folder["data/search.db"]), "The search index knew what the other database said.");
        Assert.Equal(1, await PostsAsync(database));
        var kept = said[(said.IndexOf("is now ", StringComparison.Ordinal) + "is now ".Length)..].Trim().TrimEnd('.');
        Assert.Equal(2, await PostsAsync(kept));
    }

    [Fact]
    public async Task A_backup_of_data_whose_server_does_not_answer_is_a_sentence_and_exit_4()
    {
        await using (var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"]))
        {
            server.Terminate();
            await server.WaitExitAsync();
        }
        using (new FileStream(_folder["data/lock"], FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            var starting = await MinatoProcess.RunAsync("backup", _folder["x.db"], "--data", _folder["data"]);
            Assert.Equal(4, starting.Code);
            Assert.DoesNotContain("   at ", starting.Stderr);
            // It says where it is, but nobody listens there.
            await File.WriteAllTextAsync(_folder["data/server.json"], $$"""{"v":1,"ready":true,"url":"http://127.0.0.1:1","address":"127.0.0.1","port":1,"pid":1,"control":"{{_folder["no.sock"]}}"}""");
            var dead = await MinatoProcess.RunAsync("backup", _folder["x.db"], "--data", _folder["data"]);
            Assert.Equal((4, "minato: Minato already serves this data at http://127.0.0.1:1 (pid 1).\n"), (dead.Code, dead.Stderr));
        }
    }

    [Fact]
    public async Task A_start_on_a_full_disk_says_so()
    {
        using var disk = SmallDisk.Mount(_folder["disk"], megabytes: 2);
        await using (var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["disk/data"]))
        {
            server.Terminate();
            await server.EndsWithAsync(0);
        }
        Assert.Throws<IOException>(() => File.WriteAllBytes(_folder["disk/ballast"], new byte[2 * 1024 * 1024]));
        var (code, _, stderr) = await MinatoProcess.RunAsync("127.0.0.1:0", "--data", _folder["disk/data"]);
        Assert.Matches("(?i)disk is full|no space left for", stderr);
        Assert.True(code is 1 or 5, $"It ended with {code}.");
    }

    [Fact]
    public async Task On_a_full_disk_senders_are_told_readers_read_on_and_the_same_cid_succeeds_when_there_is_space()
    {
        using var disk = SmallDisk.Mount(_folder["disk"], megabytes: 6);
        await using var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["disk/data"], "--no-rate-limits");
        using var sender = await WsClient.ConnectAsync(server.Url);
        using var reader = await WsClient.ConnectAsync(server.Url);
        await sender.HelloAsync();
        await reader.HelloAsync();
        await sender.PostedAsync("first", "before it was full");
        await File.WriteAllBytesAsync(_folder["disk/ballast"], new byte[3 * 1024 * 1024]);
        var body = new string('x', 16 * 1024);
        var saved = 1;
        string refused;
        while (true)
        {
            var answer = await sender.PostedAsync(refused = $"c{saved}", body);
            if (WsClient.Op(answer) == "error")
            {
                Assert.Equal("storage_full", answer.GetProperty("code").GetString());
                Assert.True(answer.GetProperty("retryAfter").GetInt64() > 0);
                break;
            }
            saved++;
            Assert.True(saved < 1000, "The disk never filled.");
        }
        var history = await reader.AskAsync(new { op = "history", rid = "h", room = "#lobby", limit = 1 }, "h");
        Assert.Equal(saved + 1, history.GetProperty("head").GetInt64());
        Assert.Equal("error", WsClient.Op(await sender.PostedAsync(refused, body)));

        File.Delete(_folder["disk/ballast"]);
        var again = await sender.PostedAsync(refused, body);
        Assert.Equal(("ok", saved + 2L), (WsClient.Op(again), again.GetProperty("seq").GetInt64()));
        for (var seq = 2; seq <= saved + 2; seq++)
            Assert.Equal(seq, (await reader.NextAsync("ev")).GetProperty("seq").GetInt64());
        server.Terminate();
        await server.EndsWithAsync(0);
        Assert.Single(server.Stderr.Split('\n'), l => l.Contains("Nothing is saved at the moment", StringComparison.Ordinal));
        Assert.Contains("Posts are saved again.", server.Stderr);
    }

    private static async Task PostAsync(string url, Action onAck, CancellationToken stop)
    {
        using var client = await WsClient.ConnectAsync(url);
        await client.HelloAsync();
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            Assert.Equal("ok", WsClient.Op(await client.PostedAsync($"c{i}", $"post {i}")));
            onAck();
        }
    }

    /// <summary>Serves a copy, and counts what is in it.</summary>
    [Fact]
    public async Task After_a_failed_fsync_nothing_is_acknowledged_and_it_ends_with_5()
    {
        Need.Program("gcc");
        string? session;
        var (shim, trigger) = (_folder["fsync_fails.so"], _folder["fails-now"]);
        using (var gcc = Process.Start("gcc", ["-shared", "-fPIC", "-o", shim, Path.Combine(Repository.Root, "tests/faults/fsync_fails.c"), "-ldl"]))
            await gcc.WaitForExitAsync();
        await using (var server = await MinatoProcess.Launch(["127.0.0.1:0", "--data", _folder["data"]], start =>
        {
            start.Environment["LD_PRELOAD"] = shim;
            start.Environment["FSYNC_FAILS"] = trigger;
        }).ReadyAsync())
        {
            using var client = await WsClient.ConnectAsync(server.Url);
            await client.HelloAsync();
            await client.PostedAsync("1", "kept");
            await File.WriteAllTextAsync(trigger, "");
            var unknown = await client.AskAsync(new { op = "send", cid = "2", room = "#lobby", body = "not known" }, "2");
            Assert.Equal("storage_failed", unknown.GetProperty("code").GetString());
            Assert.True(unknown.TryGetProperty("retryAfter", out _));
            session = client.Session;
            await server.EndsWithAsync(5);
        }
        // The log may hold it or not: under the same cid it is there once, either way.
        await using var again = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"]);
        using var back = await WsClient.ConnectAsync(again.Url);
        await back.HelloAsync(session);
        await back.PostedAsync("2", "not known");
        using var reader = await WsClient.ConnectAsync(again.Url);
        Assert.Equal(2, (await reader.HelloAsync()).GetProperty("rooms")[0].GetProperty("posts").GetInt32());
    }

    private async Task<int> PostsAsync(string backup)
    {
        var data = Directory.CreateDirectory(_folder[Path.GetRandomFileName()]).FullName;
        File.Copy(backup, Path.Combine(data, "minato.db"));
        if (File.Exists(backup + "-wal")) // of a server that was killed
            File.Copy(backup + "-wal", Path.Combine(data, "minato.db-wal"));
        await using var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", data);
        using var client = await WsClient.ConnectAsync(server.Url);
        return (await client.HelloAsync()).GetProperty("rooms")[0].GetProperty("posts").GetInt32();
    }
}
