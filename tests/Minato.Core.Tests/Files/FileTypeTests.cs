using Minato.Core.Files;

namespace Minato.Core.Tests.Files;

public sealed class FileTypeTests
{
    /// <summary>The least of each that is enough.</summary>
    public static TheoryData<string, string> Starts => new()
    {
        { "89504E470D0A1A0A", "image/png" },
        { "FFD8FF", "image/jpeg" },
        { "474946383761", "image/gif" },
        { "474946383961", "image/gif" },
        { "52494646AABBCCDD57454250", "image/webp" },
        { "0000001C667479706176696600000000", "image/avif" },
        { "00000020667479706D69663100000000" + "6D696631" + "61766966", "image/avif" },
    };

    [Theory, MemberData(nameof(Starts))]
    public void Pictures_are_known_by_their_first_bytes_and_by_none_fewer(string hex, string type)
    {
        var start = Convert.FromHexString(hex);
        Assert.Equal(type, FileType.Of(start));
        Assert.Equal(type, FileType.Of([.. start, 0, 1, 2]));
        for (var length = 0; length < start.Length; length++)
            Assert.Equal(FileType.Unknown, FileType.Of(start.AsSpan(0, length)));
    }

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")]
    [InlineData("<!doctype html><script>alert(1)</script>")]
    [InlineData("%PDF-1.7 and the rest of it, as it were")]
    [InlineData("RIFF....WAVEfmt ")]
    [InlineData("\0\0\0\u001cftypheic\0\0\0\0mif1heic")]
    public void Everything_else_is_for_saving(string text) => Assert.Equal(FileType.Unknown, FileType.Of(System.Text.Encoding.Latin1.GetBytes(text)));
}
