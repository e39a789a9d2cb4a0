using System.Globalization;
using System.Reflection;

namespace Minato.Core.Text.Normalization;

/// <summary>What normalization.txt says; generate.py tells its grammar and makes it. Read once, when the first name beyond ASCII comes.</summary>
internal static class NormalizationData
{
    private static readonly Dictionary<int, int> Classes = [];
    private static readonly Dictionary<int, int[]> CanonicalParts = [];
    private static readonly Dictionary<int, int[]> CompatibleParts = [];
    private static readonly Dictionary<(int, int), int> Compositions = [];
    private static readonly HashSet<int> SecondParts = [];

    static NormalizationData()
    {
        using var lines = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("normalization.txt")!);
        while (lines.ReadLine() is { } line)
            Add(line.Split(' '));
    }

    /// <summary>Full canonical decompositions, without those of Hangul syllables.</summary>
    internal static IReadOnlyDictionary<int, int[]> Canonical => CanonicalParts;

    /// <summary>Full compatibility decompositions; all of <see cref="Canonical"/> that is not decomposed further is in here too.</summary>
    internal static IReadOnlyDictionary<int, int[]> Compatible => CompatibleParts;

    /// <summary>Which two code points compose to which one.</summary>
    internal static IReadOnlyDictionary<(int First, int Second), int> Pairs => Compositions;

    /// <summary>Code points that compose with one before them.</summary>
    internal static IReadOnlySet<int> Seconds => SecondParts;

    /// <summary>The canonical combining class; 0 for what is not a mark.</summary>
    internal static int Class(int point) => Classes.GetValueOrDefault(point);

    private static void Add(string[] words)
    {
        switch (words[0])
        {
            case "C":
                CanonicalParts[Hex(words[1])] = CompatibleParts[Hex(words[1])] = Array.ConvertAll(words[2..], Hex);
                break;
            case "K":
                CompatibleParts[Hex(words[1])] = Array.ConvertAll(words[2..], Hex);
                break;
            case "P":
                Compositions[(Hex(words[1]), Hex(words[2]))] = Hex(words[3]);
                SecondParts.Add(Hex(words[2]));
                break;
            case "R":
                foreach (var range in words[2..])
                    for (var (point, last) = (Hex(range.Split('-')[0]), Hex(range.Split('-')[1])); point <= last; point++)
                        Classes[point] = int.Parse(words[1]);
                break;
        }
    }

    private static int Hex(string word) => int.Parse(word, NumberStyles.HexNumber);
}
