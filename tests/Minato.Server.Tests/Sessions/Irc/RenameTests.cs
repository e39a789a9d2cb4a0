using System.Text.Json;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Sessions.Irc;

/// <summary>https://ircv3.net/specs/extensions/channel-rename, section by section.</summary>
public sealed class RenameTests : IAsyncDisposable
{
    private const string Cap = "draft/channel-rename";

    private readonly SessionHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Capabilities_the_draft_is_offered_and_can_be_had()
    {
        using var alice = await _host.IrcAsync("alice");
        Assert.Contains(" draft/channel-rename", string.Concat(await alice.DoAsync("CAP LS 302")));
        Assert.Equal([":irc.minato CAP alice ACK :draft/channel-rename"], await alice.DoAsync("CAP REQ draft/channel-rename"));
    }

    [Fact]
    public async Task Messages_who_knows_RENAME_is_told_by_it_with_a_reason_that_may_be_empty()
    {
        using var alice = await InAsync("alice", Cap);
        using var bob = await InAsync("bob", Cap);
        await alice.SeeAsync();
        Assert.Equal([":alice!~alice@host RENAME #a #b :Typo fix"], await alice.DoAsync("RENAME #a #b :Typo fix"));
        Assert.Equal([":alice!~alice@host RENAME #a #b :Typo fix"], await bob.SeeAsync());
        Assert.Equal([":alice!~alice@host RENAME #b #c :"], await alice.DoAsync("RENAME #b #c"));
        Assert.Equal([":alice!~alice@host RENAME #b #c :"], await bob.SeeAsync());
    }

    [Fact]
    public async Task Messages_all_that_the_channel_is_stays_and_goes_by_the_new_name()
    {
        using var alice = await InAsync("alice", Cap);
        using var bob = await InAsync("bob", Cap);
        await alice.DoAsync("TOPIC #a :of all", "MODE #a +t", "MODE #a +v bob", "RENAME #a #b");
        await bob.SeeAsync();
        Assert.Equal(":irc.minato 332 bob #b :of all", (await bob.DoAsync("TOPIC #b"))[0]);
        Assert.StartsWith(":irc.minato 324 bob #b +t", (await bob.DoAsync("MODE #b"))[0]);
        Assert.Contains(":irc.minato 353 bob = #b :", Assert.Single(await bob.DoAsync("NAMES #b"), l => l.Contains(" 353 ", StringComparison.Ordinal)));
        Assert.Contains("+bob", string.Concat(await bob.DoAsync("NAMES #b")));
        await bob.DoAsync("PRIVMSG #b :said");
        Assert.Equal([":bob!~bob@host PRIVMSG #b :said"], await alice.SeeAsync());
        using var carl = await _host.IrcAsync("carl");
        await carl.DoAsync("JOIN #b");
        Assert.Equal([":carl!~carl@host JOIN #b"], await bob.SeeAsync());
        Assert.Contains(" 322 ", string.Concat(await carl.DoAsync("LIST")));
        Assert.DoesNotContain("#a", string.Concat(await carl.DoAsync("LIST")));
        Assert.Contains("#b", string.Concat(await alice.DoAsync("WHOIS bob")));
        await carl.DoAsync("PART #b");
        Assert.Equal([":carl!~carl@host PART #b"], await bob.SeeAsync());
    }

    [Fact]
    public async Task Messages_other_letters_are_another_name_and_no_fallback()
    {
        using var alice = await InAsync("alice", Cap);
        using var bob = await InAsync("bob");
        await alice.SeeAsync();
        Assert.Equal([":alice!~alice@host RENAME #a #A :"], await alice.DoAsync("RENAME #a #A"));
        Assert.Empty(await bob.SeeAsync());
        await alice.DoAsync("PRIVMSG #a :said");
        Assert.Equal([":alice!~alice@host PRIVMSG #A :said"], await bob.SeeAsync());
        // To a client that folds ASCII alone, this is another channel.
        await alice.DoAsync("RENAME #A #Ａ");
        Assert.Equal([":bob!~bob@host PART #A", ":bob!~bob@host JOIN #A"], (await bob.SeeAsync()).Take(2).Select(l => l.Replace('Ａ', 'A')));
    }

