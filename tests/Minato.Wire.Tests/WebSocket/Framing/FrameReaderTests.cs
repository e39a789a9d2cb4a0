using System.Buffers;
using System.Text;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Wire.Tests.WebSocket.Framing;

public sealed class FrameReaderTests
{
    private const int Limit = 70_000;

    [Theory]
    [InlineData("818537fa213d7f9f4d5158", "Text:Hello")] // RFC 6455 §5.7: a masked text message
    [InlineData("898537fa213d7f9f4d5158", "Ping:Hello")]
    [InlineData("8a8537fa213d7f9f4d5158", "Pong:Hello")]
    [InlineData("810548656c6c6f", "Violation 1002")] // §5.7: unmasked, which only a server may send
    [InlineData("818000000000", "Text:")]
    [InlineData("828137fa213d36", "Binary:\u0001")]
    [InlineData("888000000000", "Close 1005:")]
    public void Examples(string hex, string expected) => Assert.Equal([expected], ReadEverywhere(Convert.FromHexString(hex)));

    [Fact]
    public void Messages_are_read_the_same_however_they_are_cut()
    {
        byte[] input =
        [
            .. ClientFrame.Of(Opcode.Text, "港"),
            .. ClientFrame.Of(Opcode.Text, "fir", isFinal: false),
            .. ClientFrame.Of(Opcode.Ping, "still there?"),
            .. ClientFrame.Of(Opcode.Continuation, "", isFinal: false),
            .. ClientFrame.Of(Opcode.Pong, ""),
            .. ClientFrame.Of(Opcode.Continuation, "st"),
            .. ClientFrame.Of(Opcode.Binary, new string('b', 126)),
            .. ClientFrame.Close(1000, "bye"),
            .. ClientFrame.Of(Opcode.Text, "too late"),
        ];
        Assert.Equal(["Text:港", "Ping:still there?", "Pong:", "Text:first", "Binary:" + new string('b', 126), "Close 1000:bye"], ReadEverywhere(input));
    }

