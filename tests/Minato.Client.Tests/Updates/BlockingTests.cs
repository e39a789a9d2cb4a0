using Minato.Tests.Kit;
using static Minato.Client.Tests.ClientHost;

namespace Minato.Client.Tests.Updates;

public sealed class BlockingTests
{
    private static readonly object Bob = new { id = "0197a3c0-0000-7000-8000-0000000000b2", nick = "bob" };

    [Fact]
    public async Task Blocking_is_answered_by_whom_it_blocks_and_told_in_the_stream()
    {
        await using var host = new ClientHost();
        var (server, _) = await host.WelcomeAsync();
        await host.NextAsync<Welcomed>();
        var blocking = host.Client.BlockAsync("bob", on: false);
        var block = await server.NextAsync("block");
        Assert.False(block.GetProperty("on").GetBoolean());
        server.Say(new { op = "ok", cid = Cid(block), user = Bob }, new { op = "block", user = Bob, on = false });
        Assert.Equal("bob", (await blocking.Within("ok")).Nick);
        var told = await host.NextAsync<Blocked>();
        Assert.Equal(("bob", false), (told.User.Nick, told.On));
        server.Say(new { op = "reports", open = 3 });
        Assert.Equal(3, (await host.NextAsync<ReportsOpen>()).Count);
    }

    [Fact]
    public async Task A_report_is_sent_again_until_it_is_answered()
    {
        await using var host = new ClientHost();
        var (server, _) = await host.WelcomeAsync();
        var reporting = host.Client.ReportAsync("#lobby", 7, "spam");
        var first = await server.NextAsync("report");
        server.Close();
        var (again, _) = await host.WelcomeAsync();
        var second = await again.NextAsync("report");
        Assert.Equal((Cid(first), "spam"), (Cid(second), second.GetProperty("reason").GetString()));
        again.Say(Ok(second, 11));
        await reporting.Within("ok");
    }
}
