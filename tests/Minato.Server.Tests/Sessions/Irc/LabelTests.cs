namespace Minato.Server.Tests.Sessions.Irc;

/// <summary>https://ircv3.net/specs/extensions/labeled-response: one line has the label, several are one batch that has it, none is ACK.</summary>
public sealed class LabelTests
{
    private const string Caps = "echo-message labeled-response batch";

    [Fact]
    public async Task Echoes_of_one_command_to_several_targets_are_one_batch_in_their_places()
    {
        await using var host = new SessionHost();
        using var bob = await host.IrcAsync("bob");
        using var alice = await host.IrcAsync("alice", Caps);
        await alice.DoAsync("JOIN #a");
        Assert.Equal(
            [
                "@label=L :irc.minato BATCH +b1 labeled-response", "@batch=b1 :alice!~alice@host PRIVMSG #a :hi", "@batch=b1 :alice!~alice@host PRIVMSG bob :hi",
                "@batch=b1 :irc.minato 401 alice nobody :No such nick or channel", ":irc.minato BATCH -b1",
            ],
            await alice.DoAsync("@label=L PRIVMSG #a,bob,nobody :hi"));
        Assert.Equal([":alice!~alice@host PRIVMSG bob :hi"], await bob.SeeAsync());
        // The next label is a batch of its own, or none.
        Assert.Equal(["@label=M :alice!~alice@host PRIVMSG #a :x"], await alice.DoAsync("@label=M PRIVMSG #a :x"));
    }

    [Fact]
    public async Task A_long_message_comes_back_as_the_lines_that_it_is_told_in_under_one_label()
    {
        await using var host = new SessionHost();
        using var alice = await host.IrcAsync("alice", Caps);
        await alice.DoAsync("JOIN #a");
        await alice.DoAsync("CAP REQ draft/multiline", "@label=L BATCH +x draft/multiline #a", "@batch=x PRIVMSG #a :one", "@batch=x PRIVMSG #a :two", "CAP REQ -draft/multiline");
        var lines = await alice.DoAsync("BATCH -x");
        Assert.Equal(
            ["@label=L :irc.minato BATCH +b1 labeled-response", "@batch=b1 :alice!~alice@host PRIVMSG #a :one", "@batch=b1 :alice!~alice@host PRIVMSG #a :two", ":irc.minato BATCH -b1"],
            lines);
    }

    [Fact]
    public async Task Several_PARTs_and_modes_under_one_label_are_one_batch()
    {
        await using var host = new SessionHost();
        using var bob = await host.IrcAsync("bob");
        using var carl = await host.IrcAsync("carl");
        using var alice = await host.IrcAsync("alice", Caps);
        await alice.DoAsync("JOIN #a,#b");
        await bob.DoAsync("JOIN #a");
        await carl.DoAsync("JOIN #a");
        await alice.SeeAsync();
        Assert.Equal(["@label=L :irc.minato BATCH +", "@batch=", "@batch=", ":irc.minato BATCH -"], Begun(await alice.DoAsync("@label=L MODE #a +oo bob carl")));
        Assert.Equal(["@label=L :irc.minato BATCH +", "@batch=", "@batch=", ":irc.minato BATCH -"], Begun(await alice.DoAsync("@label=L PART #a,#b")));

        static IEnumerable<string> Begun(IEnumerable<string> lines) => lines.Select(l => l[..(l.IndexOfAny(['+', '=', '-'], l.IndexOf("atch", StringComparison.OrdinalIgnoreCase)) + 1)]);
    }

    [Fact]
    public async Task What_one_says_to_oneself_comes_once_as_an_echo_and_once_as_said()
    {
        await using var host = new SessionHost();
        using var alice = await host.IrcAsync("alice", Caps);
        Assert.Equal(["@label=L :alice!~alice@host PRIVMSG alice :hi", ":alice!~alice@host PRIVMSG alice :hi"], await alice.DoAsync("@label=L PRIVMSG alice :hi"));
        Assert.Equal([":alice!~alice@host PRIVMSG alice :ho", ":alice!~alice@host PRIVMSG alice :ho"], await alice.DoAsync("PRIVMSG alice :ho"));
    }

    [Fact]
    public async Task Without_an_echo_several_targets_are_acknowledged()
    {
        await using var host = new SessionHost();
        using var bob = await host.IrcAsync("bob");
        using var alice = await host.IrcAsync("alice", "labeled-response batch");
        await alice.DoAsync("JOIN #a");
        Assert.Equal(["@label=L :irc.minato ACK"], await alice.DoAsync("@label=L PRIVMSG #a,bob :hi"));
    }

    [Fact]
    public async Task A_line_that_is_not_UTF_8_is_answered_by_its_command_and_label()
    {
        await using var host = new SessionHost();
        using var alice = await host.IrcAsync("alice", Caps);
        await alice.Raw.SendAsync([.. "@label=L PRIVMSG #a :"u8, 0xAA, .. "\r\n"u8]);
        Assert.Equal(["@label=L :irc.minato FAIL PRIVMSG INVALID_UTF8 :Only UTF-8 is understood here, and no NUL: nothing was done"], await alice.SeeAsync());
    }
}
