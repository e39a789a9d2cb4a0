using System.Globalization;
using System.Text;
using Minato.Core.Search;

namespace Minato.Core.Tests.Search;

/// <summary>Whatever one copies out of a message finds it, and is what is highlighted.</summary>
public sealed class SubstringTests
{
    private static readonly string[] Dense =
    [
        "東", "京", "都", "港", "々", "の", "を", "ー", "カ", "ガ", "ｶ", "ｶﾞ", "ﾊﾟ", "か\u3099", "ｱ", "서", "울", "각", "한", "ก็", "น้ำ", "🍣", "👨‍👩‍👧", "👍🏽", "❤️",
        "🇯🇵", "㍿", "㌔", "𠮷", "葛\U000E0100",
    ];

    private static readonly string[] Others = ["、", "。", " ", "\u3000", "\n", "C#", "Ｕnity6", "Straße", "v1.2", "（", "」", "…"];

    [Fact]
    public void Every_piece_of_dense_text_of_two_characters_or_more_finds_it()
    {
        var random = new Random(20_261_120);
        for (var round = 0; round < 400; round++)
        {
            var body = string.Concat(Enumerable.Range(0, random.Next(2, 14)).Select(_ => Dense[random.Next(Dense.Length)]));
            var borders = Borders(body);
            for (var first = 0; first < borders.Count - 2; first++)
                for (var end = first + 2; end < borders.Count; end++)
                    AssertFinds(body[borders[first]..borders[end]], body);
        }
    }

    [Fact]
    public void Every_piece_of_mixed_text_that_cuts_no_word_finds_it_as_words_and_as_a_phrase()
    {
        var random = new Random(7);
        for (var round = 0; round < 400; round++)
        {
            var pieces = Enumerable.Range(0, random.Next(2, 10))
                .Select(i => random.Next(3) == 0 || i % 2 == 0 ? Others[random.Next(Others.Length)] : Dense[random.Next(Dense.Length)]).ToList();
            // Two words side by side would be one.
            for (var i = pieces.Count - 1; i > 0; i--)
                if (char.IsAsciiLetterOrDigit(pieces[i].Normalize(NormalizationForm.FormKC)[0]) || pieces[i][0] == 'Ｕ')
                    pieces.Insert(i, "、");
            var body = string.Concat(pieces);
            for (var first = 0; first < pieces.Count; first++)
                for (var end = first + 1; end <= pieces.Count; end++)
                {
                    var piece = string.Concat(pieces[first..end]);
                    if (SearchQuery.TryParse(piece, out _))
                        AssertFinds(piece, body);
                    if (SearchQuery.TryParse($"\"{piece}\"", out var phrase))
                    {
                        Assert.True(Candidates.Include(phrase, body), $"{piece} in {body}");
                        Assert.NotNull(phrase.FindIn(body));
                    }
                }
        }
    }

    [Fact]
    public void Hits_map_back_to_what_folds_to_the_query_at_every_offset()
    {
        const string Needle = "ﾊﾟＡ㍿";
        Assert.True(SearchQuery.TryParse("パa株式会社", out var query));
        string[] around = ["", "ｶﾞ", "Straße ", "か\u3099", "👨‍👩‍👧", "  \n ", "😀", "e\u0301 ", "\u200B", "葛\U000E0100"];
        foreach (var before in around)
            foreach (var after in around)
            {
                var hit = Assert.Single(query.FindIn(before + Needle + after)!);
                Assert.Equal(new TextRange(before.Length, before.Length + Needle.Length), hit);
            }
    }

    [Fact]
    public void Folding_by_clusters_is_folding_the_whole()
    {
        var random = new Random(3);
        (int First, int Last)[] alphabets = [(0x41, 0x17F), (0x300, 0x36F), (0x1100, 0x11FF), (0xAC00, 0xAD00), (0x3041, 0x309A), (0x900, 0x9FF), (0xFF01, 0xFFDC)];
        for (var round = 0; round < 5_000; round++)
        {
            var text = new StringBuilder();
            for (var i = 0; i < 6; i++)
            {
                var (first, last) = alphabets[random.Next(alphabets.Length)];
                // What is left out keeps a letter and its mark apart, as it should.
                var rune = new Rune(random.Next(first, last + 1));
                text.Append(UnitKinds.IsIgnored(rune) ? new Rune('x') : rune);
            }
            // Whatever is folded already is not changed by folding it again: the clusters did not cut what belongs together.
            var once = FoldedText.Of(text.ToString());
            var folded = once.Text(0, once.Count);
            var twice = FoldedText.Of(folded);
            Assert.Equal(folded, twice.Text(0, twice.Count));
        }
    }

    private static void AssertFinds(string query, string body)
    {
        Assert.True(SearchQuery.TryParse(query, out var parsed), query);
        Assert.True(Candidates.Include(parsed, body), $"{query} in {body}");
        Assert.True(parsed.FindIn(body) is { Count: > 0 }, $"{query} in {body}");
    }

    private static List<int> Borders(string text)
    {
        var borders = new List<int> { 0 };
        for (var at = 0; at < text.Length;)
            borders.Add(at += StringInfo.GetNextTextElementLength(text, at));
        return borders;
    }
}
