using System.Globalization;
using System.Security;
using System.Text;
using Minato.LogBench.Measuring;

namespace Minato.LogBench.Reporting;

internal sealed record Bar(string Label, Spread Ratio);

/// <summary>Ratios as bars, with a whisker from the lowest round to the highest and a line where the goal is.</summary>
/// <param name="IsCeiling">Whether the goal is to stay below it.</param>
internal sealed record Plot(string Title, IReadOnlyList<Bar> Bars, double Goal, bool IsCeiling)
{
    private const int Width = 760, LabelWidth = 270, RowHeight = 26, Top = 56;

    /// <summary>Bars that go past so many goals are cut off, and say so by their number.</summary>
    private const double MaxGoals = 4;

    internal string Svg()
    {
        var height = Top + Bars.Count * RowHeight + 34;
        var most = Math.Min(Math.Max(Bars.Max(b => b.Ratio.High), Goal) * 1.1, Goal * MaxGoals);
        double X(double value) => LabelWidth + Math.Min(value / most, 1) * (Width - LabelWidth - 70);
        var svg = new StringBuilder();
        svg.AppendLine(Text($"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" font-family="system-ui, sans-serif" font-size="13">
            <style>text{"{"}fill:#24292f{"}"} .bar{"{"}fill:#2f6f9f{"}"} .miss{"{"}fill:#b5532a{"}"} .line{"{"}stroke:#24292f;stroke-width:1.5{"}"} .goal{"{"}stroke:#1a7f37;stroke-width:1.5;stroke-dasharray:5 4{"}"}
            @media (prefers-color-scheme: dark){"{"}text{"{"}fill:#e6edf3{"}"} .line{"{"}stroke:#e6edf3{"}"}{"}"}</style>
            <text x="12" y="24" font-size="15" font-weight="600">{SecurityElement.Escape(Title)}</text>
            """));
        for (var i = 0; i < Bars.Count; i++)
            svg.AppendLine(Row(Bars[i], Top + i * RowHeight, X));
        svg.AppendLine(Text($"""
            <line class="goal" x1="{X(Goal):0.#}" x2="{X(Goal):0.#}" y1="{Top - 8}" y2="{height - 26}"/>
            <text x="{X(Goal):0.#}" y="{height - 10}" text-anchor="middle">goal: {(IsCeiling ? "at most" : "at least")} {Goal:0.##}</text>
            </svg>
            """));
        return svg.ToString();
    }

    private string Row(Bar bar, int y, Func<double, double> x)
    {
        var (label, ratio) = (SecurityElement.Escape(bar.Label), bar.Ratio);
        var isMet = IsCeiling ? ratio.Median <= Goal : ratio.Median >= Goal;
        var middle = y + RowHeight / 2 - 3;
        return Text($"""
            <text x="{LabelWidth - 8}" y="{middle + 5}" text-anchor="end">{label}</text>
            <rect class="{(isMet ? "bar" : "miss")}" x="{LabelWidth}" y="{y}" width="{x(ratio.Median) - LabelWidth:0.#}" height="{RowHeight - 7}" rx="2"/>
            <line class="line" x1="{x(ratio.Low):0.#}" x2="{x(ratio.High):0.#}" y1="{middle}" y2="{middle}"/>
            <text x="{Math.Max(x(ratio.High), x(ratio.Median)) + 7:0.#}" y="{middle + 5}">{ratio.Median:0.00}</text>
            """);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
