using System.Buffers;
using System.Net;
using System.Text;
using Minato.Wire.WebSocket.Handshake;

namespace Minato.Wire.Tests.WebSocket.Framing.Handshake;

public sealed class UpgradePolicyTests
{
    private static readonly UpgradeRules Rules = new(new(["chat.example.org"]), ["https://chat.example.org", "tauri://localhost"], RefuseForwarded: true);

    private static readonly HttpHeader[] Plain =
    [
        new("Host", "localhost:8080"),
        new("Connection", "Upgrade"),
        new("Upgrade", "websocket"),
        new("Sec-WebSocket-Version", "13"),
        new("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
        new("Sec-WebSocket-Protocol", "minato.v1"),
    ];

    [Fact]
    public void A_plain_upgrade_is_accepted_with_the_key_of_RFC_6455() // §1.3
    {
        var accepted = Assert.IsType<UpgradeDecision.Accepted>(Decide(Plain));
        Assert.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", accepted.AcceptKey);
        Assert.Equal("minato.v1", accepted.Protocol);

        var output = new ArrayBufferWriter<byte>();
        UpgradeResponse.Write(output, accepted);
        Assert.Equal(
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: minato.v1\r\n\r\n",
            Encoding.ASCII.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData("connection", "keep-alive, UPGRADE")]
    [InlineData("Upgrade", "WebSocket")]
    [InlineData("Upgrade", "h2c, websocket")]
    [InlineData("Sec-WebSocket-Protocol", "chat, minato.v1")]
    [InlineData("Sec-WebSocket-Extensions", "permessage-deflate")]
    [InlineData("Origin", "http://localhost:8080")]
    [InlineData("Origin", "http://LOCALHOST:8080")]
    [InlineData("Origin", "https://chat.example.org")]
    [InlineData("Origin", "tauri://localhost")]
    [InlineData("Host", "chat.example.org")]
    [InlineData("Host", "192.0.2.7:8080")]
    public void Other_ways_to_say_it_right_are_accepted(string name, string value) =>
        Assert.IsType<UpgradeDecision.Accepted>(Decide(With(name, value)));

    [Theory]
    [InlineData("Host", null, 400)]
    [InlineData("Host", "evil.example", 400)]
    [InlineData("Host", "192.0.2.8", 400)]
    [InlineData("Forwarded", "for=192.0.2.1", 403)]
    [InlineData("X-Forwarded-For", "192.0.2.1", 403)]
    [InlineData("x-forwarded-proto", "https", 403)]
    [InlineData("X-Real-IP", "192.0.2.1", 403)]
    [InlineData("Via", "1.1 proxy", 403)]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Origin", "", 403)]
    [InlineData("Origin", "http://localhost", 403)]
    [InlineData("Origin", "http://localhost:8081", 403)]
    [InlineData("Origin", "https://localhost:8080", 403)]
    [InlineData("Origin", "http://127.0.0.1:8080", 403)]
    [InlineData("Origin", "http://localhost:8080/", 403)]
    [InlineData("Origin", "http://localhost:8080.evil.example", 403)]
    [InlineData("Origin", "http://user@localhost:8080", 403)]
    [InlineData("Origin", "localhost:8080", 403)]
    [InlineData("Origin", "https://chat.example.org:8443", 403)]
    [InlineData("Origin", "https://evil.example", 403)]
    [InlineData("Connection", null, 400)]
    [InlineData("Connection", "keep-alive", 400)]
    [InlineData("Connection", "not-upgrade", 400)]
    [InlineData("Upgrade", null, 400)]
    [InlineData("Upgrade", "h2c", 400)]
    [InlineData("Sec-WebSocket-Key", null, 400)]
    [InlineData("Sec-WebSocket-Key", "", 400)]
    [InlineData("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25j", 400)] // 15 bytes
    [InlineData("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZTEy", 400)] // 18 bytes
    [InlineData("Sec-WebSocket-Key", "dGhl IHNh bXBs ZSBu b25j", 400)] // 15 bytes, as long as 16 by its spaces
    [InlineData("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=!", 400)]
    [InlineData("Sec-WebSocket-Version", null, 426)]
    [InlineData("Sec-WebSocket-Version", "8", 426)]
    [InlineData("Sec-WebSocket-Version", "13, 8", 426)]
    [InlineData("Sec-WebSocket-Protocol", null, 426)]
    [InlineData("Sec-WebSocket-Protocol", "Minato.V1", 426)]
    [InlineData("Sec-WebSocket-Protocol", "minato.v10", 426)]
    public void What_is_wrong_is_refused_with_its_status_and_a_sentence(string name, string? value, int status)
    {
        var refused = Assert.IsType<UpgradeDecision.Refused>(Decide(With(name, value)));
        Assert.Equal(status, refused.Status);
        Assert.EndsWith(".", refused.Reason);
        Assert.True(Ascii.IsValid(refused.Reason));
    }

    [Theory]
    [InlineData("Host", "localhost:8080", 400)]
    [InlineData("Origin", "http://localhost:8080", 403)]
    [InlineData("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==", 400)]
    [InlineData("Sec-WebSocket-Version", "13", 426)]
    public void What_may_stand_once_is_refused_twice(string name, string value, int status)
    {
        var refused = Assert.IsType<UpgradeDecision.Refused>(Decide([.. With(name, value), new(name, value)]));
        Assert.Equal(status, refused.Status);
    }

    /// <summary>The client's order is its preference; at /irc nothing but IRC is spoken, and text to whoever offers nothing.</summary>
    [Theory]
    [InlineData(false, "text.ircv3.net", "text.ircv3.net")]
    [InlineData(false, "binary.ircv3.net, text.ircv3.net", "binary.ircv3.net")]
    [InlineData(false, "chat, text.ircv3.net,minato.v1", "text.ircv3.net")]
    [InlineData(false, "minato.v1, text.ircv3.net", "minato.v1")]
    [InlineData(false, null, null)]
    [InlineData(true, "minato.v1, binary.ircv3.net", "binary.ircv3.net")]
    [InlineData(true, null, "")]
    [InlineData(true, "minato.v1", null)]
    [InlineData(true, "Text.ircv3.net", null)]
    public void The_first_subprotocol_that_is_spoken_there_is_agreed_on(bool isForIrc, string? offered, string? agreed)
    {
        var decision = UpgradePolicy.Decide(
            new("GET", "HTTP/1.1", IsTls: false, IPAddress.Parse("192.0.2.7"), With("Sec-WebSocket-Protocol", offered)) { IsForIrc = isForIrc }, Rules);
        Assert.Equal(agreed, (decision as UpgradeDecision.Accepted)?.Protocol);
    }

    [Fact]
    public void Lists_may_be_spread_over_fields()
    {
        Assert.IsType<UpgradeDecision.Accepted>(Decide([new("Connection", "keep-alive"), new("Sec-WebSocket-Protocol", "chat"), .. Plain]));
    }

    [Theory]
    [InlineData("POST", "HTTP/1.1", 405)]
    [InlineData("get", "HTTP/1.1", 405)]
    [InlineData("GET", "HTTP/1.0", 400)]
    [InlineData("GET", "HTTP/2", 400)]
    public void Only_GET_over_HTTP_1_1_upgrades(string method, string version, int status)
    {
        var refused = Assert.IsType<UpgradeDecision.Refused>(UpgradePolicy.Decide(new(method, version, IsTls: false, null, Plain), Rules));
        Assert.Equal(status, refused.Status);
    }

    [Fact]
    public void Refusals_carry_the_headers_their_status_asks_for()
    {
        Assert.Equal([new("Upgrade", "websocket"), new("Sec-WebSocket-Version", "13")], HeadersOf(Decide(With("Sec-WebSocket-Version", "8"))));
        Assert.Contains(new("Upgrade", "websocket"), HeadersOf(Decide(With("Sec-WebSocket-Protocol", "chat"))));
        Assert.Equal([new("Allow", "GET")], HeadersOf(UpgradePolicy.Decide(new("POST", "HTTP/1.1", IsTls: false, null, Plain), Rules)));
    }

    [Theory]
    [InlineData(false, "http://localhost", "localhost", true)]
    [InlineData(false, "http://localhost", "localhost:80", true)]
    [InlineData(false, "http://localhost:80", "localhost", true)]
    [InlineData(true, "https://localhost", "localhost:443", true)]
    [InlineData(true, "https://localhost", "localhost:80", false)]
    [InlineData(true, "http://localhost", "localhost", false)]
    [InlineData(false, "http://[::1]:8080", "[::1]:8080", true)]
    public void The_pages_own_origin_follows_from_host_and_encryption(bool isTls, string origin, string host, bool isAccepted)
    {
        HttpHeader[] headers = [.. With("Host", host), new("Origin", origin)];
        var decision = UpgradePolicy.Decide(new("GET", "HTTP/1.1", isTls, null, headers), Rules);
        Assert.Equal(isAccepted, decision is UpgradeDecision.Accepted);
    }

    [Fact]
    public void Where_nobody_is_let_in_unknown_forwarding_is_no_fault() => Assert.IsType<UpgradeDecision.Accepted>(UpgradePolicy.Decide(
        new("GET", "HTTP/1.1", IsTls: false, null, With("X-Forwarded-For", "192.0.2.1")), Rules with { RefuseForwarded = false }));

    [Fact]
    public void A_trusted_proxy_may_forward_wherever() => Assert.IsType<UpgradeDecision.Accepted>(UpgradePolicy.Decide(
        new("GET", "HTTP/1.1", IsTls: false, null, With("X-Forwarded-For", "192.0.2.1")) { IsByTrustedProxy = true }, Rules));

    [Theory]
    [InlineData(null, null, 200)]
    [InlineData("Origin", "https://evil.example", 403)]
    [InlineData("Host", "evil.example", 400)]
    [InlineData("Sec-WebSocket-Version", "12", 426)]
    [InlineData("Sec-WebSocket-Protocol", "chat", 426)]
    public void Over_HTTP_2_there_is_no_key_and_all_else_is_asked(string? name, string? value, int status)
    {
        var headers = (name is null ? Plain : With(name, value)).Where(h => h.Name is not ("Sec-WebSocket-Key" or "Connection" or "Upgrade")).ToArray();
        var decision = UpgradePolicy.Decide(new("CONNECT", "HTTP/2", IsTls: true, null, headers) { IsExtendedConnect = true }, Rules);
        Assert.Equal(status, decision is UpgradeDecision.Refused refused ? refused.Status : 200);
    }

    [Fact]
    public void A_null_origin_is_refused_even_where_an_operator_listed_it() => Assert.IsType<UpgradeDecision.Refused>(UpgradePolicy.Decide(
        new("GET", "HTTP/1.1", IsTls: false, null, With("Origin", "null")), Rules with { ExtraOrigins = ["null"] }));

    [Fact]
    public void A_strangers_host_is_refused_before_anything_else()
    {
        HttpHeader[] allWrong = [new("Host", "evil.example"), new("Origin", "null"), new("Via", "x")];
        Assert.Equal(400, Assert.IsType<UpgradeDecision.Refused>(UpgradePolicy.Decide(new("POST", "HTTP/1.0", false, null, allWrong), Rules)).Status);
    }

    private static UpgradeDecision Decide(HttpHeader[] headers) =>
        UpgradePolicy.Decide(new("GET", "HTTP/1.1", IsTls: false, IPAddress.Parse("192.0.2.7"), headers), Rules);

    // The plain request with one header put in the place of its own, or left out.
    private static HttpHeader[] With(string name, string? value)
    {
        var others = Plain.Where(header => !header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return value is null ? [.. others] : [.. others, new(name, value)];
    }

    private static IReadOnlyList<HttpHeader> HeadersOf(UpgradeDecision decision) => Assert.IsType<UpgradeDecision.Refused>(decision).Headers;
}
