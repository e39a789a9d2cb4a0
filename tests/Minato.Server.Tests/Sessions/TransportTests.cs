using System.Net.WebSockets;
using System.Text.Json;
using Minato.Server.Sessions.WebSocket;
using Minato.Tests.Kit;
using Minato.Wire.Tests.WebSocket.Framing;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Server.Tests.Sessions;

/// <summary>How a WebSocket session begins, keeps alive and ends, whatever is said in between.</summary>
public sealed class TransportTests : IAsyncDisposable
{
    private readonly SessionHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Who_says_no_hello_in_ten_seconds_is_closed_with_4001()
    {
        using var client = _host.WebSocket();
        await Patience.Until(() => _host.Clock.Waiting >= 3, "the session waits for its hello"); // the sweeper's and the rooms' timers are the others
        _host.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(4001, await client.ClosedAsync());
    }

    [Theory]
    [InlineData("""{"op":"ping"}""")]
    [InlineData("""{"op":"send","cid":"c","room":"#lobby","body":"x"}""")]
    [InlineData("""{"op":"hello","ver":2}""")]
    [InlineData("nonsense")]
    public async Task Anything_but_hello_first_is_closed_with_4001(string first)
    {
        using var client = _host.WebSocket();
        await client.SendTextAsync(first);
        Assert.Equal(4001, await client.ClosedAsync());
    }

    [Fact]
    public async Task A_hello_and_what_follows_it_in_the_same_bytes_are_both_read()
    {
        using var client = _host.WebSocket();
        await client.SendAsync(new { op = "hello", ver = 1 });
        await client.PostAsync("c1", "right behind it");
        await client.NextAsync("welcome");
        Assert.Equal("ok", WsClient.Op(await client.AnswerAsync("c1")));
    }

    /// <summary>A library may ping or pong before its user says a word.</summary>
    [Fact]
    public async Task Pings_and_pongs_may_come_before_the_hello()
    {
        using var socket = _host.RawWebSocket();
        await socket.Client.SendAsync([.. ClientFrame.Of(Opcode.Ping, "a"), .. ClientFrame.Of(Opcode.Pong, ""), .. ClientFrame.Of(Opcode.Ping, "b")]);
        Assert.Equal(["Pong:61", "Pong:62"], await socket.ReadAsync(2));
        await socket.SendTextAsync("""{"op":"hello","ver":1}""");
        Assert.Equal(["welcome"], await socket.ReadAsync(1));
    }

