namespace Minato.LogBench.Measuring;

/// <summary>What rounds of the same measurement said: their median, and the lowest and highest of them.</summary>
internal readonly record struct Spread(double Median, double Low, double High)
{
    internal static Spread Of(IEnumerable<double> rounds)
    {
        var sorted = rounds.Order().ToArray();
        return sorted.Length == 0 ? default : new Spread(sorted[sorted.Length / 2], sorted[0], sorted[^1]);
    }

    public override string ToString() => $"{Median:0.00} ({Low:0.00}–{High:0.00})";
}
