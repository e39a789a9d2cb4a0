using System.Text;
using Minato.Core.Accounts;
using Minato.Server.Accounts;

namespace Minato.Server.Tests.Sessions.Irc;

/// <summary>https://modern.ircdocs.horse/#connection-setup, https://ircv3.net/specs/extensions/capability-negotiation, https://ircv3.net/specs/extensions/sasl-3.1</summary>
public sealed class RegistrationTests
{
    [Fact]
    public async Task Connection_registration_is_answered_by_001_to_005_and_the_message_of_the_day()
    {
        await using var host = new SessionHost();
        using var client = new IrcClient(host.Irc(), "alice");
        var lines = await client.DoAsync("NICK alice", "USER alice 0 * :Alice");
        Assert.Equal(":irc.minato 001 alice :Welcome to Minato, alice", lines[0]);
        Assert.Equal(["001", "002", "003", "004", "005"], lines.Select(l => l.Split(' ')[1]).Distinct().Take(5));
        Assert.StartsWith(":irc.minato 422 alice ", lines[^1]);
        Assert.All(lines, l => Assert.InRange(Encoding.UTF8.GetByteCount(l), 1, 510));
    }

    [Fact]
    public async Task USER_of_no_ASCII_letters_is_let_in_as_anybody()
    {
        await using var host = new SessionHost();
        using var client = new IrcClient(host.Irc(), "港");
        Assert.StartsWith(":irc.minato 001 港 ", (await client.DoAsync("NICK 港", "USER 港 0 * :港"))[0]);
        Assert.Contains(":港!~u@host JOIN #a", await client.DoAsync("JOIN #a"));
    }

    [Fact]
    public async Task NICK_in_use_is_433_and_another_one_lets_in()
    {
        await using var host = new SessionHost();
        using var alice = await host.IrcAsync("alice");
        using var other = new IrcClient(host.Irc(), "other");
        Assert.Equal([":irc.minato 433 * ALICE :Nickname is already in use"], await other.DoAsync("NICK ALICE", "USER u 0 * :x"));
        Assert.StartsWith(":irc.minato 001 bob ", (await other.DoAsync("NICK bob"))[0]);
        Assert.Equal(":irc.minato 433 bob alice :Nickname is already in use", (await other.DoAsync("NICK alice"))[0]);
    }

    [Theory]
    [InlineData("NICK", ":irc.minato 431 * :No nickname given")]
    [InlineData("NICK :", ":irc.minato 431 * :No nickname given")]
    [InlineData("NICK a!b", ":irc.minato 432 * a!b :Erroneous nickname")]
    [InlineData("NICK :a b", ":irc.minato 432 * * :Erroneous nickname")]
    [InlineData("USER a b", ":irc.minato 461 * USER :Not enough parameters")]
    [InlineData("USER a 0 * :", ":irc.minato 461 * USER :Not enough parameters")]
    [InlineData("JOIN #a", ":irc.minato 451 * :You have not registered")]
    [InlineData("FOO", ":irc.minato 451 * :You have not registered")]
    [InlineData("CAP FOO", ":irc.minato 410 * FOO :Invalid CAP command")]
    public async Task What_is_wrong_before_registration_is_said_by_number(string line, string answer)
    {
        await using var host = new SessionHost();
        using var client = new IrcClient(host.Irc(), "nobody");
        Assert.Equal([answer], await client.DoAsync(line));
    }

    [Fact]
    public async Task USER_and_PASS_a_second_time_are_462()
    {
        await using var host = new SessionHost();
        using var alice = await host.IrcAsync("alice");
        Assert.Equal([":irc.minato 462 alice :You may not reregister", ":irc.minato 462 alice :You may not reregister"], await alice.DoAsync("USER a 0 * :b", "PASS x"));
    }

