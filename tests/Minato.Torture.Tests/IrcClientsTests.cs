using Minato.Core.Events;
using Minato.Torture.Checking;
using static Minato.Torture.Tests.HistoryText;

namespace Minato.Torture.Tests;

/// <summary>What the checker holds IRC clients to, and what it lets pass.</summary>
public sealed class IrcClientsTests
{
    /// <summary>It learnt who it is by what its host name says of it.</summary>
    private const string Me = "1 f0i0.1 began 00000007";

    private static readonly string One = Rooms[0];

    [Fact]
    public void What_was_heard_in_a_row_and_read_page_by_page_to_the_end_is_well() => Assert.Empty(Violations(
        Log(6), "1 f0i0.1 connected 1", Heard(2), Heard(3), Heard(4), Recalled(10, -1, 2), Recalled(10, -1, 3), Recalled(11, 3, 4), Recalled(11, 3, 5), Recalled(11, 3, 6), $"9 f0i0.1 caught-up {One} 8 6"));

    [Fact]
    public void A_message_that_was_deleted_since_need_not_have_been_shown() => Assert.Empty(Violations(
        Log(4, erased: 3), "1 f0i0.1 connected 1", Heard(2), Heard(4), Recalled(10, 1, 2), Recalled(10, 1, 4)));

    [Fact]
    public void Who_was_out_meanwhile_missed_what_was_said() => Assert.Empty(Violations(
        Log(6), "1 f0i0.1 connected 1", Heard(2), $"2 f0i0.1 gone {One}", Heard(5), "3 f0i0.1 connected 1", Heard(3)));

    [Theory]
    [InlineData("G4", "3 is missing", 2, 4)]
    [InlineData("G2", "heard 2 of", 2, 2)]
    [InlineData("G2", "heard 2 of", 3, 2)]
    [InlineData("G3", "the log does not have", 2, 7)]
    public void What_was_heard_otherwise_is_not(string promise, string what, int first, int second)
    {
        var said = Assert.Single(Violations(Log(6), "1 f0i0.1 connected 1", Heard(first), Heard(second)));
        Assert.StartsWith(promise, said, StringComparison.Ordinal);
        Assert.Contains(what, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("G4", "2 is missing", 1, 3, 4)]
    [InlineData("G4", "3 is missing", 1, 2, 4)]
    [InlineData("G3", "was shown 3 of", 1, 2, 3, 3)]
    [InlineData("G3", "was shown 1 of", 1, 1)]
    public void A_page_that_leaves_out_doubles_or_begins_too_early_is_not(string promise, string what, int after, params int[] seqs)
    {
        var said = Assert.Single(Violations(Log(6), ["1 f0i0.1 connected 1", .. seqs.Select(s => Recalled(10, after, s))]));
        Assert.StartsWith(promise, said, StringComparison.Ordinal);
        Assert.Contains(what, said, StringComparison.Ordinal);
    }

    [Fact]
    public void An_end_that_is_none_and_another_text_or_time_are_not()
    {
        Assert.Contains("5 was known before", Assert.Single(Violations(Log(6), $"6 f0s1 acked c {One} 5", $"9 f0i0.1 caught-up {One} 7 4")), StringComparison.Ordinal);
        Assert.Empty(Violations(Log(6), $"8 f0s1 acked c {One} 5", $"9 f0i0.1 caught-up {One} 7 4"));
        Assert.Contains("another text at 2", Assert.Single(Violations(Log(6), $"9 f0i0.1 heard {One} 2 2 else")), StringComparison.Ordinal);
        Assert.Contains("as said at 7", Assert.Single(Violations(Log(6), $"9 f0i0.1 heard {One} 2 7 {Text(One, 2)}")), StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_private_room_nothing_is_missing_that_was_said_while_one_was_out()
    {
        // In from 2 to 4, and again from 7 on.
        var log = Private(Log(9), (2, EventKind.Joined), (4, EventKind.Kicked), (7, EventKind.Joined));
        Assert.Empty(Violations(log, Me, Recalled(10, -1, 3), Recalled(11, 3, 8), Recalled(11, 3, 9)));
        Assert.Contains("8 is missing", Assert.Single(Violations(log, Me, Recalled(10, -1, 3), Recalled(11, 3, 9))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(1, 1)]
    [InlineData(3, 0)]
    [InlineData(8, 0)]
    public void In_a_private_room_nobody_hears_or_reads_what_was_said_while_they_were_out(int seq, int violations)
    {
        var log = Private(Log(9), (2, EventKind.Joined), (4, EventKind.Kicked), (7, EventKind.Joined));
        Assert.Equal(violations, Of(log, [Me, Heard(seq)]).Record().Held(r => new OnlyWhatOneMaySee(r)).Count());
        Assert.Equal(violations, Of(log, [Me, Recalled(10, -1, seq)]).Record().Held(r => new OnlyWhatOneMaySee(r)).Count());
    }

    private static string Heard(int seq) => $"2 f0i0.1 heard {One} {seq} {seq} {Text(One, seq)}";

    private static string Recalled(int askedAt, int after, int seq) => $"3 f0i0.1 recalled {One} {askedAt} {after} {seq} {seq} {Text(One, seq)}";
}
