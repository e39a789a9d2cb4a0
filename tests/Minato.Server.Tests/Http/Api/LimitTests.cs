using System.Net;
using Minato.Core.Users;
using Minato.Server.Http.Api;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Http.Api;

/// <summary>How much one may ask at once and over time, and that it is nobody else's trouble.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task A_user_has_the_pace_of_a_session_and_is_told_when_to_go_on()
    {
        await using var host = await ApiHost.StartAsync();
        using var ann = await host.GuestAsync("ann");
        using var ben = await host.GuestAsync("ben");
        for (var i = 0; i < 100; i++)
            (await ann.GetAsync("/me")).Is(200);
        var refused = (await ann.GetAsync("/me")).Refused(429, "rate_limited");
        Assert.Equal(50, refused.Number("retryAfter"));
        (await ann.PostAsync("/rooms/lobby/messages", new { body = "x" })).Refused(429, "rate_limited");
        (await ben.GetAsync("/me")).Is(200);
        host.Host.Clock.Advance(TimeSpan.FromMilliseconds(100));
        (await ann.GetAsync("/me")).Is(200);
        (await ann.SayAsync("x")).Is(201);
        (await ann.GetAsync("/me")).Refused(429, "rate_limited");
    }

    [Fact]
    public async Task Searches_have_a_pace_of_their_own()
    {
        await using var host = await ApiHost.StartAsync();
        using var ann = await host.GuestAsync("ann");
        for (var i = 0; i < 20; i++)
            (await ann.GetAsync("/search?query=x")).Is(200);
        Assert.Equal(500, (await ann.GetAsync("/search?query=x")).Refused(429, "rate_limited").Number("retryAfter"));
        (await ann.GetAsync("/me")).Is(200);
    }

    [Fact]
    public async Task Those_who_are_nobody_share_the_pace_of_their_address()
    {
        await using var host = await ApiHost.StartAsync();
        using var one = new ApiClient(host.Url);
        using var other = new ApiClient(host.Url);
        for (var i = 0; i < 100; i++)
            (await one.GetAsync("/rooms")).Is(200);
        (await other.GetAsync("/rooms")).Refused(429, "rate_limited");
        (await other.PostAsync("/sessions")).Refused(429, "rate_limited");
    }

    [Fact]
    public async Task A_user_has_so_many_requests_under_way_and_no_more()
    {
        await using var host = await ApiHost.StartAsync();
        using var ann = await host.GuestAsync("ann");
        using var ben = await host.GuestAsync("ben");
        var waits = Enumerable.Range(0, Quotas.MaxOfUser).Select(_ => ann.GetAsync("/rooms/lobby/events?wait=30000")).ToList();
        await Patience.Until(() => host.Context.Rooms.Waiters.Waiting == Quotas.MaxOfUser, "all of them wait");
        (await ann.GetAsync("/me")).Refused(503, "busy");
        await ben.SayAsync("x");
        foreach (var answer in await Task.WhenAll(waits))
            answer.Is(200);
        (await ann.GetAsync("/me")).Is(200);
    }

    [Fact]
    public void The_quotas_of_those_who_asked_long_ago_are_forgotten_and_no_others()
    {
        var clock = new ManualTime();
        var quotas = new Quotas(new MinatoOptions(), clock);
        var hanging = quotas.TryEnter(new UserId(1))!;
        for (var i = 2; i <= 100; i++)
            quotas.Exit(quotas.TryEnter(new UserId(i))!);
        clock.Advance(TimeSpan.FromSeconds(20));
        quotas.Exit(quotas.TryEnter(new UserId(100))!);
        Assert.Equal(100, quotas.Count);
        clock.Advance(TimeSpan.FromSeconds(11));
        quotas.Exit(quotas.TryEnter(new UserId(101))!);
        Assert.Equal(3, quotas.Count);
        Assert.Same(hanging, quotas.TryEnter(new UserId(1)));
    }

    [Fact]
    public void The_table_of_quotas_is_bounded_and_keeps_out_nobody_while_somebody_has_nothing_under_way()
    {
        var quotas = new Quotas(new MinatoOptions(), new ManualTime());
        var entered = Enumerable.Range(1, 10_000).Select(i => quotas.TryEnter(new UserId(i))!).ToList();
        Assert.Null(quotas.TryEnter(new UserId(10_001)));
        Assert.NotNull(quotas.TryEnter(new UserId(1)));
        quotas.Exit(entered[6]);
        Assert.NotNull(quotas.TryEnter(new UserId(10_001)));
        Assert.Equal(10_000, quotas.Count);
        Assert.Null(quotas.TryEnter(new UserId(7)));
    }

    [Fact]
    public void The_addresses_of_one_network_of_IPv6_are_one()
    {
        var quotas = new Quotas(new MinatoOptions(), new ManualTime());
        Assert.Same(quotas.TryEnter(IPAddress.Parse("2001:db8::1")), quotas.TryEnter(IPAddress.Parse("2001:db8::ffff:2")));
        Assert.NotSame(quotas.TryEnter(IPAddress.Parse("2001:db8::1")), quotas.TryEnter(IPAddress.Parse("2001:db8:0:1::1")));
    }

    [Fact]
    public void An_address_elsewhere_has_fewer_requests_than_this_machine()
    {
        var quotas = new Quotas(new MinatoOptions(), new ManualTime());
        var elsewhere = IPAddress.Parse("192.0.2.1");
        Assert.All(Enumerable.Range(0, Quotas.MaxOfAddress), _ => Assert.NotNull(quotas.TryEnter(elsewhere)));
        Assert.Null(quotas.TryEnter(elsewhere));
        Assert.All(Enumerable.Range(0, Quotas.MaxOfAddress + 1), _ => Assert.NotNull(quotas.TryEnter(IPAddress.IPv6Loopback)));
    }

    /// <summary>One user pours over as many connections as they may; another's post goes through beside it, because each has a lane of their own.</summary>
    [Fact]
    public async Task A_storm_of_one_users_requests_loses_nothing_and_holds_up_nobody()
    {
        await using var host = await ApiHost.StartAsync(rateLimits: false);
        using var ann = await host.GuestAsync("ann");
        using var ben = await host.GuestAsync("ben");
        var held = new TaskCompletionSource();
        var first = new TaskCompletionSource();
        host.Host.Store.BeforeCommit = () =>
        {
            first.TrySetResult();
            return held.Task;
        };
        try
        {
            // The first is being committed, and held; what comes after it waits in its user's lane.
            var ahead = ann.SayAsync("ahead");
            await first.Task.Within("the first commit");
            var storm = Enumerable.Range(0, 60).Select(i => ann.SayAsync($"storm {i}", cid: $"s{i}")).ToList();
            await Patience.Until(() => host.Context.Log.Waiting == 60, "the storm waits");
            var beside = ben.SayAsync("beside it");
            await Patience.Until(() => host.Context.Log.Waiting == 61, "ben waits, too");
            held.SetResult();
            var seq = (await beside).Seq;
            var answers = await Task.WhenAll(storm);
            // Second in turn: behind one of the storm.
            Assert.Equal(1, answers.Count(a => a.Seq < seq));
            Assert.True((await ahead).Seq < seq);
            Assert.Equal(62, (await ann.GetAsync("/rooms/lobby/messages?limit=200")).List("messages").Length);
        }
        finally
        {
            // A writer that is held would hold up the test's end.
            held.TrySetResult();
        }
    }
}
