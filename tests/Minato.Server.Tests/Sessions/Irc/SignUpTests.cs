using Minato.Core.Accounts;
using Minato.Core.Rights;
using Minato.Server.Sessions;

namespace Minato.Server.Tests.Sessions.Irc;

/// <summary>https://ircv3.net/specs/extensions/account-registration</summary>
public sealed class SignUpTests
{
    [Fact]
    public async Task Signing_up_before_one_is_registered_logs_in_as_the_nick_and_lets_in()
    {
        await using var host = await OpenAsync(Access.Accounts);
        using var client = new IrcClient(host.Irc(), "bar");
        Assert.Contains(" draft/account-registration=before-connect,custom-account-name", string.Concat(await client.DoAsync("CAP LS 302")));
        Assert.Equal([":irc.minato FAIL REGISTER NEED_NICK * :Say first by NICK how the account is to be called"], await client.DoAsync("REGISTER * * passphrase"));
        Assert.Equal(
            [":irc.minato 900 * bar!u@host bar :You are now logged in as bar", ":irc.minato REGISTER SUCCESS bar :The account is yours"],
            await client.DoAsync("NICK bar", "REGISTER * * passphrase"));
        Assert.StartsWith(":irc.minato FAIL REGISTER ALREADY_AUTHENTICATED bar ", Assert.Single(await client.DoAsync("REGISTER other * passphrase")));
        Assert.StartsWith(":irc.minato 001 bar ", (await client.DoAsync("USER u 0 * :x", "CAP END"))[0]);
        using var again = new IrcClient(host.Irc(), "bar");
        Assert.StartsWith(":irc.minato 001 bar ", (await again.DoAsync("PASS bar:passphrase", "NICK x", "USER u 0 * :x"))[0]);
    }

    /// <summary>The rooms, the place in them and the words that were said stay theirs; account-notify tells who asked for it.</summary>
    [Fact]
    public async Task A_guest_who_signs_up_stays_in_with_an_account()
    {
        await using var host = await OpenAsync(Access.Guests);
        using var bob = await host.IrcAsync("bob", "account-notify");
        await bob.DoAsync("JOIN #a");
        using var alice = await host.IrcAsync("alice");
        await alice.DoAsync("JOIN #a", "JOIN #own", "PRIVMSG #a :as a guest");
        await bob.SeeAsync();
        Assert.Equal(
            [":irc.minato 900 alice alice!~alice@host alice :You are now logged in as alice", ":irc.minato REGISTER SUCCESS alice :The account is yours"],
            await alice.DoAsync("REGISTER * * passphrase"));
        Assert.Equal([":alice!~alice@host ACCOUNT :alice"], await bob.SeeAsync());
        await alice.DoAsync("PRIVMSG #a :with an account", "TOPIC #own :mine");
        Assert.Equal([":alice!~alice@host PRIVMSG #a :with an account"], await bob.SeeAsync());
        Assert.Contains("330 bob alice alice :is logged in as", string.Join('|', await bob.DoAsync("WHOIS alice")));
        await alice.SendAsync("QUIT");
        await alice.Raw.ReadToEndAsync();
        using var again = new IrcClient(host.Irc(), "alice");
        await again.SendAsync("PASS alice:passphrase", "NICK x", "USER u 0 * :x");
        Assert.Contains(":alice!~u@host JOIN #own", await again.SeeAsync());
    }

    [Fact]
    public async Task A_guest_may_take_another_name_with_the_account_and_all_are_told()
    {
        await using var host = await OpenAsync(Access.Guests);
        using var bob = await host.IrcAsync("bob", "account-notify");
        await bob.DoAsync("JOIN #a");
        using var guest = await host.IrcAsync("guest");
        await guest.DoAsync("JOIN #a");
        await bob.SeeAsync();
        Assert.Equal(":irc.minato REGISTER SUCCESS alice :The account is yours", (await guest.DoAsync("REGISTER alice * passphrase"))[^1]);
        Assert.Equal([":guest!~guest@host NICK :alice", ":alice!~guest@host ACCOUNT :alice"], await bob.SeeAsync());
    }

    [Theory]
    [InlineData("REGISTER taken * passphrase", "ACCOUNT_EXISTS taken")]
    [InlineData("REGISTER guest * passphrase", "USERNAME_EXISTS guest")]
    [InlineData("REGISTER a!b * passphrase", "BAD_ACCOUNT_NAME a!b")]
    [InlineData("REGISTER new * short", "WEAK_PASSWORD new")]
    [InlineData("REGISTER new * :long but \u0001 odd", "UNACCEPTABLE_PASSWORD new")]
    [InlineData("REGISTER new somebody@example.org passphrase", "TEMPORARILY_UNAVAILABLE new")]
    public async Task What_cannot_be_is_refused_by_its_code(string line, string expected)
    {
        await using var host = await OpenAsync(Access.Guests);
        using var guest = await host.IrcAsync("guest");
        using var taken = new IrcClient(host.Irc(), "taken");
        await taken.DoAsync("NICK taken", "REGISTER * * passphrase");
        using var client = new IrcClient(host.Irc(), "x");
        Assert.StartsWith($":irc.minato FAIL REGISTER {expected} :", Assert.Single(await client.DoAsync("CAP LS", "CAP REQ cap-notify", line), l => l.Contains(" FAIL ")));
    }

