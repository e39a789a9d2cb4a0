namespace Minato.Fuzz.Running;

/// <summary>Takes away from an input what it does not need to fail: halves first, then less, then single bytes made plain.</summary>
internal static class Minimizer
{
    private const int MostTries = 20_000;

    public static byte[] Minimize(byte[] input, Func<byte[], bool> fails)
    {
        var tries = 0;
        for (var size = Math.Max(1, input.Length / 2); size > 0; size /= 2)
            for (var at = 0; at + size <= input.Length && tries++ < MostTries;)
            {
                byte[] without = [.. input[..at], .. input[(at + size)..]];
                if (fails(without))
                    input = without;
                else
                    at += size;
            }
        for (var at = 0; at < input.Length && tries++ < MostTries; at++)
        {
            byte[] plainer = [.. input[..at], (byte)'a', .. input[(at + 1)..]];
            if (input[at] != 'a' && fails(plainer))
                input = plainer;
        }
        return input;
    }
}
