namespace Minato.Server.Tests.Sessions.Irc;

/// <summary>https://modern.ircdocs.horse/#list-message and its ELIST conditions</summary>
public sealed class ListTests : IAsyncDisposable
{
    private readonly SessionHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_room_that_nobody_has_entered_yet_is_no_channel()
    {
        using var alice = await _host.IrcAsync("alice");
        Assert.Equal("", await ListedAsync(alice, ""));
        await alice.DoAsync("JOIN #lobby", "PRIVMSG #lobby :first", "PART #lobby");
        Assert.Equal("#lobby", await ListedAsync(alice, ""));
    }

    [Fact]
    public async Task C_is_by_minutes_since_it_was_made_and_T_since_its_topic_was_set()
    {
        using var alice = await _host.IrcAsync("alice");
        await alice.DoAsync("JOIN #old", "TOPIC #old :set long ago");
        _host.Clock.Advance(TimeSpan.FromSeconds(80));
        await alice.DoAsync("JOIN #new", "TOPIC #new :set just now", "JOIN #none");
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("#new #none", await ListedAsync(alice, "C<1"));
        Assert.Equal("#old", await ListedAsync(alice, "C>1"));
        Assert.Equal("#new", await ListedAsync(alice, "T<1"));
        Assert.Equal("#old", await ListedAsync(alice, "T>1"));
        Assert.Equal("#new #old", await ListedAsync(alice, "T>0,T<100"));
        Assert.Equal("", await ListedAsync(alice, "C<0"));
        Assert.Equal("#old", await ListedAsync(alice, "C>1,*o*"));
    }

    private static async Task<string> ListedAsync(IrcClient client, string conditions)
    {
        var lines = await client.DoAsync($"LIST {conditions}");
        return string.Join(' ', lines.Where(l => l.Contains(" 322 ", StringComparison.Ordinal)).Select(l => l.Split(' ')[3]).Order(StringComparer.Ordinal));
    }
}
