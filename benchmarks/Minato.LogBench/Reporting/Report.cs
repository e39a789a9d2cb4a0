using System.Text;

namespace Minato.LogBench.Reporting;

/// <summary>What one benchmark found: a table, under what conditions, and a picture of its ratios.</summary>
/// <param name="Name">Of its files.</param>
internal sealed record Report(string Name, string Title, string Conditions, string[] Columns, IReadOnlyList<string[]> Rows, Plot? Plot)
{
    /// <summary>A table in columns for a terminal that is markdown, too.</summary>
    internal string Table()
    {
        string[][] lines = [Columns, .. Rows];
        var widths = Columns.Select((_, i) => lines.Max(l => l[i].Length)).ToArray();
        var text = new StringBuilder();
        text.AppendLine(Line(Columns)).AppendLine($"|{string.Concat(widths.Select(w => new string('-', w + 2) + '|'))}");
        foreach (var row in Rows)
            text.AppendLine(Line(row));
        return text.ToString();

        string Line(string[] cells) => $"|{string.Concat(cells.Select((c, i) => $" {(i == 0 ? c.PadRight(widths[i]) : c.PadLeft(widths[i]))} |"))}";
    }

    /// <summary>As a section of docs/performance.md.</summary>
    internal string Markdown() => $"""
        ### {Title}

        {Conditions}

        {(Plot is null ? "" : $"![{Plot.Title}](images/log-{Name}.svg)\n\n")}{Table()}
        """;

    internal void WriteTo(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "images"));
        File.WriteAllText(Path.Combine(folder, $"log-{Name}.md"), Markdown());
        if (Plot is not null)
            File.WriteAllText(Path.Combine(folder, "images", $"log-{Name}.svg"), Plot.Svg());
    }
}
