namespace Minato.Server.Tests.Sessions.Irc;

/// <summary>Single sentences of the specifications, each named for its section, that no other test here is about.</summary>
public sealed class SpecificationTests : IAsyncDisposable
{
    private readonly SessionHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>https://modern.ircdocs.horse/#connection-registration: modes that are set from the start are told after LUSERS, and MOTD is last.</summary>
    [Fact]
    public async Task Connection_registration_tells_the_modes_before_the_message_of_the_day()
    {
        using var client = new IrcClient(_host.Irc(), "alice");
        var lines = await client.DoAsync("NICK alice", "USER a 0 * :x");
        Assert.Equal(
            ["001", "002", "003", "004", "005", "251", "252", "253", "254", "255", "265", "266", "221", "422"], lines.Select(l => l.Split(' ')[1]).Distinct());
        Assert.Contains(":irc.minato 221 alice +i", lines);
    }

    /// <summary>https://modern.ircdocs.horse/#mode-message</summary>
    [Fact]
    public async Task User_mode_of_nobody_is_401_of_another_502_and_what_is_unknown_is_said_after_what_was_done()
    {
        using var alice = await _host.IrcAsync("alice");
        using var bob = await _host.IrcAsync("bob");
        Assert.Equal(
            [":irc.minato 401 alice nobody :No such nick or channel", ":irc.minato 502 alice :Can't change mode for other users"], await alice.DoAsync("MODE nobody +i", "MODE bob"));
        Assert.Equal([":alice!~alice@host MODE alice +w", ":alice!~alice@host MODE alice +B", ":irc.minato 501 alice :Unknown MODE flag"], await alice.DoAsync("MODE alice +ZwYB"));
    }

    /// <summary>https://modern.ircdocs.horse/#invisible-user-mode and #rplluserclient-251</summary>
    [Fact]
    public async Task Who_is_invisible_is_found_by_a_mask_only_by_those_who_share_a_channel_and_everybody_begins_so()
    {
        using var alice = await _host.IrcAsync("alice");
        using var bob = await _host.IrcAsync("bob");
        string[] foundByBob = [":irc.minato 354 bob alice", ":irc.minato 315 bob ali* :End of WHO list"];
        Assert.Equal(foundByBob[1..], await bob.DoAsync("WHO ali* %n"));
        Assert.Contains(":irc.minato 251 bob :There are 0 users and 2 invisible on 1 servers", await bob.DoAsync("LUSERS"));
        Assert.Equal([":alice!~alice@host MODE alice -i", ":irc.minato 221 alice +"], await alice.DoAsync("MODE alice -i", "MODE alice -i", "MODE alice"));
        Assert.Equal(foundByBob, await bob.DoAsync("WHO ali* %n"));
        Assert.Contains(":irc.minato 251 bob :There are 1 users and 1 invisible on 1 servers", await bob.DoAsync("LUSERS"));
        Assert.Equal([":alice!~alice@host MODE alice +i"], await alice.DoAsync("MODE alice +i"));
        Assert.Equal(foundByBob[1..], await bob.DoAsync("WHO ali* %n"));
    }

    /// <summary>https://modern.ircdocs.horse/#join-message, #part-message and #kick-message: 461 where there is nothing to act on.</summary>
    [Theory]
    [InlineData("JOIN :")]
    [InlineData("JOIN ,,")]
    [InlineData("PART :")]
    [InlineData("KICK #a :")]
    public async Task A_list_of_nothing_is_461(string line)
    {
        using var alice = await _host.IrcAsync("alice");
        await alice.DoAsync("JOIN #a");
        Assert.Equal([$":irc.minato 461 alice {line.Split(' ')[0]} :Not enough parameters"], await alice.DoAsync(line));
    }

    /// <summary>https://modern.ircdocs.horse/#quit-message: the reason that others see begins so, also where there is none.</summary>
    [Fact]
    public async Task Quit_without_a_reason_is_said_to_be_one()
    {
        using var alice = await _host.IrcAsync("alice");
        using var bob = await _host.IrcAsync("bob");
        await alice.DoAsync("JOIN #a");
        await bob.DoAsync("JOIN #a");
        await alice.SeeAsync();
        await bob.SendAsync("QUIT");
        await bob.Raw.ReadToEndAsync();
        Assert.Equal(":bob!~bob@host QUIT :Quit: ", await alice.SeeOneAsync());
    }

