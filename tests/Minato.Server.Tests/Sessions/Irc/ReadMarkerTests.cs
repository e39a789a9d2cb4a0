namespace Minato.Server.Tests.Sessions.Irc;

/// <summary>https://ircv3.net/specs/extensions/read-marker</summary>
public sealed class ReadMarkerTests : IAsyncDisposable
{
    private const string Caps = "draft/read-marker message-tags server-time";
    private const string Then = "timestamp=2019-06-01T12:00:00.000Z";

    private readonly SessionHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Of_what_is_not_there_nothing_was_read_and_nothing_can_be()
    {
        using var alice = await _host.IrcAsync("alice", Caps);
        Assert.Equal([":irc.minato MARKREAD #none *"], await alice.DoAsync("MARKREAD #none"));
        Assert.StartsWith(":irc.minato FAIL MARKREAD INVALID_PARAMS #none ", Assert.Single(await alice.DoAsync($"MARKREAD #none {Then}")));
    }

    [Fact]
    public async Task A_time_is_told_again_as_it_was_given_and_never_moves_back()
    {
        using var alice = await InAsync("alice");
        Assert.Equal([$":irc.minato MARKREAD #a {Then}"], await RawAsync(alice, $"MARKREAD #a {Then}"));
        Assert.Equal([$":irc.minato MARKREAD #a {Then}"], await RawAsync(alice, "MARKREAD #a timestamp=2019-01-01T00:00:00.000Z"));
        await alice.DoAsync("PART #a");
        Assert.Contains($":irc.minato MARKREAD #a {Then}", await RawAsync(alice, "JOIN #a"));
    }

    [Fact]
    public async Task It_holds_until_another_message_was_read_and_no_clock_that_is_ahead_reads_what_is_still_to_come()
    {
        using var alice = await InAsync("alice");
        using var bob = await InAsync("bob");
        await alice.SeeAsync();
        var marked = Assert.Single(await RawAsync(alice, "MARKREAD #a timestamp=2100-01-01T00:00:00.000Z"));
        Assert.DoesNotContain("2100", marked, StringComparison.Ordinal);
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        await bob.DoAsync("PRIVMSG #a :news");
        Assert.Equal(marked, (await RawAsync(alice, "MARKREAD #a"))[^1]);
        Assert.NotEqual(marked, (await RawAsync(alice, "MARKREAD #a timestamp=2100-01-01T00:00:00.000Z"))[^1]);
    }

    [Fact]
    public async Task Somebody_with_whom_nothing_was_said_yet_has_one_as_well()
    {
        using var alice = await _host.IrcAsync("alice", Caps);
        using var bob = await _host.IrcAsync("bob");
        Assert.Equal([$":irc.minato MARKREAD bob {Then}"], await RawAsync(alice, $"MARKREAD bob {Then}"));
        Assert.Equal([$":irc.minato MARKREAD bob {Then}"], await RawAsync(alice, "MARKREAD bob"));
    }

    private async Task<IrcClient> InAsync(string nick)
    {
        var client = await _host.IrcAsync(nick, Caps);
        Assert.Contains(":irc.minato MARKREAD #a *", await client.DoAsync("JOIN #a"));
        return client;
    }

    /// <summary>With the times as they are.</summary>
    private static async Task<List<string>> RawAsync(IrcClient client, string line)
    {
        await client.SendAsync(line, "PING raw");
        var seen = new List<string>();
        while (await client.Raw.ReadLineAsync(line) is { } next && !next.EndsWith("PONG irc.minato :raw", StringComparison.Ordinal))
            seen.Add(next);
        return seen;
    }
}