    [Fact]
    public async Task CAP_LS_holds_registration_until_CAP_END()
    {
        await using var host = new SessionHost();
        using var client = new IrcClient(host.Irc(), "alice");
        var lines = await client.DoAsync("CAP LS 302", "NICK alice", "USER alice 0 * :x");
        Assert.All(lines, line => Assert.StartsWith(line == lines[^1] ? ":irc.minato CAP * LS :" : ":irc.minato CAP * LS * :", line));
        var offered = string.Join(' ', lines);
        Assert.Contains(" sasl=PLAIN", offered);
        Assert.Contains(" cap-notify", offered);
        Assert.Equal(":irc.minato CAP * ACK :server-time batch", (await client.DoAsync("CAP REQ :server-time batch"))[0]);
        Assert.Equal(":irc.minato CAP * NAK :echo-message nonsense", (await client.DoAsync("CAP REQ :echo-message nonsense"))[0]);
        Assert.StartsWith(":irc.minato 001 alice ", (await client.DoAsync("CAP END"))[0]);
        Assert.Equal([":irc.minato CAP alice LIST :server-time batch cap-notify"], await client.DoAsync("CAP LIST"));
        Assert.Equal([":irc.minato CAP alice ACK :-batch", ":irc.minato CAP alice NAK :-cap-notify"], await client.DoAsync("CAP REQ -batch", "CAP REQ -cap-notify"));
    }

    [Fact]
    public async Task CAP_LS_without_a_version_has_no_values()
    {
        await using var host = new SessionHost();
        using var client = new IrcClient(host.Irc(), "alice");
        Assert.DoesNotContain("=", Assert.Single(await client.DoAsync("CAP LS")));
    }

    /// <summary>A client of before 302 is told of what fits in one line, and nobody of half a name.</summary>
    [Fact]
    public async Task Capabilities_are_listed_in_lines_of_512_bytes_whatever_the_nick()
    {
        await using var host = await WithAccountAsync(Access.Guests);
        var nick = new string('n', 64);
        using var client = await host.IrcAsync(nick);
        var one = Assert.Single(await client.DoAsync("CAP LS"));
        Assert.InRange(Encoding.UTF8.GetByteCount(one), 1, 510);
        Assert.DoesNotContain('…', one);
        var lines = await client.DoAsync("CAP LS 302");
        Assert.All(lines, l => Assert.InRange(Encoding.UTF8.GetByteCount(l), 1, 510));
        Assert.All(lines[..^1], l => Assert.StartsWith($":irc.minato CAP {nick} LS * :", l));
        Assert.StartsWith($":irc.minato CAP {nick} LS :", lines[^1]);
        Assert.Contains("draft/account-registration=before-connect,custom-account-name", lines[^1]);
        Assert.Single(lines[..^1]);
    }

    [Fact]
    public async Task SASL_PLAIN_lets_an_account_in_under_its_own_name()
    {
        await using var host = await WithAccountAsync(Access.Accounts);
        using var client = new IrcClient(host.Irc(), "alice");
        Assert.Equal(["AUTHENTICATE +"], (await client.DoAsync("CAP REQ :sasl", "NICK phone", "USER u 0 * :x", "AUTHENTICATE PLAIN")).Skip(1));
        Assert.Equal(
            [":irc.minato 900 * alice!u@host alice :You are now logged in as alice", ":irc.minato 903 * :SASL authentication successful"],
            await client.DoAsync($"AUTHENTICATE {Plain("", "Alice", "correct horse")}"));
        Assert.StartsWith(":irc.minato 001 alice ", (await client.DoAsync("CAP END"))[0]);
        Assert.Contains("330 alice alice alice :is logged in as", string.Join('|', await client.DoAsync("WHOIS alice")));
        using var second = await LoggedInAsync(host);
        Assert.Contains(":alice!~u@host JOIN #a", await second.DoAsync("JOIN #a"));
        Assert.Contains(":alice!~u@host JOIN #a", await client.SeeAsync());
    }

    [Theory]
    [InlineData("", "alice", "wrong")]
    [InlineData("", "nobody", "correct horse")]
    [InlineData("bob", "alice", "correct horse")]
    public async Task SASL_PLAIN_that_is_wrong_is_904(string authorize, string name, string password)
    {
        await using var host = await WithAccountAsync(Access.Accounts);
        using var client = new IrcClient(host.Irc(), "x");
        var lines = await client.DoAsync("CAP REQ :sasl", "AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain(authorize, name, password)}");
        Assert.Equal(":irc.minato 904 * :SASL authentication failed", lines[^1]);
    }

