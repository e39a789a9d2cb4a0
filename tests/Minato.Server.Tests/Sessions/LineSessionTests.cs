using System.Text;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Sessions;

public sealed class LineSessionTests : IAsyncDisposable
{
    private readonly SessionHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task What_is_typed_comes_back_to_everybody_the_sender_included()
    {
        using var alice = await _host.TerminalAsync("alice");
        using var bob = await _host.TerminalAsync("bob");
        await alice.SendAsync("こんにちは\r\n");
        Assert.Equal("#lobby <alice> こんにちは", await alice.ReadLineAsync());
        Assert.Equal("#lobby <alice> こんにちは", await bob.ReadLineAsync());
    }

    [Fact]
    public async Task Without_a_greeting_the_first_line_back_is_ones_own_message_under_a_guests_name()
    {
        using var client = _host.Lines();
        await client.SendAsync("hello\n");
        Assert.Matches("^#lobby <guest-[0-9a-f]{6}> hello$", await client.ReadLineAsync());
    }

    [Theory]
    [InlineData("hello\n", "hello\n")]
    [InlineData("hello\r\n", "hello\r\n")]
    [InlineData("hello", "hello\n")]
    public async Task Half_closed_it_is_answered_before_it_closes_with_the_line_end_that_it_used(string typed, string echoed)
    {
        using var client = _host.Lines();
        await client.SendAsync(typed);
        client.FinishSending();
        Assert.Matches($"^#lobby <guest-[0-9a-f]{{6}}> {echoed}$", await client.ReadTextToEndAsync());
    }

    [Fact]
    public async Task Everything_typed_before_the_half_close_is_answered()
    {
        using var client = _host.Lines();
        await client.SendAsync(string.Concat(Enumerable.Range(0, 90).Select(i => $"{i}\n")));
        client.FinishSending();
        var lines = (await client.ReadTextToEndAsync()).TrimEnd('\n').Split('\n');
        Assert.Equal(Enumerable.Range(0, 90).Select(i => $"{i}"), lines.Select(l => l.Split(' ')[2]));
    }

    [Fact]
    public async Task A_line_end_of_one_byte_at_a_time_is_still_a_terminals()
    {
        using var client = _host.Lines();
        foreach (var c in "hi\r\n/who\r\n")
            await client.SendAsync($"{c}");
        Assert.EndsWith("> hi\r\n", await client.ReadRawLineAsync());
        Assert.EndsWith("\r\n", await client.ReadRawLineAsync());
    }

    [Fact]
    public async Task Two_slashes_post_one_and_unknown_commands_are_told()
    {
        using var alice = await _host.TerminalAsync("alice");
        await alice.SendAsync("//shrug\r\n/dance now\r\nvisible\r\n");
        Assert.Equal("#lobby <alice> /shrug", await alice.ExpectAsync("shrug"));
        Assert.Equal("* There is no /dance. /help lists what there is; //dance posts it as a message.", await alice.ExpectAsync("dance"));
        Assert.Equal("#lobby <alice> visible", await alice.ExpectAsync("visible"));
    }

    [Fact]
    public async Task A_room_with_a_key_is_joined_with_it()
    {
        using var alice = await _host.PersonAsync("alice");
        await alice.AskAsync(new { op = "create", cid = "c", kind = "public", slug = "dock", title = "Dock" }, "c");
        await alice.AskAsync(new { op = "key", cid = "k", room = "#dock", key = "sesame" }, "k");
        using var bob = await _host.TerminalAsync("bob");
        await bob.SendAsync("/join #dock\r\n/join #dock millet\r\n/who #dock\r\n/join #dock sesame\r\n");
        Assert.Equal("* This room takes a key, and that is not it. Ask somebody who is in it.", await bob.ReadLineAsync());
        Assert.Equal("* This room takes a key, and that is not it. Ask somebody who is in it.", await bob.ReadLineAsync());
        Assert.Equal("* Join the room first.", await bob.ReadLineAsync());
        Assert.Equal("* You are in #dock.", await bob.ReadLineAsync());
    }

    [Fact]
    public async Task A_line_over_16_KiB_is_refused_whole_and_the_next_one_is_fine()
    {
        using var alice = await _host.TerminalAsync("alice");
        await alice.SendAsync(new string('x', 20_000) + "\r\nshort\r\n");
        Assert.Equal("* A message is at most 16384 bytes. Nothing was posted.", await alice.ReadLineAsync());
        Assert.Equal("#lobby <alice> short", await alice.ReadLineAsync());
    }

    [Fact]
    public async Task Blank_lines_are_nothing()
    {
        using var alice = await _host.TerminalAsync("alice");
        await alice.SendAsync("\r\n  \t \r\nsomething\r\n");
        Assert.Equal("#lobby <alice> something", await alice.ReadLineAsync());
    }

