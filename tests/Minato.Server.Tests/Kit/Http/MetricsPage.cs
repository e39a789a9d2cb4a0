using System.Globalization;
using System.Text.RegularExpressions;

namespace Minato.Server.Tests;

/// <summary>Reads the text format of Prometheus strictly: whatever a scraper might stumble over is an error here.</summary>
internal sealed partial class MetricsPage
{
    private readonly Dictionary<string, (string Type, bool HasHelp)> _families = [];
    private readonly Dictionary<string, double> _samples = [];

    public IReadOnlyDictionary<string, double> Samples => _samples;

    public IEnumerable<string> Families => _families.Keys;

    public static async Task<double> ValueAsync(string url, string sample) => (await GetAsync(url)).Samples[sample];

    public static async Task<MetricsPage> GetAsync(string url)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(url + "/metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.EnsureSuccessStatusCode().Content.Headers.ContentType?.ToString());
        return Parse(await answer.Content.ReadAsStringAsync());
    }

    public static MetricsPage Parse(string text)
    {
        var page = new MetricsPage();
        Check(text.EndsWith('\n'), "The last line has no end.");
        string? family = null;
        foreach (var line in text[..^1].Split('\n'))
            if (HelpLine().Match(line) is { Success: true } help)
                Check(page._families.TryAdd(family = help.Groups["name"].Value, ("", true)), $"{family} is there twice.");
            else if (TypeLine().Match(line) is { Success: true } type)
            {
                Check(type.Groups["name"].Value == family && page._families[family!].Type == "", $"A type that does not follow its help: {line}");
                page._families[family!] = (type.Groups["type"].Value, true);
            }
            else
                page.Add(line, family);
        page.CheckHistograms();
        return page;
    }

    private void Add(string line, string? family)
    {
        var sample = SampleLine().Match(line);
        Check(sample.Success, $"Not a line of the format: {line}");
        var name = sample.Groups["name"].Value;
        Check(family is not null && _families[family].Type != "", $"A sample without help and type: {line}");
        var type = _families[family!].Type;
        Check(name == family || (type == "histogram" && new[] { "_bucket", "_sum", "_count" }.Contains(name[Math.Min(family!.Length, name.Length)..]) && name.StartsWith(family!, StringComparison.Ordinal)), $"{name} stands in the family {family}.");
        Check(type != "counter" || name.EndsWith("_total", StringComparison.Ordinal), $"{name} is a counter and does not end in _total.");
        Check(type == "counter" || !name.EndsWith("_total", StringComparison.Ordinal), $"{name} ends in _total and is no counter.");
        var value = double.Parse(sample.Groups["value"].Value, NumberStyles.Float, CultureInfo.InvariantCulture);
        Check(type == "gauge" || value >= 0, $"{name} is below 0.");
        Check(_samples.TryAdd(name + sample.Groups["labels"].Value, value), $"{line} is there twice.");
    }

    private void CheckHistograms()
    {
        foreach (var (family, _) in _families.Where(f => f.Value.Type == "histogram"))
        {
            var buckets = _samples.Where(s => s.Key.StartsWith(family + "_bucket{le=\"", StringComparison.Ordinal)).ToList();
            Check(buckets.Count > 1 && buckets[^1].Key.Contains("+Inf"), $"{family} has no last bucket.");
            Check(buckets.Zip(buckets.Skip(1)).All(b => b.First.Value <= b.Second.Value), $"{family} shrinks.");
            Check(buckets[^1].Value == _samples[family + "_count"], $"{family} counts otherwise than its last bucket.");
            Check(_samples.ContainsKey(family + "_sum"), $"{family} has no sum.");
        }
    }

    private static void Check(bool isSo, string otherwise)
    {
        if (!isSo)
            throw new FormatException(otherwise);
    }

    [GeneratedRegex(@"^# HELP (?<name>[a-z_:][a-z0-9_:]*) [^\n]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HelpLine();

    [GeneratedRegex("^# TYPE (?<name>[a-z_:][a-z0-9_:]*) (?<type>counter|gauge|histogram)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TypeLine();

    [GeneratedRegex("""^(?<name>[a-z_:][a-z0-9_:]*)(?<labels>(\{[a-z_][a-z0-9_]*="([^"\\\n]|\\[\\"n])*"\})?) (?<value>-?[0-9.]+(E[+-]?[0-9]+)?)$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SampleLine();
}
