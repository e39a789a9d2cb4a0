namespace Minato.Server.Tests.Sessions.Irc;

/// <summary>https://ircv3.net/specs/extensions/channel-rename</summary>
public sealed class RenameTests
{
    [Fact]
    public async Task A_channel_keeps_its_name_and_the_capability_is_not_offered()
    {
        await using var host = new SessionHost();
        using var alice = await host.IrcAsync("alice");
        await alice.DoAsync("JOIN #a");
        Assert.StartsWith(":irc.minato FAIL RENAME CANNOT_RENAME #a #b :", Assert.Single(await alice.DoAsync("RENAME #a #b :why")));
        Assert.DoesNotContain("draft/channel-rename", string.Concat(await alice.DoAsync("CAP LS 302")));
    }
}
