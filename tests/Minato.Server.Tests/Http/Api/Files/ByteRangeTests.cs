using Minato.Server.Http.Api.Files;

namespace Minato.Server.Tests.Http.Api.Files;

public sealed class ByteRangeTests
{
    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=2-4", 2, 3)]
    [InlineData("BYTES=2-", 2, 8)]
    [InlineData("bytes=2-999999999999999999", 2, 8)]
    [InlineData("bytes=-3", 7, 3)]
    [InlineData("bytes=-30", 0, 10)]
    public void A_part_that_is_there_is_given(string header, long from, long length)
    {
        Assert.Equal(new ByteRange(from, length), ByteRange.Parse(header, 10, out var isBeyond));
        Assert.False(isBeyond);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("bytes")]
    [InlineData("bytes=")]
    [InlineData("bytes=-")]
    [InlineData("bytes=4-2")]
    [InlineData("bytes=+1-2")]
    [InlineData("bytes=0-1,3-4")]
    [InlineData("bytes=0x1-2")]
    [InlineData("bytes=99999999999999999999-")]
    [InlineData("lines=0-1")]
    public void What_is_not_understood_asks_for_all_of_it(string? header)
    {
        Assert.Null(ByteRange.Parse(header, 10, out var isBeyond));
        Assert.False(isBeyond);
    }

    [Theory]
    [InlineData("bytes=10-", 10)]
    [InlineData("bytes=11-12", 10)]
    [InlineData("bytes=-0", 10)]
    [InlineData("bytes=0-", 0)]
    [InlineData("bytes=-1", 0)]
    public void What_lies_behind_the_end_is_said_to(string header, long size)
    {
        Assert.Null(ByteRange.Parse(header, size, out var isBeyond));
        Assert.True(isBeyond);
    }

    [Theory]
    [InlineData("plain.txt", "plain.txt", "plain.txt")]
    [InlineData("a\"b;c.txt", "a_b;c.txt", "a%22b%3Bc.txt")]
    [InlineData("100%.txt", "100_.txt", "100%25.txt")]
    [InlineData("港\r\nX: y", "___X: y", "%E6%B8%AF%0D%0AX%3A%20y")]
    public void A_name_in_a_header_ends_neither_its_quotes_nor_the_header(string name, string plain, string encoded) =>
        Assert.Equal($"attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}", Disposition.Of(name, isInline: false));
}
