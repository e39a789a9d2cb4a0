using System.Diagnostics;
using System.Globalization;

namespace Minato.Load.Peers;

/// <summary>One round of one peer: a fresh server on the first processor, the generator on the second, every workload.</summary>
internal static class PeerRun
{
    /// <summary>A generator that says nothing for so long has lost its server.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <exception cref="InvalidOperationException">The generator lost a client or a message; the message says which.</exception>
    internal static async Task<List<Sample>> RunAsync(Peer peer, int round, PeersOptions options)
    {
        var folder = Directory.CreateDirectory(Path.Combine(options.Folder, "run")).FullName;
        var fsyncs = Path.Combine(folder, "fsyncs");
        var environment = new Dictionary<string, string?>();
        if (peer.IsDurable)
            (environment["LD_PRELOAD"], environment["FSYNC_COUNT"]) = (Tree.Native("fsyncs.so"), fsyncs);
        try
        {
            await using var server = await Sidecar.Sidecar.StartAsync(new Sidecar.SidecarOptions
            {
                Program = "taskset",
                Arguments = ["-c", "0", .. peer.Command(folder)],
                Environment = environment,
                StopTimeout = TimeSpan.FromSeconds(5),
            });
            var samples = new List<Sample>();
            foreach (var workloads in Workload.ByRooms)
                samples.AddRange(await GenerateAsync(peer, round, server, fsyncs, [.. workloads], isFirst: samples.Count == 0, options));
            return samples;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<List<Sample>> GenerateAsync(
        Peer peer, int round, Sidecar.Sidecar server, string fsyncs, Workload[] workloads, bool isFirst, PeersOptions options)
    {
        string[] arguments =
        [
            "-c", "1", Tree.Native("generate"), "--dialect", peer.Dialect, "--port", Text(server.Port), "--clients", Text(options.Clients), "--at-once", Text(peer.AtOnce), "--rooms", Text(workloads[0].Rooms),
            "--from", isFirst ? "0" : "1", "--heat", isFirst ? Text(options.Heat) : "0",
            "--windows", string.Join(',', workloads.Select(w => w.Window)), "--warmup", Text(options.WarmUp), "--seconds", Text(options.Seconds),
            "--pid", Text(server.ProcessId), "--fsyncs", fsyncs, "--label", peer.Name,
        ];
        using var generator = Process.Start(new ProcessStartInfo("taskset", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var (said, troubles) = (generator.StandardOutput.ReadToEndAsync(patience.Token), generator.StandardError.ReadToEndAsync(patience.Token));
            await generator.WaitForExitAsync(patience.Token);
            if (generator.ExitCode != 0)
                throw new InvalidOperationException($"{peer.Name}: {(await troubles).Trim()} {string.Join(" / ", server.Logs.Tail(3))}");
            return [.. (await said).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Sample.Parse(line) with { Round = round })];
        }
        catch (OperationCanceledException e)
        {
            generator.Kill();
            throw new InvalidOperationException($"{peer.Name}: the generator did not end within {Patience.TotalMinutes} minutes.", e);
        }
    }

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
