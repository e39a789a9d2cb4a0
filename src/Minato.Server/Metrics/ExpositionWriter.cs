using System.Globalization;
using System.Text;

namespace Minato.Server.Metrics;

// metric = "# HELP " name SP docstring LF "# TYPE " name SP type LF *(name ["{" labels "}"] SP value LF)
// https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
/// <summary>Writes metrics in the text format of Prometheus, version 0.0.4.</summary>
internal sealed class ExpositionWriter
{
    internal const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new(8 * 1024);

    public override string ToString() => _text.ToString();

    internal void Counter(string name, string help, double value) => Single(name, "counter", help, value);

    internal void Gauge(string name, string help, double value) => Single(name, "gauge", help, value);

    /// <param name="values">By the value of the one label.</param>
    internal void Counters(string name, string help, string label, IEnumerable<(string Label, double Value)> values) => Family(name, "counter", help, label, values);

    internal void Gauges(string name, string help, string label, IEnumerable<(string Label, double Value)> values) => Family(name, "gauge", help, label, values);

    internal void Histogram(string name, string help, Histogram histogram)
    {
        Head(name, "histogram", help);
        // One reading: the last bucket and the count must be the same number.
        var counts = histogram.Counts();
        var sum = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            sum += counts[i];
            Sample($"{name}_bucket", "le", i < histogram.Bounds.Count ? Text(histogram.Bounds[i]) : "+Inf", sum);
        }
        Sample($"{name}_sum", histogram.Sum);
        Sample($"{name}_count", sum);
    }

    private void Single(string name, string type, string help, double value)
    {
        Head(name, type, help);
        Sample(name, value);
    }

    private void Family(string name, string type, string help, string label, IEnumerable<(string Label, double Value)> values)
    {
        Head(name, type, help);
        foreach (var (text, value) in values)
            Sample(name, label, text, value);
    }

    private void Head(string name, string type, string help) => _text
        .Append("# HELP ").Append(name).Append(' ').Append(help.Replace("\\", "\\\\").Replace("\n", "\\n")).Append('\n')
        .Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    private void Sample(string name, double value) => _text.Append(name).Append(' ').Append(Text(value)).Append('\n');

    private void Sample(string name, string label, string text, double value) => _text
        .Append(name).Append('{').Append(label).Append("=\"").Append(text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n")).Append("\"} ")
        .Append(Text(value)).Append('\n');

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
