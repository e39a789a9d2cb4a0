using Minato.Tests.Kit;
using static Minato.Client.Tests.ClientHost;

namespace Minato.Client.Tests.Outbox;

public sealed class MutationOutboxTests
{
    [Fact]
    public async Task A_message_completes_with_its_place_in_the_log()
    {
        await using var host = new ClientHost();
        var (server, _) = await host.WelcomeAsync();
        var sending = host.Client.SendAsync("#lobby", "hi");
        var send = await server.NextAsync("send");
        Assert.Equal("hi", Body(send));
        server.Say(Ok(send, 11));
        Assert.Equal(new Saved(Lobby, 11, 11), await sending.Within("ok"));
    }

    [Fact]
    public async Task What_was_not_answered_goes_out_again_under_its_cid()
    {
        await using var host = new ClientHost();
        var (server, _) = await host.WelcomeAsync();
        var sending = host.Client.SendAsync("#lobby", "hi");
        var first = await server.NextAsync("send");
        server.Close();
        var (again, _) = await host.WelcomeAsync();
        var second = await again.NextAsync("send");
        Assert.Equal(Cid(first), Cid(second));
        again.Say(Ok(second, 11));
        await sending.Within("ok");
    }

    [Fact]
    public async Task A_message_that_waited_for_a_month_of_sleep_is_refused_rather_than_sent_twice()
    {
        await using var host = new ClientHost();
        var (server, _) = await host.WelcomeAsync();
        var old = host.Client.SendAsync("#lobby", "old");
        await server.NextAsync("send");
        // The monotonic clock stands still while a machine sleeps.
        host.Time.Leap(TimeSpan.FromDays(30));
        var young = host.Client.SendAsync("#lobby", "young");
        server.Close();
        var (again, _) = await host.WelcomeAsync();
        Assert.Equal("young", Body(await again.NextAsync("send")));
        Assert.Equal("expired", (await Assert.ThrowsAsync<RefusedException>(() => old.Within("its refusal"))).Code);
        Assert.False(young.IsCompleted);
    }

    [Fact]
    public async Task A_clock_that_is_set_by_a_day_costs_nothing()
    {
        await using var host = new ClientHost();
        var (server, _) = await host.WelcomeAsync();
        foreach (var leap in new[] { TimeSpan.FromDays(1), TimeSpan.FromDays(-2), TimeSpan.FromHours(1) })
        {
            var sending = host.Client.SendAsync("#lobby", "hi");
            var first = await server.NextAsync("send");
            host.Time.Leap(leap);
            server.Close();
            (server, _) = await host.WelcomeAsync();
            var second = await server.NextAsync("send");
            Assert.Equal(Cid(first), Cid(second));
            server.Say(Ok(second, 11));
            await sending.Within("ok");
        }
    }

    [Fact]
    public async Task Messages_of_one_room_go_out_one_after_the_other_and_rooms_beside_each_other()
    {
        await using var host = new ClientHost();
        var (server, _) = await host.WelcomeAsync();
        var all = Task.WhenAll(host.Client.SendAsync(Lobby, "1"), host.Client.SendAsync(Lobby, "2"), host.Client.SendAsync(Den, "other"));
        var (one, other) = (await server.NextAsync("send"), await server.NextAsync("send"));
        Assert.Equal(["1", "other"], new[] { Body(one), Body(other) }.Order());
        await host.SaysNothingAsync(server);
        if (Body(one) == "other")
            (one, other) = (other, one);
        server.Say(Ok(one, 11));
        var two = await server.NextAsync("send");
        Assert.Equal("2", Body(two));
        server.Say(Ok(other, 6), Ok(two, 12));
        await all.Within("all");
    }

