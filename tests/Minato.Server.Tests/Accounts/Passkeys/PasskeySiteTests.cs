using Microsoft.AspNetCore.Http;
using Minato.Server.Accounts.Passkeys;

namespace Minato.Server.Tests.Accounts.Passkeys;

public sealed class PasskeySiteTests
{
    [Theory]
    [InlineData("http", "localhost:8080", null, "localhost", "http://localhost:8080")]
    [InlineData("http", "LOCALHOST", null, "localhost", "http://localhost")]
    [InlineData("https", "chat.example.org", null, "chat.example.org", "https://chat.example.org")]
    [InlineData("https", "chat.example.org:443", null, "chat.example.org", "https://chat.example.org")]
    [InlineData("https", "Chat.Example.org:8443", null, "chat.example.org", "https://chat.example.org:8443")]
    [InlineData("https", "nas", null, "nas", "https://nas")]
    // Behind a proxy that says nothing, or in no words that are believed, the page is where the operator says.
    [InlineData("http", "chat.example.org", "https://chat.example.org/", "chat.example.org", "https://chat.example.org")]
    [InlineData("https", "chat.example.org:8443", "https://chat.example.org:8443", "chat.example.org", "https://chat.example.org:8443")]
    [InlineData("http", "chat.example.org", "https://chat.example.org:8443", "chat.example.org", "https://chat.example.org:8443")]
    [InlineData("http", "chat.example.org:443", "https://chat.example.org", "chat.example.org", "https://chat.example.org")]
    [InlineData("https", "xn--j6w.example", "https://港.example", "xn--j6w.example", "https://xn--j6w.example")]
    public void A_page_with_a_name_and_https_or_on_this_machine_has_passkeys(string scheme, string host, string? publicUrl, string id, string origin)
    {
        var site = Of(scheme, host, publicUrl);
        Assert.Equal((id, origin), (site?.Id, site?.Origin));
    }

    [Theory]
    [InlineData("http", "127.0.0.1:8080", null)]
    [InlineData("http", "[::1]:8080", null)]
    [InlineData("https", "192.168.1.5", null)]
    [InlineData("https", "[fe80::1]", null)]
    [InlineData("http", "chat.example.org", null)]
    [InlineData("http", "minato.test:8080", "http://minato.test")]
    [InlineData("https", "192.168.1.5", "https://192.168.1.5")]
    // Passkeys of this server are good at its public address, and nowhere else.
    [InlineData("http", "localhost:8080", "https://chat.example.org")]
    [InlineData("https", "other.example.org", "https://chat.example.org")]
    [InlineData("https", "chat.example.org:8443", "https://chat.example.org")]
    [InlineData("https", "chat.example.org:443", "https://chat.example.org:8443")]
    [InlineData("https", "", null)]
    [InlineData("https", "a b", null)]
    public void Another_has_none(string scheme, string host, string? publicUrl) => Assert.Null(Of(scheme, host, publicUrl));

    private static PasskeySite? Of(string scheme, string host, string? publicUrl) => PasskeySite.Of(
        new DefaultHttpContext { Request = { Scheme = scheme, Host = new HostString(host) } }.Request, publicUrl is null ? null : new Uri(publicUrl));
}
