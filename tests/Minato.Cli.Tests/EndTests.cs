using Minato.Tests.Kit;

namespace Minato.Cli.Tests;

/// <summary>How a server ends: told by a signal, by its host, or by nobody.</summary>
public sealed class EndTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SIGTERM_answers_what_was_read_says_bye_closes_with_1012_and_exits_0()
    {
        await using var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"], "--no-rate-limits");
        using var client = await WsClient.ConnectAsync(server.Url);
        await client.HelloAsync();
        using var terminal = await RawClient.ConnectAsync(server.Port);
        await terminal.SendAsync("hello\r\n");
        await terminal.ExpectAsync("> hello");
        await client.PostEventAsync("hello");
        for (var i = 0; i < 50; i++)
            await client.PostAsync($"c{i}", $"p{i}");
        await client.AnswerAsync("c0"); // they are on their way
        server.Terminate();
        var (oks, events, bye) = (1, 0, false);
        while (await client.ReceiveAsync("the farewell") is { } frame)
        {
            oks += WsClient.Op(frame) == "ok" ? 1 : 0;
            events += WsClient.Op(frame) == "ev" ? 1 : 0;
            bye = WsClient.Op(frame) == "bye" && frame.GetProperty("code").GetString() == "draining" && frame.GetProperty("retryAfter").GetInt64() > 0;
        }
        Assert.True(bye, "The last frame was no bye.");
        Assert.Equal(1012, client.CloseCode);
        Assert.Equal(oks, events); // whatever was answered was published, too
        await terminal.ExpectAsync("* The server is stopping.");
        Assert.Null(await terminal.ReadLineAsync());
        await client.CloseAsync();
        terminal.Dispose();
        await server.EndsWithAsync(0);
        Assert.False(File.Exists(_folder["data/server.json"]));
        AssertNoTrouble(server);

        await using var again = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"]);
        using var reader = await WsClient.ConnectAsync(again.Url);
        var welcome = await reader.HelloAsync();
        Assert.True(welcome.GetProperty("rooms")[0].GetProperty("posts").GetInt32() >= oks + 1);
    }

    [Fact]
    public async Task SIGINT_ends_it_as_well_and_the_undecided_do_not_hold_it_up()
    {
        // Whoever runs the tests in the background of a script has them inherit that SIGINT is ignored.
        await using var server = await MinatoProcess.Through("env", "--default-signal=INT", Repository.Executable, "127.0.0.1:0", "--memory").ReadyAsync();
        using var silent = await RawClient.ConnectAsync(server.Port);
        using var half = await RawClient.ConnectAsync(server.Port);
        await half.SendAsync("GET / HT");
        using var page = await RawClient.ConnectAsync(server.Port);
        await page.SendAsync($"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:{server.Port}\r\n\r\n");
        await page.ExpectAsync("ok"); // kept alive, idle
        using var greeted = await RawClient.ConnectAsync(server.Port);
        await greeted.ExpectAsync("* Welcome");
        server.Interrupt();
        await greeted.ExpectAsync("* The server is stopping.");
        foreach (var client in new[] { silent, half, page, greeted })
            client.Dispose();
        await server.EndsWithAsync(0);
        AssertNoTrouble(server);
    }

    [Fact]
    public async Task One_who_never_says_goodbye_is_cut_off_and_it_exits_0_all_the_same()
    {
        await using var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"]);
        using var stubborn = await WsClient.ConnectAsync(server.Url);
        await stubborn.HelloAsync();
        using var silent = await RawClient.ConnectAsync(server.Port);
        using var terminal = await RawClient.ConnectAsync(server.Port);
        await terminal.SendAsync("hello\r\n");
        await terminal.ExpectAsync("> hello");
        server.Terminate();
        await server.EndsWithAsync(0);
        Assert.False(File.Exists(_folder["data/server.json"]));
        AssertNoTrouble(server);
    }

    [Fact]
    public async Task The_second_SIGTERM_ends_it_at_once()
    {
        await using var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--memory");
        using var stubborn = await WsClient.ConnectAsync(server.Url);
        await stubborn.HelloAsync();
        server.Terminate();
        await stubborn.NextAsync("bye"); // it drains, and waits for a close that does not come
        server.Terminate();
        // Who waits for the stubborn one to the end exits 0.
        Assert.NotEqual(0, await server.WaitExitAsync());
    }

    [Fact]
    public async Task With_a_delay_it_says_that_it_will_stop_serves_everybody_until_then_and_waits_for_no_host_that_is_gone()
    {
        await using var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"], "--exit-with-parent", "--shutdown-delay", "1h");
        using var before = await WsClient.ConnectAsync(server.Url);
        await before.HelloAsync();
        server.Terminate();
        using var http = new HttpClient();
        await Patience.Until(async () => await http.GetAsync(server.Url + "/readyz") is { StatusCode: System.Net.HttpStatusCode.ServiceUnavailable }, "it is not ready any more");
        using var during = await WsClient.ConnectAsync(server.Url);
        await during.HelloAsync();
        Assert.Equal("ok", WsClient.Op(await during.PostedAsync("a", "I have only come")));
        await before.PostEventAsync("I have only come");
        await server.ErrorLineAsync("everybody is served for 3600 s more (--shutdown-delay)");
        server.CloseInput();
        foreach (var client in new[] { before, during })
        {
            await client.NextAsync("bye");
            Assert.Equal(1012, await client.ClosedAsync());
            await client.CloseAsync();
        }
        await server.EndsWithAsync(0);
        AssertNoTrouble(server);
    }

    [Fact]
    public async Task When_the_delay_is_over_it_ends_as_always()
    {
        await using var server = await MinatoProcess.ServeAsync("127.0.0.1:0", "--data", _folder["data"], "--shutdown-delay", "300ms");
        using var client = await WsClient.ConnectAsync(server.Url);
        await client.HelloAsync();
        server.Terminate();
        await client.NextAsync("bye");
        Assert.Equal(1012, await client.ClosedAsync());
        await client.CloseAsync();
        await server.EndsWithAsync(0);
        AssertNoTrouble(server);
    }

    [Fact]
    public async Task With_its_host_means_when_the_pipe_on_stdin_closes()
    {
        await using var server = await MinatoProcess.ServeAsync("--exit-with-parent", "127.0.0.1:0", "--memory");
        server.CloseInput();
        await server.EndsWithAsync(0);
    }

    [Fact]
    public async Task With_its_host_means_when_the_process_ends_that_was_named()
    {
        using var host = System.Diagnostics.Process.Start("sleep", "600");
        try
        {
            await using var server = await MinatoProcess.ServeAsync($"--exit-with-parent={host.Id}", "127.0.0.1:0", "--memory");
            host.Kill();
            await server.EndsWithAsync(0);
        }
        finally
        {
            host.Kill();
        }
    }

    [Fact]
    public async Task A_stdin_that_never_closes_is_wrong_usage_for_a_host()
    {
        await using var server = MinatoProcess.Through("sh", "-c", $"exec '{Repository.Executable}' --exit-with-parent 127.0.0.1:0 --memory --ready-json </dev/null");
        await server.EndsWithAsync(2);
        Assert.Contains("\"code\":\"usage\"", server.Stdout);
        Assert.StartsWith("minato: ", server.Stderr);
    }

    internal static void AssertNoTrouble(MinatoProcess server) =>
        Assert.DoesNotMatch("(?m) (fail|crit|warn): |Unhandled|Exception", server.Stderr);
}
