namespace Minato.Load.Peers;

/// <summary>All samples so far, in a file, so that a run that was ended loses one peer's minute and goes on.</summary>
internal sealed class Results
{
    private readonly string _file;
    private readonly List<Sample> _samples = [];

    private Results(string file) => _file = file;

    internal IReadOnlyList<Sample> Samples => _samples;

    /// <summary>Takes up what an earlier run of the same builds with the same settings has left; one that measures nothing has a file of its own.</summary>
    internal static Results Open(PeersOptions options)
    {
        var results = new Results(Path.Combine(options.Folder, options.IsQuick ? "quick.jsonl" : "results.jsonl"));
        var settings = FormattableString.Invariant($"# {options.Clients} clients, {options.Seconds} s after {options.WarmUp} and {options.Heat} s, builds {Fingerprint.Of(Fingerprint.Files())}");
        if (!options.Again && File.Exists(results._file) && File.ReadAllLines(results._file) is [var first, .. var lines] && first == settings)
            results._samples.AddRange(lines.Select(Sample.Parse));
        else
            File.WriteAllText(results._file, settings + '\n');
        return results;
    }

    internal void Add(IReadOnlyList<Sample> samples)
    {
        File.AppendAllLines(_file, samples.Select(s => s.Json()));
        _samples.AddRange(samples);
    }

    internal bool Has(Peer peer, int round) => _samples.Exists(s => s.Label == peer.Name && s.Round == round);

    /// <summary>Rounds of the cell that count.</summary>
    internal int Kept(Peer peer, Workload workload) => Of(peer, workload).Count(s => s.IsKept);

    internal IEnumerable<Sample> Of(Peer peer, Workload workload) =>
        _samples.Where(s => s.Label == peer.Name && s.Rooms == workload.Rooms && s.Window == workload.Window).OrderBy(s => s.Round);
}