    [Fact]
    public async Task Each_line_of_a_longer_body_repeats_the_prefix_so_none_can_pass_for_a_notice()
    {
        using var alice = await _host.TerminalAsync("alice");
        using var web = await _host.WelcomeAsync();
        await web.AskAsync(new { op = "nick", cid = "n", nick = "web" }, "n");
        await web.PostedAsync("c", "one\n* The server is stopping.\nthree");
        Assert.Equal("#lobby <web> one", await alice.ReadLineAsync());
        Assert.Equal("#lobby <web> * The server is stopping.", await alice.ReadLineAsync());
        Assert.Equal("#lobby <web> three", await alice.ReadLineAsync());
    }

    [Theory]
    [InlineData("PASS hunter2")]
    [InlineData("GET / HTTP/1.1")]
    [InlineData("CAP LS 302")]
    [InlineData("AUTHENTICATE PLAIN")]
    public async Task What_looks_like_another_protocol_closes_and_is_never_posted(string line)
    {
        using var alice = await _host.TerminalAsync("alice");
        using var bob = await _host.TerminalAsync("bob");
        await alice.SendAsync($"{line}\r\nafterwards\r\n");
        Assert.Matches("^\\* This looks like another protocol[^\n]*\n$", await alice.ReadTextToEndAsync());
        await bob.SendAsync("/history\r\n");
        Assert.Equal("* Nothing was said in #lobby yet.", await bob.ReadLineAsync());
    }

    [Fact]
    public async Task Telnet_negotiation_and_escape_sequences_reach_nobody()
    {
        using var alice = await _host.TerminalAsync("alice");
        using var bob = await _host.TerminalAsync("bob");
        await alice.SendAsync([255, 251, 31, 255, 250, 31, 0, 80, 0, 24, 255, 240, .. "he\u001b[31mllo\u0007\r\n"u8]);
        Assert.Equal("#lobby <alice> hello", await bob.ReadLineAsync());
    }

    [Fact]
    public async Task A_name_that_is_taken_is_refused_and_free_again_when_its_visitor_is_gone()
    {
        var alice = await _host.TerminalAsync("alice");
        using var bob = await _host.TerminalAsync("bob");
        await bob.SendAsync("/nick ALICE\r\n/nick a,b\r\n/nick\r\n");
        Assert.Equal("* That name is taken. Choose another.", await bob.ReadLineAsync());
        Assert.StartsWith("* A name is 1 to 64 bytes", await bob.ReadLineAsync());
        Assert.Equal("* You are bob. /nick NAME names you anew.", await bob.ReadLineAsync());
        alice.FinishSending();
        await alice.ReadToEndAsync();
        alice.Dispose();
        await Patience.Until(() => _host.Context.Store.FindUserAsync("alice", default).AsTask().Result is null, "alice's name is free");
        await bob.SendAsync("/nick alice\r\n");
        Assert.Equal("* You are alice now.", await bob.ReadLineAsync());
    }

    [Fact]
    public async Task Join_makes_a_room_or_enters_it_and_leave_goes_back()
    {
        using var alice = await _host.TerminalAsync("alice");
        using var bob = await _host.TerminalAsync("bob");
        await alice.SendAsync("/join #dev\r\n");
        Assert.Equal("* You made #dev.", await alice.ReadLineAsync());
        await alice.SendAsync("/topic ships and ports\r\n");
        Assert.Equal("* alice set the topic of #dev: ships and ports", await alice.ReadLineAsync());
        await bob.SendAsync("/join dev\r\nhello dev\r\n");
        Assert.Equal("* You are in #dev. Topic: ships and ports", await bob.ReadLineAsync());
        Assert.Equal("#dev <bob> hello dev", await bob.ReadLineAsync());
        Assert.Equal("#dev <bob> hello dev", await alice.ReadLineAsync());
        await bob.SendAsync("/topic\r\n/who\r\n/rooms\r\n");
        Assert.Equal("* ships and ports", await bob.ReadLineAsync());
        Assert.Equal("* #dev, 2 here: alice, bob", await bob.ReadLineAsync());
        Assert.Equal("* #dev  2 here, 2 members, 1 messages — ships and ports", await bob.ReadLineAsync());
        Assert.Equal("* #lobby  2 here, 0 members, 0 messages", await bob.ReadLineAsync());
        await bob.SendAsync("/leave\r\nback\r\n");
        Assert.Equal("* You left #dev, and are in #lobby.", await bob.ReadLineAsync());
        Assert.Equal("#lobby <bob> back", await bob.ReadLineAsync());
        Assert.Equal("#lobby <bob> back", await alice.ReadLineAsync());
        await bob.SendAsync("/leave\r\nnowhere\r\n/join a,b\r\n/who #nosuch\r\n");
        Assert.Equal("* You left #lobby. /join #lobby", await bob.ReadLineAsync());
        Assert.Equal("* You are in no room. /join #lobby", await bob.ReadLineAsync());
        Assert.StartsWith("* A room's name is", await bob.ReadLineAsync());
        Assert.Equal("* There is no such room.", await bob.ReadLineAsync());
    }

