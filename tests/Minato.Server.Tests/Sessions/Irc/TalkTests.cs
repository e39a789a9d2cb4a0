using Minato.Core.Commands;

namespace Minato.Server.Tests.Sessions.Irc;

/// <summary>https://modern.ircdocs.horse/#sending-messages, and what IRCv3 adds to it</summary>
public sealed class TalkTests : IAsyncDisposable
{
    private readonly SessionHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>https://ircv3.net/specs/extensions/labeled-response: of the echo and what is told, the echo alone has the label.</summary>
    [Theory]
    [InlineData("", 1)]
    [InlineData("echo-message", 2)]
    public async Task What_one_says_to_oneself_is_told_and_echoed_to_who_asked(string caps, int times)
    {
        using var alice = await _host.IrcAsync("alice", caps + " labeled-response");
        Assert.Equal(Enumerable.Repeat(":alice!~alice@host PRIVMSG alice :buy rice", times), await alice.DoAsync("PRIVMSG alice :buy rice"));
        Assert.Equal(Enumerable.Repeat(":alice!~alice@host PRIVMSG alice :and fish", times), await alice.DoAsync("PRIVMSG alice :and fish"));
        var labelled = await alice.DoAsync("@label=L1 PRIVMSG alice :and salt");
        Assert.Equal((times, 1), (labelled.Count, labelled.Count(l => l.StartsWith("@label=L1 ", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task PRIVMSG_reaches_everybody_in_the_channel_but_the_sender()
    {
        using var alice = await InAsync("alice");
        using var bob = await InAsync("bob");
        await alice.SeeAsync();
        Assert.Empty(await alice.DoAsync("PRIVMSG #a :こんにちは :)"));
        Assert.Equal(":alice!~alice@host PRIVMSG #a :こんにちは :)", await bob.SeeOneAsync());
        Assert.Empty(await bob.DoAsync("NOTICE #a :noted"));
        Assert.Equal(":bob!~bob@host NOTICE #a :noted", await alice.SeeOneAsync());
    }

    [Fact]
    public async Task PRIVMSG_to_a_nick_is_the_direct_room_of_the_two()
    {
        using var alice = await _host.IrcAsync("alice");
        using var wendy = await _host.PersonAsync("wendy");
        Assert.Empty(await alice.DoAsync("PRIVMSG Wendy :psst", "PRIVMSG wendy :once more"));
        var room = (await wendy.PostEventAsync("psst")).GetProperty("room").GetString();
        Assert.Equal(room, (await wendy.PostEventAsync("once more")).GetProperty("room").GetString());
        await wendy.PostedAsync("r", "yes?", room!);
        Assert.Equal(":wendy!u@host PRIVMSG alice :yes?", await alice.SeeOneAsync());
    }

    [Theory]
    [InlineData("PRIVMSG", "411 alice :No recipient given (PRIVMSG)")]
    [InlineData("PRIVMSG #a", "412 alice :No text to send")]
    [InlineData("PRIVMSG #a :", "412 alice :No text to send")]
    [InlineData("PRIVMSG nobody :x", "401 alice nobody :No such nick or channel")]
    [InlineData("PRIVMSG #none :x", "403 alice #none :No such channel")]
    [InlineData("PRIVMSG #a,#a,#a,#a,#b :x", "407 alice #b :Too many targets")]
    public async Task What_is_wrong_is_said_by_number(string line, string answer)
    {
        using var alice = await InAsync("alice");
        Assert.Equal($":irc.minato {answer}", Assert.Single(await alice.DoAsync(line)));
    }

    [Theory]
    [InlineData("NOTICE")]
    [InlineData("NOTICE #a")]
    [InlineData("NOTICE nobody :x")]
    [InlineData("NOTICE #none :x")]
    [InlineData("NOTICE #none :\u0001VERSION x\u0001")]
    [InlineData("NOTICE #a,#a,#a,#a,#b :x")]
    public async Task NOTICE_is_never_answered(string line)
    {
        using var alice = await InAsync("alice");
        Assert.Empty(await alice.DoAsync(line));
    }

    [Fact]
    public async Task AWAY_is_answered_to_who_talks_and_shown_in_WHO()
    {
        using var alice = await _host.IrcAsync("alice");
        using var bob = await _host.IrcAsync("bob");
        Assert.Equal([":irc.minato 306 bob :You have been marked as being away"], await bob.DoAsync("AWAY :at lunch"));
        Assert.Equal([":irc.minato 301 alice bob :at lunch"], await alice.DoAsync("PRIVMSG bob :hi"));
        Assert.Equal(":irc.minato 352 alice * ~bob hidden irc.minato bob G :0 bob Realname", Hidden((await alice.DoAsync("WHO bob"))[0]));
        Assert.Contains(":irc.minato 301 alice bob :at lunch", await alice.DoAsync("WHOIS bob"));
        Assert.Contains(":irc.minato 305 bob :You are no longer marked as being away", await bob.DoAsync("AWAY"));
        Assert.Empty(await alice.DoAsync("PRIVMSG bob :hi"));
    }

    [Fact]
    public async Task Message_tags_server_time_and_msgid_are_for_those_who_asked()
    {
        using var alice = await InAsync("alice", "message-tags");
        using var bob = await InAsync("bob", "message-tags server-time account-tag");
        using var carol = await InAsync("carol");
        await alice.DoAsync("@+example=a\\sb;other=x PRIVMSG #a :tagged");
        Assert.Matches("^@time=T;msgid=ID-\\d+;\\+example=a\\\\sb :alice!~alice@host PRIVMSG #a :tagged$", (await bob.SeeAsync())[^1]);
        Assert.Equal(":alice!~alice@host PRIVMSG #a :tagged", await carol.SeeOneAsync());
    }

    [Fact]
    public async Task Echo_message_comes_back_in_its_place_with_the_label_of_labeled_response()
    {
        using var alice = await InAsync("alice", "echo-message labeled-response batch message-tags");
        Assert.Matches("^@msgid=ID-\\d+ :alice!~alice@host PRIVMSG #a :plain$", Assert.Single(await alice.DoAsync("PRIVMSG #a :plain")));
        Assert.Matches("^@label=L1;msgid=ID-\\d+ :alice!~alice@host PRIVMSG #a :labelled$", Assert.Single(await alice.DoAsync("@label=L1 PRIVMSG #a :labelled")));
        Assert.Equal(["@label=L2 :irc.minato 401 alice nobody :No such nick or channel"], await alice.DoAsync("@label=L2 PRIVMSG nobody :x"));
        Assert.Equal(["@label=L3;msgid=ID-4 :alice!~alice@host TOPIC #a :t"], await alice.DoAsync("@label=L3 TOPIC #a :t"));
        Assert.Equal(["@label=L4 :irc.minato ACK"], await alice.DoAsync("@label=L4 PONG x"));
        Assert.Equal(["@label=L5 :irc.minato PONG irc.minato :x"], await alice.DoAsync("@label=L5 PING x"));
        Assert.Equal(["@label=L6 :alice!~alice@host PART #a"], await alice.DoAsync("@label=L6 PART #a"));
        var many = await alice.DoAsync("@label=L7 JOIN #a");
        Assert.StartsWith("@label=L7 :irc.minato BATCH +", many[0]);
        Assert.All(many.Skip(1).SkipLast(1), l => Assert.StartsWith("@batch=", l));
        Assert.StartsWith(":irc.minato BATCH -", many[^1]);
    }

    [Fact]
    public async Task Without_echo_message_a_label_is_acknowledged()
    {
        using var alice = await InAsync("alice", "labeled-response batch");
        Assert.Equal(["@label=x :irc.minato ACK"], await alice.DoAsync("@label=x PRIVMSG #a :hi"));
    }

    [Fact]
    public async Task A_long_body_comes_in_lines_that_fit_and_none_is_lost()
    {
        using var alice = await InAsync("alice");
        using var wendy = await _host.PersonAsync("wendy");
        var body = string.Join('\n', "first", "", new string('長', 400), "last");
        await wendy.PostedAsync("c", body, "#a");
        var lines = await alice.SeeAsync();
        Assert.All(lines, l => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(l), 1, 510));
        Assert.Equal("first" + new string('長', 400) + "last", string.Concat(lines.Select(l => l[(l.IndexOf(" :", StringComparison.Ordinal) + 2)..])));
    }

    [Theory]
    [InlineData("", 33, "HISTORY or the page shows them)")]
    [InlineData("batch message-tags draft/multiline", 202, "the page shows them)")]
    public async Task A_body_of_thousands_of_lines_throws_nobody_out_and_is_not_cut_silently(string caps, int lines, string end)
    {
        using var alice = await InAsync("alice", caps);
        using var wendy = await _host.PersonAsync("wendy");
        await wendy.PostedAsync("c", string.Concat(Enumerable.Repeat("a\n", 8191)) + "a", "#a");
        var seen = (await alice.SeeAsync()).Where(l => l.Contains(" PRIVMSG ", StringComparison.Ordinal) || l.Contains(" BATCH ", StringComparison.Ordinal)).ToList();
        Assert.Equal(lines, seen.Count);
        var said = seen.Last(l => l.Contains(" PRIVMSG ", StringComparison.Ordinal));
        Assert.EndsWith($" PRIVMSG #a :… ({8192 - seen.Count(l => l.EndsWith(" PRIVMSG #a :a", StringComparison.Ordinal))} more lines: {end}", said);
    }

    [Fact]
    public async Task Multiline_is_one_message_of_several_lines_both_ways()
    {
        using var alice = await InAsync("alice", "batch message-tags echo-message labeled-response draft/multiline");
        using var plain = await InAsync("plain");
        using var wendy = await _host.PersonAsync("wendy");
        await alice.SeeAsync();
        Assert.Equal(
            ["@label=L;msgid=ID-3 :alice!~alice@host BATCH +m3 draft/multiline #a", "@batch=m3 :alice!~alice@host PRIVMSG #a :one", "@batch=m3 :alice!~alice@host PRIVMSG #a :",
                "@batch=m3 :alice!~alice@host PRIVMSG #a :two and", "@batch=m3;draft/multiline-concat :alice!~alice@host PRIVMSG #a : a half", ":alice!~alice@host BATCH -m3"],
            await alice.DoAsync(
                "@label=L BATCH +x draft/multiline #a", "@batch=x PRIVMSG #a :one", "@batch=x PRIVMSG #a :", "@batch=x PRIVMSG #a :two and",
                "@batch=x;draft/multiline-concat PRIVMSG #a : a half", "BATCH -x"));
        Assert.Equal([":alice!~alice@host PRIVMSG #a :one", ":alice!~alice@host PRIVMSG #a :two and", ":alice!~alice@host PRIVMSG #a : a half"], await plain.SeeAsync());
        var history = await wendy.AskAsync(new { op = "history", rid = "h", room = "#a", limit = 1 }, "h");
        Assert.Equal("one\n\ntwo and a half", history.GetProperty("messages")[0].GetProperty("body").GetString());
        await wendy.PostedAsync("w", "a\nb", "#a");
        Assert.Equal(["@msgid=ID-4 :wendy!u@host BATCH +m4 draft/multiline #a", "@batch=m4 :wendy!u@host PRIVMSG #a :a", "@batch=m4 :wendy!u@host PRIVMSG #a :b", ":wendy!u@host BATCH -m4"], await alice.SeeAsync());
    }

    [Theory]
    [InlineData("@batch=x PRIVMSG #b :other", "MULTILINE_INVALID_TARGET #a #b :All lines go to one target")]
    [InlineData("BATCH +y draft/multiline #a", "MULTILINE_INVALID :There is no such batch, or another one is open")]
    [InlineData("BATCH -y", "MULTILINE_INVALID :There is no such batch, or another one is open")]
    public async Task Multiline_that_is_wrong_fails_with_its_code(string line, string answer)
    {
        using var alice = await InAsync("alice", "batch message-tags draft/multiline");
        Assert.Equal([$":irc.minato FAIL BATCH {answer}"], await alice.DoAsync("BATCH +x draft/multiline #a", line));
    }

    [Fact]
    public async Task Lines_of_a_batch_that_was_refused_or_never_begun_are_not_posted_one_by_one()
    {
        using var alice = await InAsync("alice", "batch message-tags draft/multiline");
        using var bob = await InAsync("bob");
        Assert.Single(await alice.DoAsync("BATCH +x draft/multiline #a", "@batch=x PRIVMSG #b :wrong", "@batch=x PRIVMSG #a :secret", "@batch=x NOTICE #a :secret", "BATCH -x"), l => l.Contains(" FAIL ", StringComparison.Ordinal));
        Assert.StartsWith(":irc.minato FAIL BATCH MULTILINE_INVALID ", Assert.Single(await alice.DoAsync("@batch=y PRIVMSG #a :secret")));
        await alice.DoAsync("PRIVMSG #a :meant");
        Assert.Equal(":alice!~alice@host PRIVMSG #a :meant", await bob.SeeOneAsync());
    }

    [Fact]
    public async Task Multiline_is_bounded()
    {
        using var alice = await InAsync("alice", "batch message-tags draft/multiline");
        // The line that is one too many ends the batch; what is said after it is no part of any.
        var line = $"@batch=x PRIVMSG #a :{new string('x', 480)}";
        Assert.Equal(":irc.minato FAIL BATCH MULTILINE_MAX_BYTES 4096 :Too many bytes", Assert.Single(await alice.DoAsync([.. Enumerable.Repeat(line, 10).Prepend("BATCH +x draft/multiline #a").Append("BATCH -x")])));
        Assert.Equal(":irc.minato FAIL BATCH MULTILINE_MAX_LINES 32 :Too many lines", Assert.Single(await alice.DoAsync([.. Enumerable.Repeat("@batch=y PRIVMSG #a :x", 34).Prepend("BATCH +y draft/multiline #a")])));
    }

    /// <summary>https://ircv3.net/specs/extensions/multiline#fallback: tags of the batch, but for its id, may stand at every line.</summary>
    [Fact]
    public async Task Lines_of_a_batch_begin_with_its_tags_for_those_who_know_no_batches_and_one_alone_with_its_id()
    {
        using var alice = await InAsync("alice", "batch message-tags draft/multiline");
        using var plain = await InAsync("plain", "message-tags");
        await alice.DoAsync("@+x=y BATCH +1 draft/multiline #a", "@batch=1 PRIVMSG #a :", "@batch=1 PRIVMSG #a :#how is ", "@batch=1;draft/multiline-concat PRIVMSG #a :everyone?", "BATCH -1");
        Assert.Equal(["@msgid=ID-3;+x=y :alice!~alice@host PRIVMSG #a :#how is ", "@+x=y :alice!~alice@host PRIVMSG #a :everyone?"], await plain.SeeAsync());
    }

    /// <summary>https://modern.ircdocs.horse/#errinputtoolong-417: not cut, and not split in a way that its client does not know of.</summary>
    [Theory]
    [InlineData("PRIVMSG #a :")]
    [InlineData("NOTICE #a :")]
    [InlineData("PRIVMSG #a :\u0001VERSION ")]
    [InlineData("@+x=y PRIVMSG #a,bob :")]
    public async Task What_would_not_fit_in_a_line_with_the_sender_before_it_is_417_and_what_just_fits_is_told_whole(string begin)
    {
        using var alice = await InAsync("alice", "message-tags");
        using var bob = await InAsync("bob");
        await alice.SeeAsync();
        var overhead = begin[0] == '@' ? $":alice!~alice@12345678.irc.minato PRIVMSG bob :" : $":alice!~alice@12345678.irc.minato {begin}";
        var room = 510 - overhead.Length;
        Assert.Equal([":irc.minato 417 alice :Too long to be passed on with your name before it, by 1 bytes"], await alice.DoAsync(begin + new string('x', room + 1)));
        Assert.Empty(await bob.SeeAsync());
        Assert.Empty(await alice.DoAsync(begin + new string('x', room)));
        Assert.All(await bob.SeeAsync(), l => Assert.EndsWith(new string('x', room), l));
    }

    [Fact]
    public async Task Actions_formatting_and_CTCP()
    {
        using var alice = await InAsync("alice");
        using var bob = await InAsync("bob");
        using var wendy = await _host.PersonAsync("wendy");
        await alice.SeeAsync();
        await alice.DoAsync("PRIVMSG #a :\u0001ACTION waves\u0001", "PRIVMSG #a :\u0002bold\u0002", "PRIVMSG bob :\u0001VERSION\u0001");
        Assert.Equal(
            [":alice!~alice@host PRIVMSG #a :\u0001ACTION waves\u0001", ":alice!~alice@host PRIVMSG #a :bold", ":alice!~alice@host PRIVMSG bob :\u0001VERSION\u0001"],
            await bob.SeeAsync());
        var history = await wendy.AskAsync(new { op = "history", rid = "h", room = "#a", limit = 10 }, "h");
        Assert.Equal(["_waves_", "bold"], history.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("body").GetString()));
    }

    [Fact]
    public async Task What_others_edit_delete_and_react_is_told_as_well_as_can_be()
    {
        using var plain = await InAsync("plain");
        using var tagged = await InAsync("tagged", "message-tags draft/message-redaction");
        using var wendy = await _host.PersonAsync("wendy");
        await plain.SeeAsync();
        var seq = (await wendy.PostedAsync("c", "helo", "#a")).GetProperty("seq").GetInt64();
        await wendy.AskAsync(new { op = "edit", cid = "e", room = "#a", seq, body = "hello" }, "e");
        await wendy.AskAsync(new { op = "react", cid = "r", room = "#a", seq, emoji = "👍" }, "r");
        await wendy.AskAsync(new { op = "send", cid = "a", room = "#a", body = "answer", replyTo = seq }, "a");
        await wendy.AskAsync(new { op = "delete", cid = "d", room = "#a", seq }, "d");
        Assert.Equal(
            [":wendy!u@host PRIVMSG #a :helo", $":irc.minato NOTICE #a :wendy edited message {seq} in #a: hello", ":wendy!u@host PRIVMSG #a :answer", $":irc.minato NOTICE #a :wendy deleted message {seq} in #a."],
            await plain.SeeAsync());
        var lines = (await tagged.SeeAsync()).SkipWhile(l => !l.EndsWith("helo", StringComparison.Ordinal)).ToList();
        Assert.Equal($"@msgid=ID-{seq + 2};+draft/react=👍;+draft/reply=ID-{seq};+reply=ID-{seq} :wendy!u@host TAGMSG #a", lines[2]);
        Assert.Equal($"@msgid=ID-{seq + 3};+draft/reply=ID-{seq};+reply=ID-{seq} :wendy!u@host PRIVMSG #a :answer", lines[3]);
        Assert.Equal($"@msgid=ID-{seq + 4} :wendy!u@host REDACT #a ID-{seq}", lines[4]);
    }

    [Fact]
    public async Task That_somebody_erased_all_they_said_to_one_is_told()
    {
        using var alice = await _host.IrcAsync("alice");
        using var wendy = await _host.PersonAsync("wendy");
        var room = (await wendy.AskAsync(new { op = "direct", cid = "d", user = "alice" }, "d")).GetProperty("room").GetString()!;
        await wendy.PostedAsync("c", "too much", room);
        Assert.Equal(":wendy!u@host PRIVMSG alice :too much", await alice.SeeOneAsync());
        await wendy.AskAsync(new { op = "erase", cid = "e", room, user = "wendy" }, "e");
        Assert.Equal(":irc.minato NOTICE alice :wendy erased all their messages in @alice+wendy.", await alice.SeeOneAsync());
    }

    [Fact]
    public async Task A_file_is_its_name_and_where_it_is()
    {
        using var plain = await InAsync("plain");
        using var wendy = await _host.PersonAsync("wendy");
        _host.Context.Irc.Origin = "https://chat.example.org";
        const string path = "/api/v1/files/0192aa00-0000-7000-8000-000000000001/plan.pdf";
        await wendy.PostedAsync("c", $"see [plan.pdf]({path}#bytes=2048)", "#a");
        Assert.Equal($":wendy!u@host PRIVMSG #a :see plan.pdf (2 KB) https://chat.example.org{path}", (await plain.SeeAsync())[^1]);
        Assert.EndsWith($"<wendy> see plan.pdf (2 KB) https://chat.example.org{path}", Assert.Single(await plain.DoAsync("HISTORY #a")));
    }

    [Fact]
    public async Task Who_wants_no_CTCP_gets_none_and_is_talked_to_all_the_same()
    {
        using var alice = await _host.IrcAsync("alice");
        using var bob = await _host.IrcAsync("bob");
        Assert.Equal([":bob!~bob@host MODE bob +T", ":irc.minato 221 bob +iT"], await bob.DoAsync("MODE bob +T", "MODE bob"));
        Assert.StartsWith(":irc.minato 404 alice bob :Cannot send: ", Assert.Single(await alice.DoAsync("PRIVMSG bob :\u0001VERSION\u0001")));
        Assert.Empty(await alice.DoAsync("NOTICE bob :\u0001VERSION x\u0001", "PRIVMSG bob :\u0001ACTION waves\u0001"));
        Assert.Equal(":alice!~alice@host PRIVMSG bob :\u0001ACTION waves\u0001", await bob.SeeOneAsync());
    }

    [Fact]
    public async Task CTCP_and_TAGMSG_do_not_reach_who_has_blocked_one()
    {
        using var mallory = await InAsync("mallory", "message-tags");
        using var bob = await InAsync("bob", "message-tags");
        using var plain = await InAsync("plain");
        var (him, her) = (await _host.Store.FindUserAsync("bob", CancellationToken.None), await _host.Store.FindUserAsync("mallory", CancellationToken.None));
        await _host.Context.Log.SubmitAsync(new BlockUser(him!, null, her!.Id, On: true), lane: null);
        // It is answered before it is known to those whom it concerns.
        while (_host.Context.Sessions.Of(him!.Id).Single().Hides is null)
            await Task.Yield();
        foreach (var client in new[] { mallory, bob, plain })
            await client.SeeAsync();
        const string Refused = ":irc.minato 404 mallory bob :Cannot send to channel: One of you has blocked the other.";
        Assert.Equal([Refused, Refused], await mallory.DoAsync("PRIVMSG bob :\u0001VERSION\u0001", "@+typing=active TAGMSG bob", "PRIVMSG #a :\u0001VERSION\u0001", "@+typing=active TAGMSG #a"));
        Assert.Equal(":mallory!~mallory@host PRIVMSG #a :\u0001VERSION\u0001", await plain.SeeOneAsync());
        Assert.Empty(await bob.SeeAsync());
    }

    [Fact]
    public async Task In_slow_mode_CTCP_and_TAGMSG_are_for_moderators()
    {
        using var alice = await InAsync("alice", "message-tags");
        using var wendy = await _host.PersonAsync("wendy");
        await wendy.AskAsync(new { op = "create", cid = "p", kind = "public", slug = "slow", title = "Slow" }, "p");
        await wendy.AskAsync(new { op = "slow", cid = "s", room = "#slow", seconds = 60 }, "s");
        await alice.DoAsync("JOIN #slow");
        Assert.All(await alice.DoAsync("PRIVMSG #slow :\u0001VERSION\u0001", "@+typing=active TAGMSG #slow"), l => Assert.StartsWith(":irc.minato 404 alice #slow ", l));
        Assert.Equal(2, (await alice.DoAsync("PRIVMSG #slow :\u0001VERSION\u0001", "@+typing=active TAGMSG #slow")).Count);
    }

    [Theory]
    [InlineData("PRIVMSG #a :\xff", ":irc.minato FAIL PRIVMSG INVALID_UTF8 :Only UTF-8 is understood here, and no NUL: nothing was done")]
    public async Task UTF8ONLY_refuses_what_is_none(string latin1, string answer)
    {
        using var alice = await InAsync("alice");
        await alice.Raw.SendAsync([.. System.Text.Encoding.Latin1.GetBytes(latin1), (byte)'\n']);
        Assert.Equal(answer, await alice.SeeOneAsync());
    }

    [Fact]
    public async Task A_line_over_512_bytes_is_417_and_16_KiB_without_an_end_are_the_end()
    {
        using var alice = await InAsync("alice");
        Assert.Equal([":irc.minato 417 alice :Input line was too long"], await alice.DoAsync($"PRIVMSG #a :{new string('x', 600)}"));
        await alice.Raw.SendAsync(new string('x', 17_000));
        Assert.Equal("ERROR :Closing link: Input line too long\r\n", await alice.Raw.ReadTextToEndAsync());
    }

    [Fact]
    public async Task Who_does_not_read_is_closed_with_the_reason_and_nobody_waits()
    {
        using var alice = await InAsync("alice");
        using var deaf = await InAsync("deaf");
        using var wendy = await _host.PersonAsync("wendy");
        await alice.SeeAsync();
        for (var i = 0; i < 80; i++)
        {
            await wendy.PostedAsync($"c{i}", new string('x', 16_000), "#a");
            _host.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await alice.SeeAsync();
        }
        Assert.EndsWith("ERROR :Closing link: SendQ exceeded: you read too slowly\r\n", await deaf.Raw.ReadTextToEndAsync());
    }

    private async Task<IrcClient> InAsync(string nick, string caps = "")
    {
        var client = await _host.IrcAsync(nick, caps);
        await client.DoAsync("JOIN #a");
        return client;
    }

    private static string Hidden(string line) => System.Text.RegularExpressions.Regex.Replace(line, "[0-9a-f]{8}\\.irc\\.minato", "hidden", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
}