    [Fact]
    public async Task Whoever_only_pings_is_closed_with_4001_all_the_same()
    {
        using var socket = _host.RawWebSocket();
        await socket.Client.SendAsync(ClientFrame.Of(Opcode.Ping, "a"));
        Assert.Equal(["Pong:61"], await socket.ReadAsync(1));
        _host.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["Close 4001 why"], await socket.ReadToEndAsync());
    }

    [Fact]
    public async Task Many_pings_are_all_answered_in_order_and_in_between()
    {
        using var socket = _host.RawWebSocket();
        await socket.SendTextAsync("""{"op":"hello","ver":1}""");
        Assert.Equal(["welcome"], await socket.ReadAsync(1));
        var pings = Enumerable.Range(0, 5_000).Select(i => BitConverter.GetBytes(i)).ToList();
        var reading = socket.ReadAsync(pings.Count);
        await socket.Client.SendAsync([.. pings.SelectMany(p => ClientFrame.Of(Opcode.Ping, p))]);
        Assert.Equal(pings.Select(p => $"Pong:{Convert.ToHexString(p)}"), await reading);
    }

    /// <summary>Two bytes each would be half a million answers before a megabyte is full.</summary>
    [Fact]
    public async Task Whoever_pings_and_reads_no_pong_is_closed_as_slow_while_few_wait()
    {
        using var socket = _host.RawWebSocket(pause: 4096);
        await socket.SendTextAsync("""{"op":"hello","ver":1}""");
        Assert.Equal(["welcome"], await socket.ReadAsync(1));
        var session = Assert.Single(_host.Context.Sessions.All);
        var pings = Enumerable.Repeat(ClientFrame.Of(Opcode.Ping, ""), 10_000).SelectMany(p => p).ToArray();
        for (var sent = 0; sent < 10; sent++)
            await socket.Client.SendAsync(pings);
        await Patience.Until(() => session.IsClosing, "the session is given up");
        var seen = await socket.ReadToEndAsync();
        Assert.Equal("Close 4008 why", seen[^1]);
        Assert.InRange(seen.Count, 2, 40_000);
    }

    [Fact]
    public async Task Whoever_half_closes_is_answered_before_the_end()
    {
        using var socket = _host.RawWebSocket();
        await socket.SendTextAsync("""{"op":"hello","ver":1}""");
        await socket.SendTextAsync("""{"op":"send","cid":"c1","room":"#lobby","body":"last words"}""");
        socket.Client.FinishSending();
        Assert.Contains("ok", await socket.ReadToEndAsync());
    }

    [Fact]
    public async Task What_follows_a_close_is_not_carried_out()
    {
        using var observer = await _host.WelcomeAsync();
        using var socket = _host.RawWebSocket();
        await socket.SendTextAsync("""{"op":"hello","ver":1}""");
        await socket.Client.SendAsync(
        [
            .. ClientFrame.Close(1000), .. ClientFrame.Of(Opcode.Text, """{"op":"send","cid":"c1","room":"#lobby","body":"too late"}"""),
        ]);
        Assert.Equal(["welcome", "Close 1000"], await socket.ReadToEndAsync());
        await observer.PostAsync("c2", "first");
        Assert.Equal("first", (await observer.NextAsync(f => WsClient.Op(f) == "ev" && f.GetProperty("type").GetString() == "post", "a post")).GetProperty("body").GetString());
    }

    [Fact]
    public async Task A_binary_frame_is_closed_with_1003()
    {
        using var client = await _host.WelcomeAsync();
        await client.SendBytesAsync([1, 2, 3], WebSocketMessageType.Binary);
        Assert.Equal(1003, await client.ClosedAsync());
    }

    [Fact]
    public async Task A_message_over_64_KiB_is_closed_with_1009_also_in_fragments()
    {
        using var whole = await _host.WelcomeAsync();
        await whole.SendTextAsync(new string(' ', WebSocketSession.MaxMessage + 1));
        Assert.Equal(1009, await whole.ClosedAsync());
        using var fragments = await _host.WelcomeAsync();
        for (var i = 0; i < 5; i++)
            await fragments.SendBytesAsync(new byte[16 * 1024], WebSocketMessageType.Text, isEnd: i == 4);
        Assert.Equal(1009, await fragments.ClosedAsync());
    }

    [Fact]
    public async Task Text_that_is_not_UTF8_is_closed_with_1007()
    {
        using var client = await _host.WelcomeAsync();
        await client.SendBytesAsync([0xC3, 0x28], WebSocketMessageType.Text);
        Assert.Equal(1007, await client.ClosedAsync());
    }

    [Fact]
    public async Task A_close_is_answered_with_its_own_code()
    {
        using var client = await _host.WelcomeAsync();
        await client.CloseAsync();
        Assert.Equal(1000, client.CloseCode);
        await Patience.Until(() => _host.Context.Sessions.All.Count == 0, "the session ended");
    }

    [Fact]
    public async Task A_silent_peer_is_asked_and_lives_while_it_answers()
    {
        using var client = await _host.WelcomeAsync();
        var reading = client.NextAsync("pong"); // the client's library answers pings while it reads
        for (var i = 0; i < 40; i++)
        {
            // Wait for the answer to each ping, or the clock would run ahead of it.
            var session = Assert.Single(_host.Context.Sessions.All);
            await Patience.Until(() => session.Silence < TimeSpan.FromSeconds(40), "the ping is answered");
            _host.Clock.Advance(TimeSpan.FromSeconds(5));
        }
        await client.SendAsync(new { op = "ping" });
        await reading;
    }

    [Fact]
    public async Task A_peer_that_is_silent_for_75_seconds_is_closed_with_4010()
    {
        using var client = await _host.WelcomeAsync();
        for (var i = 0; i < 16; i++)
            _host.Clock.Advance(TimeSpan.FromSeconds(5)); // nobody reads, so nobody answers
        Assert.Equal(4010, await client.ClosedAsync());
    }

    [Fact]
    public async Task A_server_that_was_stopped_for_a_while_hears_what_was_said_before_it_takes_anybody_for_dead()
    {
        using var client = await _host.WelcomeAsync();
        for (var i = 0; i < 3; i++)
        {
            _host.Clock.Advance(TimeSpan.FromMinutes(10));
            await client.SendAsync(new { op = "ping" });
            await client.NextAsync("pong");
            _host.Clock.Advance(TimeSpan.FromSeconds(5));
            await client.SendAsync(new { op = "ping" });
            await client.NextAsync("pong");
        }
    }

    [Fact]
    public async Task Posting_too_fast_is_refused_with_a_time_and_ignoring_that_is_closed_with_4009()
    {
        using var client = await _host.WelcomeAsync();
        for (var i = 0; i < 100; i++)
            Assert.Equal("ok", WsClient.Op(await client.PostedAsync($"c{i}", "x")));
        var refused = await client.PostedAsync("c100", "x");
        Assert.Equal("rate_limited", Code(refused));
        Assert.InRange(refused.GetProperty("retryAfter").GetInt64(), 1, 50);
        _host.Clock.Advance(TimeSpan.FromMilliseconds(refused.GetProperty("retryAfter").GetInt64() + 1));
        Assert.Equal("ok", WsClient.Op(await client.PostedAsync("c100", "x"))); // the same cid: it was not saved before
        for (var i = 0; i < 200; i++)
            Assert.Equal("rate_limited", Code(await client.PostedAsync($"d{i}", "x")));
        await client.PostAsync("d200", "x");
        Assert.Equal(4009, await client.ClosedAsync());
    }

    private static string Code(JsonElement error) => WsClient.Op(error) == "error" ? error.GetProperty("code").GetString()! : error.GetRawText();
}
