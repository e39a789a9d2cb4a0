using Minato.Fuzz.Running;

namespace Minato.Fuzz.Making;

/// <summary>Bends an input where it does not know what it is: bytes, and the words of its grammar.</summary>
internal static class Mutations
{
    private static readonly byte[] Telling = [0, 1, 9, 10, 13, 27, 32, 34, 44, 58, 91, 92, 93, 123, 125, 126, 127, 128, 129, 0xC0, 0xC2, 0xE0, 0xED, 0xF4, 250, 253, 254, 255];

    public static byte[] Apply(byte[] input, Source source, IReadOnlyList<byte[]> words, Pool pool)
    {
        for (var rounds = 1 + source.Below(source.OneIn(4) ? 8 : 2); rounds > 0; rounds--)
            input = Once(input, source, words, pool);
        return input;
    }

    private static byte[] Once(byte[] input, Source source, IReadOnlyList<byte[]> words, Pool pool)
    {
        var at = source.Below(input.Length + 1);
        var end = Math.Min(input.Length, at + source.Length(input.Length));
        switch (source.Below(9))
        {
            case 0:
                return [.. input[..at], .. input[end..]];
            case 1:
                return [.. input[..end], .. input[at..]]; // once more
            case 2 when words.Count > 0:
                return [.. input[..at], .. source.Pick(words), .. input[at..]];
            case 3 when words.Count > 0:
                return [.. input[..at], .. source.Pick(words), .. input[end..]];
            case 4 when pool.Count > 0:
                var other = pool.Pick(source);
                return [.. input[..at], .. other[source.Below(other.Length + 1)..]];
            case 5:
                return [.. input[..at], source.Pick(Telling), .. input[at..]];
            case 6 when source.OneIn(8):
                return [.. input[..at], .. Enumerable.Repeat(source.Pick(Telling), source.Length(17_000, 512, 1_024, 8_192, 16_384)), .. input[at..]];
            default:
                if (input.Length == 0)
                    return source.Bytes(1);
                var changed = input.ToArray();
                at = source.Below(input.Length);
                changed[at] = source.OneIn(2) ? source.Pick(Telling) : (byte)(changed[at] ^ (1 << source.Below(8)));
                return changed;
        }
    }
}
