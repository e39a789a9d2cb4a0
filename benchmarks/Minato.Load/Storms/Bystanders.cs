using System.Diagnostics;
using System.Globalization;

namespace Minato.Load.Storms;

/// <summary>
/// Who talk to each other in a room of their own while the storm passes. In a process of their own: what they feel is the server, and not the
/// queue of those who come back.
/// </summary>
internal sealed class Bystanders : IDisposable
{
    /// <summary>Of all of them together.</summary>
    private const int PostsPerSecond = 100;

    private readonly Process _process;

    private Bystanders(Process process) => _process = process;

    internal Latencies Latencies { get; } = new();

    /// <summary>Completes when all are in their room.</summary>
    internal static async Task<Bystanders> StartAsync(int count, int port)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Minato.Load"), ["bystanders", Text(count), Text(port)]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        var bystanders = new Bystanders(Process.Start(start)!);
        _ = await bystanders._process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The bystanders' process ended before they were in their room.");
        _ = bystanders.ReadAsync();
        return bystanders;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>Their own side: a line when all are in, then <c>SENT MILLISECONDS</c> for each post, until the input ends.</summary>
    /// <param name="args"><c>bystanders COUNT PORT</c></param>
    internal static async Task<int> RunAsync(string[] args)
    {
        var (count, port) = (int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture));
        using var stop = new CancellationTokenSource();
        var returns = new Returns(new Random(2));
        var waking = returns.RunAsync(stop.Token);
        var people = Enumerable.Range(1, count).Select(i => new Member(-i, "#quay", port, returns)
        {
            Heard = sentAt =>
            {
                var line = string.Create(CultureInfo.InvariantCulture, $"{sentAt} {Stopwatch.GetElapsedTime(sentAt).TotalMilliseconds}");
                lock (Console.Out)
                    Console.WriteLine(line);
            },
        }).ToList();
        await Task.WhenAll(people.Select(p => p.JoinAsync()));
        Console.WriteLine("in");
        var talking = Talk.RunAsync(people, PostsPerSecond, stop.Token);
        while (await Console.In.ReadLineAsync(CancellationToken.None) is not null)
        {
        }
        await stop.CancelAsync();
        await Task.WhenAll(talking, waking);
        people.ForEach(p => p.Dispose());
        return 0;
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
            if (line.Split(' ') is [var sent, var took])
                Latencies.Add(long.Parse(sent, CultureInfo.InvariantCulture), double.Parse(took, CultureInfo.InvariantCulture));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
