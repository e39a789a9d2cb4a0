using System.Text.RegularExpressions;

namespace Minato.Server.Tests.Sessions.Irc;

/// <summary>https://ircv3.net/specs/extensions/message-tags and https://ircv3.net/specs/extensions/message-ids</summary>
public sealed partial class TagMessageTests : IAsyncDisposable
{
    private readonly SessionHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task TAGMSG_has_one_id_for_everybody_which_is_no_message_s()
    {
        using var alice = await InAsync("alice", "message-tags echo-message draft/message-redaction");
        using var bob = await InAsync("bob", "message-tags");
        using var carol = await InAsync("carol", "server-time");
        await alice.SeeAsync();
        await bob.SeeAsync();
        var echo = Assert.Single(await alice.DoAsync("@+steel=wo\\:otz;cat=dog TAGMSG #a"));
        Assert.Matches("^@msgid=[0-9a-f]{32};\\+steel=wo\\\\:otz :alice!~alice@host TAGMSG #a$", echo);
        Assert.Equal(echo, await bob.SeeOneAsync());
        Assert.Empty(await carol.SeeAsync());
        var id = Ids().Match(echo).Value;
        Assert.StartsWith($":irc.minato FAIL REDACT UNKNOWN_MSGID #a {id} :", Assert.Single(await alice.DoAsync($"REDACT #a {id}")));
    }

    /// <summary>https://ircv3.net/specs/extensions/labeled-response: of the echo and what is told, the echo alone has the label.</summary>
    [Theory]
    [InlineData("", 1, 0)]
    [InlineData("echo-message", 2, 1)]
    public async Task What_one_passes_on_to_oneself_is_told_and_echoed_to_who_asked(string caps, int times, int labelled)
    {
        using var alice = await _host.IrcAsync("alice", caps + " message-tags labeled-response batch");
        foreach (var line in new[] { "@label=L;+draft/react=x;+draft/reply=123 TAGMSG alice", "@label=L PRIVMSG alice :\u0001PING 1\u0001" })
        {
            var seen = (await alice.DoAsync(line)).Where(l => !l.EndsWith(" ACK", StringComparison.Ordinal)).ToList();
            Assert.Equal((times, labelled), (seen.Count, seen.Count(l => l.StartsWith("@label=L;", StringComparison.Ordinal))));
        }
    }

    [Fact]
    public async Task Who_asked_is_told_whose_account_it_is_and_when()
    {
        using var alice = await InAsync("alice", "message-tags");
        using var bob = await InAsync("bob", "message-tags server-time");
        await alice.DoAsync("MODE alice +B", "@+x TAGMSG #a");
        Assert.Contains(await bob.SeeAsync(), l => Regex.IsMatch(l, "^@msgid=[0-9a-f]{32};time=T;bot;\\+x :alice!~alice@host TAGMSG #a$", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_topic_has_an_id_live_and_in_the_history_and_its_time_finds_it()
    {
        using var alice = await InAsync("alice", "message-tags server-time batch draft/chathistory draft/event-playback");
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        await alice.DoAsync("PRIVMSG #a :one");
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        await alice.SendAsync("TOPIC #a :two", "PING x");
        var live = (await alice.Raw.ReadLineAsync("TOPIC"))!;
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        await alice.DoAsync("PRIVMSG #a :three");
        Assert.Contains(";msgid=", live, StringComparison.Ordinal);
        var time = live["@time=".Length..live.IndexOf(';')];
        Assert.Equal(["three"], await WordsAsync($"AFTER #a timestamp={time} 10"));
        Assert.Equal(["three"], await WordsAsync($"LATEST #a timestamp={time} 10"));
        Assert.Equal("one", (await WordsAsync($"BEFORE #a timestamp={time} 10"))[^1]);

        async Task<List<string>> WordsAsync(string ask) =>
            [.. (await alice.DoAsync($"CHATHISTORY {ask}")).Where(l => !l.Contains(" BATCH ", StringComparison.Ordinal)).Select(l => l[(l.LastIndexOf(':') + 1)..])];
    }

    private async Task<IrcClient> InAsync(string nick, string caps)
    {
        var client = await _host.IrcAsync(nick, caps);
        await client.DoAsync("JOIN #a");
        return client;
    }

    [GeneratedRegex("[0-9a-f]{32}", RegexOptions.None, 1000)]
    private static partial Regex Ids();
}
