using Minato.Core.Commands;

namespace Minato.Core.Tests.Commands;

public sealed class ClientIdTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("01K6ZZZZZZZZZZZZZZZZZZZZZ0")]
    [InlineData("!~\"\\")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void Printable_ASCII_is_a_client_id(string text)
    {
        Assert.True(ClientId.TryCreate(text, out var cid));
        Assert.Equal(text, cid.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("a\u007F")]
    [InlineData("é")]
    [InlineData("港")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234")]
    public void Anything_else_is_not(string text) => Assert.False(ClientId.TryCreate(text, out _));
}
