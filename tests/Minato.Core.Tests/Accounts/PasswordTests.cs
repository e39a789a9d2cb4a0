using Minato.Core.Accounts;

namespace Minato.Core.Tests.Accounts;

public sealed class PasswordTests
{
    [Theory]
    [InlineData("12345678")]
    [InlineData(" correct horse ")]
    [InlineData("港は静かだ")]
    [InlineData("🐙🐙")]
    public void Any_text_of_eight_bytes_is_one_as_it_stands(string text) => Assert.Equal(text, Normalized(text));

    [Theory]
    [InlineData("")]
    [InlineData("1234567")]
    [InlineData("港は")]
    [InlineData("tab\tinside")]
    [InlineData("line\nbreak")]
    [InlineData("null\0inside")]
    [InlineData("private \uE000 use")]
    public void What_is_too_short_or_cannot_be_typed_is_none(string text) => Assert.Null(Normalized(text));

    [Fact]
    public void Half_a_surrogate_pair_is_none() => Assert.Null(Normalized("12345678" + '\uD800'));

    [Fact]
    public void It_is_1024_bytes_at_most_and_what_is_longer_is_not_looked_at()
    {
        Assert.NotNull(Normalized(new string('x', 1024)));
        Assert.Null(Normalized(new string('x', 1025)));
        Assert.Null(Normalized(new string('é', 513)));
        Assert.Null(Normalized(new string('x', 10 * 1024 * 1024)));
    }

    [Theory]
    [InlineData("caf\u00E9 1234", "cafe\u0301 1234")]
    [InlineData("open sesame", "open\u3000sesame")]
    [InlineData("ガギグゲゴ", "カ\u3099キ\u3099ク\u3099ケ\u3099コ\u3099")]
    public void It_is_the_same_on_whatever_keyboard(string one, string other) => Assert.Equal(Normalized(one), Normalized(other));

    [Theory]
    [InlineData("Password", "password")]
    [InlineData("ｐａｓｓｗｏｒｄ", "password")]
    public void Case_and_width_make_another_one(string one, string other) => Assert.NotEqual(Normalized(one), Normalized(other));

    [Fact]
    public void Where_another_number_is_asked_for_it_counts()
    {
        Assert.Equal("abc", Password.Normalize("abc", least: 3));
        Assert.Null(Password.Normalize("abc", least: 4));
        Assert.Null(Password.Normalize("", least: 1));
    }

    private static string? Normalized(string text) => Password.Normalize(text, Password.MinBytes);
}
