using Minato.Core.Search;

namespace Minato.Core.Tests.Search;

public sealed class SearchQueryTests
{
    [Theory]
    // Japanese: any piece of two characters or one, wherever it stands.
    [InlineData("東京", "明日は東京へ行く", "東京")]
    [InlineData("京都", "東京都庁の前", "京都")]
    [InlineData("東京都", "東京都庁の前", "東京都")]
    [InlineData("猫", "猫", "猫")]
    [InlineData("猫", "白い猫がいる", "猫")]
    [InlineData("猫", "うちの猫", "猫")]
    [InlineData("京、大", "東京、大阪", "京、大")]
    [InlineData("使い方", "C#の使い方", "使い方")]
    [InlineData("々", "人々の声", "々")]
    [InlineData("サーバ", "サーバーが落ちた", "サーバ")]
    // Width: half-width kana with their marks, full-width Latin, both ways.
    [InlineData("カタカナ", "ｶﾀｶﾅで書く", "ｶﾀｶﾅ")]
    [InlineData("ｶﾀｶﾅ", "半角カタカナ", "カタカナ")]
    [InlineData("ガギグゲゴ", "ｶﾞｷﾞｸﾞｹﾞｺﾞ", "ｶﾞｷﾞｸﾞｹﾞｺﾞ")]
    [InlineData("パソコン", "ﾊﾟｿｺﾝ買った", "ﾊﾟｿｺﾝ")]
    [InlineData("がっこう", "か\u3099っこう", "か\u3099っこう")]
    [InlineData("full", "Ｆｕｌｌ ｗｉｄｔｈ", "Ｆｕｌｌ")]
    [InlineData("ＦＵＬＬ", "full width", "full")]
    [InlineData("2024年", "２０２４年の予定", "２０２４年")]
    [InlineData("株式会社", "㍿港", "㍿")]
    [InlineData("10〜20", "10～20人", "10～20")]
    [InlineData("東京\u3000大阪", "大阪から東京へ", "大阪", "東京")]
    // Case: full folding where one letter is two, Greek's two small sigmas, Turkish i's.
    [InlineData("strasse", "Die Straße ist lang", "Straße")]
    [InlineData("STRAẞE", "strasse", "strasse")]
    [InlineData("istanbul", "İSTANBUL", "İSTANBUL")]
    [InlineData("İstanbul", "istanbul", "istanbul")]
    [InlineData("i\u0307stanbul", "İstanbul", "İstanbul")]
    [InlineData("οδοσ", "ΟΔΟΣ", "ΟΔΟΣ")]
    [InlineData("ΣΑΣ", "σας", "σας")]
    [InlineData("привет", "ПРИВЕТ!", "ПРИВЕТ")]
    [InlineData("café", "cafe\u0301 noir", "cafe\u0301")]
    [InlineData("ﬁle", "a FILE", "FILE")]
    // Words from their beginning; one letter is a word of its own.
    [InlineData("serv", "two servers", "serv")]
    [InlineData("C", "C#の使い方", "C")]
    [InlineData("c#", "C#の使い方", "C#")]
    [InlineData("C#の", "C#の使い方", "C#の")]
    [InlineData("Unity6", "Unity6で作る", "Unity6")]
    [InlineData("unity", "Unity6で作る", "Unity")]
    [InlineData("Unity6で", "Unity6で作る", "Unity6で")]
    [InlineData("作る", "Unity6で作る", "作る")]
    [InlineData("don't", "I don’t know", "don’t")]
    [InlineData("case", "snake_case", "case")]
    [InlineData(".NET", "on .NET 10", ".NET")]
    [InlineData("東京？", "東京へ", "東京")]
    [InlineData("(hello),", "hello there", "hello")]
    // Phrases.
    [InlineData("\"good morning\"", "Good   morning all", "Good   morning")]
    [InlineData("“good morning”", "a good\nmorning", "good\nmorning")]
    [InlineData("＂東京 大阪＂", "東京　大阪", "東京　大阪")]
    [InlineData("\"not closed", "it is not closed", "not closed")]
    // Other scripts, emoji.
    [InlineData("에서", "서울에서 왔다", "에서")]
    [InlineData("สวัสดี", "สวัสดีครับ", "สวัสดี")]
    [InlineData("नमस्ते", "नमस्ते दुनिया", "नमस्ते")]
    [InlineData("🍣", "寿司🍣食べた", "🍣")]
    [InlineData("🍣食", "寿司🍣食べた", "🍣食")]
    [InlineData("👨‍👩‍👧", "家族 👨‍👩‍👧 です", "👨‍👩‍👧")]
    [InlineData("👩", "👨‍👩‍👧", "👩")]
    [InlineData("👍", "👍🏽", "👍")]
    [InlineData("❤", "❤️", "❤")]
    [InlineData("❤️", "❤", "❤")]
    [InlineData("🇯🇵", "🇺🇸🇯🇵", "🇯🇵")]
    [InlineData("→", "A→B", "→")]
    public void It_is_found(string query, string body, params string[] hits)
    {
        Assert.True(SearchQuery.TryParse(query, out var parsed));
        Assert.Equal(hits, parsed.FindIn(body)?.Select(hit => body[hit.Start..hit.End]));
        Assert.True(Candidates.Include(parsed, body));
    }

