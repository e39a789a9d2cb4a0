using System.Text;
using Minato.Core.Accounts;
using Minato.Server.Accounts;

namespace Minato.Server.Tests.Sessions.Irc;

/// <summary>https://ircv3.net/specs/extensions/sasl-3.2: logging in when one is in already.</summary>
public sealed class ReauthenticationTests : IAsyncDisposable
{
    private readonly SessionHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_guest_who_logs_in_goes_and_the_account_comes_into_the_same_channels_and_its_own()
    {
        await SignUpAsync("alice");
        using var bob = await InAsync("bob", "#a");
        using var own = await InAsync("alice", "#own", "alice");
        using var client = await InAsync("guest", "#a");
        await bob.SeeAsync();
        Assert.Equal(["AUTHENTICATE +"], await client.DoAsync("AUTHENTICATE PLAIN"));
        var lines = await client.DoAsync($"AUTHENTICATE {Plain("alice")}");
        Assert.Equal(
            [":irc.minato 900 guest guest!~guest@host alice :You are now logged in as alice", ":irc.minato 903 guest :SASL authentication successful",
                ":guest!~guest@host PART #a :Logged in as alice", ":guest!~guest@host NICK :alice"],
            lines[..4]);
        Assert.Equal([":alice!~guest@host JOIN #own", ":alice!~guest@host JOIN #a"], lines.Where(l => l.Contains(" JOIN ", StringComparison.Ordinal)));
        Assert.Equal([":guest!~guest@host QUIT :Logged in as alice", ":alice!~guest@host JOIN #a"], await bob.SeeAsync());
        await client.DoAsync("PRIVMSG #a :it is me");
        Assert.Equal(":alice!~guest@host PRIVMSG #a :it is me", await bob.SeeOneAsync());
        Assert.Equal(":irc.minato 401 bob guest :No such nick or channel", Assert.Single(await bob.DoAsync("PRIVMSG guest :still there?"), l => l.Contains(" 401 ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_was_the_guests_does_not_go_over()
    {
        await SignUpAsync("alice");
        using var client = await InAsync("guest", "#a");
        await client.DoAsync("AWAY :gone", "MODE guest +B");
        await client.DoAsync("AUTHENTICATE PLAIN");
        Assert.Equal(
            [":guest!~guest@host PART #a :Logged in as alice", ":irc.minato 305 guest :You are no longer marked as being away", ":guest!~guest@host MODE guest -B", ":guest!~guest@host NICK :alice"],
            (await client.DoAsync($"AUTHENTICATE {Plain("alice")}"))[2..6]);
        Assert.Equal([":irc.minato 221 alice +i"], await client.DoAsync("MODE alice"));
        Assert.Null(_host.Context.Irc.AwayMessageOf((await _host.Store.FindUserAsync("alice", CancellationToken.None))!));
    }

    [Fact]
    public async Task What_an_IRC_client_said_of_its_person_ends_with_the_last_one_whoever_else_is_there()
    {
        var login = await SignUpAsync("alice");
        var alice = (await _host.Store.FindUserAsync("alice", CancellationToken.None))!;
        using var page = await _host.WelcomeAsync(login);
        using var client = await InAsync("alice", "#a", "alice");
        await client.DoAsync("METADATA * SET url :x");
        Assert.Single(_host.Context.Irc.Metadata.Of(alice.Uid));
        await client.SendAsync("QUIT");
        await client.Raw.ReadToEndAsync();
        while (_host.Context.Irc.Metadata.Of(alice.Uid).Count > 0)
            await Task.Yield();
        Assert.Equal("u", _host.Context.Irc.FaceOf(alice).Username);
        Assert.Single(_host.Context.Sessions.Of(alice.Id));
    }

    [Fact]
    public async Task Coming_into_many_channels_as_another_is_done_at_the_pace_of_as_many_commands()
    {
        await SignUpAsync("alice");
        var alice = (await _host.Store.FindUserAsync("alice", CancellationToken.None))!;
        using var client = await InAsync("guest", string.Join(',', Enumerable.Range(0, 70).Select(i => $"#a{i}")));
        _host.Clock.Advance(TimeSpan.FromSeconds(10));
        await client.DoAsync("AUTHENTICATE PLAIN");
        await client.SendAsync($"AUTHENTICATE {Plain("alice")}");
        await client.Raw.ExpectAsync("JOIN #a1");
        // 100 at once, of which 70 were left; the clock stands still, and so does the rest.
        Assert.InRange(Rooms(), 1, 30);
        while (Rooms() < 70)
        {
            _host.Clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        int Rooms() => _host.Context.Sessions.Of(alice.Id).Sum(s => s.Rooms.Count);
    }

    [Fact]
    public async Task One_account_follows_another_and_the_login_of_the_first_is_gone()
    {
        await SignUpAsync("alice");
        await SignUpAsync("carol");
        using var client = await InAsync("alice", "#a", "alice");
        await client.DoAsync("AUTHENTICATE PLAIN");
        Assert.Equal(":irc.minato 903 alice :SASL authentication successful", (await client.DoAsync($"AUTHENTICATE {Plain("carol")}"))[1]);
        Assert.Contains("330 carol carol carol :is logged in as", string.Join('|', await client.DoAsync("WHOIS carol")));
        Assert.Equal(0, await LoginsAsync("alice"));
        Assert.Equal(1, await LoginsAsync("carol"));
        await client.DoAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("carol")}");
        Assert.Equal(1, await LoginsAsync("carol"));
    }

    [Fact]
    public async Task Who_fails_stays_who_they_are()
    {
        await SignUpAsync("alice");
        using var client = await InAsync("alice", "#a", "alice");
        await client.DoAsync("AUTHENTICATE PLAIN");
        Assert.Equal([":irc.minato 904 alice :SASL authentication failed"], await client.DoAsync($"AUTHENTICATE {Plain("nobody")}"));
        Assert.Empty(await client.DoAsync("PRIVMSG #a :still here"));
        await client.SendAsync("QUIT");
        await client.Raw.ReadToEndAsync();
        while (await LoginsAsync("alice") > 0)
            await Task.Yield();
    }

    private async Task<int> LoginsAsync(string nick) =>
        (await _host.Accounts.ListSessionsAsync((await _host.Store.FindUserAsync(nick, CancellationToken.None))!.Id, CancellationToken.None)).Count(s => s.Device == "IRC");

    /// <summary>By a login that is told.</summary>
    private async Task<string> SignUpAsync(string nick)
    {
        await _host.Context.Log.SubmitAsync(new ChangeSettings(By: null, SignUpPolicy.Open, Departed: null), lane: null);
        var (opened, refused) = await _host.Context.Accounts.Door.SignUpAsync(new NewAccount(nick, "correct horse", null, null, null), null, new Server.Log.Lane());
        Assert.Null(refused);
        return opened!.Session.Text;
    }

    private async Task<IrcClient> InAsync(string nick, string channel, string? account = null)
    {
        var client = new IrcClient(_host.Irc(), nick);
        if (account is not null)
            await client.SendAsync($"PASS :{account}:correct horse");
        await client.DoAsync($"NICK {nick}", $"USER {nick} 0 * :x", $"JOIN {channel}");
        return client;
    }

    private static string Plain(string name) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{name}\0correct horse"));
}
