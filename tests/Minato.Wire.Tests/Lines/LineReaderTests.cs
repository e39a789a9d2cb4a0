using System.Buffers;
using System.Text;
using Minato.Wire.Lines;

namespace Minato.Wire.Tests.Lines;

public sealed class LineReaderTests
{
    private const string Clear = "\x1b[2J";

    /// <summary>Input, one byte for each character, and the lines it holds, joined by "|"; a last one without its end follows "&gt;".</summary>
    public static TheoryData<string, string> Inputs => new()
    {
        { "", "" },
        { "hello\n", "hello" },
        { "hello\r\nworld\r\n", "hello|world" },
        { "hello\r\0world\r\0", "hello|world" },
        { "hello\rworld\r", "hello|world" },
        { "\n\r\n\r\0\r\r\n", "||||" },
        { "a\n\nb\n", "a||b" },
        { "a\r\0\0b\n", "a|b" },
        { "hello", ">hello" },
        { "one\ntwo", "one>two" },
        { "one\n\xff\xfd", "one" },
        { "a\0b\n", "ab" },

        // telnet: negotiation, commands, subnegotiation, the data byte 255, noise
        { "\xff\xfd\x01\xff\xfb\x0a\xff\xfe\x0d\xff\xfc\xff" + "hi\r\n", "hi" },
        { "h\xff\xf6i\xff\xf1\n", "hi" },
        { "\xff\xfa\x18\0xterm\n\r\xff\xff\xff\xf0" + "hi\n", "hi" },
        { "\xff\xfa\x18\xff\x01still\xff\xf0" + "hi\n", "hi" },
        { "a\xff\xff" + "b\n", "ab" },
        { "a\xff" + "b\n", "ab" },
        { "a\xff\nb\n", "a|b" },
        { "a\r\xff\xf1\nb\n", "a|b" },
        { "half\xff\xf4\xff\xfd\x06next\n", "(Interrupt)|(TimingMark)|next" },
        { "kept\xff\xfd\x06, too\n", "(TimingMark)|kept, too" },
        { "\xff\xfb\x06\xff\xfd\x03no mark\n", "no mark" },
        { "\xff\xfa" + new string('s', 2000) + "\n", new string('s', 2000 - TelnetFilter.MaxSubnegotiation) },

        // escape sequences and controls
        { Clear + "\x1b[31;1mred\x1b[0m\n", "red" },
        { "\x1b[A\x1bOB\x1b[1;5Cup\n", "up" },
        { "\x1b]0;title\x07" + "a\x1b]52;c;aGk=\x1b\\b\x1bPq\xc2\x9c" + "c\n", "abc" },
        { "\xc2\x9b" + "2Ja\xc2\x85" + "b\xc2\x9d" + "0;t\x07" + "c\n", "abc" },
        { "a\x1b(0b\x1b#8c\x1b=d\n", "abcd" },
        { "a\x1b", ">a" },
        { "a\x1b[31", ">a" },
        { "a\x1b]0;never ended\nb\n", "a|b" },
        { "a\x1b[31\xe6\xb8\xaf\n", "a港" },
        { "a\x1b\x1b[Ab\n", "ab" },
        { "a\tb\x07\x0b\x0c\x01" + "c\n", "a\tbc" },

        // editing
        { "helo\blo\n", "hello" },
        { "\b\x7f" + "a\x7f\x7f\b" + "b\n", "b" },
        { "\xe6\xb8\xaf\xf0\x9f\x9a\xa2\b\xe3\x81\xaf\x7f!\n", "港!" },
        { "a\x1b\b[2J\n", "[2J" },

        // UTF-8: right, cut, overlong, surrogate, too high
        { "\xe6\xb8\xaf\r\n", "港" },
        { "a\xe6\xb8\nb\n", "a\ufffd|b" },
        { "\xc0\xaf\n", "\ufffd\ufffd" },
        { "\xed\xa0\x80\n", "\ufffd\ufffd\ufffd" },
        { "\xf4\x90\x80\x80\n", "\ufffd\ufffd\ufffd\ufffd" },
        { "\x80x\n", "\ufffdx" },

        // direction overrides go, marks stay
        { "a\xe2\x80\xae\xe2\x81\xa6" + "b\xe2\x80\x8f\n", "ab\u200f" },
    };

    [Theory, MemberData(nameof(Inputs))]
    public void Lines_are_read_the_same_however_they_are_cut(string input, string expected)
    {
        var bytes = Bytes.Of(input);
        Assert.Equal(expected, Read(new ReadOnlySequence<byte>(bytes)));
        Assert.Equal(expected, Read(Bytes.EachAlone(bytes)));
        Assert.Equal(expected, Read([.. bytes.Select(b => new ReadOnlySequence<byte>([b]))]));
        for (var at = 0; at <= bytes.Length; at++)
        {
            Assert.Equal(expected, Read(Bytes.CutAt(bytes, at)));
            Assert.Equal(expected, Read(new ReadOnlySequence<byte>(bytes, 0, at), new(bytes, at, bytes.Length - at)));
        }
    }