    [Fact]
    public async Task Where_people_are_invited_it_is_not_offered_and_an_invitation_stands_in_place_of_the_mail()
    {
        await using var host = new SessionHost();
        using var client = new IrcClient(host.Irc(), "x");
        Assert.DoesNotContain("account-registration", string.Concat(await client.DoAsync("CAP LS 302")));
        Assert.StartsWith(":irc.minato FAIL REGISTER TEMPORARILY_UNAVAILABLE new :", Assert.Single(await client.DoAsync("REGISTER new * passphrase")));
        var invitation = SessionToken.New();
        var until = host.Clock.GetUtcNow().AddDays(1).ToUnixTimeMilliseconds();
        await host.Context.Log.SubmitAsync(new MakeInvitation(By: null, invitation.Hash, ServerRole.Member, MaxUses: 1, until), lane: null);
        Assert.EndsWith("REGISTER SUCCESS new :The account is yours", (await client.DoAsync($"REGISTER new {invitation.Text} passphrase"))[^1]);
        Assert.Equal(
            [":irc.minato FAIL VERIFY INVALID_CODE new :Nothing is verified here: an account is there as soon as it is registered"], await client.DoAsync("VERIFY new 123"));
    }

    [Fact]
    public async Task Whoever_has_signed_up_before_coming_in_is_logged_in()
    {
        await using var host = await OpenAsync(Access.Guests);
        using var client = new IrcClient(host.Irc(), "ann");
        await client.DoAsync("CAP LS 302", "NICK ann", "REGISTER * * passphrase");
        Assert.Equal([":irc.minato 907 * :You have already authenticated using SASL"], await client.DoAsync("AUTHENTICATE PLAIN"));
    }

    /// <summary>https://ircv3.net/specs/extensions/capability-negotiation#cap-notify</summary>
    [Fact]
    public async Task Clients_are_told_when_signing_up_is_opened_and_closed()
    {
        await using var host = await OpenAsync(Access.Guests);
        using var client = await host.IrcAsync("ann", "draft/account-registration");
        using var old = await host.IrcAsync("old");
        await ChangeAsync(SignUpPolicy.Invitation);
        Assert.Equal(":irc.minato CAP ann DEL :draft/account-registration", await client.Raw.ReadLineAsync());
        Assert.Equal([":irc.minato CAP ann LIST :cap-notify"], await client.DoAsync("CAP LIST"));
        await ChangeAsync(SignUpPolicy.Closed);
        await ChangeAsync(SignUpPolicy.Open);
        Assert.Equal(":irc.minato CAP ann NEW :draft/account-registration=before-connect,custom-account-name", await client.Raw.ReadLineAsync());
        Assert.DoesNotContain(await old.SeeAsync(), l => l.Contains(" CAP ", StringComparison.Ordinal));

        Task<Core.Commands.Outcome> ChangeAsync(SignUpPolicy policy) => host.Context.Log.SubmitAsync(new ChangeSettings(By: null, policy, Departed: null), lane: null);
    }

    [Fact]
    public async Task The_operator_says_how_long_a_password_is_at_least()
    {
        await using var host = new SessionHost(Access.Guests, minPassword: 3);
        await host.Context.Log.SubmitAsync(new ChangeSettings(By: null, SignUpPolicy.Open, Departed: null), lane: null);
        using var client = await host.IrcAsync("ann");
        Assert.StartsWith(":irc.minato FAIL REGISTER WEAK_PASSWORD ann ", Assert.Single(await client.DoAsync("REGISTER * * ab")));
        Assert.Contains(":irc.minato REGISTER SUCCESS ann :The account is yours", await client.DoAsync("REGISTER * * abc"));
        using var again = new IrcClient(host.Irc(), "ann");
        Assert.StartsWith(":irc.minato 001 ann ", (await again.DoAsync("PASS ann:abc", "NICK ann", "USER u 0 * :x"))[0]);
    }

    private static async Task<SessionHost> OpenAsync(Access access)
    {
        var host = new SessionHost(access);
        await host.Context.Log.SubmitAsync(new ChangeSettings(By: null, SignUpPolicy.Open, Departed: null), lane: null);
        return host;
    }
}
