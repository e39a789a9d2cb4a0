using System.Globalization;
using System.Text;

namespace Minato.Cli.Bench;

/// <summary>What was found, in words.</summary>
internal static class BenchSummary
{
    internal static string Of(BenchOptions options, BenchServer server, IReadOnlyList<BenchStep> steps)
    {
        var (lone, best) = (steps[0], steps.MaxBy(s => s.Posts)!);
        var text = new StringBuilder();
        text.AppendLine(Text($"{(server.IsOwn ? "A server here" : server.Url.ToString().TrimEnd('/'))}, {options.Clients} people in {(options.Rooms == 1 ? "one room" : Text($"{options.Rooms} rooms"))}, messages of {options.Size} bytes; {Kept(options, server)}."));
        text.AppendLine();
        text.AppendLine(Text($"One message at a time{(options.Rooms == 1 ? "" : " in each room")} {(lone.Half is null ? "reached nobody while it was measured." : $"reaches everybody there: {Within(lone)}.")}"));
        text.AppendLine(best.Half is null ? "No message got through." : Text($"At most {best.Posts:N0} messages a second get through, {best.Deliveries:N0} deliveries: {Within(best)}."));
        if (options.Clients / best.Posts is var pause && pause < 3600)
            text.AppendLine(Text($"That is as if each of the {options.Clients} wrote a message every {(pause < 1 ? Text($"{pause * 1000:0} ms") : Text($"{pause:0.#} s"))}."));
        if (best.Processors is { } processors && best.ResidentBytes is { } bytes)
            text.AppendLine(Text($"The server then kept {processors:0.0} of {Environment.ProcessorCount} processors busy, and took {bytes / 1024 / 1024} MiB. This program, which is all the people, ran beside it on the same machine."));
        if (steps.Any(s => s.Refused > 0))
            text.AppendLine("The server told some of them to come again later: its rate limits are part of what was measured. minato serve --no-rate-limits lifts them.");
        text.AppendLine();
        text.AppendLine("under way  messages/s  deliveries/s  half within  99 of 100 within");
        foreach (var step in steps)
            text.AppendLine(Text($"{step.Window,9}  {step.Posts,10:N0}  {step.Deliveries,12:N0}  {Time(step.Half),11}  {Time(step.Most),16}"));
        if (options.Plot is { } plot)
            text.AppendLine().AppendLine($"Drawn into {plot}.");
        return text.ToString();
    }

    private static string Kept(BenchOptions options, BenchServer server) => server switch
    {
        { IsOwn: false } => "how it keeps them is its own affair",
        { FileSystem: null } => "it keeps nothing",
        { FileSystem: "tmpfs" or "ramfs" } => $"its data is in memory ({options.Folder ?? Path.GetTempPath()} is no disk; --dir names one)",
        _ => $"each is on disk ({server.FileSystem}) before anybody is told",
    };

    private static string Within(BenchStep step) => $"half of them within {Time(step.Half)}, 99 of 100 within {Time(step.Most)}";

    private static string Time(TimeSpan? time) => time switch
    {
        null => "–",
        { TotalMilliseconds: < 10 and var few } => Text($"{few:0.0} ms"),
        { TotalMilliseconds: var many } => Text($"{many:0} ms"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
