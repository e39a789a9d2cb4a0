using System.Buffers;
using Minato.Wire.Detection;

namespace Minato.Wire.Tests.Detection;

public sealed class DetectorTests
{
    private static readonly string LongWord = new('a', Detector.MaxFirstLine);

    /// <summary>Whole first lines, and what each is.</summary>
    public static TheoryData<string, Protocol> FirstLines => new()
    {
        { "\x16\x03\x01\x02\0\x01\0\n", Protocol.Tls },
        { "\x16\x02\x01\n", Protocol.Lines },
        { "\x15\x03\x01\n", Protocol.Lines },

        { "GET / HTTP/1.1\r\n", Protocol.Http },
        { "GET / HTTP/1.0\n", Protocol.Http },
        { "M-SEARCH * HTTP/1.1\r\n", Protocol.Http },
        { "CONNECT example.org:443 HTTP/1.1\r\n", Protocol.Http },
        { "GET /\xe6\xb8\xaf HTTP/1.1\r\n", Protocol.Http },
        { "PRI * HTTP/2.0\r\n", Protocol.Http2 },
        { "PASS /x HTTP/1.1\r\n", Protocol.Http },
        { "ABCDEFGHIJKLMNOPQRST / HTTP/1.1\r\n", Protocol.Http },
        { "ABCDEFGHIJKLMNOPQRSTU / HTTP/1.1\r\n", Protocol.Lines },
        { "get / HTTP/1.1\r\n", Protocol.Lines },
        { "-GET / HTTP/1.1\r\n", Protocol.Lines },
        { "GET  / HTTP/1.1\r\n", Protocol.Lines },
        { "GET  HTTP/1.1\r\n", Protocol.Lines },
        { "GET / HTTP/x\r\n", Protocol.Lines },
        { "GET / HTTP/\r\n", Protocol.Lines },
        { "GET / is how it begins\r\n", Protocol.Lines },
        { "GET /\r\n", Protocol.Lines },
        { "I love HTTP/1.1\r\n", Protocol.Http }, // the price of a short grammar: it costs this one sentence as a first line
        { "WE ALL LOVE HTTP/1.1\r\n", Protocol.Lines },

        { "CAP LS\r\n", Protocol.Irc },
        { "CAP LS 302\r\n", Protocol.Irc },
        { "CAP LS :302\r\n", Protocol.Irc },
        { "cap list\n", Protocol.Irc },
        { "CAP REQ :sasl message-tags\r\n", Protocol.Irc },
        { "CAP REQ sasl\r\n", Protocol.Irc },
        { "CAP END\r\n", Protocol.Irc },
        { "CAP\r\n", Protocol.Lines },
        { "CAP REQ\r\n", Protocol.Lines },
        { "CAP LS me\r\n", Protocol.Lines },
        { "cap list of things\r\n", Protocol.Lines },
        { "cap on the beer\r\n", Protocol.Lines },

        { "NICK bob\r\n", Protocol.Irc },
        { "NICK bob\n", Protocol.Irc },
        { "nick bob\n", Protocol.Irc },
        { "NICK :bob\r\n", Protocol.Irc },
        { "NICK  bob \r\n", Protocol.Irc },
        { "NICK [bob]\\`^{|}~-_.\r\n", Protocol.Irc },
        { "NICK \xe6\xb8\xaf\r\n", Protocol.Irc },
        { "NICK\r\n", Protocol.Lines },
        { "NICK \r\n", Protocol.Lines },
        { "NICK :\r\n", Protocol.Lines },
        { "nick of time is now\r\n", Protocol.Lines },
        { "nick :)\r\n", Protocol.Lines },
        { "nick bob!\r\n", Protocol.Lines },
        { "NICK #room\r\n", Protocol.Lines },
        { "NICK *\r\n", Protocol.Irc },
        { "NICK **\r\n", Protocol.Lines },
        { "NICK bob\rNICK al\n", Protocol.Lines },
        { "NICK b\0b\r\n", Protocol.Lines },
        { "NICK " + new string('b', 64) + "\r\n", Protocol.Irc },
        { "NICK " + new string('b', 65) + "\r\n", Protocol.Lines },

        { "USER guest 0 * :Ronnie Reagan\r\n", Protocol.Irc },
        { "USER guest tolmoon tolsun :Ronnie Reagan\r\n", Protocol.Irc },
        { "USER guest 0 * ronnie\r\n", Protocol.Irc },
        { "USER guest 0 *\r\n", Protocol.Lines },
        { "USER guest 0 * a b\r\n", Protocol.Lines },
        { "user testing went well today\r\n", Protocol.Lines },

        { "PASS hunter2\r\n", Protocol.Irc },
        { "PASS :two words\r\n", Protocol.Irc },
        { "PASS\r\n", Protocol.Lines },
        { "PASS one\rtwo\n", Protocol.Lines },
        { "PASS :one\0two\n", Protocol.Lines },
        { "PASS me the salt\r\n", Protocol.Lines },
        { "PASS owner:correct horse battery\r\n", Protocol.Irc },
        { "PASS mnto_abc def\r\n", Protocol.Irc },
        { "pass owner:correct horse battery\r\n", Protocol.Lines },
        { "PASS me the salt: now\r\n", Protocol.Lines },

        { "AUTHENTICATE PLAIN\r\n", Protocol.Irc },
        { "authenticate +\r\n", Protocol.Irc },
        { "AUTHENTICATE\r\n", Protocol.Lines },
        { "authenticate your users\r\n", Protocol.Lines },

        { "@label=1 CAP LS 302\r\n", Protocol.Irc },
        { "@label=1;+x=y :bob!b@example.org NICK bob\r\n", Protocol.Irc },
        { ":bob NICK bob\r\n", Protocol.Irc },
        { ":) nick bob\r\n", Protocol.Lines },
        { "@alice pass salt\r\n", Protocol.Lines },
        { "@=1 NICK bob\r\n", Protocol.Lines },
        { ":\r\n", Protocol.Lines },
        { "@\r\n", Protocol.Lines },

        { "PRIVMSG #lobby :hello\r\n", Protocol.Lines },
        { "NICKNAME bob\r\n", Protocol.Lines },
        { "hello\r\n", Protocol.Lines },
        { "HELLO\n", Protocol.Lines },
        { "\r\n\r\n\n", Protocol.Lines },
        { "\r\nhello\r\n", Protocol.Lines },
        { "\r\0", Protocol.Lines },
        { "\n", Protocol.Lines },

        // A PROXY header that nobody is trusted to send.
        { "PROXY TCP4 192.0.2.1 192.0.2.2 4711 8080\r\n", Protocol.Refused },
        { "PROXY TCP6 ::1 ::1 1 2\n", Protocol.Refused },
        { "PROXY TCP4 \r\n", Protocol.Refused },
        { "PROXY UNKNOWN\r\n", Protocol.Refused },
        { "PROXY UNKNOWN and whatever\r\n", Protocol.Refused },
        { "PROXY me to the meeting\r\n", Protocol.Lines },
        { "PROXY UNKNOWNS are many\r\n", Protocol.Lines },
        { "\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\x7f\0\0\x01\x7f\0\0\x01\0\x50\0\x50", Protocol.Refused },
        { "/nick bob\r\n", Protocol.Lines },
        { "\xff\xfd\x01\xff\xfb\x03NICK bob\r\n", Protocol.Lines },
        { "\xe3\x81\x93\xe3\x82\x93\n", Protocol.Lines },

        { LongWord + "\n", Protocol.Lines },
        { "HELLO " + LongWord + "\n", Protocol.Lines },
        { "GET /" + LongWord + " HTTP/1.1\r\n", Protocol.Refused },
        { "NICK " + LongWord + "\r\n", Protocol.Lines },
    };

