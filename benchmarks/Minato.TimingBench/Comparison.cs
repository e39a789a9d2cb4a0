using System.Globalization;

namespace Minato.TimingBench;

/// <summary>Two questions, and whether their times tell them apart.</summary>
internal static class Comparison
{
    /// <summary>Asks that warm the server up, of each.</summary>
    private const int WarmUp = 50;

    internal static string Run(string title, Uri server, Func<byte[]> first, Func<byte[]> second, int asks)
    {
        using var asker = new Asker(server);
        var (a, b, order) = (new double[asks], new double[asks], new Random(1));
        var statuses = new HashSet<(int, int)>();
        for (var i = -Math.Min(WarmUp, asks); i < asks; i++)
        {
            var isFirst = order.Next(2) == 0;
            var one = asker.Ask((isFirst ? first : second)());
            var other = asker.Ask((isFirst ? second : first)());
            var (x, y) = isFirst ? (one, other) : (other, one);
            statuses.Add((x.Status, y.Status));
            if (i >= 0)
                (a[i], b[i]) = (x.Time.TotalMicroseconds, y.Time.TotalMicroseconds);
        }
        var longer = a.Zip(b, (x, y) => x > y ? 1.0 : x < y ? 0 : 0.5).Average();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{title}: medians {Median(a):0} and {Median(b):0} µs, ratio {Median(a) / Median(b):0.000}; overlap {Overlap(a, b):0.00}; told apart {longer:0.000}; statuses {string.Join(' ', statuses)}");
    }

    /// <summary>Two standard errors of a coin thrown so often.</summary>
    internal static double Chance(int asks) => 1 / Math.Sqrt(asks);

    /// <summary>What the two distributions have in common, from 0 to 1, in twenty classes that each hold as many of both together.</summary>
    private static double Overlap(double[] a, double[] b)
    {
        double[] all = [.. a.Concat(b).Order()];
        var edges = Enumerable.Range(1, 19).Select(i => all[i * all.Length / 20]).ToArray();
        var (inA, inB) = (Classes(a, edges), Classes(b, edges));
        return inA.Zip(inB, Math.Min).Sum();
    }

    private static double[] Classes(double[] times, double[] edges)
    {
        var shares = new double[edges.Length + 1];
        foreach (var time in times)
            shares[edges.Count(e => e <= time)] += 1.0 / times.Length;
        return shares;
    }

    private static double Median(double[] times)
    {
        double[] sorted = [.. times.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
