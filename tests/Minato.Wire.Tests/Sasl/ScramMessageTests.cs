using Minato.Wire.Sasl;

namespace Minato.Wire.Tests.Sasl;

/// <summary>https://www.rfc-editor.org/rfc/rfc5802#section-7</summary>
public sealed class ScramMessageTests
{
    [Theory]
    [InlineData("n,,n=user,r=abc", "n,,|n=user,r=abc|user||abc")]
    [InlineData("y,,n=user,r=abc,x=more", "y,,|n=user,r=abc,x=more|user||abc")]
    [InlineData("n,a=ad=2Cmin,n=u=3Dser,r=a=b", "n,a=ad=2Cmin,|n=u=3Dser,r=a=b|u=ser|ad,min|a=b")]
    [InlineData("p=tls-exporter,,n=user,r=abc", null)]
    [InlineData("n,,m=must,n=user,r=abc", null)]
    [InlineData("n,,n=,r=abc", null)]
    [InlineData("n,,n=us=er,r=abc", null)]
    [InlineData("n,,n=user=,r=abc", null)]
    [InlineData("n,b,n=user,r=abc", null)]
    [InlineData("n,,n=user,r=", null)]
    [InlineData("n,,n=user,r=a b", null)]
    [InlineData("n,,n=user", null)]
    [InlineData("", null)]
    public void The_first_message_is_taken_apart(string message, string? expected)
    {
        var first = ScramFirst.Parse(message);
        Assert.Equal(expected, first is null ? null : $"{first.Header}|{first.Bare}|{first.Name}|{first.Authorize}|{first.Nonce}");
    }

    [Fact]
    public void A_nonce_has_its_bound()
    {
        Assert.NotNull(ScramFirst.Parse($"n,,n=u,r={new string('x', ScramFirst.MaxNonce)}"));
        Assert.Null(ScramFirst.Parse($"n,,n=u,r={new string('x', ScramFirst.MaxNonce + 1)}"));
    }

    [Theory]
    [InlineData("c=biws,r=abc,p=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "c=biws,r=abc|biws|abc")]
    [InlineData("c=biws,r=abc,x=1,p=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "c=biws,r=abc,x=1|biws|abc")]
    [InlineData("c=biws,r=abc,p=AAAA", null)]
    [InlineData("c=biws,r=abc,p=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", null)]
    [InlineData("c=biws,r=abc,p=!", null)]
    [InlineData("r=abc,c=biws,p=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", null)]
    [InlineData("c=biws,r=abc", null)]
    public void The_last_message_is_taken_apart(string message, string? expected)
    {
        var final = ScramFinal.Parse(message);
        Assert.Equal(expected, final is null ? null : $"{final.Unproven}|{final.Binding}|{final.Nonce}");
    }
}
