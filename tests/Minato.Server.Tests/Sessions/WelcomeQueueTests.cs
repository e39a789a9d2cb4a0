using System.Net;
using Minato.Server.Sessions;
using Minato.Server.Sessions.WebSocket;
using Minato.Tests.Kit;
using Minato.Wire.Tests.WebSocket.Framing;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Server.Tests.Sessions;

/// <summary>When thousands come at once: a few are welcomed at a time, and the others lose nothing by waiting.</summary>
public sealed class WelcomeQueueTests : IAsyncDisposable
{
    private readonly SessionHost _host = new(rateLimits: false);

    private static readonly IPAddress Near = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Far = IPAddress.Parse("192.0.2.2");

    private WelcomeQueue Welcomes => _host.Context.Sessions.Welcomes;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Those_of_one_address_are_welcomed_in_the_order_in_which_they_came()
    {
        var queue = new WelcomeQueue(1);
        Assert.True(queue.TryEnter());
        var (first, second) = (Wait(queue, Near), Wait(queue, Near));
        Assert.Equal(2, queue.Waiting);
        queue.Leave();
        await first.Within("the first one's turn");
        Assert.False(second.IsCompleted);
        Assert.False(queue.TryEnter());
        queue.Leave();
        await second.Within("the second one's turn");
        Assert.Equal(0, queue.Waiting);
    }

    [Fact]
    public async Task Thousands_of_one_address_delay_another_by_one_welcome()
    {
        var queue = new WelcomeQueue(1);
        Assert.True(queue.TryEnter());
        var many = Enumerable.Range(0, 3_000).Select(_ => Wait(queue, Near)).ToList();
        var (other, another) = (Wait(queue, Far), Wait(queue, Far));
        for (var i = 0; i < 4; i++)
            queue.Leave();
        await Task.WhenAll(many[0], other, many[1], another).Within("their turns");
        Assert.False(many[2].IsCompleted);
        Assert.Equal(2_998, queue.Waiting);
    }

