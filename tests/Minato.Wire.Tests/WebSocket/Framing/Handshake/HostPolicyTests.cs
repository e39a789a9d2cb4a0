using System.Net;
using Minato.Wire.WebSocket.Handshake;

namespace Minato.Wire.Tests.WebSocket.Framing.Handshake;

public sealed class HostPolicyTests
{
    private static readonly HostPolicy Policy = new(["chat.example.org", "[2001:db8::5]", "192.0.2.55", "*.wild.example.org"]);

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LocalHost:8080", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.1:65535", true)]
    [InlineData("127.255.0.9:1", true)]
    [InlineData("[::1]", true)]
    [InlineData("[0:0:0:0:0:0:0:1]:80", true)]
    [InlineData("192.0.2.7:8080", true)] // the connection's own
    [InlineData("Chat.Example.ORG:443", true)]
    [InlineData("[2001:db8::5]:8080", true)]
    [InlineData("[2001:DB8:0::5]", true)]
    [InlineData("192.0.2.55:80", true)]
    [InlineData("a.wild.example.org", true)]
    [InlineData("A.Wild.Example.org:8443", true)]
    [InlineData("wild.example.org", false)]
    [InlineData("a.b.wild.example.org", false)]
    [InlineData(".wild.example.org", false)]
    [InlineData("*.wild.example.org", false)]
    [InlineData("awild.example.org", false)]
    [InlineData("192.0.2.8", false)]
    [InlineData("[2001:db8::6]", false)]
    [InlineData("localhost.", false)]
    [InlineData("localhost.example.org", false)]
    [InlineData("foo.localhost", false)]
    [InlineData("127.0.0.1.example.org", false)]
    [InlineData("127.1", false)]
    [InlineData("2130706433", false)]
    [InlineData("0x7f.0.0.1", false)]
    [InlineData("127.0.0.01", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::1", false)]
    [InlineData("[::1", false)]
    [InlineData("[::1]8080", false)]
    [InlineData("[[::1]]", false)]
    [InlineData("[::1%1]", false)]
    [InlineData("[::ffff:127.0.0.1]", false)]
    [InlineData("[127.0.0.1]", false)]
    [InlineData("[]", false)]
    [InlineData("[", false)]
    [InlineData("", false)]
    [InlineData(":8080", false)]
    [InlineData("localhost:", false)]
    [InlineData("localhost:65536", false)]
    [InlineData("localhost:+80", false)]
    [InlineData("localhost:80:80", false)]
    [InlineData("localhost,evil.example", false)]
    [InlineData("user@localhost", false)]
    [InlineData("localhost/", false)]
    [InlineData(" localhost", false)]
    [InlineData("evil.example", false)]
    public void A_host_is_ours_or_it_is_not(string host, bool expected)
    {
        Assert.Equal(expected, Policy.IsAllowed(host, IPAddress.Parse("192.0.2.7")));
        Assert.Equal(expected, Policy.IsAllowed(host, IPAddress.Parse("::ffff:192.0.2.7")));
    }

    [Fact]
    public void The_connections_own_address_is_ours_only_on_that_connection()
    {
        Assert.False(Policy.IsAllowed("192.0.2.7", null));
        Assert.False(Policy.IsAllowed("192.0.2.7", IPAddress.Loopback));
        Assert.True(Policy.IsAllowed("[fe80::1]:8080", IPAddress.Parse("fe80::1%3")));
    }
}