    [Fact]
    public void A_line_may_fill_16_KiB_and_not_a_byte_more()
    {
        var full = new string('x', LineReader.MaxLine);
        Assert.Equal($"{full}|a", Read(Bytes.Of(full + "\r\na\n")));
        Assert.Equal("(TooLong)|a", Read(Bytes.Of(full + "x\r\na\n")));
        Assert.Equal("(TooLong)|a|(TooLong)", Read(Bytes.Of(full + full + full + "\r\na\n" + full + full)));
        Assert.Equal($">{full}", Read(Bytes.Of(full)));
    }

    [Fact]
    public void A_line_that_is_too_long_is_reported_at_once_and_once_however_it_is_cut()
    {
        var bytes = Bytes.Of(new string('x', LineReader.MaxLine + 2) + "\nnext\n");
        Assert.Equal("(TooLong)|next", Read([.. bytes.Select(b => new ReadOnlySequence<byte>([b]))]));

        var reader = new LineReader();
        var input = new ReadOnlySequence<byte>(bytes, 0, LineReader.MaxLine + 1);
        Assert.True(reader.TryRead(ref input, out var line));
        Assert.Equal(LineKind.TooLong, line.Kind);
    }

    [Fact]
    public void A_text_is_never_longer_than_a_line_may_be()
    {
        // Each wrong byte becomes the three bytes of U+FFFD.
        Assert.Equal("(TooLong)|a", Read(Bytes.Of(new string('\x80', LineReader.MaxLine / 3 + 1) + "\na\n")));
        Assert.Equal(new string('\ufffd', LineReader.MaxLine / 3), Read(Bytes.Of(new string('\x80', LineReader.MaxLine / 3) + "\n")));
    }

    [Fact]
    public void Telnet_commands_do_not_count_as_line()
    {
        var bytes = Bytes.Of(string.Concat(Enumerable.Repeat("\xff\xfd\x01", LineReader.MaxLine)) + "hi\n");
        Assert.Equal("hi", Read(bytes));
    }

    [Fact]
    public void A_text_stays_as_it_is_when_the_next_one_is_read()
    {
        var reader = new LineReader();
        var input = new ReadOnlySequence<byte>(Bytes.Of("first\nother\n"));
        Assert.True(reader.TryRead(ref input, out var first));
        Assert.True(reader.TryRead(ref input, out var other));
        Assert.Equal("first other", $"{first} {other}");
    }

    [Fact]
    public void A_line_is_consumed_with_its_end_and_no_further()
    {
        var reader = new LineReader();
        var input = new ReadOnlySequence<byte>(Bytes.Of("one\ntwo\n"));
        Assert.True(reader.TryRead(ref input, out _));
        Assert.Equal("two\n", Encoding.ASCII.GetString(input));
    }

    [Fact]
    public void Whatever_comes_in_only_clean_text_goes_out()
    {
        var random = new Random(20251120);
        var alphabet = Bytes.Of("\x1b[]PX^_O\\\x07\b\x7f\r\n\0\xff\xfa\xf0\xfd\xf4\xc2\x9b\x9c\x9d\x85\xe2\x80\xae\x81\xa6\xf0\x9f\x9a\xa2 a1;m");
        for (var round = 0; round < 5_000; round++)
        {
            var bytes = new byte[random.Next(60)];
            for (var i = 0; i < bytes.Length; i++)
                bytes[i] = random.Next(6) == 0 ? (byte)random.Next(256) : alphabet[random.Next(alphabet.Length)];

            var whole = Read(bytes);
            Assert.Equal(whole, Read([.. bytes.Select(b => new ReadOnlySequence<byte>([b]))]));
            Assert.DoesNotContain(whole, c => (char.IsControl(c) && c != '\t') || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069'));
        }
    }

    private static string Read(byte[] bytes) => Read(new ReadOnlySequence<byte>(bytes));

    // Each input as one arrival; checks on the way that "no more" leaves nothing behind.
    private static string Read(params ReadOnlySequence<byte>[] arrivals)
    {
        var reader = new LineReader();
        var lines = new List<string>();
        foreach (var arrival in arrivals)
        {
            var input = arrival;
            while (reader.TryRead(ref input, out var line))
                lines.Add(Strict(line));
            Assert.True(input.IsEmpty);
        }

        var text = string.Join('|', lines);
        return reader.TryReadLast(out var last) ? $"{text}>{Strict(last)}" : text;
    }

    private static string Strict(Line line)
    {
        if (line.Kind == LineKind.Text)
            Assert.Equal(line.ToString(), new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(line.Text.Span));
        Assert.InRange(line.Text.Length, 0, LineReader.MaxLine);
        return line.ToString();
    }
}