    [Fact]
    public async Task Messages_to_one_person_reach_a_terminal_wherever_it_is_and_nobody_else()
    {
        using var alice = await _host.TerminalAsync("alice");
        using var bob = await _host.TerminalAsync("bob");
        using var eve = await _host.TerminalAsync("eve");
        await alice.SendAsync("/msg bob psst\r\n");
        Assert.Equal("@alice+bob <alice> psst", await alice.ReadLineAsync());
        Assert.Equal("@alice+bob <alice> psst", await bob.ReadLineAsync());
        await bob.SendAsync("/msg alice yes?\r\n/msg nobody x\r\n/msg\r\n");
        Assert.Equal("@alice+bob <bob> yes?", await bob.ExpectAsync("yes?"));
        Assert.Equal("* Nobody of that name is known.", await bob.ExpectAsync("Nobody"));
        Assert.Equal("* /msg NAME TEXT", await bob.ReadLineAsync());
        await alice.ExpectAsync("yes?");
        await eve.SendAsync("/me waves\r\n");
        Assert.Equal("#lobby <eve> _waves_", await eve.ReadLineAsync());
    }

    [Fact]
    public async Task History_and_since_show_numbers_that_since_takes()
    {
        using var alice = await _host.TerminalAsync("alice");
        for (var i = 1; i <= 30; i++)
            await alice.SendAsync($"p{i}\r\n");
        await alice.ExpectAsync("p30");
        await alice.SendAsync("/history 2\r\n");
        Assert.Equal("30 #lobby <alice> p29", await alice.ReadLineAsync());
        Assert.Equal("31 #lobby <alice> p30", await alice.ReadLineAsync());
        await alice.SendAsync("/since 30\r\n/since 31\r\n/since x\r\n/history 0\r\n/history\r\n");
        Assert.Equal("31 #lobby <alice> p30", await alice.ReadLineAsync());
        Assert.Equal("* Nothing was said in #lobby since 31.", await alice.ReadLineAsync());
        Assert.StartsWith("* /since SEQ:", await alice.ReadLineAsync());
        Assert.Equal("* /history [N], with N from 1 to 200", await alice.ReadLineAsync());
        Assert.Equal("12 #lobby <alice> p11", await alice.ReadLineAsync()); // twenty, if nothing is said
    }

    [Fact]
    public async Task Since_shows_long_messages_to_one_who_reads_without_closing_as_slow()
    {
        await using var host = new SessionHost(rateLimits: false);
        using var web = await host.WelcomeAsync();
        var empty = string.Concat(Enumerable.Repeat("x\n", 8000)); // each line repeats the prefix: 25 times its size
        for (var i = 0; i < 12; i++)
            Assert.Equal("ok", WsClient.Op(await web.PostedAsync($"c{i}", empty)));
        using var reader = host.Lines();
        await reader.SendAsync("/since 0\nafterwards\n");
        for (var i = 0; i < 12 * 8001; i++)
            Assert.StartsWith($"{2 + (i / 8001)} #lobby <guest-", await reader.ReadLineAsync());
        await reader.ExpectAsync("afterwards");
    }

    [Fact]
    public async Task What_is_typed_at_once_is_answered_in_its_order()
    {
        using var alice = await _host.TerminalAsync("alice");
        for (var i = 0; i < 20; i++)
        {
            await alice.SendAsync($"p{i}\r\n/history 1\r\n");
            Assert.Equal($"#lobby <alice> p{i}", await alice.ReadLineAsync());
            Assert.Equal($"{i + 2} #lobby <alice> p{i}", await alice.ReadLineAsync());
        }
    }

    [Fact]
    public async Task Help_lists_every_command_and_quit_says_goodbye()
    {
        using var alice = await _host.TerminalAsync("alice");
        await alice.SendAsync("/help\r\n/quit\r\nnever posted\r\n");
        var text = await alice.ReadTextToEndAsync();
        foreach (var command in new[] { "/nick", "/join", "/leave", "/rooms", "/who", "/topic", "/msg", "/me", "/history", "/since", "/login", "/quit", "/help" })
            Assert.Contains($"* {command}", text);
        Assert.EndsWith("* Goodbye.\r\n", text);
    }

