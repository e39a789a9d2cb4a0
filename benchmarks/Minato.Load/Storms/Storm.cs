using System.Diagnostics;
using System.Globalization;

namespace Minato.Load.Storms;

/// <summary>Thousands lose the server at once and come back, while some in another room go on talking.</summary>
internal sealed class Storm : IAsyncDisposable
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(8);

    private readonly StormOptions _options;
    private readonly DirectoryInfo _data;
    private readonly Crowd _crowd;
    private Bystanders? _bystanders;
    private ServerProcess _server;

    private Storm(StormOptions options, DirectoryInfo data, ServerProcess server) =>
        (_options, _data, _server, _crowd) = (options, data, server, new Crowd(options.Clients, options.Rooms, server.Port));

    internal static async Task<bool> RunAsync(StormOptions options)
    {
        var isWell = true;
        for (var round = 1; round <= options.Rounds; round++)
        {
            await using var storm = await SetAsync(options);
            isWell &= await storm.StrikeAsync("connections reset", () =>
            {
                storm._crowd.Cut();
                return Task.CompletedTask;
            });
            isWell &= await storm.StrikeAsync("SIGTERM", async () =>
            {
                await storm._server.TerminateAsync();
                await storm.StartAgainAsync();
            });
            isWell &= await storm.StrikeAsync("kill -9", async () =>
            {
                await storm._server.KillAsync();
                await storm.StartAgainAsync();
            });
        }
        return isWell;
    }

    public async ValueTask DisposeAsync()
    {
        await _crowd.DisposeAsync();
        _bystanders?.Dispose();
        await _server.KillAsync();
        _server.Dispose();
        _data.Delete(recursive: true);
    }

    private static async Task<Storm> SetAsync(StormOptions options)
    {
        var data = Directory.CreateTempSubdirectory("minato-storm-");
        var storm = new Storm(options, data, await ServerProcess.StartAsync(data.FullName, executable: options.Server));
        await storm.PeopleAsync();
        return storm;
    }

    private async Task PeopleAsync()
    {
        await Entrance.MakeRoomsAsync(_server.Port, [.. _crowd.Slugs, "quay"]);
        _bystanders = await Bystanders.StartAsync(_options.Bystanders, _server.Port);
        await _crowd.GatherAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_options.Clients} members in {_options.Rooms} rooms, {_options.Bystanders} bystanders, {_server.MemoryMiB:N0} MiB"));
        _crowd.StartTalking();
        await Task.Delay(Calm);
    }

    private async Task StartAgainAsync()
    {
        var port = _server.Port;
        _server.Dispose();
        _server = await ServerProcess.StartAsync(_data.FullName, port, _options.Server);
    }

    private async Task<bool> StrikeAsync(string name, Func<Task> strike)
    {
        var calmFrom = Stopwatch.GetTimestamp() - (long)(Calm.TotalSeconds * Stopwatch.Frequency);
        // What is said in the last moment may be heard only by resuming.
        var calmTo = Stopwatch.GetTimestamp() - Stopwatch.Frequency / 5;
        _crowd.Expect();
        await strike();
        var ready = Stopwatch.GetTimestamp();
        var cpu = _server.Cpu;
        await _crowd.AwaitBackAsync();
        var end = Stopwatch.GetTimestamp();
        var spent = (_server.Cpu - cpu).TotalSeconds;
        await Task.Delay(Calm);
        Report(name, new Phases(calmFrom, calmTo, ready, end), spent);
        return _crowd is { AreBack: true, Wrong: 0, Resets: 0 };
    }

    private void Report(string name, Phases at, double cpu)
    {
        var back = _crowd.BackSince(at.Ready);
        var (before, during, after) = (_bystanders!.Latencies.Between(at.CalmFrom, at.CalmTo), _bystanders!.Latencies.Between(at.Ready, at.End), _bystanders!.Latencies.Between(at.End + Stopwatch.Frequency, long.MaxValue));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {back.Count} of {_options.Clients} in step; from the moment the server serves: p50 {back.P50:N2} s, p99 {back.P99:N2} s, all {back.Max:N2} s; server CPU {cpu:N2} s, {_server.MemoryMiB:N0} MiB"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  wrong {_crowd.Wrong}, told to load anew {_crowd.Resets}"));
        Row("before", before);
        Row("during", during);
        Row("after", after);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  during ÷ before: p50 {during.P50 / before.P50:N2}, p99 {during.P99 / before.P99:N2}, max {during.Max / before.Max:N2}"));
    }

    private static void Row(string name, Spread spread) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-6} {spread.Count,5} posts: p50 {spread.P50,7:N1} ms, p99 {spread.P99,7:N1} ms, max {spread.Max,7:N1} ms"));

    /// <summary>Timestamps.</summary>
    private sealed record Phases(long CalmFrom, long CalmTo, long Ready, long End);
}
