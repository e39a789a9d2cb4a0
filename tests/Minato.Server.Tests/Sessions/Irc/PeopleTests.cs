namespace Minato.Server.Tests.Sessions.Irc;

/// <summary>Who is there and how they look: https://modern.ircdocs.horse/#user-based-queries, MONITOR, away-notify, setname, bot mode, and client tags</summary>
public sealed class PeopleTests : IAsyncDisposable
{
    private readonly SessionHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task WHO_and_WHOX_show_who_is_in_a_channel()
    {
        using var alice = await _host.IrcAsync("alice");
        await alice.DoAsync("JOIN #a");
        Assert.Equal([":irc.minato 354 alice 42 #a ~alice alice H@ 0 :alice Realname", ":irc.minato 315 alice #a :End of WHO list"], await alice.DoAsync("WHO #a %tcunfar,42"));
        Assert.Equal([":irc.minato 315 alice #none :End of WHO list"], await alice.DoAsync("WHO #none"));
        Assert.Equal(2, (await alice.DoAsync("WHO al*")).Count);
        Assert.Equal(":irc.minato 315 alice nobody :End of WHO list", Assert.Single(await alice.DoAsync("WHO nobody")));
    }

    [Fact]
    public async Task WHOIS_shows_shared_and_public_rooms_and_no_private_ones()
    {
        using var alice = await _host.IrcAsync("alice");
        using var wendy = await _host.PersonAsync("wendy");
        await wendy.AskAsync(new { op = "create", cid = "p", kind = "private", slug = "den", title = "Den" }, "p");
        await wendy.AskAsync(new { op = "create", cid = "q", kind = "public", slug = "open", title = "Open" }, "q");
        var lines = await alice.DoAsync("WHOIS wendy");
        Assert.Contains("~#open", lines.Single(l => l.Contains(" 319 ")));
        Assert.DoesNotContain("den", string.Join('|', lines));
        Assert.Equal(":irc.minato 318 alice wendy :End of /WHOIS list", lines[^1]);
        Assert.Equal([":irc.minato 401 alice nobody :No such nick", ":irc.minato 318 alice nobody :End of /WHOIS list"], await alice.DoAsync("WHOIS nobody"));
        Assert.Equal([":irc.minato 406 alice nobody :There was no such nickname", ":irc.minato 369 alice nobody :End of WHOWAS"], await alice.DoAsync("WHOWAS nobody"));
    }

    [Fact]
    public async Task USERHOST_and_ISON_know_who_is_connected()
    {
        using var alice = await _host.IrcAsync("alice");
        Assert.StartsWith(":irc.minato 302 alice :alice=+~alice@", Assert.Single(await alice.DoAsync("USERHOST alice nobody")));
        Assert.Equal([":irc.minato 303 alice :alice"], await alice.DoAsync("ISON nobody alice"));
    }

    [Fact]
    public async Task MONITOR_tells_of_those_who_come_and_go_over_whatever_protocol()
    {
        using var alice = await _host.IrcAsync("alice");
        Assert.Equal([":irc.minato 730 alice :alice!~alice@host", ":irc.minato 731 alice :bob,wendy"], await alice.DoAsync("MONITOR + bob,wendy,alice"));
        Assert.Equal([":irc.minato 732 alice :bob,wendy,alice", ":irc.minato 733 alice :End of MONITOR list"], await alice.DoAsync("MONITOR L"));
        using var wendy = await _host.PersonAsync("wendy");
        Assert.Contains(":irc.minato 730 alice :wendy", await alice.SeeAsync());
        var bob = await _host.IrcAsync("bob");
        Assert.Equal(":irc.minato 730 alice :bob", await alice.SeeOneAsync());
        await bob.DoAsync("NICK rob");
        Assert.Equal(":irc.minato 731 alice :bob", await alice.SeeOneAsync());
        await bob.DoAsync("NICK bob");
        Assert.Equal(":irc.minato 730 alice :bob!~bob@host", await alice.SeeOneAsync());
        bob.Raw.FinishSending();
        Assert.Equal(":irc.minato 731 alice :bob", await alice.Raw.ReadLineAsync());
        Assert.Empty(await alice.DoAsync("MONITOR - wendy", "MONITOR C", "MONITOR S"));
        Assert.StartsWith(":irc.minato 734 alice 100 x100,x101 :", (await alice.DoAsync([.. Enumerable.Range(0, 17).Select(i => $"MONITOR + {string.Join(',', Enumerable.Range(i * 6, 6).Select(n => $"x{n}"))}")]))
            .Single(l => l.Contains(" 734 ")));
    }

