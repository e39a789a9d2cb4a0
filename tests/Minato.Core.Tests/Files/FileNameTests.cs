using System.Text;
using Minato.Core.Files;

namespace Minato.Core.Tests.Files;

public sealed class FileNameTests
{
    [Theory]
    [InlineData("plan.pdf", "plan.pdf")]
    [InlineData("港の写真 (1).jpg", "港の写真 (1).jpg")]
    [InlineData("👩‍👩‍👧.png", "👩‍👩‍👧.png")]
    [InlineData("../../../etc/passwd", "_.._.._etc_passwd")]
    [InlineData("C:\\a\\b.txt", "C__a_b.txt")]
    [InlineData(".bashrc", "bashrc")]
    [InlineData("trailing. . ", "trailing")]
    [InlineData("a\r\nb\tc\0d.txt", "abcd.txt")]
    [InlineData("\u202egpj.exe", "gpj.exe")]
    [InlineData("a\u3000b\u2028c", "a b c")]
    [InlineData("..", "file")]
    [InlineData("", "file")]
    public void A_name_stands_for_nothing_else(string given, string kept) => Assert.Equal(kept, FileName.Clean(given));

    [Fact]
    public void One_that_is_too_long_keeps_its_ending_and_no_half_character()
    {
        var kept = FileName.Clean(new string('港', 200) + ".tar.gz");
        Assert.EndsWith("港.gz", kept);
        Assert.InRange(Encoding.UTF8.GetByteCount(kept), 250, FileName.MaxBytes);
        Assert.Equal(FileName.MaxBytes, Encoding.UTF8.GetByteCount(FileName.Clean("x." + new string('y', 500))));
        Assert.Equal(kept, FileName.Clean(kept));
    }
}
