using System.Globalization;
using System.Security;
using System.Text;

namespace Minato.Load.Peers;

/// <param name="IsHighlighted">Ours.</param>
internal sealed record Bar(string Label, double Value, string Text, bool IsHighlighted);

/// <summary>Bars below one another, in panels that have a scale each.</summary>
internal sealed record BarChart(string Title, IReadOnlyList<(string Title, IReadOnlyList<Bar> Bars)> Panels)
{
    private const int Width = 780, LabelWidth = 190, TextWidth = 100, RowHeight = 22, PanelTop = 34, Top = 40;

    internal string Svg()
    {
        var height = Top + Panels.Sum(p => PanelTop + p.Bars.Count * RowHeight) + 12;
        var svg = new StringBuilder();
        svg.AppendLine(Text($$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{Width}} {{height}}" font-family="system-ui, sans-serif" font-size="13">
            <style>text{fill:#24292f} .bar{fill:#8b98a5} .ours{fill:#2f6f9f} @media (prefers-color-scheme: dark){text{fill:#e6edf3} }</style>
            <text x="12" y="24" font-size="15" font-weight="600">{{SecurityElement.Escape(Title)}}</text>
            """));
        var y = Top;
        foreach (var (title, bars) in Panels)
        {
            svg.AppendLine(Text($"<text x=\"12\" y=\"{y + 22}\" font-weight=\"600\">{SecurityElement.Escape(title)}</text>"));
            y += PanelTop;
            foreach (var bar in bars)
            {
                svg.AppendLine(Row(bar, bars.Max(b => b.Value), y));
                y += RowHeight;
            }
        }
        return svg.Append("</svg>\n").ToString();
    }

    private static string Row(Bar bar, double most, int y)
    {
        var width = bar.Value / most * (Width - LabelWidth - TextWidth);
        return Text($"""
            <text x="{LabelWidth - 8}" y="{y + 14}" text-anchor="end">{SecurityElement.Escape(bar.Label)}</text>
            <rect class="{(bar.IsHighlighted ? "ours" : "bar")}" x="{LabelWidth}" y="{y + 1}" width="{width:0.#}" height="{RowHeight - 5}" rx="2"/>
            <text x="{LabelWidth + width + 7:0.#}" y="{y + 14}">{SecurityElement.Escape(bar.Text)}</text>
            """);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