    [Fact]
    public async Task Where_a_token_is_needed_nothing_is_posted_or_read_before_login_and_it_is_asked_for_without_echo()
    {
        await using var host = new SessionHost(Access.Token, "secret");
        using var client = host.Lines();
        await client.SendAsync("hello\r\n/history\r\n/login\r\n");
        Assert.Equal("* Log in first. /login", await client.ReadLineAsync());
        Assert.Equal("* Log in first: /login", await client.ReadLineAsync());
        Assert.Equal("* Token (it will not be shown):", await client.ReadLineAsync());
        Assert.Equal([255, 251, 1], await client.ReadBytesAsync(3)); // IAC WILL ECHO
        await client.SendAsync("wrong\r\n");
        Assert.Equal([255, 252, 1], await client.ReadBytesAsync(3)); // IAC WONT ECHO
        Assert.Equal("* That is not it.", await client.ReadLineAsync());
        await client.ReadLineAsync();
        await client.ReadBytesAsync(3);
        await client.SendAsync("secret\r\n");
        await client.ReadBytesAsync(3);
        Assert.Matches(@"^\* Welcome\. You are guest-[0-9a-f]{6} in #lobby\.$", await client.ReadLineAsync());
        await client.SendAsync("in at last\r\n/history\r\n");
        Assert.EndsWith("> in at last", await client.ReadLineAsync());
        Assert.EndsWith("> in at last", await client.ReadLineAsync());
    }

    [Fact]
    public async Task Three_wrong_tokens_are_the_end_and_a_host_is_asked_for_no_name()
    {
        await using var host = new SessionHost(Access.Token, "secret");
        using (var client = host.Lines())
        {
            await client.SendAsync("/login\r\na\r\nb\r\nc\r\nsecret\r\n");
            Assert.EndsWith("* That is not it. Goodbye.\r\n", Encoding.Latin1.GetString(await client.ReadToEndAsync()));
        }
        using var named = host.Lines();
        await named.SendAsync("/login ann\r\n");
        Assert.Equal("* There are no accounts here: /login asks for the token.", await named.ReadLineAsync());
    }

    [Fact]
    public async Task A_terminal_that_pours_is_slowed_down_and_loses_nothing()
    {
        using var client = _host.Lines();
        await client.SendAsync(string.Concat(Enumerable.Range(0, 110).Select(i => $"{i}\n")));
        for (var i = 0; i < 100; i++)
            Assert.EndsWith($"> {i}", await client.ReadLineAsync());
        for (var i = 100; i < 110; i++)
        {
            // Each waits for its twentieth of a second of the server's clock.
            var waiting = client.ReadLineAsync();
            while (!waiting.IsCompleted)
            {
                _host.Clock.Advance(TimeSpan.FromMilliseconds(50));
                await Task.WhenAny(waiting, Task.Delay(5, CancellationToken.None));
            }
            Assert.EndsWith($"> {i}", await waiting);
        }
    }

    [Fact]
    public async Task When_the_server_stops_what_was_typed_is_posted_at_once_and_then_it_says_goodbye()
    {
        using var client = _host.Lines();
        await client.SendAsync(string.Concat(Enumerable.Range(0, 110).Select(i => $"{i}\n")));
        for (var i = 0; i < 100; i++)
            await client.ReadLineAsync();
        await _host.Context.Sessions.DrainAsync();
        for (var i = 100; i < 110; i++)
            Assert.EndsWith($"> {i}", await client.ReadLineAsync());
        Assert.Equal("* The server is stopping. Come back in a moment; /since SEQ shows what you missed.\n", await client.ReadTextToEndAsync());
    }

    [Fact]
    public async Task A_telnet_client_is_asked_for_eight_bits_once_its_timing_mark_is_answered_and_Ctrl_C_ends_nothing()
    {
        using var client = _host.Lines();
        await client.SendAsync((byte[])[.. "half a line"u8, 255, 244, 255, 253, 6]);
        Assert.Equal((byte[])[255, 253, 0, 255, 251, 6], await client.ReadBytesAsync(6));
        await client.SendAsync((byte[])[255, 251, 0, 255, 253, 6, .. "サーバー\n"u8]);
        Assert.Equal((byte[])[255, 251, 6], await client.ReadBytesAsync(3));
        // CRLF although it sent LF: in binary a telnet client leaves its line ends to us.
        Assert.Matches("^#lobby <guest-[0-9a-f]{6}> サーバー\r\n$", await client.ReadRawLineAsync() + "\n");
    }

    [Fact]
    public async Task A_terminal_that_does_not_read_is_closed_and_ends_although_it_typed_far_ahead()
    {
        await using var host = new SessionHost(rateLimits: false);
        using var client = host.Lines();
        await client.SendAsync(string.Concat(Enumerable.Repeat("/help\n", 20_000)));
        client.FinishSending();
        await Patience.Until(() => host.Context.Sessions.All.Count == 0 || host.Context.Sessions.All[0].IsClosing, "the terminal is given up");
    }
}