    [Theory, MemberData(nameof(FirstLines))]
    public void A_first_line_is_judged_the_same_however_it_is_cut(string line, Protocol expected)
    {
        var bytes = Bytes.Of(line);
        Assert.Equal(expected, Detector.Detect(new(bytes), isEnd: false));
        Assert.Equal(expected, Detector.Detect(new(bytes), isEnd: true));
        Assert.Equal(expected, Detector.Detect(Bytes.EachAlone(bytes), isEnd: false));

        // Every cut of a short line; of a long one the interesting ends.
        foreach (var at in Enumerable.Range(0, bytes.Length + 1).Where(at => at < 100 || at > bytes.Length - 100))
            Assert.Equal(expected, Detector.Detect(Bytes.CutAt(bytes, at), isEnd: false));
    }

    [Theory, MemberData(nameof(FirstLines))]
    public void A_verdict_on_a_prefix_is_final(string line, Protocol expected)
    {
        var bytes = Bytes.Of(line);
        for (var length = 0; length < bytes.Length; length++)
        {
            var early = Detector.Detect(new(bytes, 0, length), isEnd: false);
            if (early != Protocol.Undecided)
                Assert.Equal(expected, early);
        }
    }

    [Theory, MemberData(nameof(FirstLines))]
    public void What_follows_the_first_line_does_not_matter(string line, Protocol expected) =>
        Assert.Equal(expected, Detector.Detect(new(Bytes.Of(line + "GET / HTTP/1.1\r\nNICK bob\r\n")), isEnd: false));

