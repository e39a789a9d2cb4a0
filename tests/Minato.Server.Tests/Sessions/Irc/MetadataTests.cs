namespace Minato.Server.Tests.Sessions.Irc;

/// <summary>https://ircv3.net/specs/extensions/metadata</summary>
public sealed class MetadataTests : IAsyncDisposable
{
    private const string Caps = "draft/metadata-2 batch";

    private readonly SessionHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task What_one_sets_of_oneself_others_get_list_and_see_gone()
    {
        using var foo = await _host.IrcAsync("foo", Caps);
        using var bar = await _host.IrcAsync("bar", Caps);
        Assert.Equal([":irc.minato 761 foo foo display-name * :Foo the First"], await foo.DoAsync("METADATA * SET display-name :Foo the First"));
        Assert.Equal(["761 bar foo display-name * :Foo the First", "766 bar foo avatar :is not set"], await InBatchAsync(bar, "METADATA foo GET display-name avatar"));
        Assert.Equal(["761 bar foo display-name * :Foo the First"], await InBatchAsync(bar, "METADATA foo LIST"));
        Assert.Equal([":irc.minato 766 foo foo display-name :is not set"], await foo.DoAsync("METADATA foo SET display-name"));
        Assert.Empty(await InBatchAsync(bar, "METADATA foo LIST"));
        Assert.StartsWith(":irc.minato FAIL METADATA KEY_NOT_SET foo display-name ", Assert.Single(await foo.DoAsync("METADATA * SET display-name")));
    }

    [Fact]
    public async Task Who_subscribed_to_a_key_is_told_where_they_share_a_channel_and_when_they_come_to_share_one()
    {
        using var foo = await _host.IrcAsync("foo", Caps);
        using var bar = await _host.IrcAsync("bar", Caps);
        using var plain = await _host.IrcAsync("plain");
        Assert.Equal([":irc.minato 770 bar avatar display-name"], await bar.DoAsync("METADATA * SUB avatar display-name"));
        await foo.DoAsync("METADATA * SET display-name :One", "METADATA * SET url :x");
        Assert.Empty(await bar.SeeAsync());
        await foo.DoAsync("JOIN #a", "METADATA #a SET avatar :港.png");
        await plain.DoAsync("JOIN #a");
        var joined = await bar.DoAsync("JOIN #a");
        Assert.Equal([":irc.minato METADATA #a avatar * :港.png", ":irc.minato METADATA foo display-name * :One"], joined.Where(l => l.Contains(" METADATA ", StringComparison.Ordinal)));
        await foo.DoAsync("METADATA * SET display-name :Two", "METADATA * SET display-name :Two", "METADATA * SET url :y", "METADATA * SET display-name");
        Assert.Equal([":foo!~foo@host METADATA foo display-name * :Two", ":foo!~foo@host METADATA foo display-name *"], await bar.SeeAsync());
        Assert.DoesNotContain(await plain.SeeAsync(), l => l.Contains(" METADATA ", StringComparison.Ordinal));
        Assert.Equal([":irc.minato 771 bar avatar"], await bar.DoAsync("METADATA * UNSUB avatar"));
        Assert.Equal(["772 bar display-name"], await InBatchAsync(bar, "METADATA * SUBS"));
    }

