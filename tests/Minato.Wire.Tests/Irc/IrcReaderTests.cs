using System.Buffers;
using System.Text;
using Minato.Wire.Irc;

namespace Minato.Wire.Tests.Irc;

/// <summary>https://modern.ircdocs.horse/#message-format, https://ircv3.net/specs/extensions/message-tags</summary>
public sealed class IrcReaderTests
{
    /// <summary>Input, and the messages in it: command and parameters with "," between, "|" between messages.</summary>
    public static TheoryData<string, string> Inputs => new()
    {
        { "", "" },
        { "\r\n\n\r   \r\n", "" },
        { "NICK alice\r\n", "NICK,alice" },
        { "NICK alice\nNICK bob\rNICK carol\r\n", "NICK,alice|NICK,bob|NICK,carol" },
        { "nick alice\r\n", "NICK,alice" },
        { ":source PRIVMSG #a :two words\r\n", "PRIVMSG,#a,two words" },
        { "@a=b;+c :source PRIVMSG #a :x\r\n", "[+c=][a=b]PRIVMSG,#a,x" },
        { "@a=\\:\\s\\\\\\r\\n\\x\\ PING x\r\n", "[a=; \\\r\nx]PING,x" },
        { "@a=1;a=2;;=3 PING x\r\n", "[a=2]PING,x" },
        { "@onlytags\r\n", "" },
        { "  PING   x   y  \r\n", "PING,x,y" },
        { "USER u 0 * :\r\n", "USER,u,0,*," },
        { "PRIVMSG #a ::colon\r\n", "PRIVMSG,#a,:colon" },
        { "PRIVMSG #a a:b\r\n", "PRIVMSG,#a,a:b" },
        { "A 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\r\n", "A,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15" },
        { "PRIVMSG #港 :こんにちは\r\n", "PRIVMSG,#港,こんにちは" },
        { "PING x\r\nunfinished", "PING,x" },
        { "PRIVMSG #a :" + new string('x', 498) + "\r\nPING y\r\n", "PRIVMSG,#a," + new string('x', 498) + "|PING,y" },
        { "PRIVMSG #a :" + new string('x', 499) + "\r\nPING y\r\n", "TooLong|PING,y" },
        { "@" + new string('x', 4094) + " PING y\r\n", "[" + new string('x', 4094) + "=]PING,y" },
        { "@" + new string('x', 4095) + " PING y\r\nPING z\r\n", "TooLong|PING,z" },
        { "PING \0\r\nPING z\r\n", "NotText|PING,z" },
        { "PING x\r\n" + new string('x', IrcLimits.Endless) + "\r\nPING z\r\n", "PING,x|TooLong|PING,z" },
        { "PING x\r\n" + new string('x', IrcLimits.Endless + 1) + "\r\nPING z\r\n", "PING,x|Endless" },
    };

    [Theory, MemberData(nameof(Inputs))]
    public void Messages_are_the_same_however_the_bytes_are_cut(string input, string expected)
    {
        var bytes = Bytes.Utf8(input);
        Assert.Equal(expected, Read([bytes]));
        Assert.Equal(expected, Read(bytes.Select(b => new[] { b })));
        for (var at = 0; at <= bytes.Length; at += bytes.Length > 2_000 ? 97 : 1)
            Assert.Equal(expected, Read([bytes[..at], bytes[at..]]));
    }

    [Fact]
    public void A_message_in_several_segments_is_one()
    {
        var input = Bytes.EachAlone(Bytes.Utf8("PRIVMSG #a :hello\r\n"));
        Assert.True(new IrcReader().TryRead(ref input, out var line));
        Assert.Equal("PRIVMSG,#a,hello", Shown(line));
    }

    [Theory]
    [InlineData("PRIVMSG #a :\xff\r\n")]
    [InlineData("PRIVMSG #a :\xe3\x81\r\n")]
    [InlineData("@a=\xc0\x80 PING\r\n")]
    public void What_is_no_UTF8_is_said_to_be_none_and_the_next_message_is_read(string latin1) =>
        Assert.Equal("NotText|PING,x", Read([Bytes.Of(latin1), Bytes.Of("PING x\r\n")]));

    private static string Read(IEnumerable<byte[]> arrivals)
    {
        var reader = new IrcReader();
        var messages = new List<string>();
        foreach (var arrival in arrivals)
        {
            var input = new ReadOnlySequence<byte>(arrival);
            while (reader.TryRead(ref input, out var line))
                messages.Add(Shown(line));
            Assert.True(input.IsEmpty);
        }
        return string.Join('|', messages);
    }

    internal static string Shown(IrcLine line)
    {
        if (line is not { Kind: IrcLineKind.Message, Message: { } message })
            return line.Kind.ToString();
        var tags = new[] { "+c", "a", new string('x', 4094) }.Where(n => message.Tags[n] is not null).Select(n => $"[{n}={message.Tags[n]}]");
        return string.Concat(tags) + string.Join(',', message.Parameters.Select(p => Encoding.UTF8.GetString(p.Span)).Prepend(message.Command));
    }
}
