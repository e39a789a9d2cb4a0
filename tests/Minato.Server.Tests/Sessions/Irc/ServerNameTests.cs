using Minato.Tests.Kit;

namespace Minato.Server.Tests.Sessions.Irc;

/// <summary>https://modern.ircdocs.horse/#source: a server's name has a dot</summary>
public sealed class ServerNameTests
{
    [Theory]
    [InlineData("irc.example.org", true)]
    [InlineData("My.Little.Server", true)]
    [InlineData("localhost", false)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("irc..org", false)]
    [InlineData("-irc.org", false)]
    [InlineData("irc.org!", false)]
    [InlineData("irc.org x", false)]
    [InlineData("港.example", false)]
    [InlineData("a.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", true)]
    [InlineData("a.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", false)]
    public void A_name_is_like_a_hosts_with_a_dot(string text, bool isName)
    {
        Assert.Equal(isName, IrcServerName.TryParse(text, out var name, out var error));
        Assert.Equal((isName ? text : null, isName), (name?.Text, error.Length == 0));
    }

    [Fact]
    public async Task A_server_is_called_what_it_was_told_and_hosts_stay_what_they_were()
    {
        Assert.True(IrcServerName.TryParse("My.Little.Server", out var name, out _));
        await using var server = await RunningServer.StartAsync(new MinatoOptions { IrcName = name });
        using var raw = await RawClient.ConnectAsync(server.Port);
        await raw.SendAsync("NICK alice\r\nUSER a 0 * :A\r\nWHOIS alice\r\n");
        await raw.ExpectAsync(":My.Little.Server 001 alice ");
        Assert.Matches("alice ~a [0-9a-f]{8}\\.irc\\.minato \\*", await raw.ExpectAsync(" 311 "));
        Assert.Contains(" My.Little.Server :", await raw.ExpectAsync(" 312 "), StringComparison.Ordinal);
    }
}
