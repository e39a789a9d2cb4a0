using System.Buffers;
using System.Text;
using Minato.Wire.WebSocket.Handshake;

namespace Minato.Wire.Tests.WebSocket.Framing.Handshake;

public sealed class RequestHeadTests
{
    private const string Plain =
        "GET /ws HTTP/1.1\r\nHost: localhost:8080\r\nConnection:Upgrade\r\nUpgrade: \t websocket \t\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: minato.v1\r\nX-Empty:\r\n\r\n";

    [Fact]
    public void A_plain_upgrade_is_read_however_it_is_cut()
    {
        var bytes = Bytes.Of(Plain + "behind");
        for (var at = 0; at <= bytes.Length; at++)
        {
            Check(Bytes.CutAt(bytes, at));
            var prefix = new ReadOnlySequence<byte>(bytes, 0, at);
            Assert.Equal(at < Plain.Length ? RequestHeadResult.Incomplete : RequestHeadResult.Complete, RequestHead.Read(ref prefix, out _));
            Assert.Equal(at < Plain.Length ? at : at - Plain.Length, prefix.Length);
        }

        Check(Bytes.EachAlone(bytes));

        static void Check(ReadOnlySequence<byte> input)
        {
            Assert.Equal(RequestHeadResult.Complete, RequestHead.Read(ref input, out var head));
            Assert.Equal("behind", Encoding.ASCII.GetString(input));
            Assert.Equal(new("Connection", "Upgrade"), head!.Headers[1]);
            Assert.Equal(new("Upgrade", "websocket"), head.Headers[2]);
            Assert.Equal(new("X-Empty", ""), head.Headers[^1]);
            Assert.IsType<UpgradeDecision.Accepted>(UpgradePolicy.Decide(head.ToUpgradeRequest(isTls: false, null), new(new([]), [], RefuseForwarded: true)));
        }
    }

    [Theory]
    [InlineData("GET /ws?client=1&x=%20 HTTP/1.1\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\nA: b\tc d\r\nA: again\r\n\r\n")]
    [InlineData("GET /irc HTTP/1.1\r\n\r\n")]
    [InlineData("GET /irc?x HTTP/1.1\r\n\r\n")]
    public void Usual_heads_are_read(string head) => Assert.Equal(RequestHeadResult.Complete, ReadEverywhere(head));

    [Theory]
    [InlineData("POST /ws HTTP/1.1\r\n\r\n")]
    [InlineData("get /ws HTTP/1.1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("GET /ws2 HTTP/1.1\r\n\r\n")]
    [InlineData("GET /irc2 HTTP/1.1\r\n\r\n")]
    [InlineData("GET /irc/ HTTP/1.1\r\n\r\n")]
    [InlineData("GET /ws/ HTTP/1.1\r\n\r\n")]
    [InlineData("GET /WS HTTP/1.1\r\n\r\n")]
    [InlineData("GET /%77s HTTP/1.1\r\n\r\n")]
    [InlineData("GET http://localhost/ws HTTP/1.1\r\n\r\n")]
    [InlineData("GET  /ws HTTP/1.1\r\n\r\n")]
    [InlineData("GET /ws  HTTP/1.1\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1 \r\n\r\n")]
    [InlineData("GET /ws HTTP/1.0\r\n\r\n")]
    [InlineData("GET /ws HTTP/2.0\r\n\r\n")]
    [InlineData("GET /ws\r\n\r\n")]
    [InlineData("GET /ws \r\n\r\n")]
    [InlineData("GET /ws?\xe6\xb8\xaf HTTP/1.1\r\n\r\n")]
    [InlineData("\r\nGET /ws HTTP/1.1\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\n\n")]
    [InlineData("GET /ws HTTP/1.1\r\nA: b\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\nA: b\r\n\n")]
    [InlineData("GET /ws HTTP/1.1\r\nA: b\rc\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\nA: b\r\n folded\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\nA: b\r\n\tfolded: c\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\nA : b\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\nA(: b\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\n: b\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\nno colon\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\nA: \xe6\xb8\xaf\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\nA: \x7f\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\nA: b\0\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\ncontent-length: 0\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("GET /ws HTTP/1.1\r\nExpect: 100-continue\r\n\r\n")]
    public void Everything_else_is_left_to_the_HTTP_server_untouched(string head) => Assert.Equal(RequestHeadResult.Unusual, ReadEverywhere(head));

    [Theory]
    [InlineData("P")]
    [InlineData("GET /h")]
    [InlineData("GET /wsx")]
    [InlineData("GET /ws HTTP/1.1\n")]
    public void Other_requests_wait_for_nothing(string beginning) => Assert.Equal(RequestHeadResult.Unusual, ReadEverywhere(beginning));

    [Fact]
    public void A_head_has_at_most_64_headers()
    {
        Assert.Equal(RequestHeadResult.Complete, ReadEverywhere(WithHeaders(64)));
        Assert.Equal(RequestHeadResult.Unusual, ReadEverywhere(WithHeaders(65)));

        static string WithHeaders(int count) => "GET /ws HTTP/1.1\r\n" + string.Concat(Enumerable.Repeat("a:b\r\n", count)) + "\r\n";
    }

    [Fact]
    public void A_head_has_at_most_8_KiB()
    {
        const string Begin = "GET /ws HTTP/1.1\r\nA: ";
        var room = RequestHead.MaxSize - Begin.Length - 4;
        Assert.Equal(RequestHeadResult.Complete, Read($"{Begin}{new string('a', room)}\r\n\r\n"));
        Assert.Equal(RequestHeadResult.Unusual, Read($"{Begin}{new string('a', room + 1)}\r\n\r\n"));
        Assert.Equal(RequestHeadResult.Incomplete, Read($"{Begin}{new string('a', room + 3)}"));
        Assert.Equal(RequestHeadResult.Unusual, Read($"{Begin}{new string('a', room + 4)}"));

        static RequestHeadResult Read(string head)
        {
            var input = new ReadOnlySequence<byte>(Bytes.Of(head));
            return RequestHead.Read(ref input, out _);
        }
    }

    // Whole and in two at every offset; and no prefix may say otherwise than "wait" or the same.
    private static RequestHeadResult ReadEverywhere(string text)
    {
        var bytes = Bytes.Of(text);
        var whole = new ReadOnlySequence<byte>(bytes);
        var expected = RequestHead.Read(ref whole, out var head);
        Assert.Equal(expected == RequestHeadResult.Complete, head is not null);
        Assert.Equal(expected == RequestHeadResult.Complete ? 0 : bytes.Length, whole.Length);
        for (var at = 0; at <= bytes.Length; at++)
        {
            var cut = Bytes.CutAt(bytes, at);
            Assert.Equal(expected, RequestHead.Read(ref cut, out _));
            var prefix = new ReadOnlySequence<byte>(bytes, 0, at);
            var early = RequestHead.Read(ref prefix, out _);
            Assert.True(early == RequestHeadResult.Incomplete || early == expected);
        }

        return expected;
    }
}
