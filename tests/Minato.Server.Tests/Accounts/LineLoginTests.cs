using Minato.Core.Storage;

namespace Minato.Server.Tests.Accounts;

public sealed class LineLoginTests
{
    [Fact]
    public async Task Before_the_login_nothing_is_posted_or_shown_and_the_password_is_asked_without_echo()
    {
        await using var host = await AccountsHost.StartAsync();
        (await host.PersonAsync("ann")).Dispose();
        using var terminal = host.Host.Lines();
        await terminal.SendAsync("hello\r\n/who\r\n/history\r\n/nick ben\r\n");
        for (var i = 0; i < 4; i++)
            Assert.StartsWith("* Log in first", await terminal.ReadLineAsync());
        await terminal.SendAsync("/login ann\r\n");
        Assert.Equal("* Password (it will not be shown):", await terminal.ReadLineAsync());
        Assert.Equal([0xFF, 0xFB, 0x01], await terminal.ReadBytesAsync(3)); // IAC WILL ECHO
        await terminal.SendAsync($"{AccountsHost.Password}\r\n");
        Assert.Equal([0xFF, 0xFC, 0x01], await terminal.ReadBytesAsync(3));
        Assert.Equal("* Welcome. You are ann in #lobby.", await terminal.ReadLineAsync());
        await terminal.SendAsync("hello\r\n/nick anna\r\nagain\r\n");
        Assert.Equal("#lobby <ann> hello", await terminal.ReadLineAsync());
        await terminal.ExpectAsync("#lobby <anna> again");
        Assert.Equal(["hello", "again"], (await host.Owner.GetAsync("/rooms/lobby/messages")).Bodies());
    }

    [Fact]
    public async Task Three_wrong_ones_end_the_connection_and_many_are_held_up_however_often_one_connects()
    {
        await using var host = await AccountsHost.StartAsync();
        (await host.PersonAsync("ann")).Dispose();
        using (var terminal = host.Host.Lines())
        {
            await terminal.SendAsync("/login ann\r\nwrong one\r\nwrong two\r\nwrong three\r\n");
            Assert.EndsWith("* That is not it. Goodbye.\r\n", await terminal.ReadTextToEndAsync());
        }
        using var again = host.Host.Lines();
        await again.SendAsync($"/login ann\r\nwrong four\r\nwrong five\r\n{AccountsHost.Password}\r\n");
        await again.ExpectAsync("Too many were wrong. Try again in 1 s.");
        await again.SendAsync("hello\r\n");
        await again.ExpectAsync("Log in first");
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await again.SendAsync($"/login ann\r\n{AccountsHost.Password}\r\n");
        await again.ExpectAsync("Welcome. You are ann");
    }

    [Fact]
    public async Task A_token_logs_in_and_one_that_only_reads_posts_nothing()
    {
        await using var host = await AccountsHost.StartAsync();
        using var terminal = host.Host.Lines();
        var token = (await host.Owner.PostAsync("/tokens", new { name = "screen", scope = "read" })).Is(201).Text("token");
        await terminal.SendAsync($"/login\r\n mnto_wrong \r\n {token} \r\nhello\r\n/nick other\r\n/join #new\r\n");
        await terminal.ExpectAsync("That is not it.");
        await terminal.ExpectAsync("Welcome. You are owner");
        for (var i = 0; i < 3; i++)
            Assert.Equal("* You may not do that here.", await terminal.ExpectAsync("may not"));
        await host.Owner.SayAsync("to be read");
        Assert.Equal("#lobby <owner> to be read", await terminal.ReadLineAsync());
    }

    [Fact]
    public async Task A_database_that_is_away_while_one_logs_in_is_said_and_the_next_try_is_one()
    {
        await using var host = await AccountsHost.StartAsync();
        using var terminal = host.Host.Lines();
        var token = (await host.Owner.PostAsync("/tokens", new { name = "screen", scope = "write" })).Is(201).Text("token");
        host.Host.Store.AfterCredential = () => throw new StoreAwayException("away");
        await terminal.SendAsync($"/login\r\n{token}\r\n");
        Assert.EndsWith("* The server cannot reach its database: nothing was saved. Try again later. /login", await terminal.ExpectAsync("cannot reach"));
        host.Host.Store.AfterCredential = () => Task.CompletedTask;
        await terminal.SendAsync($"/login\r\n{token}\r\nhello\r\n");
        await terminal.ExpectAsync("Welcome. You are owner");
        await terminal.ExpectAsync("#lobby <owner> hello");
    }

    [Theory]
    [InlineData(Access.Accounts)]
    [InlineData(Access.Guests)]
    public async Task A_session_is_no_token_and_outlives_the_connection_that_it_was_pasted_into(Access access)
    {
        await using var host = await AccountsHost.StartAsync(access);
        using (var terminal = host.Host.Lines())
        {
            await terminal.SendAsync($"/login\r\n{host.Owner.Bearer}\r\n");
            await terminal.ExpectAsync("That is not it.");
            await terminal.SendAsync("second\r\nthird\r\n");
            await terminal.ReadToEndAsync();
        }
        (await host.Owner.GetAsync("/me")).Is(200);
    }

    [Fact]
    public async Task Where_guests_are_let_in_one_may_log_in_before_saying_anything()
    {
        await using var host = await AccountsHost.StartAsync(Access.Guests);
        using var terminal = host.Host.Lines();
        await terminal.SendAsync($"/login owner\r\n{AccountsHost.Password}\r\nhello\r\n/login owner\r\n");
        await terminal.ExpectAsync("Welcome. You are owner");
        await terminal.ExpectAsync("#lobby <owner> hello");
        await terminal.ExpectAsync("You are in already");
    }
}
