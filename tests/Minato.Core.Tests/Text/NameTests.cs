using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Core.Tests.Text;

public sealed class NameTests
{
    /// <summary>What is written, and the name it makes.</summary>
    public static TheoryData<string, string> Names => new()
    {
        { "a", "a" },
        { "Alice", "Alice" },
        { "guest-7f3a2c", "guest-7f3a2c" },
        { "a-_.[]{}|^`'9", "a-_.[]{}|^`'9" },
        { "ボブ", "ボブ" },
        { "港太郎", "港太郎" },
        { "さくら・はな", "さくら・はな" },
        { "Ωμέγα", "Ωμέγα" },
        { "ＡＬＩＣＥ", "ＡＬＩＣＥ" },
        { "e\u0301mile", "émile" },
        { "カ\u3099", "ガ" },
        { "\u1112\u1161\u11AB", "한" },
        { "🦊", "🦊" },
        { "❤\uFE0F", "❤\uFE0F" },
        { "葛\U000E0100城", "葛\U000E0100城" },
        { new string('x', 64), new string('x', 64) },
        { new string('港', 21), new string('港', 21) },
        { "🦊x", "🦊x" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_is_kept_in_composed_form(string text, string name)
    {
        Assert.Equal(name, Nick.Normalize(text));
        Assert.Equal(name, Slug.Normalize(text));
        Assert.Equal(name, Slug.Normalize("#" + text));
        Assert.Equal(name, Nick.Normalize(name));
    }

    public static TheoryData<string, string> NotNames
    {
        get
        {
            var data = new TheoryData<string, string>
            {
                { "nothing", "" },
                { "65 bytes", new string('x', 65) },
                { "66 bytes of kanji", new string('港', 22) },
                { "far too long", new string('x', 100_000) },
                { "a combining mark first", "\u0301a" },
                { "an enclosing mark first", "\u20DDa" },
                { "a variation selector first", "\uFE0F" },
                { "a high surrogate alone", "a\uD83E" },
                { "a low surrogate alone", "\uDD8Aa" },
                { "surrogates the wrong way round", "\uDD8A\uD83E" },
                { "a joined emoji", "👩\u200D💻" },
                { "C1", "a\u0085" },
                { "a private letter", "\uE000" },
                { "an unassigned letter", "\u0378" },
                { "a full-width hash first, twice", "＃＃a" },
                { "care of", "℅\u2100" },
                { "a lone acute, which folds to a space", "´" },
            };
            foreach (var sign in " ,:!@#$%&*+/;<=>?~\"()\0\t\r\n\u001B\u007F")
                data.Add($"ASCII {(int)sign:X2}", $"a{sign}b");
            foreach (var sign in "！＠＃，：＄％＆＊＋／；＜＝＞？～＂（）\u3000")
                data.Add($"full-width {(int)sign:X4}", $"a{sign}b");
            foreach (var point in new[]
            {
                0x00A0, 0x00AD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x180B, 0x180E, 0x2000, 0x200B, 0x200D, 0x200E, 0x2028, 0x2029, 0x202E,
                0x2060, 0x2066, 0x2800, 0x3164, 0xFEFF, 0xFFA0, 0xE0041, 0x037E,
            })
                data.Add($"unseen {point:X4}", $"a{char.ConvertFromUtf32(point)}b");
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(NotNames))]
    public void What_cannot_be_seen_or_carried_is_no_name(string why, string text)
    {
        Assert.True(Nick.Normalize(text) is null, why);
        Assert.True(Slug.Normalize("#" + text) is null, why);
    }

    [Theory]
    [InlineData("alice", "ALICE")]
    [InlineData("alice", "ＡＬＩＣＥ")]
    [InlineData("alice", "ａｌｉｃｅ")]
    [InlineData("alice", "alice\uFE0F")]
    [InlineData("ガ", "ｶﾞ")]
    [InlineData("ガ", "カ\u3099")]
    [InlineData("émile", "E\u0301MILE")]
    [InlineData("δρομος", "ΔΡΟΜΟΣ")]
    [InlineData("страна", "СТРАНА")]
    [InlineData("office", "oﬃce")]
    [InlineData("1", "①")]
    [InlineData("한", "\u1112\u1161\u11AB")]
    [InlineData("kelvin", "\u212Aelvin")]
    [InlineData("k.", "Ｋ．")]
    [InlineData("葛城", "葛\U000E0100城")]
    public void Names_that_differ_by_case_or_width_have_one_key(string one, string other)
    {
        Assert.Equal(Nick.Key(one), Nick.Key(other));
        Assert.Equal(Slug.Key(one), Slug.Key(other));
        Assert.Equal(Nick.Key(one), Nick.Key(Nick.Key(other)));
    }

    [Theory]
    [InlineData("alice", "a1ice")]
    [InlineData("はな", "ハナ")]
    [InlineData("は", "ば")]
    [InlineData("は", "ぱ")]
    [InlineData("emile", "émile")]
    [InlineData("🦊", "🐻")]
    public void Names_that_differ_by_a_letter_have_two_keys(string one, string other) => Assert.NotEqual(Nick.Key(one), Nick.Key(other));

    /// <summary>RFC 1459 has it among the signs of a nick; in an address a browser takes it for a slash.</summary>
    [Theory]
    [InlineData("a\\b")]
    [InlineData("a＼b")]
    public void A_backslash_is_a_nicks_and_no_slugs(string text)
    {
        Assert.Equal(text, Nick.Normalize(text));
        Assert.Equal("a\\b", Nick.Key(text));
        Assert.Null(Slug.Normalize("#" + text));
    }

    [Fact]
    public void A_provisional_nick_is_a_name() => Assert.Equal("guest-", Nick.Normalize(Nick.Provisional())?[..6]);
}
