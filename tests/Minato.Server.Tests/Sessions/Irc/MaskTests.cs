namespace Minato.Server.Tests.Sessions.Irc;

/// <summary>https://modern.ircdocs.horse/#ban-channel-mode and what makes exceptions to it</summary>
public sealed class MaskTests : IAsyncLifetime
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
    public async Task A_ban_waits_for_who_is_not_there_yet_and_is_taken_out_by_the_same_mask_however_it_is_written()
    {
        Assert.Equal([":alice!~alice@host MODE #a +b BAR!*@*"], await _alice.DoAsync("MODE #a +b BAR!*@*"));
        using var bar = await _host.IrcAsync("Bar");
        Assert.Equal([":irc.minato 474 Bar #a :Cannot join channel (+b)"], await bar.DoAsync("JOIN #a"));
        Assert.StartsWith(":irc.minato 404 Bar #a ", Assert.Single(await bar.DoAsync("PRIVMSG #a :from outside")));
        Assert.Matches("^:irc.minato 367 Bar #a BAR!\\*@\\* alice!~alice@host [0-9]+$", (await bar.DoAsync("MODE #a b"))[0]);
        Assert.Equal([":irc.minato 442 Bar #a :You're not on that channel"], await bar.DoAsync("MODE #a +e bar"));
        Assert.Equal([":alice!~alice@host MODE #a -b bar!*@*"], await _alice.DoAsync("MODE #a -b bar!*@*"));
        Assert.Contains(":Bar!~Bar@host JOIN #a", await bar.DoAsync("JOIN #a"));
    }

    [Fact]
    public async Task An_invitation_passes_a_ban_once()
    {
        await _alice.DoAsync("MODE #a +b bob!*@*");
        using var bob = await _host.IrcAsync("bob");
        await bob.DoAsync("JOIN #a");
        Assert.Equal([":irc.minato 341 alice bob #a"], await _alice.DoAsync("INVITE bob #a"));
        Assert.Contains(":bob!~bob@host JOIN #a", await bob.DoAsync("JOIN #a"));
        await _alice.DoAsync("KICK #a bob");
        await bob.SeeAsync();
        Assert.Equal([":irc.minato 474 bob #a :Cannot join channel (+b)"], await bob.DoAsync("JOIN #a"));
    }

    [Fact]
    public async Task Who_is_muted_by_a_mask_speaks_by_an_exception_or_with_a_voice()
    {
        await _alice.DoAsync("MODE #a +b m:qux!*@*");
        using var qux = await _host.IrcAsync("qux", "message-tags");
        await qux.DoAsync("JOIN #a");
        await _alice.SeeAsync();
        Assert.StartsWith(":irc.minato 404 qux #a ", Assert.Single(await qux.DoAsync("PRIVMSG #a :may I")));
        Assert.StartsWith(":irc.minato 404 qux #a ", Assert.Single(await qux.DoAsync("PRIVMSG #a :\u0001PING 1\u0001")));
        Assert.Equal([":alice!~alice@host MODE #a +e m:*!~qux@*"], await _alice.DoAsync("MODE #a +e m:*!~qux@*"));
        Assert.DoesNotContain(await qux.DoAsync("PRIVMSG #a :thanks", "PRIVMSG #a :\u0001PING 1\u0001"), l => l.Contains(" 404 ", StringComparison.Ordinal));
        await _alice.DoAsync("MODE #a -e m:*!~qux@*", "MODE #a +v qux");
        await qux.SeeAsync();
        Assert.Empty(await qux.DoAsync("PRIVMSG #a :thanks"));
    }

    [Fact]
    public async Task Who_is_excepted_from_invitations_needs_none_and_each_list_has_its_numbers()
    {
        await _alice.DoAsync("MODE #a +i");
        using var bar = await _host.IrcAsync("bar");
        Assert.Equal([":irc.minato 473 bar #a :Cannot join channel (+i)"], await bar.DoAsync("JOIN #a"));
        Assert.Equal([":alice!~alice@host MODE #a +I bar!*@*"], await _alice.DoAsync("MODE #a +I bar!*@*"));
        Assert.Contains(":bar!~bar@host JOIN #a", await bar.DoAsync("JOIN #a"));
        await _alice.SeeAsync();
        Assert.Equal([":alice!~alice@host MODE #a +e a:wendy"], await _alice.DoAsync("MODE #a +e a:wendy"));
        var lists = await _alice.DoAsync("MODE #a eI");
        Assert.Equal(4, lists.Count);
        Assert.Matches("^:irc.minato 348 alice #a a:wendy alice!~alice@host [0-9]+$", lists[0]);
        Assert.Equal(":irc.minato 349 alice #a :End of channel exception list", lists[1]);
        Assert.Matches("^:irc.minato 346 alice #a bar!\\*@\\* alice!~alice@host [0-9]+$", lists[2]);
        Assert.Equal(":irc.minato 347 alice #a :End of channel invite exception list", lists[3]);
        Assert.Equal([":alice!~alice@host MODE #a -I bar!*@*"], await _alice.DoAsync("MODE #a -I bar!*@*"));
    }

    [Fact]
    public async Task A_guest_who_owns_a_channel_is_its_operator_and_may_let_go_of_it()
    {
        Assert.Equal([":alice!~alice@host MODE #a -o alice"], await _alice.DoAsync("MODE #a -o alice"));
        Assert.Equal(":irc.minato 353 alice = #a :alice", (await _alice.DoAsync("NAMES #a"))[0]);
        Assert.Equal([":irc.minato 482 alice #a :You may not do that here"], await _alice.DoAsync("MODE #a +o alice"));
    }

    [Fact]
    public async Task KICK_takes_one_channel_or_one_for_each_nick()
    {
        using var bob = await _host.IrcAsync("bob");
        using var carol = await _host.IrcAsync("carol");
        await bob.DoAsync("JOIN #a");
        await _alice.DoAsync("JOIN #b");
        await carol.DoAsync("JOIN #b");
        await _alice.SeeAsync();
        Assert.Equal([":irc.minato 461 alice KICK :One channel, or one for each nick"], await _alice.DoAsync("KICK #a,#b,#c bob,carol"));
        Assert.Equal([":alice!~alice@host KICK #a bob :bye", ":alice!~alice@host KICK #b carol :bye"], await _alice.DoAsync("KICK #a,#b bob,carol :bye"));
    }
}
