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
}
