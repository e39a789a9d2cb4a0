using Minato.Wire.Http;

namespace Minato.Wire.Tests.Http;

public sealed class PercentTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("a%20b", "a b")]
    [InlineData("%E6%B8%AF", "港")]
    [InlineData("%e6%b8%af港", "港港")]
    [InlineData("a%2Fb%252F", "a/b%2F")]
    [InlineData("+", "+")]
    public void What_is_UTF8_is_decoded_once(string raw, string expected)
    {
        Assert.True(PercentText.TryDecode(raw, out var text));
        Assert.Equal(expected, text);
    }

    [Theory]
    [InlineData("%")]
    [InlineData("%2")]
    [InlineData("%zz")]
    [InlineData("%FF")]
    [InlineData("%E6%B8")]
    [InlineData("%ED%A0%80")] // half a surrogate pair
    public void What_is_not_is_refused(string raw) => Assert.False(PercentText.TryDecode(raw, out _));
}