    [Theory]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65535)]
    [InlineData(65536)]
    [InlineData(Limit)]
    public void Every_form_of_length_is_read(int length) =>
        Assert.Equal([$"Text:{new string('x', length)}"], Read(new ReadOnlySequence<byte>(ClientFrame.Of(Opcode.Text, new string('x', length)))));

    /// <summary>What only headers say: refused before a byte of payload, in part before the masking key.</summary>
    [Theory]
    [InlineData("c185", CloseCode.ProtocolError)] // RSV1
    [InlineData("a185", CloseCode.ProtocolError)] // RSV2
    [InlineData("9185", CloseCode.ProtocolError)] // RSV3
    [InlineData("8385", CloseCode.ProtocolError)] // reserved data opcode
    [InlineData("8785", CloseCode.ProtocolError)]
    [InlineData("8b85", CloseCode.ProtocolError)] // reserved control opcode
    [InlineData("8f85", CloseCode.ProtocolError)]
    [InlineData("8105", CloseCode.ProtocolError)] // not masked
    [InlineData("0985", CloseCode.ProtocolError)] // fragmented ping
    [InlineData("0885", CloseCode.ProtocolError)] // fragmented close
    [InlineData("89fe", CloseCode.ProtocolError)] // ping over 125
    [InlineData("88ff", CloseCode.ProtocolError)]
    [InlineData("8085", CloseCode.ProtocolError)] // continues nothing
    [InlineData("81fe007d", CloseCode.ProtocolError)] // 125 in two bytes
    [InlineData("81ff000000000000ffff", CloseCode.ProtocolError)] // 65535 in eight
    [InlineData("81ff8000000000000000", CloseCode.ProtocolError)] // top bit set
    [InlineData("81ff0000000000011171", CloseCode.TooBig)] // 70,001
    [InlineData("81ff7fffffffffffffff", CloseCode.TooBig)]
    [InlineData("01ff7fffffffffffffff", CloseCode.TooBig)]
    public void A_wrong_header_is_refused_before_its_payload(string hex, int code)
    {
        var bytes = Convert.FromHexString(hex);
        Assert.Equal([$"Violation {code}"], ReadEverywhere(bytes));
        Assert.Empty(Read(new ReadOnlySequence<byte>(bytes, 0, hex.Length == 4 ? 1 : bytes.Length - 1)));
    }

    [Fact]
    public void A_message_within_a_message_is_refused() => Assert.Equal(
        ["Violation 1002"],
        ReadEverywhere([.. ClientFrame.Of(Opcode.Text, "a", isFinal: false), .. ClientFrame.Of(Opcode.Text, "b")]));

    [Fact]
    public void Fragments_count_together()
    {
        var most = ClientFrame.Of(Opcode.Text, new string('x', Limit - 1), isFinal: false);
        Assert.Equal(["Text:" + new string('x', Limit)], Read(new ReadOnlySequence<byte>([.. most, .. ClientFrame.Of(Opcode.Continuation, "x")])));
        // 0x82: two bytes more, and no masking key yet.
        Assert.Equal(["Violation 1009"], Read(new ReadOnlySequence<byte>([.. most, 0x00, 0x82])));
    }

    [Theory]
    [InlineData("\xe6\xb8\xaf", true)]
    [InlineData("\xf4\x8f\xbf\xbf", true)]
    [InlineData("\xe6\xb8", false)] // cut
    [InlineData("\xc0\xaf", false)] // overlong
    [InlineData("\xe0\x80\xaf", false)]
    [InlineData("\xed\xa0\x80", false)] // surrogate
    [InlineData("\xf4\x90\x80\x80", false)] // above U+10FFFF
    [InlineData("\xff", false)]
    public void Text_must_be_UTF8_as_a_whole_and_across_fragments(string latin1, bool isValid)
    {
        var payload = Bytes.Of(latin1);
        string[] expected = [isValid ? $"Text:{Encoding.UTF8.GetString(payload)}" : "Violation 1007"];
        Assert.Equal(expected, ReadEverywhere(ClientFrame.Of(Opcode.Text, payload)));
        for (var at = 0; at <= payload.Length; at++)
        {
            byte[] fragments = [.. ClientFrame.Of(Opcode.Text, payload[..at], isFinal: false), .. ClientFrame.Of(Opcode.Continuation, payload[at..])];
            Assert.Equal(expected, ReadEverywhere(fragments));
        }

        Assert.Equal(["Binary"], ReadEverywhere(ClientFrame.Of(Opcode.Binary, payload)).Select(m => m.Split(':')[0]));
    }

    [Fact]
    public void Close_codes_are_those_that_may_be_sent()
    {
        var allowed = new HashSet<int>(Enumerable.Range(3000, 2000)) { 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014 };
        for (var code = 0; code <= ushort.MaxValue; code++)
        {
            string[] expected = [allowed.Contains(code) ? $"Close {code}:" : "Violation 1002"];
            Assert.Equal(expected, Read(new ReadOnlySequence<byte>(ClientFrame.Close(code))));
        }
    }

    [Fact]
    public void A_close_frame_has_a_whole_code_and_a_readable_reason()
    {
        Assert.Equal(["Violation 1002"], ReadEverywhere(ClientFrame.Of(Opcode.Close, "x")));
        Assert.Equal(["Violation 1007"], ReadEverywhere(ClientFrame.Close(1000, "\xff")));
        Assert.Equal(["Close 4000:港"], ReadEverywhere(ClientFrame.Close(4000, "\xe6\xb8\xaf")));
    }

    [Fact]
    public void After_a_violation_everything_is_thrown_away()
    {
        using var reader = new FrameReader(Limit);
        var input = new ReadOnlySequence<byte>([0x81, 0x05, .. ClientFrame.Of(Opcode.Text, "x")]);
        Assert.True(reader.TryRead(ref input, out var message));
        Assert.Equal(MessageKind.Violation, message.Kind);
        Assert.EndsWith(".", message.Reason);
        Assert.True(input.IsEmpty);

        input = new(ClientFrame.Of(Opcode.Text, "x"));
        Assert.False(reader.TryRead(ref input, out _));
        Assert.True(input.IsEmpty);
    }

    [Fact]
    public void A_whole_small_message_allocates_nothing()
    {
        using var reader = new FrameReader(Limit);
        var bytes = ClientFrame.Of(Opcode.Text, new string('x', 200));
        Assert.True(Reads(1_000));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var all = Reads(1_000);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(all);
        // The pool may be trimmed under us once; a message each time would be 200 KB.
        Assert.InRange(allocated, 0, 10_000);

        bool Reads(int count)
        {
            var wereRead = true;
            for (var i = 0; i < count; i++)
            {
                var input = new ReadOnlySequence<byte>(bytes);
                wereRead &= reader.TryRead(ref input, out var message) && message.Payload.Length == 200;
            }

            return wereRead;
        }
    }

    [Fact]
    public void Random_messages_arrive_as_they_were_sent()
    {
        var random = new Random(20251120);
        for (var round = 0; round < 300; round++)
        {
            var (wire, expected) = RandomTraffic(random);
            Assert.Equal(expected, Read(new ReadOnlySequence<byte>(wire)));
            Assert.Equal(expected, Read(Bytes.InSegments(RandomCuts(random, wire))));
            Assert.Equal(expected, Read([.. RandomCuts(random, wire).Select(part => new ReadOnlySequence<byte>(part))]));
        }
    }

    [Fact]
    public void Random_bytes_end_in_a_message_a_violation_or_a_wait()
    {
        var random = new Random(20251120);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            if (bytes.Length > 1)
                (bytes[0], bytes[1]) = ((byte)(bytes[0] & 0x8F), (byte)(0x80 | (bytes[1] & 0x0F)));
            Assert.Equal(Read(new ReadOnlySequence<byte>(bytes)), Read([.. bytes.Select(b => new ReadOnlySequence<byte>([b]))]));
        }
    }

    private static (byte[] Wire, List<string> Expected) RandomTraffic(Random random)
    {
        var wire = new List<byte>();
        var expected = new List<string>();
        for (var count = random.Next(1, 6); count > 0; count--)
        {
            var opcode = random.Next(2) == 0 ? Opcode.Text : Opcode.Binary;
            var text = string.Concat(Enumerable.Range(0, random.Next(random.Next(2) == 0 ? 10 : 400)).Select(_ => random.Next(3) == 0 ? "港" : "x"));
            var payload = Bytes.Utf8(text);
            var (at, isUnderWay) = (0, false);
            while (random.Next(3) > 0)
            {
                var end = random.Next(at, payload.Length + 1);
                wire.AddRange(ClientFrame.Of(isUnderWay ? Opcode.Continuation : opcode, payload[at..end], isFinal: false));
                isUnderWay = true;
                at = end;
                if (random.Next(3) == 0)
                {
                    wire.AddRange(ClientFrame.Of(Opcode.Ping, $"p{count}"));
                    expected.Add($"Ping:p{count}");
                }
            }

            wire.AddRange(ClientFrame.Of(isUnderWay ? Opcode.Continuation : opcode, payload[at..]));
            expected.Add($"{opcode}:{text}");
        }

        return ([.. wire], expected);
    }

    private static ReadOnlyMemory<byte>[] RandomCuts(Random random, byte[] wire)
    {
        var parts = new List<ReadOnlyMemory<byte>>();
        for (var at = 0; at < wire.Length;)
        {
            var length = Math.Min(wire.Length - at, random.Next(1, 60));
            parts.Add(wire.AsMemory(at, length));
            at += length;
        }

        return [.. parts];
    }

    // Whole, in two at every offset, and byte by byte, as segments and as arrivals: all must agree.
    private static List<string> ReadEverywhere(byte[] bytes)
    {
        var whole = Read(new ReadOnlySequence<byte>(bytes));
        Assert.Equal(whole, Read(Bytes.EachAlone(bytes)));
        Assert.Equal(whole, Read([.. bytes.Select(b => new ReadOnlySequence<byte>([b]))]));
        for (var at = 0; at <= bytes.Length; at++)
        {
            Assert.Equal(whole, Read(Bytes.CutAt(bytes, at)));
            Assert.Equal(whole, Read(new ReadOnlySequence<byte>(bytes, 0, at), new(bytes, at, bytes.Length - at)));
        }

        return whole;
    }

    // What the reader leaves of one arrival stands before the next, as in a pipe.
    private static List<string> Read(params ReadOnlySequence<byte>[] arrivals)
    {
        using var reader = new FrameReader(Limit);
        var messages = new List<string>();
        byte[] left = [];
        foreach (var arrival in arrivals)
        {
            var input = left.Length == 0 ? arrival : new([.. left, .. arrival.ToArray()]);
            while (reader.TryRead(ref input, out var message))
                messages.Add(Shown(message));
            left = input.ToArray();
        }

        return messages;
    }

    private static string Shown(WebSocketMessage message) => message.Kind switch
    {
        MessageKind.Violation => $"Violation {message.CloseCode}",
        MessageKind.Close => $"Close {message.CloseCode}:{Encoding.UTF8.GetString(message.Payload.Span)}",
        _ => $"{message.Kind}:{Encoding.UTF8.GetString(message.Payload.Span)}",
    };
}