    [Theory]
    [InlineData("rate_limited")]
    [InlineData("busy")]
    [InlineData("storage_full")]
    [InlineData("storage_away")]
    [InlineData("storage_failed")]
    public async Task An_error_that_passes_is_waited_out_and_nothing_overtakes(string code)
    {
        await using var host = new ClientHost();
        var (server, _) = await host.WelcomeAsync();
        await host.NextAsync<Welcomed>();
        var all = Task.WhenAll(host.Client.SendAsync(Lobby, "1"), host.Client.SendAsync(Lobby, "2"));
        var one = await server.NextAsync("send");
        var timers = host.Time.Waiting;
        server.Say(Error(one, code, 400));
        await Patience.Until(() => host.Time.Waiting > timers, "the wait begins");
        host.Time.Advance(TimeSpan.FromMilliseconds(399));
        var (behind, elsewhere) = (host.Client.SendAsync(Lobby, "3"), host.Client.SendAsync(Den, "other"));
        await Patience.Until(() => host.Client.Kept == 4, "they are kept");
        await host.SaysNothingAsync(server);
        host.Time.Advance(TimeSpan.FromMilliseconds(1));
        var again = await server.NextAsync("send");
        Assert.Equal((Cid(one), "1"), (Cid(again), Body(again)));
        var other = await server.NextAsync("send");
        server.Say(Ok(other, 6), Ok(again, 11));
        server.Say(Ok(await server.NextAsync("send"), 12));
        server.Say(Ok(await server.NextAsync("send"), 13));
        Assert.Equal([11, 12], (await all.Within("all")).Select(s => s.Seq));
        Assert.Equal((13, 6), ((await behind.Within("the third")).Seq, (await elsewhere.Within("the other")).Seq));
    }

    [Theory]
    [InlineData("rate_limited", 10_000)]
    [InlineData("slow_mode", 60_000)]
    public async Task What_would_go_much_later_is_refused_with_its_time_and_keeps_nothing_else_waiting(string code, int longest)
    {
        await using var host = new ClientHost();
        var (server, _) = await host.WelcomeAsync();
        await host.NextAsync<Welcomed>();
        var late = host.Client.SendAsync(Lobby, "1");
        server.Say(Error(await server.NextAsync("send"), code, longest + 1));
        var refused = await Assert.ThrowsAsync<RefusedException>(() => late.Within("the refusal"));
        Assert.Equal((code, TimeSpan.FromMilliseconds(longest + 1)), (refused.Code, refused.RetryAfter));
        var other = host.Client.SendAsync(Den, "other");
        server.Say(Ok(await server.NextAsync("send"), 6));
        await other.Within("ok");
        var timers = host.Time.Waiting;
        var waits = host.Client.SendAsync(Lobby, "2");
        server.Say(Error(await server.NextAsync("send"), code, longest));
        await Patience.Until(() => host.Time.Waiting > timers, "the wait begins");
        Assert.False(waits.IsCompleted);
    }

    [Theory]
    [InlineData("cid_conflict")]
    [InlineData("not_a_member")]
    [InlineData("storage_failed")]
    [InlineData("of_a_newer_server")]
    public async Task A_final_error_surfaces_and_the_next_goes_out(string code)
    {
        await using var host = new ClientHost();
        var (server, _) = await host.WelcomeAsync();
        var refused = host.Client.SendAsync(Lobby, "1");
        var fine = host.Client.SendAsync(Lobby, "2");
        server.Say(Error(await server.NextAsync("send"), code));
        Assert.Equal(code, (await Assert.ThrowsAsync<RefusedException>(() => refused.Within("the refusal"))).Code);
        server.Say(Ok(await server.NextAsync("send"), 11));
        await fine.Within("ok");
    }

    [Fact]
    public async Task No_more_are_unanswered_than_the_server_allows()
    {
        await using var host = new ClientHost();
        var (server, _) = await host.WelcomeAsync(Welcome(inFlight: 2));
        var all = Enumerable.Range(0, 5).Select(i => host.Client.SendAsync(Guid.CreateVersion7(), $"{i}")).ToList();
        var frames = new List<System.Text.Json.JsonElement> { await server.NextAsync("send"), await server.NextAsync("send") };
        await host.SaysNothingAsync(server);
        for (var answered = 0; answered < 5; answered++)
        {
            server.Say(Ok(frames[answered], answered));
            if (frames.Count < 5)
                frames.Add(await server.NextAsync("send"));
        }
        await Task.WhenAll(all).Within("all");
    }

    [Fact]
    public async Task A_full_outbox_refuses_at_once_and_keeps_nothing_of_it()
    {
        await using var host = new ClientHost(o => o with { MaxOutbox = 1 });
        var kept = host.Client.SendAsync(Lobby, "1");
        await Assert.ThrowsAsync<OutboxFullException>(() => host.Client.SendAsync(Lobby, "2"));
        var (server, _) = await host.WelcomeAsync();
        server.Say(Ok(await server.NextAsync("send"), 11));
        await kept.Within("ok");
        await host.SaysNothingAsync(server);
    }

