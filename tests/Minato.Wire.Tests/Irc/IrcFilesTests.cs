using System.Text;
using Minato.Wire.Irc;

namespace Minato.Wire.Tests.Irc;

/// <summary>docs/protocols/http.md, Files, as people read them who are shown no Markdown</summary>
public sealed class IrcFilesTests
{
    private const string Path = "/api/v1/files/0192aa00-0000-7000-8000-000000000001/plan%20b.pdf";
    private const string Url = "https://chat.example.org" + Path;

    [Theory]
    [InlineData("hello", "hello")]
    [InlineData("[a](https://example.org)", "[a](https://example.org)")]
    [InlineData("[plan b.pdf](" + Path + "#bytes=999)", "plan b.pdf (999 B) " + Url)]
    [InlineData("[plan b.pdf](" + Path + "#bytes=12345)", "plan b.pdf (12.3 KB) " + Url)]
    [InlineData("[p](" + Path + "#bytes=7000000)", "p (7 MB) " + Url)]
    [InlineData("[p](" + Path + "#bytes=x)", "p " + Url)]
    [InlineData("[p](" + Path + ")", "p " + Url)]
    [InlineData("![港.png](" + Path + "#800x600)", "港.png (800×600) " + Url)]
    [InlineData("see ![a](" + Path + ") and [b](" + Path + "), both", "see a " + Url + " and b " + Url + ", both")]
    [InlineData("[a] [b](" + Path + ")", "[a] b " + Url)]
    [InlineData("[a\\[1\\].txt](" + Path + ")", "a[1].txt " + Url)]
    [InlineData("one\n[b](" + Path + ")\nthree", "one\nb " + Url + "\nthree")]
    [InlineData("no name](" + Path + ")", "no name](" + Path + ")")]
    [InlineData("[half\na](" + Path + ")", "[half\na](" + Path + ")")]
    [InlineData("[open](" + Path, "[open](" + Path)]
    [InlineData("[open](" + Path + " x)", "[open](" + Path + " x)")]
    public void A_link_to_a_file_is_its_name_its_size_and_where_it_is(string body, string plain) =>
        Assert.Equal(plain, Encoding.UTF8.GetString(IrcFiles.Plain(Encoding.UTF8.GetBytes(body), "https://chat.example.org")));
}
