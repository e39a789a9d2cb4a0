using Minato.Torture.Checking;
using Minato.Torture.Histories;
using static Minato.Torture.Tests.HistoryText;

namespace Minato.Torture.Tests;

/// <summary>A fault that is planted among much that is well comes out with what it takes to see it, and nothing else.</summary>
public sealed class ShortestHistoryTests
{
    private const int Posts = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public void An_event_that_was_left_out_is_shown_by_the_ones_around_it()
    {
        var (one, at) = (Rooms[0], 1000);
        var lines = Crowd(ref at);
        lines.RemoveAll(l => l.Contains($"f0s3 saw {one} 17 ", StringComparison.Ordinal));
        var (history, violation) = Only("G4", lines);
        var shortest = ShortestHistory.Of(history.Record(), violation, Patience)!;
        Assert.Equal([$"f0s3 saw {one} 16", $"f0s3 saw {one} 18"], Words(shortest, 4));
        Assert.Empty(shortest.Log.Events);
    }

    [Fact]
    public void What_was_acknowledged_and_is_not_there_is_shown_by_its_sending_and_its_answer()
    {
        var at = 1000;
        var (history, violation) = Only("G1", [.. Crowd(ref at), $"{at} f0s1 sent lost send {Rooms[1]} 0 -", $"{at + 1} f0s1 acked lost {Rooms[1]} {Posts + 1}"]);
        Assert.Equal(["f0s1 sent lost", "f0s1 acked lost"], Words(ShortestHistory.Of(history.Record(), violation, Patience)!, 3));
    }

    [Fact]
    public void What_stands_twice_in_the_log_is_shown_by_both_places_and_who_sent_it()
    {
        var at = 1000;
        var log = Log(Posts);
        var twice = log.Events.Select(e => e.Room == Rooms[2] && e.Seq == 9 ? e with { Text = Text(Rooms[2], 8) } : e).ToList();
        var lines = Senders(Posts).Concat(Crowd(ref at)).Where(l => !l.Contains("f0s", StringComparison.Ordinal) || !l.Contains($"{Rooms[2]} 9 ", StringComparison.Ordinal)).ToList();
        var history = Of(log with { Events = twice }, lines);
        var violation = Checker.Check(history.Record()).First(v => v.What.Contains("stored 2 times", StringComparison.Ordinal));
        var shortest = ShortestHistory.Of(history.Record(), violation, Patience)!;
        Assert.Equal([8, 9], shortest.Log.Events.Select(e => e.Seq));
        Assert.Empty(shortest.Entries);
    }

    [Fact]
    public void When_the_time_is_up_what_is_left_still_shows_it()
    {
        var at = 1000;
        var (history, violation) = Only("G1", [.. Crowd(ref at), $"{at} f0s1 sent lost send {Rooms[1]} 0 -", $"{at + 1} f0s1 acked lost {Rooms[1]} {Posts + 1}"]);
        var shortest = ShortestHistory.Of(history.Record(), violation, TimeSpan.Zero)!;
        Assert.True(shortest.Shows(violation));
        Assert.True(shortest.Entries.Count < history.Entries.Count, "Those that are no evidence are left out in one step.");
    }

    [Fact]
    public void What_takes_more_than_the_evidence_and_is_too_long_is_not_shortened()
    {
        var at = 1000;
        var (history, violation) = Only("G2", [.. Crowd(ref at), $"{at} f0s1 acked nobody's {Rooms[1]} {Posts}"]);
        Assert.NotNull(ShortestHistory.Of(history.Record(), violation, Patience, most: 0));
        var elsewhere = violation with { Evidence = [] };
        Assert.Null(ShortestHistory.Of(history.Record(), elsewhere, Patience, most: 0));
        Assert.NotNull(ShortestHistory.Of(history.Record(), elsewhere, Patience));
    }

    /// <summary>Five clients who follow three rooms from the beginning to the end, and saw all.</summary>
    private static List<string> Crowd(ref int at)
    {
        var lines = new List<string>();
        for (var client = 0; client < 5; client++)
        {
            lines.Add($"{at++} f0s{client} connected 1");
            foreach (var room in Rooms)
            {
                lines.Add($"{at++} f0s{client} follows {room} 0");
                for (var seq = 1; seq <= Posts; seq++)
                    lines.Add($"{at++} f0s{client} saw {room} {seq} post {seq} {seq} u {Text(room, seq)} 0 -");
                lines.Add($"{at++} f0s{client} ended {room} {Posts}");
            }
        }
        return lines;
    }

    private static (History History, Violation Violation) Only(string promise, IEnumerable<string> lines)
    {
        var history = Of(Log(Posts), Senders(Posts).Concat(lines));
        var violation = Assert.Single(Checker.Check(history.Record()));
        Assert.Equal(promise, violation.Promise);
        return (history, violation);
    }

    private static IEnumerable<string> Words(History history, int count) => history.Entries.Select(e => string.Join(' ', EntryLine.Write(e).Split(' ')[1..(count + 1)]));
}