    [Fact]
    public async Task Away_notify_setname_and_extended_monitor_tell_those_who_asked()
    {
        using var alice = await _host.IrcAsync("alice", "away-notify setname");
        using var plain = await _host.IrcAsync("plain");
        using var watcher = await _host.IrcAsync("watcher", "extended-monitor away-notify");
        await watcher.DoAsync("MONITOR + bob");
        await alice.DoAsync("JOIN #a");
        await plain.DoAsync("JOIN #a");
        using var bob = await _host.IrcAsync("bob");
        await bob.DoAsync("JOIN #a");
        foreach (var client in new[] { alice, plain, watcher })
            await client.SeeAsync();
        await bob.DoAsync("AWAY :at lunch", "AWAY");
        Assert.Equal([":bob!~bob@host AWAY :at lunch", ":bob!~bob@host AWAY"], await alice.SeeAsync());
        Assert.Equal([":bob!~bob@host AWAY :at lunch", ":bob!~bob@host AWAY"], await watcher.SeeAsync());
        Assert.Empty(await plain.SeeAsync());
        Assert.Empty(await bob.DoAsync("SETNAME :Bob the Builder"));
        Assert.Equal(":bob!~bob@host SETNAME :Bob the Builder", await alice.SeeOneAsync());
        Assert.StartsWith(":irc.minato FAIL SETNAME INVALID_REALNAME ", Assert.Single(await bob.DoAsync($"SETNAME :{new string('x', 200)}")));
    }

    [Fact]
    public async Task Who_comes_in_while_away_is_seen_to_be_away_by_those_who_asked()
    {
        using var alice = await _host.IrcAsync("alice", "away-notify");
        using var plain = await _host.IrcAsync("plain");
        await alice.DoAsync("JOIN #a");
        await plain.DoAsync("JOIN #a");
        await alice.SeeAsync();
        using var bob = await _host.IrcAsync("bob");
        await bob.DoAsync("AWAY :at lunch", "JOIN #a");
        Assert.Equal([":bob!~bob@host JOIN #a", ":bob!~bob@host AWAY :at lunch"], await alice.SeeAsync());
        Assert.Equal([":bob!~bob@host JOIN #a"], await plain.SeeAsync());
    }

    [Fact]
    public async Task ISON_answers_in_as_many_lines_as_it_needs()
    {
        using var alice = await _host.IrcAsync(new string('a', 60));
        var names = Enumerable.Range(0, 8).Select(i => $"{new string('n', 57)}{i}").ToList();
        var clients = new List<IrcClient>();
        foreach (var name in names)
            clients.Add(await _host.IrcAsync(name));
        var lines = await alice.DoAsync($"ISON {string.Join(' ', names)}");
        Assert.Equal(2, lines.Count);
        Assert.All(lines, l => Assert.True(l.Length <= 510));
        Assert.Equal(names, lines.SelectMany(l => l[(l.LastIndexOf(':') + 1)..].Split(' ')));
        foreach (var client in clients)
            client.Dispose();
    }

    [Fact]
    public async Task WHO_with_o_shows_those_alone_who_look_after_the_server()
    {
        using var alice = await _host.IrcAsync("alice");
        await alice.DoAsync("JOIN #a");
        Assert.Equal([":irc.minato 315 alice #a :End of WHO list"], await alice.DoAsync("WHO #a o"));
        Assert.Equal([":irc.minato 315 alice al* :End of WHO list"], await alice.DoAsync("WHO al* o%n"));
        Assert.Equal(2, (await alice.DoAsync("WHO #a %no")).Count);
    }

