using Minato.Core.Events;
using Minato.Torture.Checking;
using static Minato.Torture.Tests.HistoryText;

namespace Minato.Torture.Tests;

/// <summary>What the checker says of histories in which there are several servers.</summary>
public sealed class NodesTests
{
    private static readonly string One = Rooms[0];

    [Theory]
    [InlineData("cut-from-database", 2, 60, true)]
    [InlineData("away-from-database", 2, 60, true)]
    // By another server, or when it was over, or nothing that was in the way.
    [InlineData("cut-from-database", 1, 60, false)]
    [InlineData("cut-from-database", 2, 90, false)]
    [InlineData("loss-to-database", 2, 60, false)]
    public void What_is_sent_to_a_server_without_its_database_is_not_acknowledged_before_it_has_it_again(string fault, int node, long answered, bool isWrong)
    {
        var record = Of(Log(3), ["1 f0s0 connected 1", "5 f0s0 connected 2", $"50 f0s0 sent c send {One} 0 -", $"{answered} f0s0 acked c {One} 3", $"40 fate struck {fault} 80 {node}"]).Record();
        Assert.Equal(isWrong ? ["c was sent and acknowledged while server 2 was cut off from its database."] : [], record.Held(r => new AwayFromDatabase(r)).Select(v => v.What));
    }

    [Fact]
    public void What_was_sent_before_may_have_been_saved_before() => Assert.Empty(
        Of(Log(3), ["1 f0s0 connected 2", $"30 f0s0 sent c send {One} 0 -", $"60 f0s0 acked c {One} 3", "40 fate struck cut-from-database 80 2"]).Record().Held(r => new AwayFromDatabase(r)));

    [Fact]
    public void Another_server_may_know_a_moment_later_how_far_somebody_has_read() =>
        Assert.Empty(Positions("1 f0s0 connected 1", Read(2, 5), "3 f0s0 connected 2", Stood(4, 3), Stood(5, 5)));

    [Fact]
    public void It_may_not_know_it_in_the_end() =>
        Assert.Equal([$"f0s0 had read {One} to 5, and in the end to 3."], Positions("1 f0s0 connected 1", Read(2, 5), "3 f0s0 connected 2", Stood(4, 3)));

    [Fact]
    public void The_same_server_does_not_go_back() =>
        Assert.Equal([$"f0s0 had read {One} to 5 and then to 3."], Positions("1 f0s0 connected 1", Read(2, 5), "3 f0s0 connected 2", Stood(4, 4), "5 f0s0 connected 1", Stood(6, 3), Read(7, 5)));

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    public void Only_the_server_that_was_killed_may_have_forgotten_it(int killed, int violations) =>
        Assert.Equal(violations, Positions("1 f0s0 connected 1", Read(2, 5), $"3 fate struck kill 4 {killed}", "5 f0s0 connected 2", Stood(6, 3)).Count);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    public void What_one_server_refuses_another_may_have_in_hand(int node, int violations) =>
        Assert.Equal(violations, AckedIsStored.Check(Of(
            Log(3), [$"1 f0s0 connected 1", $"2 f0s0 sent {Text(One, 3)} send {One} 0 -", $"3 f0s0 connected {node}", $"4 f0s0 refused {Text(One, 3)} no_such_room"]).Record()).Count());

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 0)]
    public void What_was_erased_is_shown_by_no_server_that_has_told_of_it(int node, int violations)
    {
        var log = Log(3);
        log = log with { Events = [.. log.Events.Select(e => e is { Seq: 2 } && e.Room == One ? e with { Kind = EventKind.Deleted, Target = 1, Text = null, Post = 1 } : e)] };
        var record = Of(log, ["1 f0s0 connected 1", $"2 f0s0 acked c {One} 2", $"5 f0s1 connected {node}", $"6 f0s1 saw {One} 1 post 1 1 u {Text(One, 1)} 0 -"]).Record();
        Assert.Equal(violations, record.Held(r => new Messages(r)).Count(v => v.Promise == "erased"));
    }

    private static string Read(long at, long seq) => $"{at} f0s0 read {One} {seq} 0";

    private static string Stood(long at, long read) => $"{at} f0s0 stood {One} 1 6 6 {read} {6 - read}";

    private static List<string> Positions(params string[] lines) => [.. Of(Log(6), lines).Record().Held(r => new ReadPositions(r)).Select(v => v.What)];
}
