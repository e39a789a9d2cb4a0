using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Server.Accounts;

namespace Minato.Server.Tests.Sessions.Irc;

/// <summary>https://modern.ircdocs.horse/#operator-messages</summary>
public sealed class OperatorTests : IAsyncLifetime
{
    private readonly SessionHost _host = new();
    private IrcClient _alice = null!;
    private IrcClient _bob = null!;

    public async ValueTask InitializeAsync()
    {
        await _host.Context.Log.SubmitAsync(new ChangeSettings(By: null, SignUpPolicy.Open, Departed: null), lane: null);
        await SignUpAsync("chief", "correct horse battery", ServerRole.Admin);
        await SignUpAsync("clerk", "another horse battery", ServerRole.Member);
        _alice = await _host.IrcAsync("alice");
        _bob = await _host.IrcAsync("bob");
    }

    public async ValueTask DisposeAsync()
    {
        _alice.Dispose();
        _bob.Dispose();
        await _host.DisposeAsync();
    }

    private async Task SignUpAsync(string nick, string password, ServerRole role)
    {
        Assert.Null((await _host.Context.Accounts.Door.SignUpAsync(new NewAccount(nick, password, null, null, null), null, new Server.Log.Lane())).Refused);
        var (system, user) = ((await _host.Store.FindUserAsync("minato", default))!, (await _host.Store.FindUserAsync(nick, default))!);
        if (role != user.Role)
            Assert.IsType<UserChanged>(await _host.Context.Log.SubmitAsync(new SetServerRole(system, null, user.Id, role), lane: null));
    }

    [Fact]
    public async Task OPER_takes_the_name_and_the_password_of_an_admin()
    {
        Assert.Equal([":irc.minato 464 alice :Password incorrect"], await _alice.DoAsync("OPER chief wrong-wrong"));
        Assert.Equal([":irc.minato 464 alice :Password incorrect"], await _alice.DoAsync("OPER nobody correct-horse"));
        Assert.StartsWith(":irc.minato 491 alice :", Assert.Single(await _alice.DoAsync("OPER clerk :another horse battery")));
        Assert.Equal(":irc.minato 221 alice +i", Assert.Single(await _alice.DoAsync("MODE alice")));
        Assert.Equal(
            [":irc.minato 381 alice :You are now an operator of this server", ":alice!~alice@host MODE alice +o"], await _alice.DoAsync("OPER chief :correct horse battery"));
        Assert.Equal(":irc.minato 221 alice +io", Assert.Single(await _alice.DoAsync("MODE alice")));
        Assert.Equal([":alice!~alice@host MODE alice -o"], await _alice.DoAsync("MODE alice -o"));
        Assert.StartsWith(":irc.minato 481 ", Assert.Single(await _alice.DoAsync("KILL bob :bye")));
    }

    [Fact]
    public async Task KILL_ends_the_connection_of_somebody_lower_and_is_481_to_others()
    {
        Assert.StartsWith(":irc.minato 481 bob :", Assert.Single(await _bob.DoAsync("KILL alice :bye")));
        await _alice.DoAsync("OPER chief :correct horse battery");
        Assert.StartsWith(":irc.minato 481 alice :", Assert.Single(await _alice.DoAsync("KILL chief :bye")));
        Assert.StartsWith(":irc.minato 401 alice nobody ", Assert.Single(await _alice.DoAsync("KILL nobody :bye")));
        Assert.StartsWith(":irc.minato 401 alice clerk ", Assert.Single(await _alice.DoAsync("KILL clerk :bye")));
        Assert.Empty(await _alice.DoAsync("KILL bob :that is enough"));
        Assert.Equal(
            [":alice!~alice@host KILL bob :that is enough", "ERROR :Closing link: Killed (alice (that is enough))"], await _bob.SeeAsync());
    }

    /// <summary>https://modern.ircdocs.horse/#rplwhoreply-352, #rplwhoisoperator-313, #rpluserhost-302 and #rplluserop-252</summary>
    [Fact]
    public async Task Who_came_by_OPER_is_seen_to_be_an_operator_until_they_are_none()
    {
        foreach (var isOperator in new[] { true, false })
        {
            await _alice.DoAsync(isOperator ? "OPER chief :correct horse battery" : "MODE alice -o");
            Assert.Contains(await _bob.DoAsync("WHO alice"), l => l.Contains(isOperator ? " alice H* " : " alice H ", StringComparison.Ordinal));
            Assert.Equal(isOperator, (await _bob.DoAsync("WHO alice o")).Exists(l => l.Contains(" 352 ", StringComparison.Ordinal)));
            Assert.Equal(isOperator, (await _bob.DoAsync("WHOIS alice")).Contains(":irc.minato 313 bob alice :is an operator of this server"));
            Assert.StartsWith($":irc.minato 302 bob :alice{(isOperator ? "*" : "")}=+", Assert.Single(await _bob.DoAsync("USERHOST alice")), StringComparison.Ordinal);
            Assert.Contains($":irc.minato 252 bob {(isOperator ? 1 : 0)} :operator(s) online", await _bob.DoAsync("LUSERS"));
        }
    }

    [Fact]
    public async Task WALLOPS_reach_those_who_asked_for_them()
    {
        Assert.StartsWith(":irc.minato 481 bob :", Assert.Single(await _bob.DoAsync("WALLOPS :hear me")));
        using var carol = await _host.IrcAsync("carol");
        Assert.Equal([":carol!~carol@host MODE carol +w"], await carol.DoAsync("MODE carol +w"));
        await _alice.DoAsync("OPER chief :correct horse battery");
        Assert.Empty(await _alice.DoAsync("WALLOPS :hear me"));
        Assert.Equal([":alice!~alice@host WALLOPS :hear me"], await carol.SeeAsync());
        Assert.Empty(await _bob.SeeAsync());
        Assert.Equal([":carol!~carol@host MODE carol -w"], await carol.DoAsync("MODE carol -w"));
        await _alice.DoAsync("WALLOPS :again");
        Assert.Empty(await carol.SeeAsync());
    }
}