    [Fact]
    public async Task Whoever_gives_up_leaves_the_turns_as_they_are()
    {
        var queue = new WelcomeQueue(1);
        Assert.True(queue.TryEnter());
        using var gone = new CancellationTokenSource();
        var (leaves, stays, far) = (queue.TryWait(Near)!.WaitAsync(gone.Token), Wait(queue, Near), queue.TryWait(Far)!.WaitAsync(gone.Token));
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaves);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => far);
        queue.Leave();
        await stays.Within("the one who stayed");
        queue.Leave();
        Assert.True(queue.TryEnter());
    }

    [Fact]
    public async Task Past_the_bound_of_an_address_one_is_sent_away_for_a_while_and_others_wait()
    {
        Occupy(Welcomes.AtOnce);
        for (var i = 0; i < WelcomeQueue.MaxOfAddress; i++)
            Assert.NotNull(Welcomes.TryWait(IPAddress.Loopback));
        Assert.NotNull(Welcomes.TryWait(Far));
        using var client = _host.WebSocket();
        await client.SendAsync(new { op = "hello", ver = 1 });
        Assert.InRange((await client.NextAsync("bye")).GetProperty("retryAfter").GetInt64(), 1000, 2000);
        Assert.Equal(1012, await client.ClosedAsync());
    }

    [Fact]
    public void Where_readers_wait_for_another_machine_more_are_at_work()
    {
        Assert.Equal(Math.Max(2, Environment.ProcessorCount / 2), WelcomeQueue.PlacesFor(0));
        Assert.Equal(Math.Max(6, Environment.ProcessorCount / 2), WelcomeQueue.PlacesFor(8));
    }

    [Fact]
    public async Task Whoever_waits_is_answered_pings_and_what_they_said_meanwhile_after_their_welcome()
    {
        Occupy(Welcomes.AtOnce);
        using var client = _host.RawWebSocket();
        await client.SendTextAsync("""{"op":"hello","ver":1}""");
        await WaitingAsync(1);
        await client.Client.SendAsync(ClientFrame.Of(Opcode.Ping, "p"));
        Assert.Equal(["Pong:70"], await client.ReadAsync(1));
        await client.SendTextAsync("""{"op":"nonsense"}""");
        await client.SendTextAsync("""{"op":"ping"}""");
        Welcomes.Leave();
        Assert.Equal(["welcome", "error unknown_op", "pong"], await client.ReadAsync(3));
    }

    [Fact]
    public async Task Whoever_goes_while_they_wait_takes_nobodys_place()
    {
        Occupy(Welcomes.AtOnce);
        using (var gone = _host.WebSocket())
        {
            await gone.SendAsync(new { op = "hello", ver = 1 });
            await WaitingAsync(1);
            await gone.CloseAsync();
        }
        await WaitingAsync(0);
        Welcomes.Leave();
        using var next = await _host.WelcomeAsync();
        await Patience.Until(Welcomes.TryEnter, "the place to be free again");
    }

    [Fact]
    public async Task Who_half_closed_is_welcomed_all_the_same()
    {
        Occupy(Welcomes.AtOnce);
        using var client = _host.RawWebSocket();
        await client.SendTextAsync("""{"op":"hello","ver":1}""");
        client.Client.FinishSending();
        await WaitingAsync(1);
        Welcomes.Leave();
        Assert.Equal(["welcome"], await client.ReadToEndAsync());
    }

    [Fact]
    public async Task When_the_server_stops_those_who_wait_are_told_to_come_back()
    {
        Occupy(Welcomes.AtOnce);
        using var client = _host.WebSocket();
        await client.SendAsync(new { op = "hello", ver = 1 });
        await WaitingAsync(1);
        await _host.Context.Sessions.DrainAsync();
        await client.NextAsync("bye");
        Assert.Equal(1012, await client.ClosedAsync());
        Assert.Equal(0, Welcomes.Waiting);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task And_so_are_those_who_half_closed_or_wrote_on(bool halfClosed)
    {
        Occupy(Welcomes.AtOnce);
        using var client = _host.RawWebSocket();
        // Together, so that it has been read when they wait.
        byte[] hello = ClientFrame.Of(Opcode.Text, """{"op":"hello","ver":1}""");
        await client.Client.SendAsync(halfClosed ? hello : [.. hello, .. ClientFrame.Of(Opcode.Text, """{"op":"ping"}""")]);
        if (halfClosed)
            client.Client.FinishSending();
        await WaitingAsync(1);
        await _host.Context.Sessions.DrainAsync();
        Assert.Contains("bye draining", await client.ReadToEndAsync());
        Assert.Equal(0, Welcomes.Waiting);
    }

    [Fact]
    public async Task A_peer_that_does_not_read_what_it_missed_keeps_nobody_out()
    {
        using var writer = await _host.WelcomeAsync();
        for (var i = 0; i < 80; i++)
            await writer.PostedAsync($"c{i}", new string('x', 16_000));
        Occupy(Welcomes.AtOnce - 1);
        using var stuck = _host.RawWebSocket(pause: 1024);
        await stuck.SendTextAsync("""{"op":"hello","ver":1,"resume":{"rooms":{"#lobby":1}}}""");
        Assert.Equal(["welcome", "resumed"], await stuck.ReadAsync(2));
        using var other = await _host.WelcomeAsync();
        await other.PostedAsync("o", "in");
    }

    [Fact]
    public async Task A_server_that_stops_spreads_their_return()
    {
        using var first = await _host.WelcomeAsync();
        using var second = await _host.WelcomeAsync();
        await _host.Context.Sessions.DrainAsync();
        long[] waits = [await ReturnAsync(first), await ReturnAsync(second)];
        Assert.Equal([1000, 1000 + (1000 / SessionRegistry.ReturnsPerSecond)], waits.Order());

        static async Task<long> ReturnAsync(WsClient client) => (await client.NextAsync("bye")).GetProperty("retryAfter").GetInt64();
    }

    [Fact]
    public void Nobody_is_told_to_stay_away_for_long()
    {
        using var sessions = new SessionRegistry();
        var waits = Enumerable.Range(0, 100_000).Select(_ => sessions.NextReturn().TotalSeconds).ToList();
        Assert.Equal((1, 31), (waits.Min(), Math.Ceiling(waits.Max())));
        Assert.Equal(SessionRegistry.ReturnsPerSecond, waits.Take(5_000).Count(w => w is >= 3 and < 4));
    }

    private static Task Wait(WelcomeQueue queue, IPAddress address) => queue.TryWait(address)!.WaitAsync(CancellationToken.None);

    private void Occupy(int places)
    {
        for (var i = 0; i < places; i++)
            Assert.True(Welcomes.TryEnter());
    }

    private Task WaitingAsync(int count) => Patience.Until(() => Welcomes.Waiting == count, $"{count} to wait for their welcome");
}
