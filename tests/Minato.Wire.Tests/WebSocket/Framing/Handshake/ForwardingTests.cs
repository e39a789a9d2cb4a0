using System.Net;
using Minato.Wire.Detection;
using Minato.Wire.WebSocket.Handshake;

namespace Minato.Wire.Tests.WebSocket.Framing.Handshake;

public sealed class ForwardingTests
{
    private static readonly TrustedProxies Proxies = new([IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("2001:db8:aaaa::/48")]);

    [Theory]
    [InlineData("X-Forwarded-For", "192.0.2.1", "192.0.2.1")]
    [InlineData("X-Forwarded-For", "192.0.2.1:4711", "192.0.2.1")]
    [InlineData("X-Forwarded-For", "2001:db8::1", "2001:db8::1")]
    [InlineData("X-Forwarded-For", "[2001:db8::1]:4711", "2001:db8::1")]
    [InlineData("x-forwarded-for", "::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("X-Forwarded-For", "6.6.6.6, 192.0.2.1", "192.0.2.1")] // the first is the client's own invention
    [InlineData("X-Forwarded-For", "6.6.6.6, 192.0.2.1, 10.1.2.3", "192.0.2.1")]
    [InlineData("X-Forwarded-For", "6.6.6.6, nonsense, 10.1.2.3", "10.1.2.3")]
    [InlineData("X-Forwarded-For", "10.1.2.3", "10.1.2.3")]
    [InlineData("X-Forwarded-For", "nonsense", null)]
    [InlineData("X-Forwarded-For", "", null)]
    [InlineData("Forwarded", "for=192.0.2.1;proto=https", "192.0.2.1")]
    [InlineData("Forwarded", "For=\"[2001:db8::1]:4711\"", "2001:db8::1")]
    [InlineData("Forwarded", "for=6.6.6.6, for=192.0.2.1;by=10.0.0.1, for=10.0.0.2", "192.0.2.1")]
    [InlineData("Forwarded", "for=unknown", null)]
    [InlineData("Forwarded", "proto=https", null)]
    [InlineData("X-Real-IP", "192.0.2.1", "192.0.2.1")]
    [InlineData("Via", "1.1 proxy", null)]
    public void The_client_is_the_last_one_that_is_no_proxy_of_ours(string name, string value, string? client) =>
        Assert.Equal(client, Forwarding.Read([new(name, value)], Proxies).Client?.ToString());

    [Theory]
    [InlineData("X-Forwarded-Proto", "https", true)]
    [InlineData("X-Forwarded-Proto", "HTTPS", true)]
    [InlineData("X-Forwarded-Proto", "http", false)]
    [InlineData("X-Forwarded-Proto", "http, https", true)]
    [InlineData("X-Forwarded-Proto", "gopher", null)]
    [InlineData("Forwarded", "for=192.0.2.1;proto=https", true)]
    [InlineData("Forwarded", "proto=https, proto=http", false)]
    [InlineData("Forwarded", "for=192.0.2.1", null)]
    public void The_scheme_is_what_the_nearest_proxy_says(string name, string value, bool? isTls) =>
        Assert.Equal(isTls, Forwarding.Read([new(name, value)], Proxies).IsTls);

    [Fact]
    public void Fields_that_stand_twice_are_one_list()
    {
        var both = Forwarding.Read([new("X-Forwarded-For", "6.6.6.6"), new("Host", "x"), new("X-Forwarded-For", "192.0.2.1")], Proxies);
        Assert.Equal("192.0.2.1", both.Client?.ToString());
    }

    [Fact]
    public void X_Forwarded_For_has_the_word_before_the_others()
    {
        HttpHeader[] headers = [new("X-Real-IP", "6.6.6.6"), new("Forwarded", "for=6.6.6.7;proto=http"), new("X-Forwarded-For", "192.0.2.1"), new("X-Forwarded-Proto", "https")];
        Assert.Equal(new Forwarding(IPAddress.Parse("192.0.2.1"), true), Forwarding.Read(headers, Proxies));
    }
}