    /// <summary>https://modern.ircdocs.horse/#list-message: channels, and conditions that they are held against as well.</summary>
    [Fact]
    public async Task List_takes_channels_and_conditions_together()
    {
        using var alice = await _host.IrcAsync("alice");
        await alice.DoAsync("JOIN #a,#b");
        Assert.Equal([":irc.minato 322 alice #a 1 :"], await ListedAsync("LIST #a <2"));
        Assert.Empty(await ListedAsync("LIST #a >1"));

        async Task<IEnumerable<string>> ListedAsync(string line) => (await alice.DoAsync(line)).Where(l => l.Contains(" 322 ", StringComparison.Ordinal));
    }

    /// <summary>https://modern.ircdocs.horse/#help-message, #admin-message and #version-message</summary>
    [Fact]
    public async Task Server_queries_answer_with_all_their_numerics_and_by_mask_or_nick()
    {
        using var alice = await _host.IrcAsync("alice");
        using var bob = await _host.IrcAsync("bob");
        Assert.Equal(":irc.minato 705 alice JOIN :", (await alice.DoAsync("HELP JOIN"))[1]);
        Assert.Equal(["256", "257", "258", "259"], (await alice.DoAsync("ADMIN bob")).Select(l => l.Split(' ')[1]));
        foreach (var target in new[] { "irc.*", "IRC.minato", "bob" })
            Assert.StartsWith(":irc.minato 351 alice ", (await alice.DoAsync($"VERSION {target}"))[0]);
        Assert.Equal([":irc.minato 402 alice *.example :No such server"], await alice.DoAsync("VERSION *.example"));
    }

    /// <summary>https://modern.ircdocs.horse/#source: what is from a server has its name, and nothing else has.</summary>
    [Fact]
    public async Task Source_of_the_servers_name_is_nobodys_nick()
    {
        using var client = new IrcClient(_host.Irc(), "alice");
        Assert.Equal([":irc.minato 432 * IRC.Minato :Erroneous nickname"], await client.DoAsync("NICK IRC.Minato"));
        using var alice = await _host.IrcAsync("alice");
        Assert.Equal([":irc.minato 432 alice irc.minato :Erroneous nickname"], await alice.DoAsync("NICK irc.minato"));
    }

    /// <summary>https://modern.ircdocs.horse/#clients: servers MUST allow the brackets, braces, backslash and pipe; none of them means anything of its own, in masks or elsewhere.</summary>
    [Fact]
    public async Task Nickname_has_brackets_braces_backslash_and_pipe()
    {
        const string Nick = "r\\[s]{t}|";
        using var alice = await _host.IrcAsync("alice");
        using var odd = await _host.IrcAsync(Nick, "echo-message");
        await odd.DoAsync("JOIN #odd");
        Assert.StartsWith($":{Nick}!", Assert.Single(await odd.DoAsync("PRIVMSG #odd :hello")));
        Assert.Contains(await alice.DoAsync($"WHOIS {Nick}"), l => l.StartsWith($":irc.minato 311 alice {Nick} ", StringComparison.Ordinal));
        await alice.DoAsync("JOIN #own", $"MODE #own +b {Nick}");
        Assert.StartsWith($":irc.minato 474 {Nick} #own ", Assert.Single(await odd.DoAsync("JOIN #own")));
        Assert.StartsWith($":irc.minato 403 {Nick} #a\\b ", Assert.Single(await odd.DoAsync("JOIN #a\\b")));
    }

