using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Minato.Load;

internal sealed record RoundResult(
    double PostsPerSecond, double DeliveriesPerSecond, double P50, double P99, double CpuPerMillion, double MemoryMiB);

/// <summary>One measurement: a fresh server, clients that connect, a second to warm up, then counting.</summary>
internal static class Round
{
    internal static async Task<RoundResult> RunAsync(LoadOptions options)
    {
        var data = Directory.CreateTempSubdirectory("minato-load-");
        using var server = StartServer(options, data.FullName);
        var clients = new List<LoadClient>();
        try
        {
            using var ready = JsonDocument.Parse(await server.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start."));
            var port = ready.RootElement.GetProperty("port").GetInt32();
            var stopped = (int)(options.Clients * options.Stopped);
            for (var i = 0; i < options.Clients; i++)
                clients.Add(await LoadClient.ConnectAsync(port, reads: i >= stopped));
            var poster = clients[^1];
            poster.StartPosting(options.Window, options.Size);
            await Task.Delay(TimeSpan.FromSeconds(1));
            return await MeasureAsync(options, server, clients, poster);
        }
        finally
        {
            clients.ForEach(c => c.Dispose());
            server.Kill();
            await server.WaitForExitAsync();
            data.Delete(recursive: true);
        }
    }

    private static async Task<RoundResult> MeasureAsync(LoadOptions options, Process server, List<LoadClient> clients, LoadClient poster)
    {
        var (posts, deliveries, cpu, watch) = (poster.Received, clients.Sum(c => c.Received), server.TotalProcessorTime, Stopwatch.StartNew());
        poster.Latencies.Clear();
        await Task.Delay(TimeSpan.FromSeconds(options.Seconds));
        var seconds = watch.Elapsed.TotalSeconds;
        var delivered = clients.Sum(c => c.Received) - deliveries;
        server.Refresh();
        var latencies = poster.TakeLatencies();
        return new RoundResult(
            (poster.Received - posts) / seconds, delivered / seconds, latencies[latencies.Length / 2], latencies[latencies.Length * 99 / 100],
            (server.TotalProcessorTime - cpu).TotalSeconds / delivered * 1e6, server.WorkingSet64 / 1024.0 / 1024);
    }

    private static Process StartServer(LoadOptions options, string data)
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Minato.slnx")))
            root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("Run it inside the repository.");
        var start = new ProcessStartInfo(Path.Combine(root, "src/Minato.Cli/bin/Release/net10.0/minato"))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments = ["127.0.0.1:0", "--ready-json", "--no-rate-limits", .. options.Memory ? ["--memory"] : new[] { "--data", data }];
        Array.ForEach(arguments, start.ArgumentList.Add);
        var server = Process.Start(start) ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{start.FileName} does not start; build it first."));
        server.ErrorDataReceived += (_, _) => { };
        server.BeginErrorReadLine();
        return server;
    }
}
