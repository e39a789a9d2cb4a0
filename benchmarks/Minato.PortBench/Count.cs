using System.Globalization;

namespace Minato.PortBench;

internal static class Count
{
    private const int Most = 100_000;

    internal static bool TryRead(string[] args, int first, int second, out int one, out int other)
    {
        (one, other) = (first, second);
        return args.Length <= 2
            && (args.Length < 1 || (int.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out one) && one is > 0 and <= Most))
            && (args.Length < 2 || (int.TryParse(args[1], NumberStyles.None, CultureInfo.InvariantCulture, out other) && other is > 0 and <= Most));
    }
}
