using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using Minato.Cli.Administration;
using Minato.Cli.Serving;
using Minato.Sidecar;

namespace Minato.Cli.Bench;

/// <summary>One measurement from its first connection to its last word: more and more under way, step by step.</summary>
internal sealed class BenchRun(BenchOptions options, BenchServer server)
{
    /// <summary>Posts under way in each room; 64 is what a server takes from one connection.</summary>
    private static readonly int[] Windows = [1, 4, 16, 64];

    /// <summary>The part of a step that passes before it counts.</summary>
    private const double WarmUp = 0.25;

    /// <summary>Clients that come in together, and rooms that are archived together.</summary>
    private const int AtOnce = 16;

    /// <summary>Coming in; a server that does not answer is not waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Rooms that cannot be archived by then stay as they are.</summary>
    private static readonly TimeSpan ArchivePatience = TimeSpan.FromSeconds(20);

    /// <summary>From one look at the progress to the next.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly Tally _tally = new(options.Size);
    private readonly Progress _progress = new();
    private readonly string _name = $"bench-{Guid.NewGuid():N}"[..14];

    internal static async Task<int> RunAsync(BenchOptions options)
    {
        using var signals = new EndSignals();
        using var ended = new CancellationTokenSource();
        _ = signals.Asked.ContinueWith(_ => ended.CancelAsync(), TaskScheduler.Default).Unwrap();
        try
        {
            await using var server = await BenchServer.StartAsync(options, ended.Token);
            var steps = await new BenchRun(options, server).MeasureAsync(ended.Token);
            Console.Out.Write(options.Json ? BenchJson.Of(options, server, steps) : BenchSummary.Of(options, server, steps));
            if (options.Plot is { } plot)
                await File.WriteAllTextAsync(plot, BenchPlot.Svg(options, steps), ended.Token);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            Console.Error.WriteLine("minato: it was ended before it was done.");
            return ExitCode.Error;
        }
        catch (Exception e) when (e is BenchException or WebSocketException or SidecarException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"minato: {e.Message}{(e is WebSocketException ? $" ({options.Server})" : "")}");
            return ExitCode.Error;
        }
    }

    private async Task<List<BenchStep>> MeasureAsync(CancellationToken cancel)
    {
        var clients = new List<BenchClient>();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            await EnterAsync(clients, options.Rooms, patience.Token);
            await EnterAsync(clients, options.Clients, patience.Token);
            patience.CancelAfter(Timeout.InfiniteTimeSpan);
            return await TalkAsync(clients, cancel);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new BenchException($"After {Patience.TotalMinutes} minutes {clients.Count(c => c.IsIn)} of {options.Clients} clients were in: the server does not answer, or its limits are in the way.", e);
        }
        finally
        {
            _progress.End();
            clients.ForEach(c => c.Dispose());
            if (!server.IsOwn)
                await ArchiveAsync(clients.Take(options.Rooms));
        }
    }

    /// <summary>Until so many are in; the first of each room makes it.</summary>
    private async Task EnterAsync(List<BenchClient> clients, int wanted, CancellationToken cancel)
    {
        var token = server.IsOwn ? null : Environment.GetEnvironmentVariable("MINATO_TOKEN");
        while (clients.Count < wanted)
        {
            var first = clients.Count;
            clients.AddRange(Enumerable.Range(first, Math.Min(AtOnce, wanted - first)).Select(i => new BenchClient(server.Url, token, $"{_name}-{i % options.Rooms}", $"{_name}-{i}", _tally)));
            await Task.WhenAll(clients[first..].Select((c, i) => c.EnterAsync(isMaker: first + i < options.Rooms, cancel)));
        }
    }

    private async Task<List<BenchStep>> TalkAsync(List<BenchClient> clients, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var writers = clients[..options.Rooms];
        writers.ForEach(w => w.Window = Windows[0]);
        var talks = clients.ConvertAll(c => c.TalkAsync(over.Token));
        var measuring = StepsAsync(writers, over.Token);
        try
        {
            // A client ends by itself only with a failure.
            if (await Task.WhenAny([measuring, .. talks]) is var first && first != measuring)
                await first;
            return await measuring;
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll([measuring, .. talks]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>However the measurement ended, and in a time of its own: whoever asked for the end is not to find rooms left over.</summary>
    private async Task ArchiveAsync(IEnumerable<BenchClient> makers)
    {
        using var patience = new CancellationTokenSource(ArchivePatience);
        var trouble = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(makers.Where(m => m.IsWelcome), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (maker, _) =>
        {
            try
            {
                await maker.ArchiveAsync(patience.Token);
            }
            catch (Exception e) when (e is BenchException or WebSocketException or OperationCanceledException)
            {
                // Who did not hear that its room is made may have made none.
                if (maker.IsIn)
                    trouble.Enqueue(e is OperationCanceledException ? $"the server took longer than {ArchivePatience.TotalSeconds} s" : e.Message);
            }
        });
        if (trouble.TryPeek(out var first))
            Console.Error.WriteLine($"minato: {trouble.Count} of the rooms called {_name}-… could not be archived and stay as they are: {first}");
    }

    private async Task<List<BenchStep>> StepsAsync(List<BenchClient> writers, CancellationToken cancel)
    {
        var steps = new List<BenchStep>();
        foreach (var window in Windows)
        {
            writers.ForEach(w => w.Window = window);
            steps.Add(await StepAsync(window, steps.Count, cancel));
        }
        return steps;
    }

    private async Task<BenchStep> StepAsync(int window, int done, CancellationToken cancel)
    {
        var time = options.Time / Windows.Length;
        await PassAsync(time * WarmUp, done, 0, cancel);
        _tally.Begin();
        var (posts, deliveries, refused, cpu, begun) = (_tally.Posts, _tally.Deliveries, _tally.Refused, server.Cpu, Stopwatch.GetTimestamp());
        await PassAsync(time * (1 - WarmUp), done, WarmUp, cancel);
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        return new BenchStep(
            window, (_tally.Posts - posts) / seconds, (_tally.Deliveries - deliveries) / seconds, _tally.Latencies.Quantile(0.5), _tally.Latencies.Quantile(0.99),
            (_tally.Refused - refused) / seconds, (server.Cpu - cpu)?.TotalSeconds / seconds, server.ResidentBytes);
    }

    /// <param name="done">Steps that are over; <paramref name="part"/> is what is over of this one.</param>
    private async Task PassAsync(TimeSpan time, int done, double part, CancellationToken cancel)
    {
        var all = options.Time / Windows.Length;
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) is var passed && passed < time;)
        {
            _progress.Show((long)((done + part + passed / all) * 1000), Windows.Length * 1000L);
            await Task.Delay(passed + Glance < time ? Glance : time - passed, cancel);
        }
    }
}
