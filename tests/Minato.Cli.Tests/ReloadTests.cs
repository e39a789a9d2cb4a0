using System.Globalization;
using System.Net.Sockets;
using Minato.Tests.Kit;

namespace Minato.Cli.Tests;

/// <summary>A server that becomes another executable while it is used, and one that does not.</summary>
public sealed class ReloadTests(PostgresServer database) : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nobody_is_refused_or_cut_off_and_nothing_is_lost_and_the_pid_stays(bool isPostgres)
    {
        string[] where = isPostgres ? ["--postgres", database.NewDatabase()] : [];
        await using var server = await MinatoProcess.ServeAsync(
            ["127.0.0.1:0", "--data", _folder["data"], "--access", "guests", "--exit-with-parent", "--ready-file", _folder["ready"], "--no-rate-limits", .. where]);
        using var writer = new Torture.Sender(0, new Random(1));
        using var stop = new CancellationTokenSource();
        var acks = 0;
        var pouring = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                await writer.PourAsync(server.Url, () => Interlocked.Increment(ref acks), stop.Token);
        });
        var visits = Enumerable.Range(0, 4).Select(_ => Task.Run(() => VisitAsync(server.Port, stop.Token))).ToList();
        var others = Task.Run(() => TryToTakeAsync(stop.Token));
        var times = Environment.GetEnvironmentVariable("MINATO_RELOADS") is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : 2;
        for (var i = 0; i < times; i++)
        {
            var before = Volatile.Read(ref acks);
            await Patience.Until(() => Volatile.Read(ref acks) > before + 50, "posts are acknowledged");
            await File.WriteAllTextAsync(_folder["ready"], "old");
            var (code, stdout, stderr) = await ReloadAsync();
            Assert.True((code, stderr) == (0, ""), $"{code}: {stderr}\n{server.Stderr}");
            Assert.Contains($"serves (pid {server.Pid}).", stdout);
            Assert.Contains($"\"pid\":{server.Pid}", await File.ReadAllTextAsync(_folder["ready"]));
        }
        var last = Volatile.Read(ref acks);
        await Patience.Until(() => Volatile.Read(ref acks) > last, "a post is acknowledged by the last one");
        await stop.CancelAsync();
        var seen = (await Task.WhenAll(visits).Within("the visits to end")).Aggregate((sum, one) => sum + one);
        TestContext.Current.SendDiagnosticMessage($"{times} reloads: {seen}, {acks} acknowledged");
        Assert.Equal((0, 0), (seen.Refused, seen.CutOff));
        Assert.NotEqual(0, seen.Answered);
        Assert.Equal("", await others.Within("who tried for the lock"));
        server.CloseInput();
        await server.EndsWithAsync(0);
        EndTests.AssertNoTrouble(server);
        Assert.Single(server.Stdout.Split('\n'), l => l.StartsWith("Listening on: ", StringComparison.Ordinal));

        await pouring.Within("the writer to notice");
        await using var next = await MinatoProcess.ServeAsync(["127.0.0.1:0", "--data", _folder["data"], "--access", "guests", .. where]);
        await writer.SettleAsync(next.Url);
        Assert.Null(writer.Complaint);
        // Each once, and each somewhere.
        Assert.Equal(writer.Sent.Count, writer.Acks.Distinct().Count());
        Assert.Equal(writer.Sent.Count, writer.Acks.Select(a => a.Seq).Distinct().Count());
    }

    [Fact]
    public async Task What_cannot_take_over_is_told_why_and_nobody_else_notices()
    {
        await using var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"]);
        using var client = await WsClient.ConnectAsync(server.Url);
        await client.HelloAsync();
        var tries = 0;
        foreach (var (script, within, sentence) in new[]
        {
            ("exit 7", "30s", "It ended with code 7 before it was ready."),
            ("sleep 600", "1s", "It did not get ready within 1 s."),
            ("echo 'error My disk is gone.' >&4; sleep 600", "30s", "My disk is gone."),
            // From here on the writer stands still.
            ("echo prepared >&4; read -r go <&3; exit 8", "30s", "It ended with code 8 before it was ready."),
            ("echo prepared >&4; read -r go <&3; kill -9 $$", "30s", "It ended by signal 9 before it was ready."),
            ("echo prepared >&4; read -r go <&3; sleep 600", "1s", "It did not get ready within 1 s."),
        })
        {
            var (code, stdout, stderr) = await ReloadAsync("--executable", Script(script), "--within", within);
            Assert.Equal((1, ""), (code, stdout));
            Assert.Contains(sentence, stderr);
            Assert.Contains("The server that was there goes on", stderr);
            Assert.Equal("ok", WsClient.Op(await client.PostedAsync($"after-{++tries}", sentence)));
        }
        Assert.Equal(1, (await ReloadAsync("--executable", _folder["nothing"])).Code);
        await client.CloseAsync();
        server.Terminate();
        await server.EndsWithAsync(0);
    }

    [Fact]
    public async Task What_was_fit_and_is_gone_when_its_time_has_come_costs_a_reload_and_no_more()
    {
        await using var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"]);
        using (var before = await WsClient.ConnectAsync(server.Url))
        {
            await before.HelloAsync();
            await before.PostedAsync("1", "said before");
            await before.CloseAsync();
        }
        var (code, _, stderr) = await ReloadAsync("--executable", Script("rm \"$0\"; echo prepared >&4; read -r go <&3; echo done >&4"));
        Assert.Equal(1, code);
        Assert.Contains("could not be started", stderr);
        Assert.Contains("its clients had to come back", stderr);
        using var after = await WsClient.ConnectAsync(server.Url);
        Assert.Equal(1, (await after.HelloAsync()).GetProperty("rooms")[0].GetProperty("posts").GetInt32());
        await after.PostedAsync("2", "said after");
        Assert.Equal(0, (await MinatoProcess.RunAsync("room", "list", "--data", _folder["data"])).Code);
        await after.CloseAsync();
        server.Terminate();
        await server.EndsWithAsync(0);
    }

    [Fact]
    public async Task What_is_sent_while_the_data_is_migrated_is_held_and_then_saved()
    {
        await using var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"]);
        using var client = await WsClient.ConnectAsync(server.Url);
        await client.HelloAsync();
        await client.PostedAsync("first", "somebody from here on");
        await client.PostEventAsync("somebody from here on");
        var reload = ReloadAsync("--executable", Script($"echo prepared >&4; read -r go <&3; touch '{_folder["fenced"]}'; until [ -e '{_folder["sent"]}' ]; do sleep 0.01; done; exit 9"));
        await Patience.Until(() => File.Exists(_folder["fenced"]), "the writer stands still");
        await client.PostAsync("held", "held");
        // Who reads is answered meanwhile, and often enough that the post would be by then.
        for (var i = 0; i < 20; i++)
        {
            await client.AskAsync(new { op = "who", rid = $"w{i}", room = "#lobby" }, $"w{i}");
            while (client.TakeKept() is { } frame)
                Assert.False(frame.TryGetProperty("cid", out var cid) && cid.GetString() == "held", "It was answered while the data was another's.");
        }
        await File.WriteAllTextAsync(_folder["sent"], "");
        Assert.Equal(1, (await reload).Code);
        var answer = await client.AnswerAsync("held");
        if (WsClient.Op(answer) == "error")
        {
            // It took longer than anything is held.
            Assert.Equal("busy", answer.GetProperty("code").GetString());
            Assert.NotEqual(0, answer.GetProperty("retryAfter").GetInt64());
            answer = await client.PostedAsync("held", "held");
        }
        Assert.Equal("ok", WsClient.Op(answer));
    }

    [Fact]
    public async Task Once_the_data_is_a_newer_versions_the_old_one_writes_nothing_more()
    {
        Need.Program("python3");
        const string asNewer = "prepared >&4; read -r go <&3; version 99";
        var functions = $$"""
            version() { python3 -c 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute("pragma user_version = " + sys.argv[2])' '{{_folder["data/minato.db"]}}' "$1"; }
            known() { python3 -c 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute("pragma user_version").fetchone()[0])' '{{_folder["data/minato.db"]}}'; }
            """;
        await using var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"]);
        using (var client = await WsClient.ConnectAsync(server.Url))
        {
            await client.HelloAsync();
            await client.PostedAsync("first", "somebody from here on");
            var reload = ReloadAsync("--executable", Script($"""
                {functions}
                if [ -z "$MINATO_TRIAL" ]; then version "$(cat '{_folder["known"]}')"; exec '{Repository.Executable}' "$@"; fi
                known >'{_folder["known"]}'
                echo {asNewer}
                touch '{_folder["fenced"]}'
                until [ -e '{_folder["sent"]}' ]; do sleep 0.01; done
                echo done >&4
                """));
            await Patience.Until(() => File.Exists(_folder["fenced"]), "the writer stands still");
            await client.PostAsync("held", "held");
            await client.AskAsync(new { op = "who", rid = "w", room = "#lobby" }, "w");
            await File.WriteAllTextAsync(_folder["sent"], "");
            var refused = await client.AnswerAsync("held");
            Assert.Equal("busy", refused.GetProperty("code").GetString());
            Assert.NotEqual(0, refused.GetProperty("retryAfter").GetInt64());
            await client.NextAsync("bye");
            await client.CloseAsync();
            var (code, _, stderr) = await reload;
            Assert.True(code == 0, stderr + server.Stderr);
            using var again = await WsClient.ConnectAsync(server.Url);
            await again.HelloAsync(client.Session);
            Assert.Equal("ok", WsClient.Op(await again.PostedAsync("held", "held")));
            Assert.Equal(2, (await again.AskAsync(new { op = "history", rid = "h", room = "#lobby" }, "h")).GetProperty("messages").GetArrayLength());
        }
        // And one that dies there leaves nothing to go on with.
        var (died, _, sentence) = await ReloadAsync("--executable", Script($"{functions}\necho {asNewer}; exit 1"));
        Assert.Equal(1, died);
        Assert.Contains("which this server cannot go on with: it ends.", sentence);
        await server.EndsWithAsync(5);
    }

    [Fact]
    public async Task Whoever_is_killed_in_the_middle_the_data_is_free_and_whole()
    {
        await using (var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"]))
        {
            using var client = await WsClient.ConnectAsync(server.Url);
            await client.HelloAsync();
            await client.PostedAsync("1", "said before");
            // The real one, held back where it would migrate.
            var reload = ReloadAsync("--executable", Script($"[ -n \"$MINATO_TRIAL\" ] || exec '{Repository.Executable}' \"$@\"; echo prepared >&4; read -r go <&3; touch '{_folder["fenced"]}'; read -r end <&3"));
            await Patience.Until(() => File.Exists(_folder["fenced"]), "the writer stands still");
            server.Kill9();
            await server.WaitExitAsync();
            var (code, _, stderr) = await reload;
            Assert.Equal((1, "minato: The server ended before it had answered. Its log says why.\n"), (code, stderr));
        }
        // The trial ends of itself when it has lost its server, and the lock with it.
        await Patience.Until(async () => (await MinatoProcess.RunAsync("room", "list", "--data", _folder["data"])).Code == 0, "the data is free");
        var (none, _, sentence) = await ReloadAsync();
        Assert.Equal(1, none);
        Assert.StartsWith("minato: No server answers for the data in ", sentence);
        await using var next = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"]);
        using var reader = await WsClient.ConnectAsync(next.Url);
        Assert.Equal(1, (await reader.HelloAsync()).GetProperty("rooms")[0].GetProperty("posts").GetInt32());
    }

    private Task<(int Code, string Stdout, string Stderr)> ReloadAsync(params string[] arguments) => MinatoProcess.RunAsync(["reload", "--data", _folder["data"], .. arguments]);

    private string Script(string lines)
    {
        var file = _folder[$"new-{Guid.NewGuid():N}"];
        File.WriteAllText(file, $"#!/bin/sh\n{lines}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    /// <summary>Connects, asks, reads the whole answer and closes, again and again.</summary>
    private static async Task<Visits> VisitAsync(int port, CancellationToken stop)
    {
        var visits = new Visits(0, 0, 0);
        while (!stop.IsCancellationRequested)
            try
            {
                using var client = await RawClient.ConnectAsync(port);
                await client.SendAsync($"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
                var isAnswered = (await client.ReadTextToEndAsync()).StartsWith("HTTP/1.1 200 OK", StringComparison.Ordinal);
                visits += isAnswered ? new Visits(1, 0, 0) : new Visits(0, 0, 1);
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                visits += e is SocketException { SocketErrorCode: SocketError.ConnectionRefused } ? new Visits(0, 1, 0) : new Visits(0, 0, 1);
            }
        return visits;
    }

    /// <summary>Tries to have the data, as whoever administers it without a server would.</summary>
    /// <returns>What it got; empty: never the lock.</returns>
    private async Task<string> TryToTakeAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            try
            {
                using (File.OpenHandle(_folder["data/lock"], FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                    return "the lock was free";
            }
            catch (IOException)
            {
                await Task.Delay(1, CancellationToken.None);
            }
        return "";
    }

    private readonly record struct Visits(int Answered, int Refused, int CutOff)
    {
        public static Visits operator +(Visits one, Visits other) => new(one.Answered + other.Answered, one.Refused + other.Refused, one.CutOff + other.CutOff);
    }
}
