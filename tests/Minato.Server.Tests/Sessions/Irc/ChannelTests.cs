namespace Minato.Server.Tests.Sessions.Irc;

/// <summary>https://modern.ircdocs.horse/#channel-operations</summary>
public sealed class ChannelTests : IAsyncDisposable
{
    private readonly SessionHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_topic_loses_its_formatting_and_no_line_is_longer_than_one_may_be()
    {
        using var alice = await _host.IrcAsync("alice");
        using var wendy = await _host.PersonAsync("wendy");
        await alice.DoAsync("JOIN #a");
        Assert.Equal([":alice!~alice@host TOPIC #a :red news"], await alice.DoAsync("TOPIC #a :\u000304red\u000f \u0002news"));
        await wendy.AskAsync(new { op = "join", cid = "j", room = "#a" }, "j");
        await wendy.AskAsync(new { op = "topic", cid = "t", room = "#a", topic = new string('x', 512) }, "t");
        var changed = await alice.SeeAsync();
        Assert.EndsWith("x…", changed[^1], StringComparison.Ordinal);
        var listed = await alice.DoAsync("LIST #a");
        var pong = Assert.Single(await alice.DoAsync($"PING :{new string('p', 490)}"));
        Assert.All([changed[^1], .. listed, pong], l => Assert.True(System.Text.Encoding.UTF8.GetByteCount(l) <= 510, l));
    }

    [Fact]
    public async Task JOIN_is_told_to_everybody_there_and_answered_with_topic_and_names()
    {
        using var alice = await _host.IrcAsync("alice");
        Assert.Equal([":alice!~alice@host JOIN #a", ":irc.minato 353 alice = #a :@alice", ":irc.minato 366 alice #a :End of /NAMES list"], await alice.DoAsync("JOIN #a"));
        await alice.DoAsync("TOPIC #a :of a");
        using var bob = await _host.IrcAsync("bob");
        Assert.Equal(
            [":bob!~bob@host JOIN #a", ":irc.minato 332 bob #a :of a", ":irc.minato 333 bob #a alice 1728000000", ":irc.minato 353 bob = #a :@alice bob", ":irc.minato 366 bob #a :End of /NAMES list"],
            await bob.DoAsync("JOIN #a"));
        Assert.Equal(":bob!~bob@host JOIN #a", await alice.SeeOneAsync());
        Assert.Empty(await bob.DoAsync("JOIN #A"));
    }

    [Fact]
    public async Task JOIN_of_a_list_enters_each_and_JOIN_0_leaves_all()
    {
        using var alice = await _host.IrcAsync("alice");
        Assert.Equal(["#a", "#b"], (await alice.DoAsync("JOIN #a,#b")).Where(l => l.Contains(" JOIN ")).Select(l => l.Split(' ')[2]));
        Assert.Equal([":alice!~alice@host PART #a", ":alice!~alice@host PART #b"], (await alice.DoAsync("JOIN 0")).Order());
    }

    [Theory]
    [InlineData("JOIN", "461 alice JOIN :Not enough parameters")]
    [InlineData("JOIN nochannel", "403 alice nochannel :No such channel")]
    [InlineData("JOIN #a:b", "403 alice #a:b :No such channel")]
    [InlineData("PART #none", "403 alice #none :No such channel")]
    [InlineData("PART #lobby", "442 alice #lobby :You're not on that channel")]
    [InlineData("TOPIC #none", "403 alice #none :No such channel")]
    [InlineData("TOPIC #lobby :x", "442 alice #lobby :You're not on that channel")]
    [InlineData("MODE #none", "403 alice #none :No such channel")]
    [InlineData("KICK #lobby nobody", "401 alice nobody :No such nick or channel")]
    [InlineData("KICK #lobby", "461 alice KICK :Not enough parameters")]
    [InlineData("INVITE nobody #lobby", "401 alice nobody :No such nick or channel")]
    [InlineData("INVITE alice #none", "403 alice #none :No such channel")]
    [InlineData("NAMES #none", "366 alice #none :End of /NAMES list")]
    [InlineData("NAMES", "366 alice * :End of /NAMES list")]
    public async Task What_is_wrong_is_said_by_number(string line, string answer)
    {
        using var alice = await _host.IrcAsync("alice");
        Assert.StartsWith($":irc.minato {answer}", Assert.Single(await alice.DoAsync(line)));
    }

    [Fact]
    public async Task NAMES_takes_one_channel_and_the_next_is_one_too_many()
    {
        using var alice = await _host.IrcAsync("alice");
        Assert.Equal([":irc.minato 366 alice #a :End of /NAMES list", ":irc.minato 407 alice #b :Too many targets"], await alice.DoAsync("NAMES #a,#b,#c"));
    }

