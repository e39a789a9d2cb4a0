using Minato.Core.Search;

namespace Minato.Core.Tests.Search;

public sealed class SnippetTests
{
    [Theory]
    [InlineData("東京", "明日は東京へ", "明日は[東京]へ")]
    [InlineData("東京 京都", "東京都庁", "[東京都]庁")]
    [InlineData("b a", "a b c a", "[a] [b] c [a]")]
    [InlineData("ガ", "ｶﾞｷﾞ", "[ｶﾞ]ｷﾞ")]
    [InlineData("👩", "家 👨‍👩‍👧 族", "家 [👨‍👩‍👧] 族")]
    [InlineData("❤", "I ❤️ U", "I [❤️] U")]
    [InlineData("株", "㍿港", "[㍿]港")]
    public void A_short_body_is_whole_and_its_hits_are_marked(string query, string body, string marked) => Assert.Equal(marked, Marked(query, body));

    [Fact]
    public void A_long_body_is_shown_from_a_little_before_its_first_hit()
    {
        var body = new string('あ', 500) + "港" + new string('い', 500);
        Assert.Equal("…" + new string('あ', 40) + "[港]" + new string('い', 119) + "…", Marked("港", body));
        Assert.Equal("[港]" + new string('い', 159) + "…", Marked("港", body[500..]));
        Assert.Equal("…" + new string('あ', 40) + "[港]", Marked("港", body[..501]));
    }

    [Fact]
    public void No_character_is_cut_in_two_wherever_the_window_falls()
    {
        for (var offset = 0; offset < 60; offset++)
        {
            var body = new string('あ', 400 - offset) + string.Concat(Enumerable.Repeat("👨‍👩‍👧か\u3099😀", 40)) + "港" + string.Concat(Enumerable.Repeat("👍🏽e\u0301", 99));
            var shown = Marked("港", body)[1..^1].Replace("[", "").Replace("]", "");
            Assert.Contains(shown, body, StringComparison.Ordinal);
            Assert.True(shown.Length <= 160);
            Assert.DoesNotContain(shown[0], "\u200D\u3099\u0301");
            Assert.False(char.IsLowSurrogate(shown[0]) || char.IsHighSurrogate(shown[^1]));
            Assert.False(body[body.IndexOf(shown, StringComparison.Ordinal) + shown.Length] is '\u0301' or '\uD83C', "cut before a mark");
        }
    }

    [Fact]
    public void A_pile_of_marks_is_cut_all_the_same()
    {
        var body = "港" + new string('\u0301', 9_000) + "港";
        Assert.True(Marked("港", body).Length < 200);
    }

    [Fact]
    public void A_hit_longer_than_the_window_is_cut()
    {
        var body = new string('x', 300);
        Assert.Equal("[" + body[..160] + "]…", Marked(body[..250], body));
    }

    private static string Marked(string query, string body)
    {
        Assert.True(SearchQuery.TryParse(query, out var parsed));
        return string.Concat(Snippet.Of(body, parsed.FindIn(body)!).Select(part => part.IsHit ? $"[{part.Text}]" : part.Text));
    }
}
