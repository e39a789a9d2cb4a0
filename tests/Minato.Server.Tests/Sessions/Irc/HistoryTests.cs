using System.Text.RegularExpressions;

namespace Minato.Server.Tests.Sessions.Irc;

/// <summary>https://ircv3.net/specs/extensions/chathistory and https://ircv3.net/specs/extensions/read-marker</summary>
public sealed partial class HistoryTests : IAsyncDisposable
{
    private const string Caps = "batch message-tags server-time draft/chathistory draft/read-marker";

    private readonly SessionHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("LATEST #a * 3", "5 6 7")]
    [InlineData("LATEST #a {5} 10", "6 7")]
    [InlineData("BEFORE #a {4} 2", "2 3")]
    [InlineData("AFTER #a {4} 2", "5 6")]
    [InlineData("AROUND #a {4} 3", "3 4 5")]
    [InlineData("BETWEEN #a {2} {6} 10", "3 4 5")]
    [InlineData("BETWEEN #a {2} {6} 2", "3 4")]
    [InlineData("BETWEEN #a {6} {2} 2", "4 5")]
    [InlineData("BEFORE #a [4] 2", "2 3")]
    [InlineData("AFTER #a [4] 2", "5 6")]
    [InlineData("LATEST #a [5] 10", "6 7")]
    [InlineData("AROUND #a [4] 3", "3 4 5")]
    [InlineData("BETWEEN #a [2] {6} 10", "3 4 5")]
    [InlineData("BEFORE #a {1} 5", "")]
    [InlineData("AFTER #a timestamp=2100-01-01T00:00:00.000Z 5", "")]
    public async Task Each_selector_gives_its_messages_oldest_first(string ask, string bodies)
    {
        using var alice = await SaidAsync();
        // {n} and [n] stand for the id and the time of the message n.
        var all = await RawAsync(alice, "CHATHISTORY LATEST #a * 50");
        var ids = all.ToDictionary(l => l[^1..], l => (Id: Ids().Match(l).Groups["value"].Value, Time: Times().Match(l).Groups["value"].Value));
        ask = Regex.Replace(ask, @"\{(?<n>\d)\}", m => $"msgid={ids[m.Groups["n"].Value].Id}", RegexOptions.None, TimeSpan.FromSeconds(1));
        ask = Regex.Replace(ask, @"\[(?<n>\d)\]", m => $"timestamp={ids[m.Groups["n"].Value].Time}", RegexOptions.None, TimeSpan.FromSeconds(1));
        Assert.Equal(bodies, string.Join(' ', (await RawAsync(alice, $"CHATHISTORY {ask}")).Select(l => l[^1])));
    }

    [Theory]
    [InlineData("AFTER #a {1} 2", "5 6")]
    [InlineData("AFTER #a {1} 3", "5 6 7")]
    [InlineData("AFTER #a {1} 4", "5")]
    [InlineData("BEFORE #a {5} 3", "1")]
    [InlineData("BETWEEN #a {1} {6} 2", "5")]
    [InlineData("BETWEEN #a {1} {5} 2", "")]
    [InlineData("BETWEEN #a {5} {1} 2", "")]
    [InlineData("LATEST #a {1} 1", "7")]
    [InlineData("AFTER #a {7} 2", "")]
    public async Task A_page_is_empty_at_the_end_only_not_where_all_of_it_was_deleted(string ask, string bodies)
    {
        using var alice = await SaidAsync("draft/message-redaction");
        var ids = (await RawAsync(alice, "CHATHISTORY LATEST #a * 50")).ToDictionary(l => l[^1..], l => Ids().Match(l).Groups["value"].Value);
        foreach (var body in new[] { "2", "3", "4" })
            await alice.DoAsync($"REDACT #a {ids[body]}");
        ask = Regex.Replace(ask, @"\{(?<n>\d)\}", m => $"msgid={ids[m.Groups["n"].Value]}", RegexOptions.None, TimeSpan.FromSeconds(1));
        Assert.Equal(bodies, string.Join(' ', (await RawAsync(alice, $"CHATHISTORY {ask}")).Select(l => l[^1])));
    }

    [Fact]
    public async Task It_is_one_batch_of_the_target_and_empty_where_nothing_was_said()
    {
        using var alice = await _host.IrcAsync("alice", Caps);
        await alice.DoAsync("JOIN #a");
        Assert.Equal(["@draft/chathistory-end :irc.minato BATCH +b1 chathistory #a", ":irc.minato BATCH -b1"], await alice.DoAsync("CHATHISTORY LATEST #a * 5"));
        await alice.DoAsync("PRIVMSG #a :one");
        Assert.Equal(
            ["@draft/chathistory-end :irc.minato BATCH +b2 chathistory #a", "@batch=b2;time=T;msgid=ID-2 :alice!~alice@host PRIVMSG #a :one", ":irc.minato BATCH -b2"],
            await alice.DoAsync("CHATHISTORY LATEST #a * 5"));
    }

    [Theory]
    [InlineData("LATEST #a * 50", true)]
    [InlineData("LATEST #a * 3", false)]
    [InlineData("BEFORE #a {5} 3", false)]
    [InlineData("BEFORE #a {3} 5", true)]
    [InlineData("AFTER #a {1} 2", false)]
    [InlineData("AFTER #a {5} 5", true)]
    [InlineData("BETWEEN #a {1} {6} 2", false)]
    [InlineData("BETWEEN #a {1} {6} 9", true)]
    [InlineData("AROUND #a {3} 50", false)]
    public async Task A_page_behind_which_there_is_nothing_says_so(string ask, bool isLast)
    {
        using var alice = await SaidAsync();
        var ids = (await RawAsync(alice, "CHATHISTORY LATEST #a * 50")).ToDictionary(l => l[^1..], l => Ids().Match(l).Groups["value"].Value);
        ask = Regex.Replace(ask, @"\{(?<n>\d)\}", m => $"msgid={ids[m.Groups["n"].Value]}", RegexOptions.None, TimeSpan.FromSeconds(1));
        var opening = isLast ? "@draft/chathistory-end :irc.minato BATCH +" : ":irc.minato BATCH +";
        Assert.StartsWith(opening, (await alice.DoAsync($"CHATHISTORY {ask}"))[0]);
        await alice.DoAsync("CAP REQ draft/event-playback");
        Assert.StartsWith(opening, (await alice.DoAsync($"CHATHISTORY {ask}"))[0]);
        await alice.DoAsync("CAP REQ -message-tags");
        Assert.StartsWith(":irc.minato BATCH +", (await alice.DoAsync($"CHATHISTORY {ask}"))[0]);
    }

    [Theory]
    [InlineData("CHATHISTORY LATEST #a * 200", true)]
    [InlineData("CHATHISTORY AFTER #a timestamp=2000-01-01T00:00:00.000Z 200", false)]
    [InlineData("HISTORY #a 200", true)]
    public async Task A_page_ends_after_256_KiB_at_the_end_that_was_asked_for(string ask, bool isNewest)
    {
        using var alice = await _host.IrcAsync("alice", Caps);
        using var wendy = await _host.PersonAsync("wendy");
        for (var i = 0; i < 40; i++)
            await wendy.PostedAsync($"c{i}", $"{i}: {new string('x', 12_000)}", "#lobby");
        await alice.DoAsync("JOIN #lobby");
        var lines = await alice.DoAsync(ask.Replace("#a", "#lobby"));
        Assert.InRange(lines.Sum(l => l.Length), 64 * 1024, 512 * 1024);
        var heads = lines.Where(l => l.Contains(": xxx", StringComparison.Ordinal)).ToList();
        Assert.InRange(heads.Count, 10, 39);
        Assert.Contains($"{(isNewest ? 39 : 0)}: xxx", isNewest ? heads[^1] : heads[0]);
    }

    [Theory]
    [InlineData("CHATHISTORY LATEST #none * 5", "INVALID_TARGET LATEST #none")]
    [InlineData("CHATHISTORY LATEST nobody * 5", "INVALID_TARGET LATEST nobody")]
    [InlineData("CHATHISTORY LATEST #a *", "INVALID_PARAMS LATEST")]
    [InlineData("CHATHISTORY LATEST #a * x", "INVALID_PARAMS LATEST x")]
    [InlineData("CHATHISTORY BEFORE #a nonsense 5", "INVALID_PARAMS BEFORE")]
    [InlineData("CHATHISTORY DANCE #a * 5", "INVALID_PARAMS DANCE")]
    public async Task What_is_wrong_fails_with_its_code(string line, string answer)
    {
        using var alice = await _host.IrcAsync("alice", Caps);
        await alice.DoAsync("JOIN #a");
        Assert.StartsWith($":irc.minato FAIL CHATHISTORY {answer} :", Assert.Single(await alice.DoAsync(line)));
    }

    [Fact]
    public async Task A_private_room_has_no_history_for_others_and_says_what_one_that_is_not_there_says()
    {
        using var alice = await _host.IrcAsync("alice", Caps);
        using var wendy = await _host.PersonAsync("wendy");
        await wendy.AskAsync(new { op = "create", cid = "p", kind = "private", slug = "den", title = "Den" }, "p");
        await wendy.PostedAsync("s", "secret", "#den");
        var answers = await alice.DoAsync("CHATHISTORY LATEST #den * 5", "CHATHISTORY LATEST #nob * 5", "HISTORY #den", "HISTORY #nob", "MARKREAD #den", "MARKREAD #nob");
        for (var i = 0; i < answers.Count; i += 2)
            Assert.Equal(answers[i + 1].Replace("#nob", "#den"), answers[i]);
    }

    [Fact]
    public async Task Direct_messages_have_one_as_well_and_TARGETS_names_where_anything_was_said()
    {
        using var alice = await _host.IrcAsync("alice", Caps);
        using var bob = await _host.IrcAsync("bob", Caps);
        await alice.DoAsync("JOIN #quiet", "PRIVMSG bob :psst");
        await bob.DoAsync("PRIVMSG alice :yes");
        Assert.Equal(["psst", "yes"], (await RawAsync(bob, "CHATHISTORY LATEST alice * 5")).Select(l => l[(l.LastIndexOf(':') + 1)..]));
        await alice.SeeAsync();
        var targets = await alice.DoAsync("CHATHISTORY TARGETS timestamp=2000-01-01T00:00:00.000Z timestamp=2100-01-01T00:00:00.000Z 10");
        Assert.Equal([":irc.minato BATCH +b1 draft/chathistory-targets", "@batch=b1 :irc.minato CHATHISTORY TARGETS bob T", ":irc.minato BATCH -b1"], targets);
    }

    [Fact]
    public async Task Event_playback_shows_who_came_and_what_was_done()
    {
        using var alice = await _host.IrcAsync("alice", Caps + " draft/event-playback");
        using var bob = await _host.IrcAsync("bob");
        await alice.DoAsync("JOIN #a");
        await bob.DoAsync("JOIN #a", "TOPIC #a :t", "PRIVMSG #a :hi", "PART #a");
        await alice.SeeAsync();
        Assert.Equal(
            ["JOIN #a", "TOPIC #a :t", "PRIVMSG #a :hi", "PART #a"],
            (await RawAsync(alice, "CHATHISTORY LATEST #a * 10")).Select(l => l[(l.IndexOf(".minato ", StringComparison.Ordinal) + ".minato ".Length)..]));
    }

    [Fact]
    public async Task HISTORY_is_for_people_whose_client_knows_none_of_this()
    {
        using var alice = await SaidAsync();
        Assert.Matches(@"^:irc\.minato NOTICE alice :\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] <alice> 7$", (await alice.DoAsync("HISTORY #a 2"))[^1]);
        Assert.Equal(2, (await alice.DoAsync("HISTORY #a 2")).Count);
    }

    [Fact]
    public async Task MARKREAD_is_the_read_position_of_every_client()
    {
        using var alice = await SaidAsync();
        using var wendy = await _host.PersonAsync("wendy");
        await wendy.AskAsync(new { op = "join", cid = "j", room = "#a" }, "j");
        await wendy.PostedAsync("w", "x", "#a");
        var line = (await alice.Raw.ExpectAsync("PRIVMSG #a :x"));
        var time = Times().Match(line).Groups["value"].Value;
        Assert.Equal([$":irc.minato MARKREAD #a timestamp={time}"], await RawLinesAsync(alice, $"MARKREAD #a timestamp={time}"));
        Assert.Equal([$":irc.minato MARKREAD #a timestamp={time}"], await RawLinesAsync(alice, "MARKREAD #a timestamp=2001-01-01T00:00:00.000Z"));
        Assert.Equal([$":irc.minato MARKREAD #a timestamp={time}"], await RawLinesAsync(alice, "MARKREAD #a"));
        Assert.StartsWith(":irc.minato FAIL MARKREAD INVALID_PARAMS #a ", Assert.Single(await alice.DoAsync("MARKREAD #a nonsense")));
        Assert.StartsWith(":irc.minato FAIL MARKREAD NEED_MORE_PARAMS ", Assert.Single(await alice.DoAsync("MARKREAD")));
    }

    /// <summary>One who said 1 to 7 in #a, a second after another.</summary>
    private async Task<IrcClient> SaidAsync(string more = "")
    {
        var alice = await _host.IrcAsync("alice", $"{Caps} {more}".TrimEnd());
        await alice.DoAsync("JOIN #a");
        for (var i = 1; i <= 7; i++)
        {
            _host.Clock.Advance(TimeSpan.FromSeconds(1));
            await alice.DoAsync($"PRIVMSG #a :{i}");
        }
        return alice;
    }

    /// <summary>The messages of a batch as they came.</summary>
    private static async Task<List<string>> RawAsync(IrcClient client, string line) => [.. (await RawLinesAsync(client, line)).Where(l => l.StartsWith("@batch=", StringComparison.Ordinal))];

    private static async Task<List<string>> RawLinesAsync(IrcClient client, string line)
    {
        await client.SendAsync(line, "PING end-of-this");
        var lines = new List<string>();
        while (await client.Raw.ReadLineAsync(line) is { } one && !one.EndsWith(":end-of-this", StringComparison.Ordinal))
            lines.Add(one);
        return lines;
    }

    [GeneratedRegex("msgid=(?<value>[^; ]+)", RegexOptions.None, 1000)]
    private static partial Regex Ids();

    [GeneratedRegex("time=(?<value>[^; ]+)", RegexOptions.None, 1000)]
    private static partial Regex Times();
}