    [Fact]
    public async Task SASL_in_pieces_of_400_is_one_message_and_what_is_too_long_or_unknown_or_given_up_is_said()
    {
        await using var host = await WithAccountAsync(Access.Accounts);
        using var client = new IrcClient(host.Irc(), "x");
        await client.DoAsync("CAP REQ :sasl", "AUTHENTICATE PLAIN");
        Assert.Equal([":irc.minato 905 * :SASL message too long"], await client.DoAsync($"AUTHENTICATE {new string('A', 401)}"));
        Assert.Equal(
            [":irc.minato 908 * PLAIN,SCRAM-SHA-256 :are available SASL mechanisms", ":irc.minato 904 * :SASL authentication failed"], await client.DoAsync("AUTHENTICATE EXTERNAL"));
        Assert.Equal(["AUTHENTICATE +", ":irc.minato 906 * :SASL authentication aborted"], await client.DoAsync("AUTHENTICATE PLAIN", "AUTHENTICATE *"));
        await client.DoAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {new string('A', 400)}");
        Assert.Equal([":irc.minato 904 * :SASL authentication failed"], await client.DoAsync("AUTHENTICATE +"));
    }

    [Fact]
    public async Task Where_accounts_are_asked_for_nobody_else_gets_in()
    {
        await using var host = await WithAccountAsync(Access.Accounts);
        using var client = host.Irc();
        await client.SendAsync("NICK eve\r\nUSER u 0 * :x\r\nJOIN #lobby\r\n");
        Assert.Equal(
            "FAIL * ACCOUNT_REQUIRED_TO_CONNECT :Log in first: by SASL, or by PASS with NAME:PASSWORD or a token\r\nERROR :Closing link: Log in first\r\n",
            (await client.ReadTextToEndAsync()).Replace(":irc.minato ", ""));
    }

    [Theory]
    [InlineData(":alice:correct horse", true)]
    [InlineData("alice:correct horse", true)]
    [InlineData("alice:wrong", false)]
    [InlineData("mnto_nonsense", false)]
    public async Task PASS_is_a_name_and_its_password_or_a_token(string password, bool isRight)
    {
        await using var host = await WithAccountAsync(Access.Accounts);
        using var client = host.Irc();
        await client.SendAsync($"PASS {password}\r\nNICK alice\r\nUSER u 0 * :x\r\n");
        Assert.StartsWith(isRight ? ":irc.minato 001 alice " : ":irc.minato 464 * :Password incorrect", await client.ReadLineAsync());
    }

    [Fact]
    public async Task PASS_is_the_launch_token_where_that_lets_in()
    {
        await using var host = new SessionHost(Access.Token, "secret-token");
        using var right = host.Irc();
        await right.SendAsync("PASS secret-token\r\nNICK bot\r\nUSER u 0 * :x\r\n");
        Assert.StartsWith(":irc.minato 001 bot ", await right.ReadLineAsync());
        using var wrong = host.Irc();
        await wrong.SendAsync("PASS other\r\nNICK bot\r\nUSER u 0 * :x\r\n");
        Assert.Equal(":irc.minato 464 * :Password incorrect\r\nERROR :Closing link: Password incorrect\r\n", await wrong.ReadTextToEndAsync());
    }

    [Fact]
    public async Task An_account_that_returns_is_back_in_its_rooms_and_its_login_is_gone_with_the_connection()
    {
        await using var host = await WithAccountAsync(Access.Accounts);
        using (var first = await LoggedInAsync(host))
        {
            await first.DoAsync("JOIN #a");
            await first.SendAsync("QUIT");
            await first.Raw.ReadToEndAsync();
        }
        using var again = await LoggedInAsync(host, isQuiet: false);
        Assert.Contains(":alice!~u@host JOIN #a", await again.SeeAsync());
        var you = await host.Store.FindUserAsync("alice", CancellationToken.None);
        var login = Assert.Single(await host.Accounts.ListSessionsAsync(you!.Id, CancellationToken.None), s => s.Device == "IRC");
        // Also where the server is killed at this moment.
        Assert.Equal((long)TimeSpan.FromDays(1).TotalMilliseconds, login.ExpiresAt - login.UsedAt);
    }

    [Fact]
    public async Task A_login_of_one_who_hangs_up_before_coming_in_is_gone_as_well()
    {
        await using var host = await WithAccountAsync(Access.Accounts);
        using var client = new IrcClient(host.Irc(), "x");
        Assert.Contains(":irc.minato 903 ", (await client.DoAsync("CAP REQ :sasl", "AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("", "alice", "correct horse")}"))[^1]);
        await client.SendAsync("QUIT");
        await client.Raw.ReadToEndAsync();
        var you = await host.Store.FindUserAsync("alice", CancellationToken.None);
        // It is the last thing that the connection does, behind its last words.
        while ((await host.Accounts.ListSessionsAsync(you!.Id, CancellationToken.None)).Any(s => s.Device == "IRC"))
            await Task.Yield();
    }

