using System.Text;

namespace Minato.Fuzz.Making;

/// <summary>Chances, all out of one seed.</summary>
internal sealed class Source(int seed)
{
    private static readonly string[] Strange =
    [
        "\0", "\t", "\r", "\n", "\u001B[31m", "\u007F", "\u0080", "\u009B", "\u00A0", "\u00AD", "é", "e\u0301", "ß", "ſ", "ı", "İ", "ς", "Σ", "\u200B", "\u200D", "\u2028", "\u202E", "\u2066",
        "\uFEFF", "\uFFFD", "\uFFFE", "港", "東京", "ボブ", "ﾎﾞﾌﾞ", "＠", "＃", "\u3000", "\u3164", "ｅｖｅｒｙｏｎｅ", "한글", "👍", "👩‍👩‍👧‍👦", "🇯🇵", "\uFE0F", "\U000E0100", "\U0010FFFF", "ﷺ",
    ];

    private readonly Random _random = new(seed);

    public int Next() => _random.Next();

    public int Below(int end) => _random.Next(end);

    public bool OneIn(int n) => _random.Next(n) == 0;

    public T Pick<T>(params IReadOnlyList<T> of) => of[_random.Next(of.Count)];

    /// <summary>Mostly few, sometimes as many as there may be, or one more or less than something that matters.</summary>
    public int Length(int most, params int[] edges) => _random.Next(20) switch
    {
        0 => _random.Next(most + 1),
        1 when edges.Length > 0 => Math.Clamp(Pick(edges) + _random.Next(-2, 3), 0, most),
        < 6 => _random.Next(Math.Min(most, 300) + 1),
        _ => _random.Next(Math.Min(most, 12) + 1),
    };

    public byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Well-formed text: words, and what looks like nothing or like something else.</summary>
    public string Text(int most)
    {
        var text = new StringBuilder();
        for (var count = Length(most); count > 0; count--)
            text.Append(Below(6) switch
            {
                0 => Pick(Strange),
                1 => Pick(" ", "@", "#", "\"", "'", ".", "-", "/", "\\", "_"),
                2 when OneIn(10) => new Rune(Below(0xD800)).ToString(),
                _ => Pick("a", "B", "bob", "x1", "everyone", "the", "9"),
            });
        return text.ToString();
    }

    /// <summary>The input as the network may bring it.</summary>
    public IEnumerable<byte[]> Cuts(byte[] input)
    {
        var most = Pick(1, 2, 7, 100, 5_000);
        for (var at = 0; at < input.Length;)
        {
            var length = Math.Min(input.Length - at, 1 + Below(most));
            yield return input[at..(at + length)];
            at += length;
        }
    }
}