    [Fact]
    public async Task WHOWAS_knows_a_nick_that_somebody_had_before()
    {
        using var alice = await _host.IrcAsync("alice");
        await alice.DoAsync("NICK alix");
        Assert.StartsWith(":irc.minato 314 alix alice ~alice ", (await alice.DoAsync("WHOWAS alice"))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bot_says_that_it_is_one()
    {
        using var alice = await _host.IrcAsync("alice", "message-tags");
        using var bot = await _host.IrcAsync("robo");
        Assert.Equal([":robo!~robo@host MODE robo +B"], await bot.DoAsync("MODE robo +B"));
        Assert.Equal([":irc.minato 221 robo +Bi"], await bot.DoAsync("MODE robo"));
        await alice.DoAsync("JOIN #a");
        await bot.DoAsync("JOIN #a", "PRIVMSG #a :beep");
        Assert.Matches("^@msgid=ID-\\d+;bot :robo!~robo@host PRIVMSG #a :beep$", (await alice.SeeAsync())[^1]);
        Assert.Contains(":irc.minato 335 alice robo :is a bot", await alice.DoAsync("WHOIS robo"));
        Assert.Contains(" robo HB :0 ", (await alice.DoAsync("WHO robo"))[0]);
    }

    [Fact]
    public async Task TAGMSG_is_passed_on_and_a_reaction_is_everybodys()
    {
        using var alice = await _host.IrcAsync("alice", "message-tags echo-message");
        using var bob = await _host.IrcAsync("bob", "message-tags");
        using var plain = await _host.IrcAsync("plain");
        using var wendy = await _host.PersonAsync("wendy");
        foreach (var client in new[] { alice, bob, plain })
            await client.DoAsync("JOIN #a");
        var posted = await wendy.PostedAsync("c", "hello", "#a");
        var id = posted.GetProperty("id").GetString()!.Split(':');
        var msgid = $"{Guid.Parse(id[0]):N}-{id[1]}";
        foreach (var client in new[] { alice, bob, plain })
            await client.SeeAsync();
        Assert.EndsWith(" :alice!~alice@host TAGMSG #a", Assert.Single(await alice.DoAsync("@+typing=active TAGMSG #a")));
        Assert.Matches("^@msgid=[0-9a-f]{32};[+]typing=active ", await bob.SeeOneAsync());
        await bob.DoAsync($"@+draft/react=🎉;+draft/reply={msgid} TAGMSG #a");
        Assert.Equal($"@msgid=ID-{int.Parse(id[1]) + 1};+draft/react=🎉;+draft/reply=ID-{id[1]};+reply=ID-{id[1]} :bob!~bob@host TAGMSG #a", await alice.SeeOneAsync());
        Assert.Empty(await plain.SeeAsync());
        var history = await wendy.AskAsync(new { op = "history", rid = "h", room = "#a", limit = 1 }, "h");
        Assert.Equal("🎉", history.GetProperty("messages")[0].GetProperty("reactions")[0].GetProperty("emoji").GetString());
    }

    [Fact]
    public async Task REDACT_deletes_for_everybody_what_one_may_delete()
    {
        using var alice = await _host.IrcAsync("alice", "message-tags echo-message draft/message-redaction");
        using var bob = await _host.IrcAsync("bob", "message-tags draft/message-redaction");
        await alice.DoAsync("JOIN #a");
        await bob.DoAsync("JOIN #a");
        await alice.SendAsync("PRIVMSG #a :slip");
        var line = await alice.Raw.ExpectAsync("slip");
        var msgid = line[(line.IndexOf("msgid=", StringComparison.Ordinal) + 6)..line.IndexOf(' ')];
        Assert.StartsWith(":irc.minato FAIL REDACT REDACT_FORBIDDEN #a ", Assert.Single(await bob.DoAsync($"REDACT #a {msgid}"), l => l.Contains("FAIL")));
        Assert.StartsWith(":irc.minato FAIL REDACT UNKNOWN_MSGID #a x ", Assert.Single(await bob.DoAsync("REDACT #a x")));
        Assert.StartsWith(":irc.minato FAIL REDACT INVALID_TARGET #none ", Assert.Single(await bob.DoAsync($"REDACT #none {msgid}")));
        Assert.Equal([$"@msgid=ID-4 :alice!~alice@host REDACT #a {IrcClient.Plain(msgid)} :oops"], await alice.DoAsync($"REDACT #a {msgid} :oops"));
        Assert.Equal($"@msgid=ID-4 :alice!~alice@host REDACT #a {IrcClient.Plain(msgid)} :oops", await bob.SeeOneAsync());
    }

    [Theory]
    [InlineData("VERSION", "351")]
    [InlineData("TIME", "391")]
    [InlineData("INFO", "374")]
    [InlineData("ADMIN", "259")]
    [InlineData("LINKS", "365")]
    [InlineData("LUSERS", "255")]
    [InlineData("MOTD", "422")]
    [InlineData("MOTD elsewhere", "402")]
    [InlineData("HELP", "706")]
    [InlineData("HELP JOIN", "706")]
    [InlineData("HELP DANCE", "524")]
    [InlineData("OPER a b", "464")]
    [InlineData("KILL a b", "481")]
    [InlineData("WALLOPS a", "481")]
    [InlineData("PING", "409")]
    [InlineData("DANCE", "421")]
    [InlineData("WHOIS", "431")]
    public async Task Questions_about_the_server_are_answered_by_number(string line, string numeric)
    {
        using var alice = await _host.IrcAsync("alice");
        Assert.Contains(numeric, (await alice.DoAsync(line)).Select(l => l.Split(' ')[1]));
    }
}
