using Minato.Sidecar;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Hosting;

public sealed class MinatoServerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_hundred_who_wait_before_the_start_all_get_the_url_that_then_answers()
    {
        await using var server = new MinatoServer(new MinatoOptions { Address = RunningServer.AnyPort, Memory = true });
        var waiting = Enumerable.Range(0, 100).Select(_ => server.GetLocalUrlAsync()).ToList();
        Assert.DoesNotContain(waiting, w => w.IsCompleted);
        await server.StartAsync();
        var urls = await Task.WhenAll(waiting).Within("the waiters");
        Assert.All(urls, url => Assert.Equal(server.Ready.Url, url));
        using var http = new HttpClient();
        Assert.Equal("ok\n", await http.GetStringAsync(urls[0] + "/healthz"));
        Assert.Equal(urls[0], await server.GetLocalUrlAsync());
    }

    [Fact]
    public async Task Who_waits_for_a_server_that_does_not_start_is_told_after_the_time()
    {
        var clock = new ManualTime();
        await using var server = new MinatoServer(new MinatoOptions { Memory = true }, clock: clock);
        var waiting = Enumerable.Range(0, 10).Select(_ => server.GetLocalUrlAsync()).ToList();
        clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.DoesNotContain(waiting, w => w.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        foreach (var wait in waiting)
            Assert.Equal("Server start timeout: no address was reported within 5 s.", (await Assert.ThrowsAsync<TimeoutException>(() => wait.Within("the timeout"))).Message);
    }

    [Fact]
    public async Task A_start_that_fails_gives_everybody_the_same_error_and_takes_nothing_with_it()
    {
        await using var holder = await RunningServer.StartAsync();
        Assert.True(ListenAddress.TryParse($"127.0.0.1:{holder.Port}", out var taken, out _));
        await using var server = new MinatoServer(new MinatoOptions { Address = taken, Data = _folder["data"] });
        var waiting = Enumerable.Range(0, 10).Select(_ => server.GetLocalUrlAsync()).ToList();
        var error = await Assert.ThrowsAsync<PortInUseException>(() => server.StartAsync());
        foreach (var wait in waiting)
            Assert.Same(error, await Assert.ThrowsAsync<PortInUseException>(() => wait.Within("the error")));
        // The data folder was let go.
        await using var other = new MinatoServer(new MinatoOptions { Address = RunningServer.AnyPort, Data = _folder["data"] });
        await other.StartAsync();
    }

    [Fact]
    public async Task Two_servers_live_in_one_process_each_with_its_own_people()
    {
        await using var one = await RunningServer.StartAsync();
        await using var two = await RunningServer.StartAsync();
        Assert.NotEqual(one.Port, two.Port);
        using var here = await WsClient.ConnectAsync(one.Url);
        using var there = await WsClient.ConnectAsync(two.Url);
        await here.HelloAsync();
        await there.HelloAsync();
        await here.PostedAsync("c", "only here");
        await there.PostedAsync("c", "only there");
        Assert.Equal("only here", (await here.NextAsync("ev")).GetProperty("body").GetString());
        Assert.Equal("only there", (await there.NextAsync("ev")).GetProperty("body").GetString());
    }

    [Fact]
    public async Task One_data_folder_has_one_server_and_the_second_is_told_where_it_is()
    {
        await using var first = new MinatoServer(new MinatoOptions { Address = RunningServer.AnyPort, Data = _folder["data"] });
        await first.StartAsync();
        await using (var second = new MinatoServer(new MinatoOptions { Address = RunningServer.AnyPort, Data = _folder["data"] }))
        {
            var inUse = await Assert.ThrowsAsync<DataInUseException>(() => second.StartAsync());
            Assert.Equal((first.Ready.Url, Environment.ProcessId), (inUse.Url, inUse.Pid));
        }
        await first.DisposeAsync();
        await using var third = new MinatoServer(new MinatoOptions { Address = RunningServer.AnyPort, Data = _folder["data"] });
        await third.StartAsync();
        Assert.Throws<InvalidOperationException>(() => first.Ready);
    }

    /// <summary>Each start removes what killed servers left: never what one has that is just starting, or just ending.</summary>
    [Fact]
    public async Task Servers_that_start_and_end_at_the_same_time_take_no_folder_from_each_other()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 8; i++)
            {
                await using var server = await RunningServer.StartAsync();
                using var client = await WsClient.ConnectAsync(server.Url);
                await client.HelloAsync();
                await client.PostedAsync("c", "x");
                await client.CloseAsync();
            }
        }))).Within("eight times eight servers", TimeSpan.FromSeconds(60));
    }
}