    [Theory, MemberData(nameof(FirstLines))]
    public void The_end_of_input_always_decides(string line, Protocol expected)
    {
        var bytes = Bytes.Of(line);
        for (var length = 0; length <= bytes.Length; length++)
        {
            var early = Detector.Detect(new(bytes, 0, length), isEnd: false);
            var verdict = Detector.Detect(new(bytes, 0, length), isEnd: true);
            Assert.NotEqual(Protocol.Undecided, verdict);
            if (early != Protocol.Undecided)
                Assert.Equal(early, verdict);
            if (length == bytes.Length)
                Assert.Equal(expected, verdict);
        }
    }

    [Theory]
    [InlineData("", Protocol.Refused)]
    [InlineData("\x16", Protocol.Refused)]
    [InlineData("\x16\x03", Protocol.Tls)]
    [InlineData("hello", Protocol.Lines)]
    [InlineData("HELLO", Protocol.Lines)]
    [InlineData("HELLO all", Protocol.Lines)]
    [InlineData("I love HT", Protocol.Lines)]
    [InlineData("G", Protocol.Refused)]
    [InlineData("GET", Protocol.Refused)]
    [InlineData("GET ", Protocol.Refused)]
    [InlineData("POST", Protocol.Refused)]
    [InlineData("G\r", Protocol.Lines)]
    [InlineData("GREAT", Protocol.Lines)]
    [InlineData("GET well soon", Protocol.Lines)]
    [InlineData("GET\n", Protocol.Lines)]
    [InlineData("GET /secret", Protocol.Refused)]
    [InlineData("GET /secret HT", Protocol.Refused)]
    [InlineData("GET / HTTP/1.1", Protocol.Refused)]
    [InlineData("GET / HTTP/1.1\r", Protocol.Refused)]
    [InlineData("GET / is how it begins", Protocol.Lines)]
    [InlineData("PRI * HTTP/2.0", Protocol.Refused)]
    [InlineData("NICK bob", Protocol.Irc)]
    [InlineData("NICK bob\r", Protocol.Irc)]
    [InlineData("NICK", Protocol.Lines)]
    [InlineData("\r\n", Protocol.Lines)]
    [InlineData("\r\n\r\n", Protocol.Lines)]
    [InlineData("\r\n\r\n\0", Protocol.Refused)]
    [InlineData("PROXY TCP4 192.0.2.1", Protocol.Refused)]
    public void The_end_of_input_ends_the_line(string input, Protocol expected) =>
        Assert.Equal(expected, Detector.Detect(new(Bytes.Of(input)), isEnd: true));

    [Theory]
    [InlineData("\xff", Protocol.Lines)]
    [InlineData("/", Protocol.Lines)]
    [InlineData("h", Protocol.Lines)]
    [InlineData("\xe3", Protocol.Lines)]
    [InlineData("nice", Protocol.Lines)]
    [InlineData("Hello", Protocol.Lines)]
    [InlineData("SSH-2", Protocol.Lines)]
    [InlineData("\x16\x04", Protocol.Lines)]
    [InlineData("\x16", Protocol.Undecided)]
    [InlineData("nic", Protocol.Undecided)]
    [InlineData("nick ", Protocol.Undecided)]
    [InlineData("HELLO", Protocol.Undecided)]
    [InlineData("GET / HTTP/1.1\r", Protocol.Undecided)]
    [InlineData("NICK bob\r", Protocol.Undecided)]
    [InlineData(":", Protocol.Undecided)]
    [InlineData("@", Protocol.Undecided)]
    [InlineData("", Protocol.Undecided)]
    public void Text_is_known_as_soon_as_nothing_else_is_possible(string input, Protocol expected) =>
        Assert.Equal(expected, Detector.Detect(new(Bytes.Of(input)), isEnd: false));

