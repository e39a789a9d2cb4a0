using Minato.Tests.Kit;
using static Minato.Client.Tests.ClientHost;

namespace Minato.Client.Tests.Connections;

public sealed class ConnectionLoopTests
{
    [Fact]
    public async Task Connecting_completes_with_the_first_welcome()
    {
        await using var host = new ClientHost(o => o with { Name = "bot/1" });
        var connecting = host.Client.ConnectAsync();
        var (_, hello) = await host.WelcomeAsync();
        await connecting.Within("the welcome");
        Assert.Equal((ClientStatus.Online, "alice"), (host.Client.Status, host.Client.You!.Nick));
        Assert.Equal("""{"op":"hello","ver":1,"client":"bot/1"}""", hello.ToString());
    }

    [Fact]
    public async Task Nobody_there_is_one_clear_error_after_the_time_that_was_given()
    {
        await using var host = new ClientHost(o => o with { Random = () => 1 });
        host.Transport.IsDown = true;
        var connecting = host.Client.ConnectAsync();
        await host.WaitOutAsync(TimeSpan.FromSeconds(0.5));
        await Patience.Until(() => host.Transport.Attempts == 2, "it tries again");
        await host.WaitOutAsync(TimeSpan.FromSeconds(14.5));
        var error = await Assert.ThrowsAsync<ConnectException>(() => connecting.Within("the error"));
        Assert.Contains("Nobody is there.", error.Message);
        Assert.Equal(ClientStatus.Stopped, host.Client.Status);
    }

    [Fact]
    public async Task Login_required_is_final_for_everybody_who_waits()
    {
        await using var host = new ClientHost();
        var sending = host.Client.SendAsync(Lobby, "hi");
        var connecting = host.Client.ConnectAsync();
        var server = await host.Transport.AcceptAsync();
        server.Say(new { op = "error", code = "login_required", message = "No." });
        server.Close(4003);
        await Assert.ThrowsAsync<LoginRequiredException>(() => connecting.Within("the refusal"));
        await Assert.ThrowsAsync<LoginRequiredException>(() => sending.Within("the refusal"));
        // Whoever comes later is told the same, and does not wait for ever.
        await Assert.ThrowsAsync<LoginRequiredException>(() => host.Client.SendAsync("#lobby", "later").Within("the refusal"));
        await Assert.ThrowsAsync<LoginRequiredException>(() => host.NextAsync<Welcomed>());
        Assert.Equal((1, ClientStatus.LoginRequired), (host.Transport.Attempts, host.Client.Status));
    }

    [Fact]
    public async Task The_close_code_alone_is_final_too()
    {
        await using var host = new ClientHost();
        host.Client.Start();
        (await host.Transport.AcceptAsync()).Close(4003);
        await Assert.ThrowsAsync<LoginRequiredException>(() => host.NextAsync<Welcomed>());
    }

    [Fact]
    public async Task It_returns_no_earlier_than_a_server_that_stops_asked_for()
    {
        await using var host = new ClientHost();
        var (server, _) = await host.WelcomeAsync();
        server.Say(new { op = "bye", code = "draining", retryAfter = 1200 });
        server.Close(1012);
        await host.WaitOutAsync(TimeSpan.FromMilliseconds(1199));
        Assert.Equal(1, host.Transport.Attempts);
        host.Time.Advance(TimeSpan.FromMilliseconds(1));
        await host.WelcomeAsync();
    }

    [Fact]
    public async Task Each_failure_makes_it_more_patient_until_a_connection_has_lasted()
    {
        await using var host = new ClientHost(o => o with { Random = () => 1 });
        var (server, _) = await host.WelcomeAsync();
        await host.NextAsync<Welcomed>();
        foreach (var seconds in new[] { 0.5, 1, 2, 4 })
        {
            server.Close();
            await host.WaitOutAsync(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
            Assert.Equal(ClientStatus.Waiting, host.Client.Status);
            host.Time.Advance(TimeSpan.FromTicks(1));
            (server, _) = await host.WelcomeAsync();
            await host.NextAsync<Welcomed>();
        }
        host.Time.Advance(TimeSpan.FromSeconds(10));
        server.Close();
        await host.WaitOutAsync(TimeSpan.FromSeconds(0.5));
        await host.WelcomeAsync();
    }

    [Fact]
    public async Task A_frozen_server_is_noticed_and_left()
    {
        await using var host = new ClientHost();
        var (server, _) = await host.WelcomeAsync(Welcome(interval: 1_000, timeout: 2_500));
        await host.NextAsync<Welcomed>();
        host.Time.Advance(TimeSpan.FromSeconds(1));
        await server.NextAsync("ping");
        for (var tenth = 0; tenth < 15; tenth++)
            host.Time.Advance(TimeSpan.FromMilliseconds(100));
        await server.Closed;
        await host.WelcomeAsync();
    }

    [Fact]
    public async Task A_server_that_never_welcomes_is_left_after_the_time_of_one_attempt()
    {
        await using var host = new ClientHost();
        host.Client.Start();
        var server = await host.Transport.AcceptAsync();
        await server.NextAsync("hello");
        host.Time.Advance(TimeSpan.FromSeconds(15));
        await server.Closed;
        await host.WelcomeAsync();
    }

    [Fact]
    public async Task Who_came_with_the_launch_token_comes_back_with_the_session_beside_it()
    {
        await using var host = new ClientHost(o => o with { Token = "launch" });
        var (server, hello) = await host.WelcomeAsync();
        Assert.Equal("""{"token":"launch"}""", hello.GetProperty("auth").ToString());
        server.Close();
        (_, hello) = await host.WelcomeAsync();
        Assert.Equal("""{"session":"s3cr3t","token":"launch"}""", hello.GetProperty("auth").ToString());
    }
}
