using System.Globalization;
using System.Text;

namespace Minato.Load.Peers;

/// <summary>The page docs/beside-others.md: what was measured, on what, and what came of it.</summary>
internal sealed class BesideOthers
{
    private readonly PeersOptions _options;
    private readonly List<Cell> _cells;

    internal BesideOthers(Results results, PeersOptions options, IReadOnlyList<Peer> peers)
    {
        _options = options;
        _cells = [.. peers.SelectMany(p => Workload.All.Select(w => new Cell(results, p, w))).Where(c => !c.IsEmpty)];
    }

    internal string Markdown()
    {
        var page = new StringBuilder(Conditions());
        foreach (var family in Family.All)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {family.Title}\n\n![Deliveries a second](images/load-{family.Name}-deliveries.svg)\n\n![Processor time of a delivery](images/load-{family.Name}-cpu.svg)\n");
            foreach (var workload in Workload.All)
                page.Append(Table(workload, CellsOf(family, workload)));
        }
        return page.ToString();
    }

    internal void WriteTo(string docs)
    {
        Directory.CreateDirectory(Path.Combine(docs, "images"));
        File.WriteAllText(Path.Combine(docs, "beside-others.md"), Markdown());
        foreach (var family in Family.All)
        {
            Draw(docs, family, "deliveries", "Deliveries a second", s => s.Deliveries, Deliveries);
            Draw(docs, family, "cpu", "Microseconds of the server's processor for each delivery", s => s.CpuPerMillion, c => Cpu(c, " µs"));
        }
    }

    private string Conditions() => Text($"""
        # Minato beside others

        Written by `benchmarks/load --docs docs`. Everything in one run, one peer after the other, round after round ({_options.Rounds} rounds, {_options.Seconds} s each after {_options.WarmUp} s of warming up; every round on a fresh server, after {_options.Heat} s of talk): machines differ, and so
        does one machine from minute to minute, so trust the ratios, which are taken within a round. Cells are medians (lowest–highest).

        - {Machine.Processor}, Linux {Environment.OSVersion.Version}; the server on the first processor, the generator ([`benchmarks/native`](../benchmarks/native), one epoll thread) on the second. Rounds in which the generator is over 90 % busy are
          not counted; where no round is left, deliveries are marked ≥ and are a bound, not a measure, and the processor's time stands in parentheses; † marks a ratio to such a floor.
        - {_options.Clients} clients, bodies of 100 bytes. One client of each room posts. What a receiver is sent is as long as what Minato sends there, shown as *bytes*; only the other IRC servers have prefixes of their own, and Minato's lines are shorter. The **floor** is the least that a C program can do: no log, no rights, no frames of its own.
        - Rate limits: Minato's lifted (`--no-rate-limits`), inspircd's and ngircd's off ([their configurations](../benchmarks/peers)); the others have none.
        - *durable*: SQLite, an fsync before anything is told, on {Machine.FileSystem(_options.Folder)}; fsyncs are counted in the server itself. Nothing else writes anything down.
        - {Machine.Says("inspircd", "--version")}, {Machine.Says("ngircd", "--version").Split('-')[0].Trim()}, ws 8.23.0 on Node {Machine.Says("node", "--version")}, .NET {Environment.Version}; SignalR and ASP.NET's WebSockets as in [`Minato.LoadSamples`](../benchmarks/Minato.LoadSamples).
        - p50 and p99 are from a post to each of its receivers, *last* to the last of them. With one post under way (W1s) that is a lone message's.

        """);

    private string Table(Workload workload, IReadOnlyList<Cell> cells)
    {
        var table = new StringBuilder(Text($"\n### {workload.Title(_options.Clients)}\n\n"));
        table.AppendLine("| | deliveries/s | ÷ floor | CPU of a delivery, µs | ÷ floor | p50, ms | p99, ms | last p50 | last p99 | bytes | messages a receive | posts/s | fsyncs/s | rounds |");
        table.AppendLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var cell in cells)
            table.AppendLine(Row(cell));
        return table.ToString();
    }

    private static string Row(Cell cell)
    {
        string Ratio(Func<Sample, double> of) => cell.Peer.IsFloor ? "1" : cell.ToFloor(of) is { } ratio ? ratio.Text("0.00") + (cell.IsFloorBound ? " †" : "") : "–";
        string Ms(Func<Sample, double> of) => Text($"{cell.Median(of) / 1000:0.00}");
        return Text($"| {(cell.Peer.IsOurs ? $"**{cell.Peer.Name}**" : cell.Peer.Name)} | {Deliveries(cell)} | {Ratio(s => s.Deliveries)} | {Cpu(cell)} | {Ratio(s => s.CpuPerMillion)} ")
            + Text($"| {Ms(s => s.P50)} | {Ms(s => s.P99)} | {Ms(s => s.Last50)} | {Ms(s => s.Last99)} | {cell.Median(s => s.Bytes):0} | {cell.Median(s => s.PerReceive):0.0} | {cell.Median(s => s.Posts):N0} | {(cell.Peer.IsDurable ? Text($"{cell.Median(s => s.Fsyncs):N0}") : "–")} | {cell.Kept} of {cell.Rounds} |");
    }

    private void Draw(string docs, Family family, string name, string title, Func<Sample, double> of, Func<Cell, string> text)
    {
        var panels = Workload.All
            .Select(w => (w.Title(_options.Clients), (IReadOnlyList<Bar>)[.. CellsOf(family, w).Select(c => new Bar(c.Peer.Name, c.Median(of), text(c), c.Peer.IsOurs))]))
            .Where(p => p.Item2.Count > 0).ToList();
        File.WriteAllText(Path.Combine(docs, "images", $"load-{family.Name}-{name}.svg"), new BarChart($"{family.Title}: {char.ToLowerInvariant(title[0])}{title[1..]}", panels).Svg());
    }

    private List<Cell> CellsOf(Family family, Workload workload) => [.. _cells.Where(c => c.Peer.Family == family && c.Workload == workload)];

    private static string Deliveries(Cell cell) => $"{(cell.IsBound ? "≥ " : "")}{Short(cell.Median(s => s.Deliveries))}";

    /// <summary>Of a server that waits for the generator: less is laid together then, so it is no bound either.</summary>
    private static string Cpu(Cell cell, string unit = "")
    {
        var text = Text($"{cell.Median(s => s.CpuPerMillion):0.000}{unit}");
        return cell.IsBound ? $"({text})" : text;
    }

    private static string Short(double perSecond) => perSecond >= 1e6 ? Text($"{perSecond / 1e6:0.00} M") : Text($"{perSecond / 1e3:0} k");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