    [Fact]
    public async Task Errors_by_code_or_by_the_number_that_fits()
    {
        using var alice = await InAsync("alice", Cap);
        await alice.DoAsync("JOIN #taken");
        Assert.Equal([":irc.minato FAIL RENAME CHANNEL_NAME_IN_USE #a #taken :The channel name is already taken"], await alice.DoAsync("RENAME #a #taken"));
        Assert.Equal([":irc.minato FAIL RENAME CHANNEL_NAME_IN_USE #a #TAKEN :The channel name is already taken"], await alice.DoAsync("RENAME #a #TAKEN"));
        foreach (var bad in new[] { "&b", "b", "#b/\\c", "#" + new string('b', 65) })
            Assert.StartsWith($":irc.minato FAIL RENAME CANNOT_RENAME #a {bad} :", Assert.Single(await alice.DoAsync($"RENAME #a {bad}")));
        Assert.Equal([":irc.minato 461 alice RENAME :Not enough parameters"], await alice.DoAsync("RENAME #a"));
        Assert.Equal([":irc.minato 403 alice #none :No such channel"], await alice.DoAsync("RENAME #none #b"));
        using var bob = await InAsync("bob");
        Assert.Equal([":irc.minato 482 bob #a :You may not do that here"], await bob.DoAsync("RENAME #a #b"));
        using var carl = await _host.IrcAsync("carl");
        Assert.Equal([":irc.minato 442 carl #a :You're not on that channel"], await carl.DoAsync("RENAME #a #b"));
        Assert.StartsWith(":irc.minato FAIL RENAME CANNOT_RENAME #lobby #b :", (await alice.DoAsync("JOIN #lobby", "RENAME #lobby #b"))[^1]);
        for (var i = 0; i < 20; i++)
            await alice.DoAsync($"RENAME #a #a{i}");
        Assert.StartsWith(":irc.minato FAIL RENAME CANNOT_RENAME #a #more :", Assert.Single(await alice.DoAsync("RENAME #a #more")));
    }

    [Fact]
    public async Task Redirection_who_knows_RENAME_is_told_the_name_and_asks_again()
    {
        using var alice = await InAsync("alice");
        await alice.DoAsync("RENAME #a #b");
        using var bob = await _host.IrcAsync("bob", Cap);
        Assert.Equal([":irc.minato FAIL JOIN CHANNEL_RENAMED #A #b :The channel has been renamed"], await bob.DoAsync("JOIN #A"));
        Assert.Equal(":bob!~bob@host JOIN #b", (await bob.DoAsync("JOIN #b"))[0]);
    }

    [Fact]
    public async Task Redirection_others_are_led_there_by_470()
    {
        using var alice = await InAsync("alice");
        await alice.DoAsync("TOPIC #a :of all", "RENAME #a #b");
        using var bob = await _host.IrcAsync("bob");
        var joined = await bob.DoAsync("JOIN #a");
        Assert.Equal([":irc.minato 470 bob #a #b :The channel has been renamed", ":bob!~bob@host JOIN #b", ":irc.minato 332 bob #b :of all"], joined.Take(3));
        Assert.Contains(":irc.minato 366 bob #b :End of /NAMES list", joined);
        // In already.
        Assert.Equal([":irc.minato 470 bob #a #b :The channel has been renamed"], await bob.DoAsync("JOIN #a"));
        // Nobody else gets the name.
        Assert.Equal([":irc.minato FAIL RENAME CHANNEL_NAME_IN_USE #c #a :The channel name is already taken"], (await bob.DoAsync("JOIN #c", "RENAME #c #a"))[^1..]);
    }

