using System.Net;
using System.Net.WebSockets;
using System.Text.RegularExpressions;
using Minato.Tests.Kit;

namespace Minato.Cli.Tests;

/// <summary>One room, whatever door people came in by.</summary>
public sealed partial class RoomTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_telnets_a_WebSocket_and_netcat_see_the_same_messages_in_the_same_order()
    {
        Need.Program("telnet");
        Need.Program("nc");
        await using var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"], "--no-rate-limits");
        using var web = await WsClient.ConnectAsync(server.Url);
        await web.HelloAsync();
        await web.AskAsync(new { op = "nick", cid = "n", nick = "web" }, "n");
        await using var first = MinatoProcess.Through("telnet", "127.0.0.1", $"{server.Port}");
        await using var second = MinatoProcess.Through("telnet", "127.0.0.1", $"{server.Port}");
        foreach (var (telnet, name) in new[] { (first, "ichi"), (second, "ni") })
        {
            await telnet.TypeAsync($"/nick {name}\n");
            await Patience.Until(() => telnet.Stdout.Contains($"* You are {name} now.", StringComparison.Ordinal), $"{name} has a name");
        }
        await Task.WhenAll(
            Task.Run(async () =>
            {
                for (var i = 0; i < 20; i++)
                    await first.TypeAsync($"ichi {i}\n");
            }),
            Task.Run(async () =>
            {
                for (var i = 0; i < 20; i++)
                    await second.TypeAsync($"ni {i} 港\n");
            }),
            Task.Run(async () =>
            {
                for (var i = 0; i < 20; i++)
                    await web.PostAsync($"c{i}", $"web {i}");
            }),
            Task.Run(async () =>
            {
                for (var i = 0; i < 3; i++)
                {
                    await using var netcat = MinatoProcess.Through("sh", "-c", $"printf 'netcat {i}\\n' | nc -N 127.0.0.1 {server.Port}");
                    await netcat.EndsWithAsync(0);
                    // The first line back is its own message, or what others said before it.
                    Assert.Matches($"(?m)^#lobby <guest-[0-9a-f]{{6}}> netcat {i}$", netcat.Stdout);
                }
            }));
        await web.PostAsync("end", "the end");
        var seen = new List<string>();
        while (seen.LastOrDefault() != "<web> the end")
        {
            var ev = await web.NextAsync("ev");
            if (ev.GetProperty("type").GetString() == "post")
                seen.Add($"<{ev.GetProperty("from").GetProperty("nick").GetString()}> {ev.GetProperty("body").GetString()}");
        }
        Assert.Equal(20 + 20 + 20 + 3 + 1, seen.Count);
        foreach (var telnet in new[] { first, second })
        {
            await Patience.Until(() => telnet.Stdout.Contains("the end", StringComparison.Ordinal), "the end reached telnet");
            Assert.Equal(seen, LobbyLine().Matches(telnet.Stdout).Select(m => m.Groups["said"].Value));
        }
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"<ni> ni {i} 港"), seen.Where(s => s.StartsWith("<ni>", StringComparison.Ordinal)));
        EndTests.AssertNoTrouble(server);
    }

    /// <summary>20 MB to 20 readers, of long bodies that come in bursts, while one takes nothing: it alone is let go, and loses nothing.</summary>
    [Fact]
    public async Task One_who_stops_reading_delays_nobody_costs_bounded_memory_and_catches_up()
    {
        const int Readers = 20, Waves = 11, OfSender = 60, Posts = Waves * OfSender * 2;
        await using var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"], "--no-rate-limits");
        // A receive buffer of a few KiB, and nobody who reads it: the kernel takes little on this side.
        using var raw = await RawClient.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port), receiveBuffer: 4096);
        await raw.SendAsync($"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{server.Port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: minato.v1\r\n\r\n");
        Assert.Equal("HTTP/1.1 101 Switching Protocols", await raw.ReadLineAsync());
        while (await raw.ReadLineAsync() != "")
        {
        }
        using var stopped = WsClient.Over(raw.Stream);
        await stopped.HelloAsync();

        var reading = Enumerable.Range(0, Readers).Select(_ => ReadAsync(server.Url, Posts)).ToList();
        await Task.WhenAll(reading.Select(r => r.Ready.Task)).Within("the readers to be welcomed");
        var before = server.ResidentBytes();
        using var one = await WsClient.ConnectAsync(server.Url);
        using var other = await WsClient.ConnectAsync(server.Url);
        WsClient[] senders = [one, other];
        var body = new string('x', 16 * 1024);
        foreach (var sender in senders)
            await sender.HelloAsync();
        for (var wave = 1; wave <= Waves; wave++)
        {
            // Twice a megabyte at once: more than may wait for one reader, and yet none of those who read is slow.
            foreach (var sender in senders)
                for (var i = 0; i < OfSender; i++)
                    await sender.PostAsync($"w{wave}-{i}", body);
            foreach (var sender in senders)
                for (var i = 0; i < OfSender; i++)
                    Assert.Equal("ok", WsClient.Op(await sender.AnswerAsync($"w{wave}-{i}")));
            foreach (var reader in reading)
                await Patience.Until(() => reader.Done.IsCompleted || reader.Seen() >= wave * OfSender * 2, $"a reader has wave {wave}");
        }
        foreach (var reader in reading)
            Assert.Equal(Posts, await reader.Done.Within("a reader to have everything", TimeSpan.FromSeconds(60)));
        var grown = (server.ResidentBytes() - before) / (1024 * 1024);
        TestContext.Current.SendDiagnosticMessage($"VmRSS grew by {grown} MiB from {before / (1024 * 1024)} MiB");
        Assert.True(grown < 200, $"VmRSS grew by {grown} MiB while {Posts * 16 / 1024} MiB passed.");

        var last = 1L;
        var code = await stopped.ClosedAsync();
        Assert.True(code is 4008 or null, $"It was closed with {code}."); // null: cut off, because it did not read the reason in time
        while (stopped.TakeKept() is { } frame)
            if (WsClient.Op(frame) == "ev")
                Assert.Equal(++last, frame.GetProperty("seq").GetInt64());
        Assert.True(last < Posts, "It was never stopped.");
        using var again = await WsClient.ConnectAsync(server.Url);
        await again.HelloAsync(resume: new Dictionary<string, long> { ["#lobby"] = last });
        // Not only an answer: everything, by replay and, below it, by history.
        var from = (await again.NextAsync(f => WsClient.Op(f) is "resumed" or "partial", "the resume")).TryGetProperty("from", out var m) ? m.GetInt64() : last + 1;
        while (last + 1 < from)
        {
            var page = await again.AskAsync(new { op = "history", rid = $"h{last}", room = "#lobby", after = last, limit = 200 }, $"h{last}");
            foreach (var message in page.GetProperty("messages").EnumerateArray().Where(x => x.GetProperty("seq").GetInt64() < from))
                Assert.Equal(++last, message.GetProperty("seq").GetInt64());
        }
        while (last < Posts + 1)
            Assert.Equal(++last, (await again.NextAsync("ev")).GetProperty("seq").GetInt64());
        EndTests.AssertNoTrouble(server);
    }

    [GeneratedRegex(@"(?m)^#lobby (?<said><(ichi|ni|web|guest-[0-9a-f]{6})> [^\r\n]*)\r?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex LobbyLine();

    private static (TaskCompletionSource Ready, Func<int> Seen, Task<int> Done) ReadAsync(string url, int posts)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var seen = 0;
        return (ready, () => Volatile.Read(ref seen), Task.Run(async () =>
        {
            using var client = await WsClient.ConnectAsync(url);
            await client.HelloAsync();
            ready.SetResult();
            while (seen < posts)
            {
                var frame = await client.ReceiveAsync() ?? throw new WebSocketException($"A reader was closed with {client.CloseCode} after {seen} posts.");
                if (WsClient.Op(frame) == "ev")
                    Interlocked.Increment(ref seen);
            }
            return seen;
        }));
    }
}
