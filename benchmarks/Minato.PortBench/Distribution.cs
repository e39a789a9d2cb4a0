using System.Globalization;

namespace Minato.PortBench;

/// <summary>Many measured values, told by their percentiles or drawn.</summary>
internal sealed class Distribution(IEnumerable<double> values)
{
    private const int Bars = 12;
    private const int LongestBar = 60;

    private readonly List<double> _sorted = [.. values.Order()];

    internal int Count => _sorted.Count;

    internal double At(double part) => _sorted.Count == 0 ? double.NaN : _sorted[(int)Math.Min(_sorted.Count - 1, _sorted.Count * part)];

    internal double Greatest => _sorted.Count == 0 ? double.NaN : _sorted[^1];

    /// <summary>One line for each twelfth of the way from 0 to the greatest, with a bar as long as it has values.</summary>
    internal void Draw(string unit)
    {
        if (_sorted.Count == 0)
            return;
        var width = Math.Max(Greatest / Bars, 1e-9);
        var counts = new int[Bars];
        foreach (var value in _sorted)
            counts[Math.Min(Bars - 1, (int)(value / width))]++;
        for (var i = 0; i < Bars; i++)
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {i * width,7:0.0} to {(i + 1) * width,7:0.0} {unit} {counts[i],5}  {new string('#', (int)Math.Ceiling((double)counts[i] * LongestBar / counts.Max()))}"));
    }
}
