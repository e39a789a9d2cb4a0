using System.Net.Http.Headers;
using Minato.Torture.Faults;
using Minato.Torture.Staging;
using Minato.Torture.Staging.Wires;

namespace Minato.Torture.Running.Soaking;

/// <summary>A long run in which nothing fails: clients come, go, freeze and break off all the time, and what the server holds must not grow.</summary>
internal static class Soak
{
    /// <summary>Milliseconds between two acts of one client: fewer than under faults, because connections are what this is about, and the history is longer.</summary>
    private const int Pause = 1000;

    private const string TokenVariable = "MINATO_METRICS_TOKEN";

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(2);

    public static async Task<bool> RunAsync(TortureOptions options)
    {
        var folder = options.Keep ?? Directory.CreateTempSubdirectory("minato-soak-").FullName;
        Console.WriteLine($"seed {options.Seed}, histories and readings in {folder}");
        Directory.CreateDirectory(folder);
        // Metrics are for loopback and for who has this; the server takes it from what it is started with.
        var token = Guid.NewGuid().ToString("N");
        Environment.SetEnvironmentVariable(TokenVariable, token);
        var harbour = new Harbour();
        var readings = new List<Reading>();
        var complaint = await TortureRun.RecordAsync(folder, options, Pause, AllFaults.Churn, harbour, TortureRun.Serving, async (server, time) =>
        {
            using var log = new StreamWriter(Path.Combine(folder, "readings.csv")) { AutoFlush = true };
            await log.WriteLineAsync(Reading.Heading);
            await ReadAsync(server, new Uri($"http://{harbour.Berths[0].Server}/metrics"), token, time, reading =>
            {
                readings.Add(reading);
                log.WriteLine(reading);
            });
        });
        var isKept = Verdict.Print(folder);
        Console.WriteLine(Flatness.Summary(readings));
        var complaints = Flatness.Complaints(readings).ToList();
        if (complaint is not null)
            complaints.Add(complaint);
        complaints.ForEach(Console.WriteLine);
        Console.WriteLine(complaints.Count == 0 ? "Nothing grew." : $"{complaints.Count} complaints.");
        return isKept && complaints.Count == 0;
    }

    private static async Task ReadAsync(ServerProcess server, Uri metrics, string token, TimeSpan time, Action<Reading> take)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var began = TimeProvider.System.GetTimestamp();
        for (var at = TimeSpan.Zero; at < time; at = TimeProvider.System.GetElapsedTime(began))
        {
            try
            {
                take(Reading.Of(at, server.Id, await http.GetStringAsync(metrics)));
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // The wire is cut just now, so that connections are half-open.
            }
            await Task.Delay(Between);
        }
    }
}