    [Theory]
    [InlineData("京都", "東京と都")]
    [InlineData("\"京都\"", "東京、都")]
    [InlineData("東京", "東 京")]
    [InlineData("カ", "ガ")]
    [InlineData("かな", "カナ")]
    [InlineData("erver", "servers")]
    [InlineData("c", "cat")]
    [InlineData("c#", "C の #")]
    [InlineData("5", "500円")]
    [InlineData("\"serv\"", "servers")]
    [InlineData("\"good morning\"", "morning, good")]
    [InlineData("good bye", "good morning")]
    [InlineData("cafe", "café")]
    [InlineData("👍🏽", "👍")]
    [InlineData("猫", "犬")]
    public void It_is_not_found(string query, string body)
    {
        Assert.True(SearchQuery.TryParse(query, out var parsed));
        Assert.Null(parsed.FindIn(body));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \u3000\n")]
    [InlineData("\"\"")]
    [InlineData("!? 。")]
    [InlineData("\u200D\uFE0F")]
    [InlineData("\uE000")]
    public void There_is_nothing_to_look_for(string text) => Assert.False(SearchQuery.TryParse(text, out _));

    [Fact]
    public void A_query_is_bounded_in_length_and_terms()
    {
        Assert.True(SearchQuery.TryParse(new string('東', SearchQuery.MaxLength), out _));
        Assert.False(SearchQuery.TryParse(new string('東', SearchQuery.MaxLength + 1), out _));
        Assert.True(SearchQuery.TryParse(string.Join(' ', Enumerable.Range(0, SearchQuery.MaxTerms)), out _));
        Assert.False(SearchQuery.TryParse(string.Join(' ', Enumerable.Range(0, SearchQuery.MaxTerms + 1)), out _));
    }

    [Fact]
    public void A_lone_surrogate_is_no_trouble()
    {
        Assert.True(SearchQuery.TryParse("a\uD800 b", out var query));
        Assert.NotNull(query.FindIn("a\uDC00b b"));
    }

    [Fact]
    public void A_word_longer_than_a_token_is_still_told_apart_by_its_end()
    {
        var (one, other) = (new string('x', 99) + "1", new string('x', 99) + "2");
        foreach (var written in new[] { one, one[..40], one[..31] })
        {
            Assert.True(SearchQuery.TryParse(written, out var query));
            Assert.True(Candidates.Include(query, one));
            Assert.NotNull(query.FindIn(one));
        }
        Assert.True(SearchQuery.TryParse(one, out var whole));
        Assert.Null(whole.FindIn(other));
    }
}