    [Fact]
    public async Task JOIN_of_many_is_read_at_the_pace_of_as_many_commands()
    {
        using var alice = await _host.IrcAsync("alice");
        string Names(char letter) => string.Join(',', Enumerable.Range(0, 70).Select(i => $"#{letter}{i}"));
        await alice.SendAsync($"JOIN {Names('a')}", $"JOIN {Names('b')}");
        await alice.Raw.ExpectAsync("JOIN #a69");
        await alice.Raw.ExpectAsync("JOIN #b20");
        // 100 at once; the clock stands still, and so does the rest of the line.
        Assert.Null(await _host.Store.FindRoomAsync("b60", CancellationToken.None));
        while (await _host.Store.FindRoomAsync("b69", CancellationToken.None) is null)
        {
            _host.Clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }
    }

    [Fact]
    public async Task PART_tells_its_reason_to_everybody()
    {
        using var alice = await _host.IrcAsync("alice");
        using var bob = await BothInAsync(alice);
        Assert.Equal([":bob!~bob@host PART #a :for tea"], await bob.DoAsync("PART #a :for tea"));
        Assert.Equal(":bob!~bob@host PART #a :for tea", await alice.SeeOneAsync());
        await alice.DoAsync("PRIVMSG #a :alone");
        Assert.Empty(await bob.SeeAsync());
    }

