namespace Minato.Server.Tests.Sessions.Irc;

/// <summary>https://modern.ircdocs.horse/#statusmsg-parameter</summary>
public sealed class StatusMessageTests : IAsyncDisposable
{
    private readonly SessionHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task What_is_said_to_moderators_reaches_them_and_owners_and_is_kept_nowhere()
    {
        using var owner = await InAsync("owner");
        using var moderator = await InAsync("moderator");
        using var member = await InAsync("member");
        await owner.DoAsync("MODE #a +o moderator");
        await SeeAllAsync(owner, moderator, member);

        Assert.Empty(await member.DoAsync("PRIVMSG @#a :help, please"));
        Assert.Equal(":member!~member@host PRIVMSG @#a :help, please", await owner.SeeOneAsync());
        Assert.Equal(":member!~member@host PRIVMSG @#a :help, please", await moderator.SeeOneAsync());
        Assert.Empty(await moderator.DoAsync("NOTICE @#a :shall we?"));
        Assert.Equal(":moderator!~moderator@host NOTICE @#a :shall we?", await owner.SeeOneAsync());
        Assert.Empty(await member.SeeAsync());
        Assert.DoesNotContain(await owner.DoAsync("HISTORY #a"), l => l.Contains("help", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_asked_for_echoes_hears_their_own_under_its_label()
    {
        using var owner = await InAsync("owner");
        using var member = await InAsync("member", "echo-message labeled-response");
        Assert.Equal(["@label=L :member!~member@host PRIVMSG @#a :hm"], await member.DoAsync("@label=L PRIVMSG @#a :hm"));
    }

    [Theory]
    [InlineData("PRIVMSG @#none :x", "403 mallory @#none :No such channel")]
    [InlineData("PRIVMSG @#announcements :x", "404 mallory @#announcements :Cannot send to channel: ")]
    [InlineData("PRIVMSG @nobody :x", "401 mallory @nobody :No such nick or channel")]
    public async Task Who_may_not_post_there_reaches_nobody(string line, string answer)
    {
        using var owner = await InAsync("owner");
        await owner.DoAsync("JOIN #announcements", "MODE #announcements +m");
        using var mallory = await _host.IrcAsync("mallory");
        await mallory.DoAsync("JOIN #announcements");
        await owner.SeeAsync();
        Assert.StartsWith($":irc.minato {answer}", Assert.Single(await mallory.DoAsync(line)));
        Assert.Empty(await owner.SeeAsync());
    }

    private async Task<IrcClient> InAsync(string nick, string caps = "")
    {
        var client = await _host.IrcAsync(nick, caps);
        await client.DoAsync("JOIN #a");
        return client;
    }

    private static async Task SeeAllAsync(params IrcClient[] clients)
    {
        foreach (var client in clients)
            await client.SeeAsync();
    }
}
