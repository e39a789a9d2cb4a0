namespace Minato.Server.Tests.Sessions.Irc;

/// <summary>https://modern.ircdocs.horse/#halfop-prefix: <c>%</c> and <c>+h</c>, whom a room knows as its helper.</summary>
public sealed class HalfOperatorTests : IAsyncLifetime
{
    private const string Refused = ":You may not do that here";

    private readonly SessionHost _host = new();
    private IrcClient _alice = null!, _bob = null!, _carol = null!, _hana = null!;

    /// <summary>Alice owns the channel, Bob is its operator, Hana its half-operator, and Carol nothing.</summary>
    public async ValueTask InitializeAsync()
    {
        _alice = await InAsync("alice");
        _bob = await InAsync("bob");
        _carol = await InAsync("carol");
        _hana = await InAsync("hana");
        await _alice.DoAsync("MODE #a +o bob", "MODE #a +h hana");
        await SeeAllAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in new[] { _alice, _bob, _carol, _hana })
            client.Dispose();
        await _host.DisposeAsync();
    }

    /// <summary>https://modern.ircdocs.horse/#prefix-parameter, #statusmsg-parameter and #rplmyinfo-004</summary>
    [Fact]
    public async Task Prefix_parameter_has_the_letter_and_the_sign_between_those_of_operators_and_voices()
    {
        using var client = new IrcClient(_host.Irc(), "dan");
        var lines = await client.DoAsync("NICK dan", "USER dan 0 * :Dan");
        var tokens = lines.Where(l => l.Contains(" 005 ", StringComparison.Ordinal)).SelectMany(l => l.Split(' ')).ToList();
        Assert.Contains("PREFIX=(qohv)~@%+", tokens);
        Assert.Contains("STATUSMSG=~@%+", tokens);
        Assert.EndsWith(" BTiow Ibehiklmnoqstv Ibehkloqv", Assert.Single(lines, l => l.Contains(" 004 ", StringComparison.Ordinal)));
    }

    /// <summary>https://modern.ircdocs.horse/#rplnamreply-353, #rplwhoreply-352 and #rplwhoischannels-319</summary>
    [Fact]
    public async Task Membership_prefix_is_shown_by_NAMES_WHO_and_WHOIS()
    {
        var names = (await _carol.DoAsync("NAMES #a"))[0];
        Assert.Equal(["@alice", "@bob", "carol", "%hana"], names[(names.LastIndexOf(':') + 1)..].Split(' ').OrderBy(n => n.TrimStart('@', '%')));
        Assert.Contains(await _carol.DoAsync("WHO #a"), l => l.Contains(" hana H% ", StringComparison.Ordinal));
        Assert.Contains(await _carol.DoAsync("WHOIS hana"), l => l.EndsWith(":%#a", StringComparison.Ordinal));
    }

    /// <summary>https://modern.ircdocs.horse/#mode-message: of several roles a room knows one.</summary>
    [Fact]
    public async Task Mode_h_is_given_and_taken_by_owners_and_moderators_in_place_of_what_somebody_was()
    {
        Assert.Equal([":bob!~bob@host MODE #a +v carol"], await _bob.DoAsync("MODE #a +v carol"));
        Assert.Equal([":bob!~bob@host MODE #a -v+h carol carol"], await _bob.DoAsync("MODE #a +h carol"));
        Assert.Empty(await _bob.DoAsync("MODE #a +v carol", "MODE #a -v carol", "MODE #a -o carol"));
        Assert.Equal([":bob!~bob@host MODE #a -h+o carol carol"], await _bob.DoAsync("MODE #a +o carol"));
        Assert.Equal([$":irc.minato 482 bob #a {Refused}"], await _bob.DoAsync("MODE #a -o carol"));
        await SeeAllAsync();
        Assert.Equal([":alice!~alice@host MODE #a -o carol", ":alice!~alice@host MODE #a -h hana"], await _alice.DoAsync("MODE #a -o carol", "MODE #a -h hana"));
        Assert.Equal([$":irc.minato 482 carol #a {Refused}"], (await _carol.DoAsync("MODE #a +h hana"))[^1..]);
    }

    [Fact]
    public async Task Halfop_gives_and_takes_a_voice_and_no_more()
    {
        Assert.Equal([":hana!~hana@host MODE #a +v carol"], await _hana.DoAsync("MODE #a +v carol"));
        foreach (var mode in new[] { "+h carol", "+o carol", "+q carol", "-o bob", "-q alice", "+v bob" })
            Assert.Equal([$":irc.minato 482 hana #a {Refused}"], await _hana.DoAsync($"MODE #a {mode}"));
        Assert.Equal([":hana!~hana@host MODE #a -v carol"], await _hana.DoAsync("MODE #a -v carol"));
        // What is so already changes nothing, and what one has one may lay down.
        Assert.Empty(await _hana.DoAsync("MODE #a +h hana", "MODE #a +v hana", "MODE #a -o hana"));
        Assert.Equal([":hana!~hana@host MODE #a -h hana"], await _hana.DoAsync("MODE #a -h hana"));
        Assert.Equal([$":irc.minato 482 hana #a {Refused}"], await _hana.DoAsync("MODE #a +h hana"));
    }

    /// <summary>https://modern.ircdocs.horse/#kick-message and #ban-channel-mode</summary>
    [Fact]
    public async Task Halfop_kicks_and_mutes_who_is_below_and_bans_nobody()
    {
        using var dan = await InAsync("dan");
        await _alice.DoAsync("MODE #a +h dan");
        await _hana.SeeAsync();
        foreach (var nick in new[] { "alice", "bob", "dan" })
            Assert.Equal(
                [$":irc.minato 482 hana #a {Refused}", $":irc.minato 482 hana #a {Refused}"], await _hana.DoAsync($"KICK #a {nick} :no", $"MODE #a +b m:{nick}"));
        Assert.Equal([":hana!~hana@host MODE #a +b m:carol!*@*", ":hana!~hana@host MODE #a -b m:carol!*@*"], await _hana.DoAsync("MODE #a +b m:carol", "MODE #a -b m:carol"));
        foreach (var line in new[] { "MODE #a +b carol", "MODE #a -b carol", "MODE #a +b *!*@*", "MODE #a +b m:*!*@*", "MODE #a +e carol!*@*", "MODE #a +I carol!*@*" })
            Assert.Equal([$":irc.minato 482 hana #a {Refused}"], await _hana.DoAsync(line));
        Assert.Equal([":hana!~hana@host KICK #a carol :enough"], await _hana.DoAsync("KICK #a carol :enough"));
        Assert.Contains(":carol!~carol@host JOIN #a", await _carol.DoAsync("JOIN #a"));
    }

    /// <summary>https://modern.ircdocs.horse/#moderated-channel-mode, #protected-topic-mode and #invite-only-channel-mode</summary>
    [Fact]
    public async Task Halfop_speaks_sets_the_topic_and_invites_where_others_may_not_and_sets_no_such_mode()
    {
        using var dan = await _host.IrcAsync("dan");
        await _alice.DoAsync("MODE #a +itmk secret");
        await SeeAllAsync();
        Assert.Empty(await _hana.DoAsync("PRIVMSG #a :may I?"));
        Assert.Equal([":hana!~hana@host TOPIC #a :of order"], await _hana.DoAsync("TOPIC #a :of order"));
        Assert.Equal([":irc.minato 341 hana dan #a"], await _hana.DoAsync("INVITE dan #a"));
        Assert.Contains(":dan!~dan@host JOIN #a", await dan.DoAsync("JOIN #a"));
        await _hana.SeeAsync();
        foreach (var mode in new[] { "-i", "-t", "+n", "-m", "+l 9", "-k", "+k other" })
            Assert.Equal([$":irc.minato 482 hana #a {Refused}"], await _hana.DoAsync($"MODE #a {mode}"));
        Assert.Equal(":irc.minato 324 hana #a +itmk *", (await _hana.DoAsync("MODE #a"))[0]);
    }

    /// <summary>https://ircv3.net/specs/extensions/message-redaction</summary>
    [Fact]
    public async Task Halfop_deletes_what_others_said()
    {
        using var ken = await InAsync("ken", "message-tags draft/message-redaction");
        await _alice.DoAsync("MODE #a +h ken");
        await ken.SeeAsync();
        await _carol.DoAsync("PRIVMSG #a :rude");
        var line = await ken.Raw.ExpectAsync(":rude");
        var msgid = line[(line.IndexOf("msgid=", StringComparison.Ordinal) + 6)..].Split(';', ' ')[0];
        var deleted = Assert.Single(await ken.DoAsync($"REDACT #a {msgid} :no"));
        Assert.EndsWith($" :ken!~ken@host REDACT #a {IrcClient.Plain(msgid)} :no", deleted);
    }

    /// <summary>https://modern.ircdocs.horse/#statusmsg-parameter</summary>
    [Fact]
    public async Task What_is_said_to_half_operators_reaches_them_and_all_above()
    {
        Assert.Empty(await _carol.DoAsync("PRIVMSG %#a :help, please", "PRIVMSG @#a :and you above"));
        const string ToAll = ":carol!~carol@host PRIVMSG %#a :help, please", ToOperators = ":carol!~carol@host PRIVMSG @#a :and you above";
        Assert.Equal([ToAll], await _hana.SeeAsync());
        Assert.Equal([ToAll, ToOperators], await _bob.SeeAsync());
        Assert.Equal([ToAll, ToOperators], await _alice.SeeAsync());
        await _alice.DoAsync("MODE #a +v carol");
        await SeeAllAsync();
        Assert.Empty(await _hana.DoAsync("PRIVMSG %#a :among us"));
        Assert.Empty(await _carol.SeeAsync());
    }

    private async Task<IrcClient> InAsync(string nick, string caps = "")
    {
        var client = await _host.IrcAsync(nick, caps);
        await client.DoAsync("JOIN #a");
        return client;
    }

    private async Task SeeAllAsync()
    {
        foreach (var client in new[] { _alice, _bob, _carol, _hana })
            await client.SeeAsync();
    }
}
