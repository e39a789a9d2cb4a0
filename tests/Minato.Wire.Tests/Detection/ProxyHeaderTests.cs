using System.Buffers;
using System.Net;
using Minato.Wire.Detection;

namespace Minato.Wire.Tests.Detection;

public sealed class ProxyHeaderTests
{
    private const string Signature = "\r\n\r\n\0\r\nQUIT\n";
    private const string Tcp4 = "\xC0\0\x02\x01\xC0\0\x02\x02\x12\x67\x1F\x90"; // 192.0.2.1:4711 → 192.0.2.2:8080

    private static readonly string Tcp6 = "\x20\x01\x0d\xb8" + new string('\0', 11) + "\x07" + "\x20\x01\x0d\xb8" + new string('\0', 12) + "\x12\x67\x1F\x90";

    /// <summary>Whole headers and whose connection each carries.</summary>
    public static TheoryData<string, string?> Headers => new()
    {
        { "PROXY TCP4 192.0.2.1 192.0.2.2 4711 8080\r\n", "192.0.2.1:4711" },
        { "PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n", "255.255.255.255:65535" },
        { "PROXY TCP4 192.0.2.1 192.0.2.2 0 1\r\n", "192.0.2.1:0" },
        { "PROXY TCP6 2001:db8::7 2001:db8:: 4711 8080\r\n", "[2001:db8::7]:4711" },
        { "PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n", "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]:65535" },
        { "PROXY TCP6 ::ffff:192.0.2.1 ::1 4711 8080\r\n", "192.0.2.1:4711" },
        { "PROXY UNKNOWN\r\n", null },
        { "PROXY UNKNOWN ffff:: ffff:: 65535 65535\r\n", null },
        { Signature + "\x21\x11\0\x0c" + Tcp4, "192.0.2.1:4711" },
        { Signature + "\x21\x11\0\x0f" + Tcp4 + "\x04\0\0", "192.0.2.1:4711" }, // with an extension
        { Signature + "\x21\x21\0\x24" + Tcp6, "[2001:db8::7]:4711" },
        { Signature + "\x20\x11\0\x0c" + Tcp4, null }, // LOCAL
        { Signature + "\x20\0\0\0", null },
        { Signature + "\x21\0\0\0", null }, // unspecified
        { Signature + "\x21\x12\0\x0c" + Tcp4, null }, // UDP
        { Signature + "\x21\x31\0\xd8" + new string('x', 216), null }, // a socket of the file system
        { Signature + "\x21\x11\x08\0" + Tcp4 + new string('x', ProxyHeader.MaxVersion2Rest - 12), "192.0.2.1:4711" },
    };

    public static TheoryData<string> Wrong =>
    [
        "PROXY TCP4 192.0.2.1 192.0.2.2 4711\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 4711 8080\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 4711 8080 \r\n",
        "PROXY TCP4  192.0.2.1 192.0.2.2 4711 8080\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 4711 65536\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 04711 8080\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.2 +1 8080\r\n",
        "PROXY TCP4 192.0.2.1 192.0.2.256 4711 8080\r\n",
        "PROXY TCP4 192.0.2 192.0.2.2 4711 8080\r\n",
        "PROXY TCP4 192.0.2.01 192.0.2.2 4711 8080\r\n",
        "PROXY TCP4 ::1 ::1 4711 8080\r\n",
        "PROXY TCP6 192.0.2.1 192.0.2.2 4711 8080\r\n",
        "PROXY TCP6 fe80::1%1 ::1 4711 8080\r\n",
        "PROXY TCP6 [::1] ::1 4711 8080\r\n",
        "PROXY UNKNOWNS\r\n",
        "PROXY TCP4 \xff 192.0.2.2 4711 8080\r\n",
        "PROXY UNKNOWN " + new string('x', ProxyHeader.MaxVersion1),
        Signature + "\x11\x11\0\x0c" + Tcp4, // version 1 in the form of 2
        Signature + "\x22\x11\0\x0c" + Tcp4, // no such command
        Signature + "\x21\x11\0\x0b" + Tcp4,
        Signature + "\x21\x21\0\x23" + Tcp6,
        Signature + "\x21\x11\x08\x01",
    ];

    [Theory, MemberData(nameof(Headers))]
    public void A_header_is_consumed_and_nothing_more_however_it_is_cut(string header, string? source)
    {
        var bytes = Bytes.Of(header + "GET / HTTP/1.1\r\n");
        foreach (var at in Enumerable.Range(0, bytes.Length + 1).Where(at => at < 300 || at > bytes.Length - 50))
        {
            var input = Bytes.CutAt(bytes, at);
            Assert.Equal(ProxyHeaderResult.Complete, ProxyHeader.Read(ref input, out var end));
            Assert.Equal(source, end?.ToString());
            Assert.Equal("GET / HTTP/1.1\r\n"u8, input.ToArray());
        }
    }

    [Theory, MemberData(nameof(Headers))]
    public void Half_a_header_is_waited_for_and_nothing_of_it_consumed(string header, string? source)
    {
        var bytes = Bytes.Of(header);
        for (var length = 0; length < bytes.Length; length++)
        {
            var input = new ReadOnlySequence<byte>(bytes, 0, length);
            Assert.Equal(ProxyHeaderResult.Incomplete, ProxyHeader.Read(ref input, out var end));
            Assert.Equal(length, input.Length);
            Assert.Null(end);
        }
        var alone = Bytes.EachAlone(bytes);
        Assert.Equal(ProxyHeaderResult.Complete, ProxyHeader.Read(ref alone, out var whole));
        Assert.Equal(source, whole?.ToString());
    }

    [Theory, MemberData(nameof(Wrong))]
    public void What_began_as_a_header_and_is_none_is_malformed(string header)
    {
        var input = new ReadOnlySequence<byte>(Bytes.Of(header));
        Assert.Equal(ProxyHeaderResult.Malformed, ProxyHeader.Read(ref input, out var source));
        Assert.Null(source);
        Assert.Equal(header.Length, input.Length);
    }

    [Theory]
    [InlineData("hello\r\n")]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("PROXY me to the meeting\r\n")]
    [InlineData("PROXY TCP5 ")]
    [InlineData("PROXY UNKNOW\r\n")]
    [InlineData("proxy TCP4 192.0.2.1 192.0.2.2 4711 8080\r\n")]
    [InlineData("\x16\x03\x01")]
    [InlineData("\r\nhello\r\n")]
    [InlineData("\r\n\r\n\r\n")]
    public void Anything_else_is_left_to_whoever_reads_next(string first)
    {
        var input = new ReadOnlySequence<byte>(Bytes.Of(first));
        Assert.Equal(ProxyHeaderResult.Absent, ProxyHeader.Read(ref input, out _));
        Assert.Equal(first.Length, input.Length);
    }

    [Theory]
    [InlineData("192.0.2.9", true)]
    [InlineData("::ffff:192.0.2.9", true)]
    [InlineData("192.0.3.1", false)]
    [InlineData("2001:db8::1", true)]
    [InlineData("2001:db8::2", false)]
    public void A_proxy_is_trusted_by_its_address_in_either_family(string address, bool expected) => Assert.Equal(
        expected, new TrustedProxies([IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("2001:db8::1/128")]).Contains(IPAddress.Parse(address)));
}
