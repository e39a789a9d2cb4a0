using System.Globalization;
using System.Text;

namespace Minato.Cli.Bench;

/// <summary>A picture: how late messages come (upwards, each line ten times the one below) with so many posts under way.</summary>
internal static class BenchPlot
{
    private const int Width = 720, Height = 400, Left = 70, Right = 30, Top = 60, Bottom = 56;

    internal static string Svg(BenchOptions options, IReadOnlyList<BenchStep> steps)
    {
        var low = Math.Floor(Math.Log10(Milliseconds(steps.Min(s => s.Half))));
        var high = Math.Max(Math.Ceiling(Math.Log10(Milliseconds(steps.Max(s => s.Most)))), low + 1);
        double X(int step) => Left + (step + 0.5) / steps.Count * (Width - Left - Right);
        double Y(double milliseconds) => Height - Bottom - (Math.Log10(milliseconds) - low) / (high - low) * (Height - Top - Bottom);

        var svg = new StringBuilder();
        svg.AppendLine(Text($$"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{Width}} {{Height}}" font-family="system-ui, sans-serif" font-size="13">
            <style>text{fill:#24292f} .grid{stroke:#8b98a5;stroke-width:.5} path{fill:none;stroke-width:2} .half{stroke:#2f6f9f;fill:#2f6f9f} .most{stroke:#b5532a;fill:#b5532a} @media (prefers-color-scheme: dark){text{fill:#e6edf3} }</style>
            <text x="{{Left}}" y="26" font-size="15" font-weight="600">{{options.Clients}} people, {{options.Rooms}} {{(options.Rooms == 1 ? "room" : "rooms")}}: how soon messages come</text>
            <text x="{{Left}}" y="46"><tspan class="half" stroke="none">half of them</tspan> · <tspan class="most" stroke="none">99 of 100</tspan> within, and deliveries a second, by posts under way</text>
            """));
        for (var power = low; power <= high; power++)
            svg.AppendLine(Text($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(Math.Pow(10, power)):0.#}\" y2=\"{Y(Math.Pow(10, power)):0.#}\"/><text x=\"{Left - 8}\" y=\"{Y(Math.Pow(10, power)) + 4:0.#}\" text-anchor=\"end\">{Math.Pow(10, power):0.###} ms</text>"));
        svg.AppendLine(Line("half", steps.Select((s, i) => (X(i), s.Half)).Where(p => p.Half is not null).Select(p => (p.Item1, Y(Milliseconds(p.Half))))));
        svg.AppendLine(Line("most", steps.Select((s, i) => (X(i), s.Most)).Where(p => p.Most is not null).Select(p => (p.Item1, Y(Milliseconds(p.Most))))));
        for (var i = 0; i < steps.Count; i++)
            svg.AppendLine(Text($"<text text-anchor=\"middle\"><tspan x=\"{X(i):0.#}\" y=\"{Height - Bottom + 20}\">{steps[i].Window} under way</tspan><tspan x=\"{X(i):0.#}\" dy=\"18\">{steps[i].Deliveries:N0}/s</tspan></text>"));
        return svg.Append("</svg>\n").ToString();
    }

    private static string Line(string name, IEnumerable<(double X, double Y)> points)
    {
        var all = points.ToList();
        if (all.Count == 0)
            return "";
        return Text($"<path class=\"{name}\" style=\"fill:none\" d=\"M{string.Join(" L", all.Select(p => Text($"{p.X:0.#},{p.Y:0.#}")))}\"/>")
            + string.Concat(all.Select(p => Text($"<circle class=\"{name}\" cx=\"{p.X:0.#}\" cy=\"{p.Y:0.#}\" r=\"3\"/>")));
    }

    private static double Milliseconds(TimeSpan? time) => Math.Max(time?.TotalMilliseconds ?? 0, 0.01);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
