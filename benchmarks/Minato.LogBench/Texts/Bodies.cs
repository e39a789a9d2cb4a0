using System.Text;

namespace Minato.LogBench.Texts;

/// <summary>Some thousand messages to post, the same in every run.</summary>
internal static class Bodies
{
    private const int Count = 4096;

    /// <summary>Characters; the longest in a thousand or so.</summary>
    private const int MaxLength = 2000;

    internal static ReadOnlyMemory<byte>[] In(Language language)
    {
        var random = new Random(4711);
        var bodies = new ReadOnlyMemory<byte>[Count];
        for (var i = 0; i < Count; i++)
            bodies[i] = Encoding.UTF8.GetBytes(One(language, random));
        return bodies;
    }

    /// <summary>Of both in turn.</summary>
    internal static ReadOnlyMemory<byte>[] Mixed() => [.. In(Language.English).Zip(In(Language.Japanese), (e, j) => new[] { e, j }).SelectMany(b => b)];

    private static string One(Language language, Random random)
    {
        // Box and Muller's normal number.
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var length = Math.Clamp((int)(language.MedianLength * Math.Exp(language.Sigma * normal)), 1, MaxLength);
        var text = new StringBuilder(length + 16);
        while (text.Length < length)
            text.Append(text.Length == 0 ? "" : language.Separator).Append(language.Words[random.Next(language.Words.Length)]);
        return text.ToString(0, length).Trim();
    }
}
