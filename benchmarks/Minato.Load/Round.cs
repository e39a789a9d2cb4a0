using System.Diagnostics;

namespace Minato.Load;

internal sealed record RoundResult(
    double PostsPerSecond, double DeliveriesPerSecond, double P50, double P99, double CpuPerMillion, double MemoryMiB);

/// <summary>One measurement: a fresh server, clients that connect, a second to warm up, then counting.</summary>
internal static class Round
{
    internal static async Task<RoundResult> RunAsync(LoadOptions options)
    {
        var data = Directory.CreateTempSubdirectory("minato-load-");
        using var server = await ServerProcess.StartAsync(options.Memory ? null : data.FullName);
        var clients = new List<LoadClient>();
        try
        {
            var stopped = (int)(options.Clients * options.Stopped);
            for (var i = 0; i < options.Clients; i++)
                clients.Add(await LoadClient.ConnectAsync(server.Port, reads: i >= stopped, irc: options.Irc ? i : null));
            var poster = clients[^1];
            poster.StartPosting(options.Window, options.Size);
            await Task.Delay(TimeSpan.FromSeconds(1));
            return await MeasureAsync(options, server, clients, poster);
        }
        finally
        {
            clients.ForEach(c => c.Dispose());
            await server.KillAsync();
            data.Delete(recursive: true);
        }
    }

    private static async Task<RoundResult> MeasureAsync(LoadOptions options, ServerProcess server, List<LoadClient> clients, LoadClient poster)
    {
        var (posts, deliveries, cpu, watch) = (poster.Received, clients.Sum(c => c.Received), server.Cpu, Stopwatch.StartNew());
        poster.Latencies.Clear();
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds));
        var seconds = watch.Elapsed.TotalSeconds;
        var delivered = clients.Sum(c => c.Received) - deliveries;
        var latencies = poster.TakeLatencies();
        return new RoundResult(
            (poster.Received - posts) / seconds, delivered / seconds, latencies[latencies.Length / 2], latencies[latencies.Length * 99 / 100],
            (server.Cpu - cpu).TotalSeconds / delivered * 1e6, server.MemoryMiB);
    }
}