    [Fact]
    public async Task Of_two_connections_of_one_account_the_one_that_quits_parts_from_what_the_other_is_not_in()
    {
        await using var host = await WithAccountAsync(Access.Guests);
        using var bob = await host.IrcAsync("bob");
        await bob.DoAsync("JOIN #a");
        using var alice = await LoggedInAsync(host);
        await alice.DoAsync("JOIN #a");
        await bob.SeeAsync();
        using var terminal = host.Lines();
        await terminal.SendAsync("/login alice\r\n");
        await terminal.ExpectAsync("assword");
        await terminal.SendAsync("correct horse\r\n");
        await terminal.ExpectAsync("alice");
        await alice.SendAsync("QUIT :bye");
        await alice.Raw.ReadToEndAsync();
        Assert.Equal(":alice!~u@host PART #a :Quit: bye", IrcClient.Plain((await bob.Raw.ReadLineAsync())!));
    }

    [Fact]
    public async Task A_token_that_only_reads_says_nothing_by_CTCP_or_TAGMSG_either()
    {
        await using var host = await WithAccountAsync(Access.Guests);
        var token = AccessToken.New();
        await host.Context.Log.SubmitAsync(new IssueToken((await host.Store.FindUserAsync("alice", CancellationToken.None))!.Id, token.Hash, "bot", Scope.Read, null), lane: null);
        using var bob = await host.IrcAsync("bob", "message-tags");
        await bob.DoAsync("JOIN #lobby");
        using var alice = new IrcClient(host.Irc(), "alice");
        await alice.DoAsync($"PASS {token.Text}", "CAP REQ message-tags", "NICK alice", "USER u 0 * :x", "CAP END");
        foreach (var line in new[] { "PRIVMSG {0} :\u0001VERSION\u0001", "@+typing=active TAGMSG {0}" })
            foreach (var target in new[] { "bob", "#lobby" })
                Assert.StartsWith($":irc.minato 404 alice {target} ", Assert.Single(await alice.DoAsync(line.Replace("{0}", target))));
        Assert.Empty(await bob.SeeAsync());
    }

    [Fact]
    public async Task A_login_that_ends_closes_the_connection()
    {
        await using var host = await WithAccountAsync(Access.Accounts);
        using var client = await LoggedInAsync(host);
        var you = await host.Store.FindUserAsync("alice", CancellationToken.None);
        await host.Context.Log.SubmitAsync(new EndSessions(you!, null), lane: null);
        Assert.Equal("ERROR :Closing link: Your login was ended\r\n", await client.Raw.ReadTextToEndAsync());
    }

    [Fact]
    public async Task Who_does_not_register_in_a_minute_and_who_does_not_answer_PING_are_let_go()
    {
        await using var host = new SessionHost();
        using var idle = host.Irc();
        await idle.SendAsync("CAP LS\r\n");
        await idle.ReadLineAsync();
        using var silent = await host.IrcAsync("silent");
        Pass(seconds: 70);
        Assert.Equal("ERROR :Closing link: Registration timed out\r\n", await idle.ReadTextToEndAsync());
        Pass(seconds: 30);
        await silent.Raw.ExpectAsync("PING :irc.minato");
        Pass(seconds: 100);
        Assert.StartsWith("ERROR :Closing link: Ping timeout", await silent.Raw.ExpectAsync("ERROR"));

        // In steps of the sweeper's: a process that was stopped for longer gives nobody up at once.
        void Pass(int seconds)
        {
            for (var passed = 0; passed < seconds; passed += 5)
                host.Clock.Advance(TimeSpan.FromSeconds(5));
        }
    }

    private static string Plain(string authorize, string name, string password) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{authorize}\0{name}\0{password}"));

    private static async Task<SessionHost> WithAccountAsync(Access access)
    {
        var host = new SessionHost(access);
        await host.Context.Log.SubmitAsync(new ChangeSettings(By: null, SignUpPolicy.Open, Departed: null), lane: null);
        Assert.Null((await host.Context.Accounts.Door.SignUpAsync(new NewAccount("alice", "correct horse", null, null, null), null, new Server.Log.Lane())).Refused);
        return host;
    }

    private static async Task<IrcClient> LoggedInAsync(SessionHost host, bool isQuiet = true)
    {
        var client = new IrcClient(host.Irc(), "alice");
        await client.SendAsync("PASS :alice:correct horse", "NICK alice", "USER u 0 * :x");
        if (isQuiet)
            await client.SeeAsync();
        return client;
    }
}
