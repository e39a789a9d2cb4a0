namespace Minato.Server.Tests.Sessions.Irc;

/// <summary>https://modern.ircdocs.horse/#rpltopicwhotime-333</summary>
public sealed class TopicTests : IAsyncDisposable
{
    private readonly SessionHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Who_set_a_topic_and_when_is_told_with_it()
    {
        using var alice = await InAsync("alice");
        var then = _host.Clock.GetUtcNow().ToUnixTimeSeconds();
        await alice.DoAsync("TOPIC #a :of alice");
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        using var bob = await _host.IrcAsync("bob");
        Assert.Contains($":irc.minato 333 bob #a alice {then}", await bob.DoAsync("JOIN #a"));
        await bob.DoAsync("TOPIC #a :of bob");
        Assert.Equal([":irc.minato 332 alice #a :of bob", $":irc.minato 333 alice #a bob {then + 60}"], (await alice.DoAsync("TOPIC #a"))[^2..]);
        await alice.DoAsync("TOPIC #a :of alice");
        Assert.Contains($":irc.minato 333 bob #a alice {then + 60}", await bob.DoAsync("TOPIC #a"));
    }

    [Fact]
    public async Task One_that_was_set_where_another_client_may_not_look_is_asked_for_again()
    {
        using var alice = await InAsync("alice");
        await alice.DoAsync("TOPIC #a :secret past");
        using var wendy = await _host.PersonAsync("wendy");
        await wendy.AskAsync(new { op = "create", cid = "c", slug = "den", kind = "private", history = "joined" }, "c");
        await wendy.AskAsync(new { op = "topic", cid = "t", room = "#den", topic = "before alice" }, "t");
        await wendy.AskAsync(new { op = "invite", cid = "i", room = "#den", user = "alice" }, "i");
        var joined = await alice.SeeAsync();
        if (joined.Count == 0 || !joined.Exists(l => l.Contains(" 332 ", StringComparison.Ordinal)))
            joined = await alice.DoAsync("JOIN #den", "TOPIC #den");
        Assert.Contains(":irc.minato 332 alice #den :before alice", joined);
        Assert.DoesNotContain(joined, l => l.Contains(" 333 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_came_after_it_is_not_told_who_set_it_where_the_past_is_hidden()
    {
        using var alice = await InAsync("alice");
        using var wendy = await _host.PersonAsync("wendy");
        await wendy.AskAsync(new { op = "create", cid = "c", slug = "hall", kind = "public" }, "c");
        await alice.DoAsync("JOIN #hall", "TOPIC #hall :before bob");
        // Whoever is in goes on seeing all.
        await wendy.AskAsync(new { op = "newcomers", cid = "n", room = "#hall", history = "joined" }, "n");
        Assert.Contains(await alice.DoAsync("TOPIC #hall"), l => l.Contains(" 333 alice #hall alice ", StringComparison.Ordinal));
        using var bob = await _host.IrcAsync("bob");
        var joined = await bob.DoAsync("JOIN #hall");
        Assert.Contains(":irc.minato 332 bob #hall :before bob", joined);
        Assert.DoesNotContain(joined, l => l.Contains(" 333 ", StringComparison.Ordinal));
        await alice.DoAsync("TOPIC #hall :with bob");
        Assert.Contains(await bob.DoAsync("TOPIC #hall"), l => l.Contains(" 333 bob #hall alice ", StringComparison.Ordinal));
    }

    private async Task<IrcClient> InAsync(string nick)
    {
        var client = await _host.IrcAsync(nick);
        await client.DoAsync("JOIN #a");
        return client;
    }
}