    [Fact]
    public async Task Redirection_a_private_rooms_old_name_says_no_more_than_its_present_one()
    {
        using var wendy = await _host.PersonAsync("wendy");
        await wendy.AskAsync(new { op = "create", cid = "c", slug = "den", kind = "private" }, "c");
        await wendy.AskAsync(new { op = "slug", cid = "s", room = "#den", slug = "lair" }, "s");
        using var alice = await _host.IrcAsync("alice");
        using var bob = await _host.IrcAsync("bob", Cap);
        foreach (var client in new[] { alice, bob })
        {
            Assert.Equal(await OfAsync(client, "lair"), await OfAsync(client, "den"));
            Assert.Equal([$":irc.minato 473 {client.Nick} #den :Cannot join channel (+i)"], await client.DoAsync("JOIN #den"));
        }
        await wendy.AskAsync(new { op = "invite", cid = "i", room = "#den", user = "alice" }, "i");
        await alice.SeeAsync();
        Assert.Equal([":irc.minato 470 alice #den #lair :The channel has been renamed", ":alice!~alice@host JOIN #lair"], (await alice.DoAsync("JOIN #den")).Take(2));

        static async Task<string> OfAsync(IrcClient client, string name) => string.Join('\n', await client.DoAsync([.. new[]
        {
            "JOIN #*", "PART #*", "NAMES #*", "WHO #*", "LIST #*", "TOPIC #*", "TOPIC #* :x", "RENAME #* #x", "MODE #*", "MODE #* b", "MODE #* +m-i", "MODE #* +b wendy", "MODE #* +h wendy",
            "KICK #* wendy", "INVITE wendy #*", "PRIVMSG #* :x", "PRIVMSG @#* :x", "@+x TAGMSG #*", "REDACT #* x", "MARKREAD #*", "HISTORY #*", "CHATHISTORY LATEST #* * 9", "METADATA #* LIST",
        }.Select(line => line.Replace("*", name, StringComparison.Ordinal))])).Replace(name, "NAME", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirection_commands_by_the_old_name_are_answered_with_the_new_one()
    {
        using var alice = await InAsync("alice", "batch message-tags draft/chathistory draft/read-marker draft/channel-rename");
        await alice.DoAsync("PRIVMSG #a :before", "RENAME #a #b");
        using var bob = await _host.IrcAsync("bob");
        await bob.DoAsync("JOIN #b");
        await alice.SeeAsync();
        await bob.DoAsync("PRIVMSG #a :hi");
        Assert.EndsWith("PRIVMSG #b :hi", await alice.SeeOneAsync(), StringComparison.Ordinal);
        Assert.Equal(":irc.minato 324 bob #b +", (await bob.DoAsync("MODE #a"))[0]);
        Assert.Contains(" 353 bob = #b :", string.Concat(await bob.DoAsync("NAMES #a")));
        Assert.EndsWith("TOPIC #b :new", (await alice.DoAsync("TOPIC #a :new"))[^1], StringComparison.Ordinal);
        Assert.EndsWith("MODE #b +v bob", (await alice.DoAsync("MODE #a +v bob"))[^1], StringComparison.Ordinal);
        Assert.StartsWith(":irc.minato MARKREAD #b ", (await alice.DoAsync("MARKREAD #a"))[^1]);
        await bob.SeeAsync();
        var page = await alice.DoAsync("CHATHISTORY LATEST #a * 10");
        Assert.Contains("chathistory #b", page[0], StringComparison.Ordinal);
        Assert.Equal(["PRIVMSG #b :before", "PRIVMSG #b :hi"], page[1..^1].Select(l => l[l.IndexOf("PRIVMSG", StringComparison.Ordinal)..]));
        using var carl = await _host.IrcAsync("carl");
        Assert.Equal(":irc.minato 341 alice carl #b", (await alice.DoAsync("INVITE carl #a"))[^1]);
        Assert.Equal([":alice!~alice@host INVITE carl #b"], await carl.SeeAsync());
        Assert.Equal([":bob!~bob@host PART #b :bye"], await bob.DoAsync("PART #a :bye"));
        Assert.EndsWith("PART #b :bye", await alice.SeeOneAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirection_what_is_passed_on_by_the_old_name_comes_by_the_new_one()
    {
        using var alice = await InAsync("alice", "message-tags draft/channel-rename");
        using var bob = await InAsync("bob", "message-tags echo-message draft/channel-rename");
        await alice.DoAsync("RENAME #a #b");
        await bob.SeeAsync();
        foreach (var (line, told) in new[] { ("@+typing=active TAGMSG #A", "TAGMSG #b"), ("PRIVMSG #a :\u0001VERSION\u0001", "PRIVMSG #b :\u0001VERSION\u0001"), ("NOTICE @#a :hm", "NOTICE @#b :hm") })
        {
            Assert.EndsWith($" {told}", Assert.Single(await bob.DoAsync(line)), StringComparison.Ordinal);
            Assert.EndsWith($" {told}", await alice.SeeOneAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Fallback_others_go_from_one_channel_and_come_into_another()
    {
        using var alice = await InAsync("alice");
        using var bob = await InAsync("bob");
        await alice.DoAsync("TOPIC #a :of all");
        await bob.SeeAsync();
        Assert.Equal(Moved("alice", ":Changing the channel name"), await alice.DoAsync("RENAME #a #b :Changing the channel name"));
        Assert.Equal(Moved("bob", ":Changing the channel name"), await bob.SeeAsync());
        await alice.DoAsync("PRIVMSG #b :here");
        Assert.Equal([":alice!~alice@host PRIVMSG #b :here"], await bob.SeeAsync());

        static string[] Moved(string nick, string reason) =>
        [
            $":{nick}!~{nick}@host PART #a {reason}", $":{nick}!~{nick}@host JOIN #b", $":irc.minato 332 {nick} #b :of all",
            $":irc.minato 353 {nick} = #b :@alice bob", $":irc.minato 366 {nick} #b :End of /NAMES list",
        ];
    }

    [Fact]
    public async Task Fallback_without_a_reason_and_with_what_else_a_join_is_answered_with()
    {
        using var alice = await InAsync("alice", Cap);
        using var bob = await InAsync("bob", "extended-join server-time batch draft/read-marker no-implicit-names");
        await alice.DoAsync("RENAME #a #b");
        Assert.Equal(
            ["@time=T :bob!~bob@host PART #a", "@time=T :bob!~bob@host JOIN #b * :bob Realname", ":irc.minato MARKREAD #b *"], await bob.SeeAsync());
    }

    [Fact]
    public async Task Fallback_is_no_coming_for_those_who_are_there()
    {
        using var alice = await InAsync("alice", "draft/metadata-2 draft/channel-rename");
        using var bob = await _host.IrcAsync("bob", "draft/metadata-2");
        await alice.DoAsync("METADATA * SUB display-name", "METADATA * SET display-name :Alice");
        await bob.DoAsync("METADATA * SUB display-name", "METADATA * SET display-name :Bob", "JOIN #a");
        await alice.SeeAsync();
        Assert.Equal([":alice!~alice@host RENAME #a #b :"], await alice.DoAsync("RENAME #a #b"));
        Assert.Contains(":irc.minato METADATA alice display-name * :Alice", await bob.SeeAsync());
    }

    [Fact]
    public async Task Fallback_a_label_is_acknowledged_and_with_the_capability_it_is_the_events()
    {
        using var alice = await InAsync("alice", "labeled-response batch");
        var seen = await alice.DoAsync("@label=L RENAME #a #b");
        Assert.Contains("@label=L :irc.minato ACK", seen);
        Assert.Contains(":alice!~alice@host JOIN #b", seen);
        await alice.DoAsync($"CAP REQ {Cap}");
        Assert.Equal(["@label=M :alice!~alice@host RENAME #b #c :why"], await alice.DoAsync("@label=M RENAME #b #c :why"));
    }

    [Fact]
    public async Task What_is_said_around_a_rename_at_once_is_said_under_the_name_of_its_time()
    {
        using var alice = await InAsync("alice");
        using var bob = await InAsync("bob", Cap);
        using var carl = await InAsync("carl");
        await alice.SeeAsync();
        foreach (var client in new[] { bob, carl })
            await client.SeeAsync();
        // All of it is one turn, or several: what is seen is the same.
        await alice.DoAsync("PRIVMSG #a :one", "RENAME #a #b", "PRIVMSG #b :two", "RENAME #b #c", "PRIVMSG #c :three");
        Assert.Equal(
            ["PRIVMSG #a :one", "RENAME #a #b :", "PRIVMSG #b :two", "RENAME #b #c :", "PRIVMSG #c :three"], (await bob.SeeAsync()).Select(Said));
        Assert.Equal(
            ["PRIVMSG #a :one", "PART #a", "JOIN #b", "PRIVMSG #b :two", "PART #b", "JOIN #c", "PRIVMSG #c :three"],
            (await carl.SeeAsync()).Where(l => !l.StartsWith(":irc.minato", StringComparison.Ordinal)).Select(Said));

        static string Said(string line) => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..];
    }

    [Fact]
    public async Task Over_other_protocols_it_is_the_same_event()
    {
        using var wendy = await _host.PersonAsync("wendy");
        using var linus = await _host.TerminalAsync("linus");
        var made = await wendy.AskAsync(new { op = "create", cid = "c", slug = "a" }, "c");
        using var alice = await InAsync("alice", Cap);
        await linus.SendAsync("/join #a\r\n");
        await linus.ExpectAsync("* You are in #a.");
        Assert.Equal("ok", WsClient.Op(await wendy.AskAsync(new { op = "slug", cid = "s", room = "#a", slug = "b" }, "s")));
        Assert.Contains(":wendy!u@host RENAME #a #b :", await alice.SeeAsync());
        await linus.ExpectAsync("* wendy renamed #a to #b.");
        JsonElement ev;
        do
            ev = await wendy.NextAsync("ev");
        while (ev.GetProperty("type").GetString() != "slug");
        Assert.Equal(
            ("b", "a", made.GetProperty("room").GetString()), (ev.GetProperty("slug").GetString(), ev.GetProperty("was").GetString(), ev.GetProperty("room").GetString()));
        Assert.Equal("ok", WsClient.Op(await wendy.PostedAsync("1", "by the old name", "#a")));
        await linus.ExpectAsync("#b <wendy> by the old name");
        foreach (var (cid, slug, code) in new[] { ("n1", "lobby", "slug_taken"), ("n2", "a b", "bad_slug"), ("n3", "", "bad_slug") })
            Assert.Equal(code, (await wendy.AskAsync(new { op = "slug", cid, room = "#b", slug }, cid)).GetProperty("code").GetString());
    }

    private async Task<IrcClient> InAsync(string nick, string caps = "")
    {
        var client = await _host.IrcAsync(nick, caps);
        await client.DoAsync("JOIN #a");
        return client;
    }
}
