using System.Net;

namespace Minato.Sidecar.Tests;

public sealed class ListenAddressTests
{
    [Theory]
    [InlineData("8080", "127.0.0.1:8080")]
    [InlineData(":8080", "127.0.0.1:8080")]
    [InlineData("0", "127.0.0.1:0")]
    [InlineData("65535", "127.0.0.1:65535")]
    [InlineData("127.0.0.1:8080", "127.0.0.1:8080")]
    [InlineData("[::1]:8080", "[::1]:8080")]
    [InlineData("localhost:0", "localhost:0")]
    [InlineData("LocalHost:80", "localhost:80")]
    [InlineData("0.0.0.0:8080", "0.0.0.0:8080")]
    [InlineData("[::]:8080", "[::]:8080")]
    [InlineData("192.168.1.5:443", "192.168.1.5:443")]
    [InlineData("[::ffff:127.0.0.1]:80", "127.0.0.1:80")]
    [InlineData("[fe80::1%3]:80", "[fe80::1%3]:80")]
    public void An_allowed_form_is_read_and_its_text_reads_back(string text, string expected)
    {
        Assert.True(ListenAddress.TryParse(text, out var address, out var error), error);
        Assert.Equal(expected, address.ToString());
        Assert.True(ListenAddress.TryParse(address.ToString(), out var again, out _));
        Assert.Equal(address, again);
    }

    [Theory]
    [InlineData("", "it is empty.")]
    [InlineData("127.0.0.1", "it has no port.")]
    [InlineData("127.0.0.1:", "it has no port.")]
    [InlineData("localhost", "it has no port.")]
    [InlineData(":", "it has no port.")]
    [InlineData("[::1]", "it has no port.")]
    [InlineData("[::1]:", "it has no port.")]
    [InlineData("[::1", "not closed")]
    [InlineData("[::1]8080", "after ] comes a colon")]
    [InlineData("65536", "port 65536 is too large; a port is a number from 0 to 65535.")]
    [InlineData("99999999999", "port 99999999999 is too large")]
    [InlineData("127.0.0.1:65536", "port 65536 is too large")]
    [InlineData("-1", "it has no port.")]
    [InlineData(":-1", "\"-1\" is not a port")]
    [InlineData(":http", "\"http\" is not a port")]
    [InlineData(": 80", "\" 80\" is not a port")]
    [InlineData(":８０８０", "\"８０８０\" is not a port")]
    [InlineData("::1", "needs brackets, as in [::1]:8080")]
    [InlineData("::1:8080", "needs brackets")]
    [InlineData("::", "needs brackets")]
    [InlineData("chat.example.org:80", "\"chat.example.org\" is a host name: give an IP address or localhost.")]
    [InlineData("*:80", "write 0.0.0.0 (IPv4) or [::]")]
    [InlineData("http://127.0.0.1:80", "it is a URL")]
    [InlineData("127.1:80", "not an IPv4 address")]
    [InlineData("0177.0.0.1:80", "not an IPv4 address")]
    [InlineData("256.0.0.1:80", "not an IPv4 address")]
    [InlineData("[127.0.0.1]:80", "not an IPv6 address")]
    [InlineData("[[::1]]:80", "after ] comes a colon")]
    [InlineData("[]:80", "not an IPv6 address")]
    [InlineData("[::1::2]:80", "not an IPv6 address")]
    public void A_wrong_form_says_what_was_wrong_and_what_is_allowed(string text, string expected)
    {
        Assert.False(ListenAddress.TryParse(text, out var address, out var error));
        Assert.Null(address);
        Assert.StartsWith($"\"{text}\" is not an address to listen on: ", error);
        Assert.Contains(expected, error);
        Assert.Contains("Allowed are 8080, :8080, 127.0.0.1:8080, [::1]:8080", error);
    }

    [Theory]
    [InlineData("8080", true)]
    [InlineData("127.9.9.9:1", true)]
    [InlineData("[::1]:1", true)]
    [InlineData("localhost:1", true)]
    [InlineData("0.0.0.0:1", false)]
    [InlineData("[::]:1", false)]
    [InlineData("192.168.1.5:1", false)]
    public void Only_an_address_of_this_machine_alone_is_loopback(string text, bool expected)
    {
        Assert.True(ListenAddress.TryParse(text, out var address, out _));
        Assert.Equal(expected, address.IsLoopback);
    }

    [Fact]
    public void Localhost_is_both_loopback_addresses() =>
        Assert.Equal([IPAddress.Loopback, IPAddress.IPv6Loopback], ListenAddress.Localhost(1).Addresses);

    [Theory]
    [InlineData(-1)]
    [InlineData(65536)]
    public void A_port_out_of_range_cannot_be_made(int port)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ListenAddress(IPAddress.Loopback, port));
        Assert.Throws<ArgumentOutOfRangeException>(() => ListenAddress.Localhost(port));
    }
}
