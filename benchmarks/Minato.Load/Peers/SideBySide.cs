using System.Diagnostics;
using System.Globalization;

namespace Minato.Load.Peers;

/// <summary>All peers in alternation, round after round, and again those of whose rounds too few count.</summary>
internal static class SideBySide
{
    /// <summary>Rounds more, at most, in place of those in which the generator was too busy.</summary>
    private const int MoreRounds = 2;

    /// <summary>Rounds of a peer that may fail; then it is left out.</summary>
    private const int MostFailures = 2;

    internal static async Task<int> RunAsync(PeersOptions options)
    {
        Directory.CreateDirectory(options.Folder);
        try
        {
            Machine.RequireDisk(options.Folder);
            if (Environment.ProcessorCount < 2)
                throw new InvalidOperationException("The server and the generator take a processor each, and here is one.");
            var results = Results.Open(options);
            var peers = Family.All.SelectMany(f => f.Peers).Where(p => p.IsFloor || options.Only.Length == 0 || options.Only.Any(p.Name.Contains)).ToList();
            var failures = peers.ToDictionary(p => p, _ => 0);
            var begun = Stopwatch.GetTimestamp();
            for (var round = 1; round <= options.Rounds + MoreRounds; round++)
                foreach (var peer in peers.Where(p => failures[p] < MostFailures && IsDue(p, round, results, options)))
                {
                    if (Stopwatch.GetElapsedTime(begun).TotalMinutes > options.Minutes)
                        Console.Error.WriteLine($"round {round}: {peer.Name} is left out: the time is over.");
                    else if (!await TryRoundAsync(peer, round, results, options))
                        failures[peer]++;
                }
            var report = new BesideOthers(results, options, peers);
            Console.WriteLine(report.Markdown());
            if (options.Docs is { } docs)
                report.WriteTo(docs);
            return failures.Values.Sum() == 0 ? 0 : 1;
        }
        catch (InvalidOperationException e)
        {
            Console.Error.WriteLine($"load: {e.Message}");
            return 1;
        }
    }

    /// <summary>Later rounds are for those of whose rounds some count, but too few (where none does, the generator is too slow for that peer), and for their floor, since ratios are taken within a round.</summary>
    private static bool IsDue(Peer peer, int round, Results results, PeersOptions options)
    {
        if (results.Has(peer, round))
            return false;
        return round <= options.Rounds || peer.Family.Peers.Where(p => p == peer || peer.IsFloor).Any(p => results.Samples.Any(s => s.Label == p.Name)
            && Workload.All.Any(w => results.Kept(p, w) is var kept && kept > 0 && kept < options.Rounds));
    }

    private static async Task<bool> TryRoundAsync(Peer peer, int round, Results results, PeersOptions options)
    {
        var begun = Stopwatch.GetTimestamp();
        Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"round {round}: {peer.Name} … "));
        try
        {
            var samples = await PeerRun.RunAsync(peer, round, options);
            results.Add(samples);
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{string.Join(", ", samples.Select(s => $"{s.Deliveries / 1e6:0.00}M/s{(s.IsKept ? "" : " (generator too busy)")}"))}; {Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s"));
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or InvalidDataException or Sidecar.SidecarException)
        {
            Console.Error.WriteLine($"failed: {e.Message}");
            return false;
        }
    }
}