    /// <summary>https://ircv3.net/specs/extensions/no-implicit-names: who joins is told of nobody until they ask.</summary>
    [Theory]
    [InlineData("no-implicit-names")]
    [InlineData("draft/no-implicit-names")]
    public async Task No_implicit_names_leaves_the_names_to_who_asks(string cap)
    {
        using var alice = await _host.IrcAsync("alice", cap);
        Assert.DoesNotContain(await alice.DoAsync("JOIN #a"), IsOfNames);
        Assert.Contains(await alice.DoAsync("NAMES #a"), IsOfNames);
        await alice.DoAsync($"CAP REQ -{cap}");
        Assert.Contains(await alice.DoAsync("JOIN #b"), IsOfNames);

        static bool IsOfNames(string line) => line.Contains(" 353 ", StringComparison.Ordinal) || line.Contains(" 366 ", StringComparison.Ordinal);
    }

    /// <summary>https://ircv3.net/specs/client-tags/reply: said under the ratified name or the draft's, and told under both.</summary>
    [Theory]
    [InlineData("+reply", "draft/reply")]
    [InlineData("+draft/reply", "reply")]
    public async Task Reply_is_taken_and_told_by_both_its_names(string tag, string other)
    {
        using var alice = await _host.IrcAsync("alice", "message-tags echo-message");
        await alice.DoAsync("JOIN #a");
        using var bob = await _host.IrcAsync("bob", "message-tags");
        await bob.DoAsync("JOIN #a");
        await alice.SeeAsync();
        await alice.SendAsync("PRIVMSG #a :a question");
        var msgid = (await alice.Raw.ExpectAsync(":a question")).Split("msgid=")[1].Split(';', ' ')[0];
        await bob.SeeAsync();
        await alice.DoAsync($"@{tag}={msgid} PRIVMSG #a :its answer");
        // The sender's own first.
        Assert.Matches($"^@msgid=ID-[0-9]+;[+]{tag[1..]}=(ID-[0-9]+);[+]{other}=\\1 ", await bob.SeeOneAsync());
        await alice.DoAsync($"@+draft/react=🎉;{tag}={msgid} TAGMSG #a");
        Assert.Matches("^@msgid=ID-[0-9]+;[+]draft/react=🎉;[+]draft/reply=(ID-[0-9]+);[+]reply=\\1 ", await bob.SeeOneAsync());
    }

    /// <summary>https://ircv3.net/specs/extensions/capability-negotiation#cap-ls-version: a lower version is answered as it asks, and the higher one stays.</summary>
    [Fact]
    public async Task Cap_ls_version_that_is_lower_than_before_has_no_values_and_takes_nothing_away()
    {
        using var client = new IrcClient(_host.Irc(), "alice");
        await client.DoAsync("CAP LS 302");
        Assert.DoesNotContain("=", Assert.Single(await client.DoAsync("CAP LS")));
        Assert.Equal([":irc.minato CAP * LIST :cap-notify"], await client.DoAsync("CAP LIST"));
        Assert.Equal([":irc.minato CAP * NAK :-cap-notify"], await client.DoAsync("CAP REQ -cap-notify"));
    }

    /// <summary>https://ircv3.net/specs/extensions/sasl-3.1#the-authenticate-command: who comes in before it is over comes in without it.</summary>
    [Fact]
    public async Task Authenticate_that_is_under_way_when_registration_completes_is_aborted()
    {
        using var client = new IrcClient(_host.Irc(), "alice");
        var lines = await client.DoAsync("CAP REQ sasl", "NICK alice", "USER a 0 * :x", "AUTHENTICATE PLAIN", "CAP END");
        Assert.Equal([":irc.minato CAP * ACK :sasl", "AUTHENTICATE +", ":irc.minato 906 * :SASL authentication aborted"], lines[..3]);
        Assert.StartsWith(":irc.minato 001 alice ", lines[3]);
        Assert.Equal(["AUTHENTICATE +"], await client.DoAsync("AUTHENTICATE PLAIN"));
    }

    /// <summary>https://ircv3.net/specs/extensions/labeled-response#tags: whatever answers a command has its label, once.</summary>
    [Fact]
    public async Task Tags_label_the_NICK_that_a_NICK_is_answered_with()
    {
        using var alice = await _host.IrcAsync("alice", "labeled-response batch");
        using var bob = await _host.IrcAsync("bob", "labeled-response batch");
        await alice.DoAsync("JOIN #a");
        await bob.DoAsync("JOIN #a");
        await alice.SeeAsync();
        Assert.Equal(["@label=L :alice!~alice@host NICK :ann"], await alice.DoAsync("@label=L NICK ann"));
        Assert.Equal([":alice!~alice@host NICK :ann"], await bob.SeeAsync());
        Assert.Equal([":ann!~alice@host NICK :alice", "@label=M :irc.minato ACK"], await alice.DoAsync("NICK alice", "@label=M NICK alice"));
    }