    [Fact]
    public async Task QUIT_is_told_once_to_each_who_shares_any_channel()
    {
        using var alice = await _host.IrcAsync("alice");
        using var bob = await BothInAsync(alice);
        await alice.DoAsync("JOIN #b");
        await bob.DoAsync("JOIN #b");
        await alice.SeeAsync();
        await bob.SendAsync("QUIT :so long");
        Assert.Equal("ERROR :Closing link: Quit: so long\r\n", await bob.Raw.ReadTextToEndAsync());
        Assert.Equal(":bob!~bob@host QUIT :Quit: so long", await alice.Raw.ReadLineAsync() is { } line ? IrcClient.Plain(line) : null);
        await EndedAsync("bob");
        Assert.Empty(await alice.SeeAsync());
        Assert.Equal(":irc.minato 353 alice = #a :@alice", (await alice.DoAsync("NAMES #a"))[0]);
        Assert.StartsWith(":irc.minato 314 alice bob ~bob ", (await alice.DoAsync("WHOWAS bob"))[0]);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_a_QUIT()
    {
        using var alice = await _host.IrcAsync("alice");
        using var bob = await BothInAsync(alice);
        bob.Raw.FinishSending();
        Assert.Equal(":bob!~bob@host QUIT :Connection closed", IrcClient.Plain((await alice.Raw.ReadLineAsync())!));
    }

    [Fact]
    public async Task TOPIC_is_told_to_everybody_and_may_be_asked_for()
    {
        using var alice = await _host.IrcAsync("alice");
        using var bob = await BothInAsync(alice);
        Assert.Equal([":irc.minato 331 bob #a :No topic is set"], await bob.DoAsync("TOPIC #a"));
        Assert.Equal([":bob!~bob@host TOPIC #a :港の話"], await bob.DoAsync("TOPIC #a :港の話"));
        Assert.Equal(":bob!~bob@host TOPIC #a :港の話", await alice.SeeOneAsync());
        Assert.Equal([":irc.minato 332 alice #a :港の話", ":irc.minato 333 alice #a bob 1728000000"], await alice.DoAsync("TOPIC #a"));
        Assert.Equal([":alice!~alice@host TOPIC #a :"], await alice.DoAsync("TOPIC #a :"));
        Assert.StartsWith(":irc.minato FAIL TOPIC INVALID_PARAMS #a ", Assert.Single(await alice.DoAsync("TOPIC #a :" + new string('x', 308))));
    }

    [Fact]
    public async Task KICK_is_told_with_its_reason_and_ends_the_membership()
    {
        using var alice = await _host.IrcAsync("alice");
        using var bob = await BothInAsync(alice);
        Assert.Equal([":irc.minato 482 bob #a :You may not do that here"], await bob.DoAsync("KICK #a alice :no"));
        Assert.Equal([":alice!~alice@host KICK #a bob :bye"], await alice.DoAsync("KICK #a bob :bye"));
        Assert.Equal(":alice!~alice@host KICK #a bob :bye", await bob.SeeOneAsync());
        Assert.Equal([":irc.minato 441 alice bob #a :They aren't on that channel"], await alice.DoAsync("KICK #a bob"));
        Assert.Equal(":irc.minato 353 alice = #a :@alice", (await alice.DoAsync("NAMES #a"))[0]);
    }

    [Fact]
    public async Task MODE_makes_moderators_bans_mutes_and_announces()
    {
        using var alice = await _host.IrcAsync("alice");
        using var bob = await BothInAsync(alice);
        Assert.Equal(":irc.minato 324 bob #a +", (await bob.DoAsync("MODE #a"))[0]);
        Assert.Equal([":irc.minato 482 bob #a :You may not do that here"], await bob.DoAsync("MODE #a +o bob"));
        Assert.Equal([":alice!~alice@host MODE #a +o bob", ":alice!~alice@host MODE #a +m"], await alice.DoAsync("MODE #a +om bob"));
        Assert.Equal([":alice!~alice@host MODE #a +o bob", ":alice!~alice@host MODE #a +m"], await bob.SeeAsync());
        Assert.Equal(":irc.minato 324 bob #a +m", (await bob.DoAsync("MODE #a"))[0]);
        Assert.Equal(":irc.minato 353 bob = #a :@alice @bob", (await bob.DoAsync("NAMES #a"))[0]);
        Assert.Equal([":alice!~alice@host MODE #a -o bob"], await alice.DoAsync("MODE #a -o bob"));
        await bob.SeeAsync();
        Assert.StartsWith(":irc.minato 404 bob #a ", Assert.Single(await bob.DoAsync("PRIVMSG #a :may I")));
        Assert.Equal([":alice!~alice@host MODE #a -m", ":alice!~alice@host MODE #a +b m:bob!*@*"], await alice.DoAsync("MODE #a -m+b m:bob"));
        await bob.SeeAsync();
        Assert.StartsWith(":irc.minato 404 bob #a ", Assert.Single(await bob.DoAsync("PRIVMSG #a :may I")));
        Assert.Equal(
            [":alice!~alice@host MODE #a +b bob!*@*", ":alice!~alice@host KICK #a bob :alice", ":alice!~alice@host MODE #a -b bob!*@*"],
            await alice.DoAsync("MODE #a +b bob!*@*", "MODE #a -b bob"));
    }

    [Theory]
    [InlineData("MODE #a +a key", "472 alice a :is unknown mode char to me")]
    [InlineData("MODE #a +z", "472 alice z :is unknown mode char to me")]
    [InlineData("MODE #a +o", "461 alice MODE :Not enough parameters")]
    [InlineData("MODE #a +o nobody", "401 alice nobody :No such nick or channel")]
    [InlineData("MODE #a +b a,b", "696 alice #a b a,b :A mask is NICK!USER@HOST")]
    [InlineData("MODE alice", "221 alice +i")]
    [InlineData("MODE alice +Z", "501 alice :Unknown MODE flag")]
    public async Task MODE_that_is_not_there_is_not_pretended(string line, string answer)
    {
        using var alice = await _host.IrcAsync("alice");
        await alice.DoAsync("JOIN #a");
        Assert.StartsWith($":irc.minato {answer}", (await alice.DoAsync(line))[0]);
    }

    [Fact]
    public async Task MODE_gives_and_takes_what_was_named_to_and_from_whom_it_was_named()
    {
        using var alice = await _host.IrcAsync("alice");
        using var bob = await BothInAsync(alice);
        using var carol = await _host.IrcAsync("carol");
        await carol.DoAsync("JOIN #a");
        await alice.SeeAsync();
        Assert.Equal([":alice!~alice@host MODE #a +o carol", ":irc.minato 472 alice a :is unknown mode char to me"], await alice.DoAsync("MODE #a +ao bob carol"));
        // An owner is one and loses no voice, and who is none loses nothing by it.
        Assert.Empty(await alice.DoAsync("MODE #a +o alice", "MODE #a -v alice", "MODE #a -q carol"));
        Assert.Equal(":irc.minato 353 alice = #a :@alice bob @carol", (await alice.DoAsync("NAMES #a"))[0]);
    }

    [Fact]
    public async Task A_ban_shuts_out_and_a_private_room_opens_by_invitation()
    {
        using var alice = await _host.IrcAsync("alice");
        using var bob = await BothInAsync(alice);
        await alice.DoAsync("MODE #a +b bob");
        await bob.SeeAsync();
        Assert.Equal([":irc.minato 474 bob #a :Cannot join channel (+b)"], await bob.DoAsync("JOIN #a"));
        using var wendy = await _host.PersonAsync("wendy");
        await wendy.AskAsync(new { op = "create", cid = "p", kind = "private", slug = "den", title = "Den" }, "p");
        Assert.Equal([":irc.minato 473 bob #den :Cannot join channel (+i)"], await bob.DoAsync("JOIN #den"));
        await wendy.AskAsync(new { op = "invite", cid = "i", room = "#den", user = "bob" }, "i");
        Assert.Contains(":irc.minato 353 bob @ #den :~wendy bob", await bob.DoAsync("JOIN #den"));
        Assert.Equal(":irc.minato 324 bob #den +ins", (await bob.DoAsync("MODE #den"))[0]);
        Assert.Equal([":irc.minato 341 bob alice #den"], await bob.DoAsync("INVITE alice #den"));
        Assert.Equal(":bob!~bob@host INVITE alice :#den".Replace(":#", "#"), (await alice.SeeAsync())[^1]);
        Assert.Equal([":irc.minato 443 bob wendy #den :is already on channel"], await bob.DoAsync("INVITE wendy #den"));
    }

    /// <summary>https://modern.ircdocs.horse/#invite-message</summary>
    [Fact]
    public async Task INVITE_alone_lists_where_one_is_invited_until_one_is_there()
    {
        using var alice = await _host.IrcAsync("alice");
        using var bob = await _host.IrcAsync("bob");
        Assert.Equal([":irc.minato 337 bob :End of /INVITE list"], await bob.DoAsync("INVITE"));
        await alice.DoAsync("JOIN #b", "JOIN #a", "INVITE bob #a", "INVITE bob #b");
        await bob.SeeAsync();
        Assert.Equal([":irc.minato 336 bob #b", ":irc.minato 336 bob #a", ":irc.minato 337 bob :End of /INVITE list"], await bob.DoAsync("INVITE"));
        await bob.DoAsync("JOIN #b");
        Assert.Equal([":irc.minato 336 bob #a", ":irc.minato 337 bob :End of /INVITE list"], await bob.DoAsync("INVITE"));
        Assert.Equal([":irc.minato 461 bob INVITE :Not enough parameters"], await bob.DoAsync("INVITE alice"));
    }

    [Fact]
    public async Task LIST_shows_public_rooms_by_mask_and_by_how_many_are_there()
    {
        using var alice = await _host.IrcAsync("alice");
        using var bob = await BothInAsync(alice);
        await alice.DoAsync("JOIN #b", "TOPIC #b :of b");
        Assert.Equal(["#a 2 :", "#b 1 :of b"], (await Listed("LIST")).Order());
        Assert.Equal(["#a 2 :"], await Listed("LIST >1"));
        Assert.Equal(["#b 1 :of b"], await Listed("LIST #b"));
        Assert.Equal(["#b 1 :of b"], await Listed("LIST !*a*"));

        async Task<List<string>> Listed(string line) =>
            [.. (await bob.DoAsync(line)).Where(l => l.StartsWith(":irc.minato 322 bob ", StringComparison.Ordinal)).Select(l => l[":irc.minato 322 bob ".Length..])];
    }

    [Fact]
    public async Task NICK_is_told_once_to_each_who_shares_any_channel_and_to_oneself()
    {
        using var alice = await _host.IrcAsync("alice");
        using var bob = await BothInAsync(alice);
        await alice.DoAsync("JOIN #b");
        await bob.DoAsync("JOIN #b");
        await alice.SeeAsync();
        Assert.Equal([":bob!~bob@host NICK :robert"], await bob.DoAsync("NICK robert"));
        Assert.Equal(":bob!~bob@host NICK :robert", await alice.SeeOneAsync());
        Assert.Equal([":robert!~bob@host PART #a"], await bob.DoAsync("PART #a"));
        Assert.Equal(":robert!~bob@host PART #a", await alice.SeeOneAsync());
    }

    [Fact]
    public async Task People_at_browsers_and_terminals_come_and_go_as_well()
    {
        using var alice = await _host.IrcAsync("alice");
        await alice.DoAsync("JOIN #lobby");
        using (var linus = await _host.TerminalAsync("linus"))
            Assert.Equal(":linus!u@host JOIN #lobby", (await alice.SeeAsync())[^1]);
        await EndedAsync("linus");
        for (var tick = 0; tick < 8; tick++)
            _host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains(":linus!u@host PART #lobby", IrcClient.Plain(await alice.Raw.ExpectAsync("PART")));
    }

    private async Task<IrcClient> BothInAsync(IrcClient alice)
    {
        await alice.DoAsync("JOIN #a");
        var bob = await _host.IrcAsync("bob");
        await bob.DoAsync("JOIN #a");
        await alice.SeeAsync();
        return bob;
    }

    /// <summary>Who has ended is nobody any more: that is the last thing a visitor's session does.</summary>
    private async Task EndedAsync(string nick)
    {
        while (await _host.Store.FindUserAsync(nick, CancellationToken.None) is not null)
            await Task.Yield();
    }
}