    [Fact]
    public async Task Nothing_goes_out_that_a_restart_would_forget()
    {
        var store = new GatedStore();
        await using var host = new ClientHost(o => o with { Store = store });
        var sending = host.Client.SendAsync(Lobby, "1");
        var (server, _) = await host.WelcomeAsync();
        await host.NextAsync<Welcomed>();
        await host.SaysNothingAsync(server);
        store.Open();
        server.Say(Ok(await server.NextAsync("send"), 11));
        await sending.Within("ok");
    }

    [Fact]
    public async Task What_could_not_be_kept_is_not_sent_and_says_so()
    {
        var store = new GatedStore { IsFull = true };
        store.Open();
        await using var host = new ClientHost(o => o with { Store = store });
        var (server, _) = await host.WelcomeAsync();
        await host.NextAsync<Welcomed>();
        await Assert.ThrowsAsync<IOException>(() => host.Client.SendAsync(Lobby, "1").Within("the error"));
        store.IsFull = false;
        var fine = host.Client.SendAsync(Lobby, "2");
        var send = await server.NextAsync("send");
        Assert.Equal("2", Body(send));
        server.Say(Ok(send, 11));
        await fine.Within("ok");
    }

    [Fact]
    public async Task Cancelling_stops_the_waiting_and_not_the_message()
    {
        await using var host = new ClientHost();
        using var cancel = new CancellationTokenSource();
        var sending = host.Client.SendAsync(Lobby, "1", cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        var (server, _) = await host.WelcomeAsync();
        Assert.Equal("1", Body(await server.NextAsync("send")));
    }

    [Fact]
    public async Task What_an_earlier_run_left_behind_goes_out_under_its_cid_and_is_told()
    {
        using var store = new MemoryClientStore();
        string cid;
        await using (var before = new ClientHost(o => o with { Store = store }))
        {
            var (server, _) = await before.WelcomeAsync();
            var unanswered = before.Client.SendAsync(Lobby, "1");
            cid = Cid(await server.NextAsync("send"));
            await before.Client.DisposeAsync();
            await Assert.ThrowsAsync<ObjectDisposedException>(() => unanswered);
        }
        await using var host = new ClientHost(o => o with { Store = store });
        var (again, hello) = await host.WelcomeAsync();
        Assert.Equal("s3cr3t", hello.GetProperty("auth").GetProperty("session").GetString());
        var send = await again.NextAsync("send");
        Assert.Equal(cid, Cid(send));
        again.Say(Ok(send, 11));
        Assert.Equal(new LeftoverSaved(cid, new Saved(Lobby, 11, 11)), await host.NextAsync<LeftoverSaved>());
        await host.Client.DisposeAsync();
        Assert.Empty(store.Load().Outbox);
    }

    [Fact]
    public async Task Nothing_is_said_under_another_name_when_the_server_forgot_who_wrote_it()
    {
        await using var host = new ClientHost();
        var (server, _) = await host.WelcomeAsync(Welcome(you: Alice));
        await host.NextAsync<Welcomed>();
        var sending = host.Client.SendAsync(Lobby, "1");
        await server.NextAsync("send");
        server.Close();
        var (other, _) = await host.WelcomeAsync(Welcome(you: Den));
        Assert.Equal("identity_changed", (await Assert.ThrowsAsync<RefusedException>(() => sending.Within("the refusal"))).Code);
        var fine = host.Client.SendAsync(Lobby, "2");
        var send = await other.NextAsync("send");
        Assert.Equal("2", Body(send));
        other.Say(Ok(send, 11));
        await fine.Within("ok");
    }

    [Fact]
    public async Task A_guest_who_became_somebody_meanwhile_is_no_stranger()
    {
        await using var host = new ClientHost();
        var (server, _) = await host.WelcomeAsync();
        var sending = host.Client.SendAsync(Lobby, "1");
        await server.NextAsync("send");
        server.Close();
        var (again, _) = await host.WelcomeAsync(Welcome(you: Alice));
        again.Say(Ok(await again.NextAsync("send"), 11));
        await sending.Within("ok");
    }
}
