namespace Minato.Server.Tests.Sessions.Irc;

/// <summary>https://modern.ircdocs.horse/#channel-modes</summary>
public sealed class ModeTests : IAsyncLifetime
{
    private readonly SessionHost _host = new();
    private IrcClient _alice = null!;

    public async ValueTask InitializeAsync()
    {
        _alice = await _host.IrcAsync("alice");
        await _alice.DoAsync("JOIN #a");
    }

    public async ValueTask DisposeAsync()
    {
        _alice.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Modes_without_arguments_change_in_one_line_and_are_shown_by_324()
    {
        Assert.Equal([":alice!~alice@host MODE #a +int"], await _alice.DoAsync("MODE #a +int"));
        Assert.Equal(":irc.minato 324 alice #a +int", (await _alice.DoAsync("MODE #a"))[0]);
        Assert.Equal([":alice!~alice@host MODE #a +s-n"], await _alice.DoAsync("MODE #a +s-n"));
        Assert.Equal([":alice!~alice@host MODE #a -ist"], await _alice.DoAsync("MODE #a -ist"));
        Assert.Equal(":irc.minato 324 alice #a +", (await _alice.DoAsync("MODE #a"))[0]);
        Assert.Empty(await _alice.DoAsync("MODE #a -i"));
    }

    [Fact]
    public async Task Invite_only_is_473_until_one_is_invited_by_whoever_moderates()
    {
        using var bob = await _host.IrcAsync("bob");
        using var carol = await _host.IrcAsync("carol");
        await bob.DoAsync("JOIN #a");
        await _alice.DoAsync("MODE #a +i");
        Assert.Equal([":irc.minato 473 carol #a :Cannot join channel (+i)"], await carol.DoAsync("JOIN #a"));
        await bob.SeeAsync();
        Assert.Equal([":irc.minato 482 bob #a :You may not do that here"], await bob.DoAsync("INVITE carol #a"));
        Assert.Equal([":irc.minato 341 alice carol #a"], await _alice.DoAsync("INVITE carol #a"));
        Assert.Contains(":carol!~carol@host JOIN #a", await carol.DoAsync("JOIN #a"));
    }

    [Fact]
    public async Task A_key_is_475_where_it_is_wrong_and_told_to_those_who_moderate()
    {
        using var bob = await _host.IrcAsync("bob");
        Assert.Equal([":alice!~alice@host MODE #a +k *"], await _alice.DoAsync("MODE #a +k beer"));
        Assert.Equal([":irc.minato 475 bob #a :Cannot join channel (+k)"], await bob.DoAsync("JOIN #a"));
        Assert.Equal([":irc.minato 475 bob #a :Cannot join channel (+k)"], await bob.DoAsync("JOIN #a bees"));
        Assert.Contains(":bob!~bob@host JOIN #a", await bob.DoAsync("JOIN #a beer"));
        await _alice.SeeAsync();
        Assert.Equal(":irc.minato 324 alice #a +k beer", (await _alice.DoAsync("MODE #a"))[0]);
        Assert.Equal(":irc.minato 324 bob #a +k *", (await bob.DoAsync("MODE #a"))[0]);
        Assert.Equal([":alice!~alice@host MODE #a -k *"], await _alice.DoAsync("MODE #a -k"));
    }

    [Theory]
    [InlineData("MODE #a +k :two words", "696 alice #a k *")]
    [InlineData("MODE #a +k :", "696 alice #a k *")]
    [InlineData("MODE #a +k 123456789012345678901234", "696 alice #a k *")]
    [InlineData("MODE #a +l 0", "696 alice #a l 0")]
    [InlineData("MODE #a +l -1", "696 alice #a l -1")]
    [InlineData("MODE #a +l :", "696 alice #a l *")]
    [InlineData("MODE #a +l 99999999999999999999", "696 alice #a l 99999999999999999999")]
    [InlineData("MODE #a +l", "461 alice MODE")]
    [InlineData("MODE #a +a bob", "472 alice a")]
    public async Task What_cannot_be_is_said_and_changes_nothing(string line, string answer)
    {
        Assert.StartsWith($":irc.minato {answer} :", Assert.Single(await _alice.DoAsync(line)));
        Assert.Equal(":irc.minato 324 alice #a +", (await _alice.DoAsync("MODE #a"))[0]);
    }

    [Fact]
    public async Task A_limit_is_471_and_an_invitation_passes_it()
    {
        using var bob = await _host.IrcAsync("bob");
        Assert.Equal([":alice!~alice@host MODE #a +l 1"], await _alice.DoAsync("MODE #a +l 1"));
        Assert.Equal(":irc.minato 324 alice #a +l 1", (await _alice.DoAsync("MODE #a"))[0]);
        Assert.Equal([":irc.minato 471 bob #a :Cannot join channel (+l)"], await bob.DoAsync("JOIN #a"));
        await _alice.DoAsync("INVITE bob #a");
        await bob.SeeAsync();
        Assert.Contains(":bob!~bob@host JOIN #a", await bob.DoAsync("JOIN #a"));
        await _alice.SeeAsync();
        Assert.Equal([":alice!~alice@host MODE #a -l"], await _alice.DoAsync("MODE #a -l"));
    }

    [Fact]
    public async Task A_voice_speaks_where_it_is_moderated_and_sets_no_topic_that_is_locked()
    {
        using var bob = await _host.IrcAsync("bob");
        await bob.DoAsync("JOIN #a");
        await _alice.DoAsync("MODE #a +mt");
        await bob.SeeAsync();
        Assert.StartsWith(":irc.minato 404 bob #a ", Assert.Single(await bob.DoAsync("PRIVMSG #a :may I")));
        Assert.Equal([":irc.minato 482 bob #a :You may not do that here"], await bob.DoAsync("TOPIC #a :mine"));
        Assert.Equal([":alice!~alice@host MODE #a +v bob"], await _alice.DoAsync("MODE #a +v bob"));
        Assert.Equal([":alice!~alice@host MODE #a +v bob"], await bob.SeeAsync());
        Assert.Empty(await bob.DoAsync("PRIVMSG #a :I may"));
        Assert.Equal([":irc.minato 482 bob #a :You may not do that here"], await bob.DoAsync("TOPIC #a :mine"));
        await _alice.SeeAsync();
        Assert.Equal(":irc.minato 353 alice = #a :@alice +bob", (await _alice.DoAsync("NAMES #a"))[0]);
        // Of two roles a room knows one.
        Assert.Equal([":alice!~alice@host MODE #a -v+o bob bob"], await _alice.DoAsync("MODE #a +o bob"));
        Assert.Empty(await _alice.DoAsync("MODE #a +v bob", "MODE #a -v bob"));
        Assert.Equal([":alice!~alice@host MODE #a -o bob"], await _alice.DoAsync("MODE #a -o bob"));
    }

    [Fact]
    public async Task No_external_messages_is_404_for_whoever_is_outside()
    {
        using var bob = await _host.IrcAsync("bob");
        Assert.Empty(await bob.DoAsync("PRIVMSG #a :from outside"));
        await _alice.SeeAsync();
        await _alice.DoAsync("MODE #a +n");
        Assert.StartsWith(":irc.minato 404 bob #a ", Assert.Single(await bob.DoAsync("PRIVMSG #a :from outside")));
        Assert.Empty(await _alice.SeeAsync());
    }

    [Fact]
    public async Task A_secret_channel_is_listed_and_found_in_WHOIS_by_those_who_are_in_it()
    {
        using var bob = await _host.IrcAsync("bob");
        await _alice.DoAsync("MODE #a +s");
        Assert.DoesNotContain(await bob.DoAsync("LIST"), l => l.Contains("#a", StringComparison.Ordinal));
        Assert.DoesNotContain(await bob.DoAsync("WHOIS alice"), l => l.Contains("#a", StringComparison.Ordinal));
        Assert.Contains(await _alice.DoAsync("LIST"), l => l.Contains("322 alice #a", StringComparison.Ordinal));
        Assert.Contains(":irc.minato 353 bob @ #a :@alice bob", await bob.DoAsync("JOIN #a"));
        Assert.Contains(await bob.DoAsync("LIST"), l => l.Contains("322 bob #a", StringComparison.Ordinal));
        Assert.Contains(await bob.DoAsync("WHOIS alice"), l => l.Contains("#a", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bans_and_mutes_are_listed_with_who_and_when()
    {
        using var bob = await _host.IrcAsync("bob");
        using var carol = await _host.IrcAsync("carol");
        await carol.DoAsync("JOIN #a");
        await _alice.DoAsync("MODE #a +b bob!*@*", "MODE #a +b m:carol");
        await carol.SeeAsync();
        var list = await carol.DoAsync("MODE #a +b");
        Assert.Equal(3, list.Count);
        Assert.Matches("^:irc.minato 367 carol #a bob!\\*@\\* alice!~alice@host [0-9]+$", list.Single(l => l.Contains(" bob!", StringComparison.Ordinal)));
        Assert.Matches("^:irc.minato 367 carol #a m:carol!\\*@\\* alice!~alice@host [0-9]+$", list.Single(l => l.Contains("m:carol!", StringComparison.Ordinal)));
        Assert.Equal(":irc.minato 368 carol #a :End of channel ban list", list[^1]);
        await _alice.DoAsync("MODE #a -b bob", "MODE #a -b m:carol");
        Assert.Equal([":irc.minato 368 alice #a :End of channel ban list"], await _alice.DoAsync("MODE #a b"));
    }

    [Fact]
    public async Task Whoever_is_not_in_the_channel_is_441_to_a_mode()
    {
        using var bob = await _host.IrcAsync("bob");
        Assert.Equal([":irc.minato 441 alice bob #a :They aren't on that channel"], await _alice.DoAsync("MODE #a +o bob"));
    }
}
