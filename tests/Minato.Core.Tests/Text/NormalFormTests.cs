using System.Security.Cryptography;
using System.Text;
using Minato.Core.Text.Normalization;

namespace Minato.Core.Tests.Text;

/// <summary>
/// The hashes are those of Python's unicodedata 14.0 over the same texts, each followed by a line feed:
/// <c>h.update((unicodedata.normalize("NFKC", text) + "\n").encode())</c>.
/// </summary>
public sealed class NormalFormTests
{
    private static readonly (int First, int Last)[] Alphabets =
    [
        (0x41, 0x17F), (0x300, 0x36F), (0x1100, 0x11FF), (0xAC00, 0xAD00), (0x3041, 0x309A), (0x1E00, 0x1EFF), (0x5B0, 0x5C7),
        (0xFF01, 0xFFDC), (0x900, 0x9FF), (0x1D15E, 0x1D172),
    ];

    [Fact]
    public void Every_code_point_is_composed_as_Unicode_says() =>
        Assert.Equal("9cc65524a9d8082bf10840c616cd199bd2ac12ee49a3381bd6fb7957711f342b", Hash(EveryCodePoint(), NormalForm.Composed));

    [Fact]
    public void Every_code_point_is_folded_as_Unicode_says() =>
        Assert.Equal("06e7277bca1b5f061a23d4e0caee648a132aee7e3fe7ae21a6f460298c980a11", Hash(EveryCodePoint(), NormalForm.Folded));

    [Fact]
    public void Twenty_thousand_mixed_texts_are_composed_as_Unicode_says() =>
        Assert.Equal("f700151e3890016335fd6c47d6179d8be70e1d27a50eec0a6e6ae42ad48ef61e", Hash(MixedTexts(), NormalForm.Composed));

    [Fact]
    public void Twenty_thousand_mixed_texts_are_folded_as_Unicode_says() =>
        Assert.Equal("d3595f6b7c1af741cce929654d85fdb346d130994b6dc897032f8cca3a8758f7", Hash(MixedTexts(), NormalForm.Folded));

    private static string Hash(IEnumerable<string> texts, Func<string, string> normalize)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
            hash.AppendData(Encoding.UTF8.GetBytes(normalize(text) + "\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<string> EveryCodePoint() =>
        Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Select(point => new Rune(point).ToString());

    private static IEnumerable<string> MixedTexts()
    {
        var state = 1L;
        int Next(int below)
        {
            state = ((state * 1103515245) + 12345) & 0x7FFFFFFF;
            return (int)((state >> 8) % below);
        }
        for (var i = 0; i < 20_000; i++)
        {
            var text = new StringBuilder();
            for (var letter = 0; letter < 6; letter++)
            {
                var (first, last) = Alphabets[Next(Alphabets.Length)];
                text.Append(new Rune(first + Next(last - first + 1)));
            }
            yield return text.ToString();
        }
    }
}