    [Theory]
    [InlineData("", false)]
    [InlineData("\r", true)]
    [InlineData("\r\n", true)]
    [InlineData("\r\n\r\n", true)]
    [InlineData("\r\n\r\n\0", false)]
    [InlineData("\r\n\r\n\r\n", false)]
    [InlineData("NICK", false)]
    public void Who_only_pressed_Enter_has_said_nothing_yet(string input, bool expected) => Assert.Equal(expected, Detector.IsBlank(new(Bytes.Of(input))));

    [Fact]
    public void A_first_line_is_waited_for_up_to_8_KiB()
    {
        var request = Bytes.Of("GET /" + LongWord);
        Assert.Equal(Protocol.Undecided, Detector.Detect(new(request, 0, Detector.MaxFirstLine - 1), isEnd: false));
        Assert.Equal(Protocol.Refused, Detector.Detect(new(request, 0, Detector.MaxFirstLine), isEnd: false));

        var text = Bytes.Of("NICK " + LongWord);
        Assert.Equal(Protocol.Undecided, Detector.Detect(new(text, 0, Detector.MaxFirstLine - 1), isEnd: false));
        Assert.Equal(Protocol.Lines, Detector.Detect(new(text, 0, Detector.MaxFirstLine), isEnd: false));
    }

    [Theory]
    [InlineData("PASS hunter2", true)]
    [InlineData("pass please", false)]
    [InlineData("PASS :correct horse", true)]
    [InlineData("AUTHENTICATE AGJvYgBodW50ZXIy", true)]
    [InlineData("CAP LS 302", true)]
    [InlineData(":bob PASS hunter2", true)]
    [InlineData("GET / HTTP/1.1", true)]
    [InlineData("PASS owner:correct horse battery", true)]
    [InlineData("PASS the owner:correct horse", true)]
    [InlineData("PASS mnto_abc def", true)]
    [InlineData("pass the salt: now", false)]
    [InlineData("PASS me the salt", false)]
    [InlineData("NICK bob", false)]
    [InlineData("USER a 0 * :b", false)]
    [InlineData("GET /", false)]
    [InlineData("hello", false)]
    [InlineData("", false)]
    public void Lines_that_carry_a_secret_or_a_request_are_never_posted(string line, bool expected) =>
        Assert.Equal(expected, Detector.IsProtocolLine(Bytes.Of(line)));

    [Fact]
    public void Random_bytes_are_judged_alike_whole_and_byte_by_byte()
    {
        var random = new Random(20251120);
        // Mostly bytes that the grammars care about: pure noise would be "lines" at its first byte.
        var alphabet = Bytes.Of("\x16\x03\xff\r\n\0 @:=/*HTTP/1.GETNICKPASSUSERCAPLSnick");
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[random.Next(1, 24)];
            for (var i = 0; i < bytes.Length; i++)
                bytes[i] = random.Next(8) == 0 ? (byte)random.Next(256) : alphabet[random.Next(alphabet.Length)];

            var whole = Detector.Detect(new(bytes), isEnd: false);
            Assert.Equal(whole, Detector.Detect(Bytes.EachAlone(bytes), isEnd: false));
            for (var length = 0; length < bytes.Length; length++)
            {
                var early = Detector.Detect(new ReadOnlySequence<byte>(bytes, 0, length), isEnd: false);
                Assert.True(early == Protocol.Undecided || early == whole, Convert.ToHexString(bytes));
                Assert.NotEqual(Protocol.Undecided, Detector.Detect(new ReadOnlySequence<byte>(bytes, 0, length), isEnd: true));
            }
        }
    }
}
