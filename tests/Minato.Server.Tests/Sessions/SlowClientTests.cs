using Minato.Server.Sessions;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Sessions;

/// <summary>One who does not read: what is lost, what is not, and who notices.</summary>
public sealed class SlowClientTests
{
    [Fact]
    public async Task One_who_does_not_read_is_closed_as_slow_while_others_read_on_and_resume_brings_the_rest()
    {
        await using var host = new SessionHost(rateLimits: false);
        using var writer = await host.WelcomeAsync();
        using var slow = host.WebSocket(pause: 4096);
        await slow.HelloAsync();
        var body = new string('x', 16 * 1024);
        for (var i = 0; i < 100; i++)
            Assert.Equal("ok", WsClient.Op(await writer.PostedAsync($"c{i}", body)));
        Assert.Equal(4008, await slow.ClosedAsync());
        var last = 1L;
        while (await slow.ReceiveAsync() is { } frame)
            if (WsClient.Op(frame) == "ev")
                Assert.Equal(++last, frame.GetProperty("seq").GetInt64());
        Assert.InRange(last, 1, 80);
        using var again = await host.WelcomeAsync(resume: new Dictionary<string, long> { ["#lobby"] = last });
        while (last < 101)
            Assert.Equal(++last, (await again.NextAsync("ev")).GetProperty("seq").GetInt64());
    }

    /// <summary>What waits for each is bounded while it lasts, given back when it ends, and nobody who reads notices.</summary>
    [Fact]
    public async Task Many_who_do_not_read_are_each_let_go_and_each_comes_back_into_step()
    {
        const int Slow = 20, Posts = 90;
        await using var host = new SessionHost(rateLimits: false);
        using var writer = await host.WelcomeAsync();
        using var reader = await host.WelcomeAsync();
        var stopped = Enumerable.Range(0, Slow).Select(_ => host.WebSocket(pause: 4096)).ToList();
        foreach (var client in stopped)
            await client.HelloAsync();
        var sessions = host.Context.Sessions.All;

        var body = new string('x', 16 * 1024);
        for (var i = 0; i < Posts; i++)
        {
            Assert.Equal("ok", WsClient.Op(await writer.PostedAsync($"c{i}", body)));
            Assert.Equal(i + 2, (await reader.NextAsync("ev")).GetProperty("seq").GetInt64());
            Assert.All(sessions, s => Assert.InRange(s.Queue.Bytes, 0, SendQueue.DefaultCapacity));
        }
        Assert.Equal(Slow, sessions.Count(s => s.IsClosing));
        // Of each the frame that has begun, and why it was closed.
        Assert.All(sessions, s => Assert.InRange(s.Queue.Bytes, 0, 20 * 1024));

        foreach (var client in stopped)
        {
            Assert.Equal(4008, await client.ClosedAsync());
            var last = 1L;
            while (await client.ReceiveAsync() is { } frame)
                if (WsClient.Op(frame) == "ev")
                    Assert.Equal(++last, frame.GetProperty("seq").GetInt64());
            using var again = await host.WelcomeAsync(resume: new Dictionary<string, long> { ["#lobby"] = last });
            while (last < Posts + 1)
                Assert.Equal(++last, (await again.NextAsync("ev")).GetProperty("seq").GetInt64());
            client.Dispose();
        }
    }

    [Fact]
    public async Task What_is_beside_the_log_is_left_out_first_and_the_log_stays_whole()
    {
        await using var host = new SessionHost(rateLimits: false);
        using var alice = await host.PersonAsync("alice");
        using var other = await host.WelcomeAsync(want: "typing");
        using var slow = host.WebSocket(pause: 4096);
        await slow.HelloAsync(want: ["typing"]);
        var head = (await alice.PostedAsync("c0", "begin")).GetProperty("seq").GetInt64();
        await slow.PostEventAsync("begin");

        // Half a megabyte: past the quarter that is left to what may be lost, and not full.
        for (var i = 1; i <= 32; i++)
            await alice.PostedAsync($"c{i}", new string('x', 16 * 1024));
        await alice.SendAsync(new { op = "typing", room = "#lobby" });
        await ToldAsync(host, alice, other);
        await alice.PostedAsync("c33", "end");

        for (var seq = head + 1; seq <= head + 33; seq++)
        {
            var frame = (await slow.ReceiveAsync())!.Value;
            Assert.Equal(("ev", seq), (WsClient.Op(frame), frame.GetProperty("seq").GetInt64()));
        }
        // It reads again, and is told again.
        host.Clock.Advance(TimeSpan.FromSeconds(3));
        await alice.SendAsync(new { op = "typing", room = "#lobby" });
        await ToldAsync(host, alice, slow);
    }

    /// <summary>Lets the rooms' clock tick, after what alice sent was heard, until somebody is told that she types: not so often that anybody counts as dead.</summary>
    private static async Task ToldAsync(SessionHost host, WsClient alice, WsClient client)
    {
        var told = client.NextAsync("eph");
        for (var ticks = 0; ticks < 40 && !told.IsCompleted; ticks++)
        {
            // Again each time: the rooms' own task may come late to a tick, when she has stopped typing by the clock.
            await alice.SendAsync(new { op = "typing", room = "#lobby" });
            await alice.SendAsync(new { op = "ping" });
            await alice.NextAsync("pong");
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(told, Task.Delay(TimeSpan.FromSeconds(1)));
        }
        Assert.Equal("alice", (await told).GetProperty("users")[0].GetProperty("nick").GetString());
    }
}