    /// <summary>https://ircv3.net/specs/extensions/message-tags#client-only-tags: behind those of the server, which they cannot push out of the line.</summary>
    [Fact]
    public async Task Client_only_tags_stand_behind_the_servers()
    {
        using var alice = await _host.IrcAsync("alice", "message-tags server-time echo-message batch draft/multiline");
        await alice.DoAsync("JOIN #a", "MODE alice +B");
        foreach (var said in new[] { "@+x=y PRIVMSG #a :words", "@+x=y TAGMSG #a", "@+x=y PRIVMSG #a :\u0001PING 1\u0001" })
            Assert.Matches("^@[^ +]*;[+]x=y :alice", (await alice.DoAsync(said))[0]);
        Assert.Matches("^@[^ +]*;[+]x=y :alice", (await alice.DoAsync("@+x=y BATCH +m draft/multiline #a", "@batch=m PRIVMSG #a :one", "@batch=m PRIVMSG #a :two", "BATCH -m"))[0]);
    }

    /// <summary>https://ircv3.net/specs/extensions/message-tags#the-tagmsg-tag-only-message: what a server does not know is taken off, and the message told.</summary>
    [Fact]
    public async Task The_tagmsg_without_client_only_tags_is_told_as_well()
    {
        using var alice = await _host.IrcAsync("alice", "message-tags");
        using var bob = await _host.IrcAsync("bob", "message-tags");
        Assert.Empty(await alice.DoAsync("@unknown-tag TAGMSG bob"));
        Assert.Matches("^@msgid=[^;+]* :alice!~alice@host TAGMSG bob$", await bob.SeeOneAsync());
    }

    /// <summary>https://ircv3.net/specs/extensions/setname#description: told to nobody who has not asked for it, whoever it is.</summary>
    [Fact]
    public async Task Description_of_setname_tells_only_who_asked_for_it()
    {
        using var alice = await _host.IrcAsync("alice");
        Assert.Empty(await alice.DoAsync("SETNAME :Alice the Great"));
        Assert.Equal([":alice!~alice@host SETNAME :Alice"], await alice.DoAsync("CAP REQ setname", "SETNAME Alice") is [_, .. var told] ? told : []);
    }

    /// <summary>https://ircv3.net/specs/extensions/account-notify#description: on common channels with them, including themselves.</summary>
    [Fact]
    public async Task Description_of_account_notify_includes_oneself()
    {
        await _host.Context.Log.SubmitAsync(new Core.Accounts.ChangeSettings(By: null, Core.Accounts.SignUpPolicy.Open, Departed: null), lane: null);
        using var alice = await _host.IrcAsync("alice", "account-notify");
        Assert.Equal(
            [":alice!~alice@host ACCOUNT :alice", ":irc.minato 900 alice alice!~alice@host alice :You are now logged in as alice", ":irc.minato REGISTER SUCCESS alice :The account is yours"],
            await alice.DoAsync("REGISTER * * passphrase"));
    }

    /// <summary>https://ircv3.net/specs/extensions/multiline#errors: errors of a batch are FAIL, whatever they are.</summary>
    [Fact]
    public async Task Errors_of_a_batch_of_nothing_but_blank_lines_are_MULTILINE_INVALID()
    {
        using var alice = await _host.IrcAsync("alice", "batch draft/multiline message-tags");
        await alice.DoAsync("JOIN #a");
        Assert.Equal(
            [":irc.minato FAIL BATCH MULTILINE_INVALID :Nothing but blank lines"],
            await alice.DoAsync("BATCH +m draft/multiline #a", "@batch=m PRIVMSG #a :", "@batch=m PRIVMSG #a :", "BATCH -m"));
    }
}