    /// <summary>https://github.com/ircv3/ircv3-specifications/pull/613: in version 3 what is told looks like an answer.</summary>
    [Fact]
    public async Task Version_3_tells_by_numbers()
    {
        using var foo = await _host.IrcAsync("foo", "draft/metadata-3 batch");
        using var bar = await _host.IrcAsync("bar", "draft/metadata-3 batch");
        await foo.DoAsync("JOIN #a", "METADATA * SET display-name :One");
        Assert.Equal(":irc.minato 770 bar display-name", (await bar.DoAsync("METADATA * SUB display-name"))[0]);
        Assert.Contains(":irc.minato 761 bar foo display-name * :One", await bar.DoAsync("JOIN #a"));
        await foo.DoAsync("METADATA * SET display-name :Two", "METADATA * SET display-name");
        Assert.Equal([":irc.minato 761 bar foo display-name * :Two", ":irc.minato 766 bar foo display-name :is not set"], await bar.SeeAsync());
        Assert.StartsWith(":irc.minato FAIL METADATA INVALID_VALUE display-name :", Assert.Single(await foo.DoAsync("METADATA * SET display-name :" + new string('x', 241)), l => l.Contains(" FAIL ", StringComparison.Ordinal)));
        await foo.DoAsync("METADATA * SET url :https://foo");
        Assert.Equal([":irc.minato 760 bar foo url * :https://foo"], (await bar.DoAsync("WHOIS foo")).Where(l => l.Contains(" 760 ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_told_at_once_is_bounded_and_of_more_one_is_told_to_ask()
    {
        using var bar = await _host.IrcAsync("bar", Caps);
        await bar.DoAsync("JOIN #a", "JOIN #b");
        var people = new List<IrcClient>();
        for (var i = 0; i < 17; i++)
        {
            people.Add(await _host.IrcAsync($"p{i}"));
            await people[i].DoAsync([.. Enumerable.Range(0, 20).Select(k => $"METADATA * SET k{k} :v"), "JOIN #a"]);
        }
        await bar.SeeAsync();
        var keys = Enumerable.Range(0, 20).Select(k => $"k{k}").Chunk(10).Select(some => $"METADATA * SUB {string.Join(' ', some)}").ToArray();
        Assert.Equal(170, (await bar.DoAsync(keys[0])).Count(l => l.Contains(" METADATA p", StringComparison.Ordinal)));
        Assert.Equal(170, (await bar.DoAsync(keys[1])).Count(l => l.Contains(" METADATA p", StringComparison.Ordinal)));
        Assert.Contains(":irc.minato 774 bar #a", await bar.DoAsync($"{keys[0]} k10 k11 k12"));
        Assert.Equal(340, (await InBatchRawAsync(bar, "METADATA #a SYNC")).Count);
        people.ForEach(p => p.Dispose());
    }

    [Fact]
    public async Task One_guest_fills_no_table_and_what_they_began_goes_with_them()
    {
        using var foo = await _host.IrcAsync("foo", Caps);
        for (var i = 0; i <= 20; i++)
        {
            await foo.DoAsync($"JOIN #m{i}");
            Assert.Contains(i < 20 ? " 761 " : " FAIL METADATA LIMIT_REACHED #m20 ", Assert.Single(await foo.DoAsync($"METADATA #m{i} SET url :x")), StringComparison.Ordinal);
            _host.Clock.Advance(TimeSpan.FromSeconds(10));
        }
        using var bar = await _host.IrcAsync("bar", Caps);
        await bar.DoAsync("JOIN #m0");
        Assert.Single(await InBatchAsync(bar, "METADATA #m0 LIST"));
        await foo.SendAsync("QUIT");
        await foo.Raw.ReadTextToEndAsync();
        foo.Dispose();
        var room = (await _host.Store.FindRoomAsync("m0", CancellationToken.None))!;
        // It is the last thing that a connection does, behind its last words.
        while (_host.Context.Irc.Metadata.Of(room.Uid).Count > 0)
            await Task.Yield();
        await bar.Raw.ExpectAsync(" PART #m0");
        Assert.Empty(await InBatchAsync(bar, "METADATA #m0 LIST"));
    }

    [Fact]
    public void What_is_said_by_another_connection_already_stands()
    {
        var (metadata, early, account) = (new Minato.Server.Sessions.Irc.Metadata(), Guid.NewGuid(), Guid.NewGuid());
        metadata.Set(account, "a", "kept", account, isGuest: false);
        metadata.Set(early, "a", "new", early, isGuest: true);
        metadata.Set(early, "b", "new", early, isGuest: true);
        metadata.Move(early, account, isGuest: false);
        Assert.Equal([new("a", "kept"), new("b", "new")], metadata.Of(account));
        Assert.Empty(metadata.Of(early));
    }

    [Fact]
    public async Task Who_comes_into_a_channel_is_known_to_those_there()
    {
        using var bar = await _host.IrcAsync("bar", Caps);
        using var foo = await _host.IrcAsync("foo", Caps);
        await bar.DoAsync("JOIN #a", "METADATA * SUB display-name");
        await foo.DoAsync("METADATA * SET display-name :Foo", "JOIN #a");
        Assert.Equal([":foo!~foo@host JOIN #a", ":foo!~foo@host METADATA foo display-name * :Foo"], await bar.SeeAsync());
        Assert.Equal([":irc.minato METADATA foo display-name * :Foo"], (await InBatchRawAsync(bar, "METADATA #a SYNC")).Select(l => l[(l.IndexOf(' ') + 1)..]));
    }

    [Theory]
    [InlineData("METADATA foo SET display-name :x", "FAIL METADATA KEY_NO_PERMISSION foo display-name ")]
    [InlineData("METADATA foo CLEAR", "FAIL METADATA KEY_NO_PERMISSION foo * ")]
    [InlineData("METADATA #a SET display-name :x", "FAIL METADATA KEY_NO_PERMISSION #a display-name ")]
    [InlineData("METADATA #none LIST", "FAIL METADATA INVALID_TARGET #none ")]
    [InlineData("METADATA nobody LIST", "FAIL METADATA INVALID_TARGET nobody ")]
    [InlineData("METADATA * SET Bad!Key :x", "FAIL METADATA KEY_INVALID Bad!Key ")]
    [InlineData("METADATA * DANCE", "FAIL METADATA SUBCOMMAND_INVALID DANCE ")]
    [InlineData("METADATA * SET", "461 bar METADATA ")]
    [InlineData("METADATA *", "461 bar METADATA ")]
    public async Task What_is_not_to_be_is_said(string line, string answer)
    {
        using var foo = await _host.IrcAsync("foo", Caps);
        using var bar = await _host.IrcAsync("bar", Caps);
        await foo.DoAsync("JOIN #a");
        await bar.DoAsync("JOIN #a");
        Assert.StartsWith($":irc.minato {answer}", Assert.Single(await bar.DoAsync(line)));
    }

    [Fact]
    public async Task Values_keys_and_subscriptions_are_bounded()
    {
        using var foo = await _host.IrcAsync("foo", Caps);
        Assert.Contains(" 761 ", Assert.Single(await foo.DoAsync("METADATA * SET k :" + new string('x', 240))), StringComparison.Ordinal);
        Assert.StartsWith(":irc.minato FAIL METADATA VALUE_INVALID :", Assert.Single(await foo.DoAsync("METADATA * SET k :" + new string('x', 241))));
        await foo.DoAsync([.. Enumerable.Range(1, 19).Select(i => $"METADATA * SET k{i} :v")]);
        Assert.StartsWith(":irc.minato FAIL METADATA LIMIT_REACHED foo ", Assert.Single(await foo.DoAsync("METADATA * SET one-more :v")));
        await foo.DoAsync([.. Enumerable.Range(0, 5).Select(i => $"METADATA * SUB {string.Join(' ', Enumerable.Range(i * 10, 10).Select(n => $"s{n}"))}")]);
        Assert.StartsWith(":irc.minato FAIL METADATA TOO_MANY_SUBS s50 ", Assert.Single(await foo.DoAsync("METADATA * SUB s50 s51")));
    }

    [Fact]
    public async Task It_may_be_set_before_one_is_somebody_and_is_gone_with_them()
    {
        using var raw = _host.Irc();
        await raw.SendAsync($"CAP LS 302\r\nCAP REQ :{Caps}\r\nMETADATA * SET display-name :Early\r\nNICK foo\r\nUSER f 0 * :f\r\nCAP END\r\n");
        await raw.ExpectAsync(":irc.minato 761 * * display-name * :Early");
        await raw.ExpectAsync(" metadata foo");
        Assert.EndsWith(" METADATA foo display-name * :Early", await raw.ExpectAsync("METADATA foo"), StringComparison.Ordinal);
        await raw.SendAsync("QUIT\r\n");
        await raw.ExpectAsync("ERROR");
        raw.Dispose();
        using var bar = await _host.IrcAsync("bar", Caps);
        using var again = await _host.IrcAsync("foo2", Caps);
        Assert.Empty(await InBatchAsync(bar, "METADATA foo2 LIST"));
    }

    private static async Task<IEnumerable<string>> InBatchAsync(IrcClient client, string line) =>
        (await InBatchRawAsync(client, line)).Select(l => l[(l.IndexOf(".minato ", StringComparison.Ordinal) + ".minato ".Length)..]);

    private static async Task<List<string>> InBatchRawAsync(IrcClient client, string line)
    {
        var lines = await client.DoAsync(line);
        Assert.Contains(" BATCH +", lines[0], StringComparison.Ordinal);
        Assert.Contains(" BATCH -", lines[^1], StringComparison.Ordinal);
        Assert.All(lines[1..^1], l => Assert.StartsWith("@batch=", l));
        return lines[1..^1];
    }
}
