using System.Diagnostics;
using System.Globalization;
using Minato.Server.Hosting;
using Minato.Sidecar;

namespace Minato.Server;

/// <summary>Has another program take the place of the server that has a data folder, with the same pid, port and data.</summary>
public static class Reload
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    /// <param name="program">A whole path. Null: what stands now where the running one was started from.</param>
    /// <param name="patience">How long it may take to be prepared, to migrate the data, and to serve: each.</param>
    /// <returns>The version that serves, and its pid.</returns>
    /// <exception cref="IOException">It did not come about; the message says why, and who serves.</exception>
    public static async Task<(string Version, int Pid)> RunAsync(string data, string? program, TimeSpan patience, CancellationToken cancel = default)
    {
        var pid = await FindAsync(data, cancel);
        var ended = ParentWatch.WhenProcessEnds(pid);
        var before = await AskAsync(data, "/instance", "", cancel) ?? throw Nobody(data);
        var request = string.Create(CultureInfo.InvariantCulture, $"{(long)patience.TotalMilliseconds}\n{program}");
        if (await AskAsync(data, "/reload", request, cancel) is var answer and not "ok")
            throw new IOException(answer is null ? "The server ended before it had answered. Its log says why."
                : $"{answer} {(await AskAsync(data, "/instance", "", cancel) is null ? "Nobody serves any more." : "The server that was there goes on.")}");
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await AskAsync(data, "/instance", "", cancel) is { } now && Line(now, 0) != Line(before, 0))
                return Line(now, 2) is { Length: > 0 } failure ? throw new IOException($"{failure} The server that was there goes on; its clients had to come back.") : (Line(now, 1), pid);
            if (ended.IsCompleted)
                throw new IOException($"The new one was prepared, took over, and ended (pid {pid}). Its log says why.");
            if (Stopwatch.GetElapsedTime(began) > patience)
                throw new IOException($"The new one took over (pid {pid}), and does not serve yet. Its log may say why.");
            await Task.Delay(LookAgain, cancel);
        }
    }

    private static async Task<int> FindAsync(string data, CancellationToken cancel)
    {
        try
        {
            return ReadyReport.Parse(await File.ReadAllTextAsync(Path.Combine(data, "server.json"), cancel)).Pid;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Text.Json.JsonException)
        {
            throw Nobody(data);
        }
    }

    /// <summary>Null: nobody answers.</summary>
    private static async Task<string?> AskAsync(string data, string path, string content, CancellationToken cancel)
    {
        try
        {
            return await ControlClient.AskAsync(data, path, content, new DataInUseException("", url: null, pid: null), cancel);
        }
        catch (Exception e) when (e is DataInUseException or IOException)
        {
            return null;
        }
    }

    private static string Line(string text, int number) => text.Split('\n').ElementAtOrDefault(number) ?? "";

    private static IOException Nobody(string data) =>
        new($"No server answers for the data in {Path.GetFullPath(data)}. Name the folder of one that runs with --data.");
}
