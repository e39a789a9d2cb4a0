namespace Minato.Cli.Tests.Torture;

/// <summary>A checker that cannot fail proves nothing: each promise broken by hand must be noticed, and named.</summary>
public sealed class RoomRecordTests
{
    [Fact]
    public void A_record_without_fault_has_no_violation() => Assert.Null(Good().FirstViolation());

    [Fact]
    public void An_acknowledged_post_that_is_gone_is_noticed()
    {
        var record = Good();
        record.History.RemoveAt(record.History.Count - 1);
        foreach (var runs in record.Readers.Values)
            runs[^1].RemoveAt(runs[^1].Count - 1);
        Assert.StartsWith("G1: c4 was acknowledged as 5", record.FirstViolation());
    }

    [Fact]
    public void An_acknowledged_post_that_stands_elsewhere_is_noticed()
    {
        var record = Good();
        record.Acks[0] = ("c1", 3);
        Assert.StartsWith("G1: c1 was acknowledged as 3, where something else", record.FirstViolation());
    }

    [Fact]
    public void A_duplicate_is_noticed()
    {
        var record = Good();
        record.History.Add(new Stored(6, 5, 20, "body c1"));
        Assert.Equal("G2: c1 is stored at 2 and at 6.", record.FirstViolation());
    }

    [Fact]
    public void A_gap_is_noticed()
    {
        var record = Good();
        record.History.RemoveAt(1);
        Assert.Equal("G3: the log has 4 after 2.", record.FirstViolation());
    }

    [Fact]
    public void A_gap_in_the_post_numbers_is_noticed()
    {
        var record = Good();
        record.History[3] = record.History[3] with { PostNo = 5 };
        Assert.Equal("G3: post 5 follows post 3 at 5.", record.FirstViolation());
    }

    [Fact]
    public void Time_that_goes_backwards_is_noticed()
    {
        var record = Good();
        record.History[2] = record.History[2] with { Ts = 1 };
        Assert.StartsWith("G3: time goes backwards", record.FirstViolation());
    }

    [Fact]
    public void What_nobody_sent_is_noticed()
    {
        var record = Good();
        record.History.Add(new Stored(6, 5, 20, "who wrote this"));
        Assert.StartsWith("Nobody sent", record.FirstViolation());
    }

    [Fact]
    public void Two_events_that_changed_places_for_one_reader_are_noticed()
    {
        var record = Good();
        var run = record.Readers["b"][0];
        (run[0], run[1]) = (run[1], run[0]);
        Assert.StartsWith("G3: b saw", record.FirstViolation());
    }

    [Fact]
    public void Bodies_that_changed_places_for_one_reader_are_noticed()
    {
        var record = Good();
        var run = record.Readers["b"][0];
        (run[0], run[1]) = (run[0] with { Body = run[1].Body }, run[1] with { Body = run[0].Body });
        Assert.StartsWith("G3: b saw another 2 than the log has", record.FirstViolation());
    }

    [Fact]
    public void An_event_that_one_reader_missed_within_a_run_is_noticed()
    {
        var record = Good();
        record.Readers["a"][0].RemoveAt(1);
        Assert.Equal("G3: a saw 4 after 2.", record.FirstViolation());
    }

    [Fact]
    public void An_event_that_came_twice_is_noticed()
    {
        var record = Good();
        record.Readers["a"].Add([record.Readers["a"][^1][^1]]);
        Assert.Equal("G3: a saw 5 after 5.", record.FirstViolation());
    }

    [Fact]
    public void An_event_that_was_shown_and_then_lost_is_noticed()
    {
        var record = Good();
        record.Readers["a"][^1].Add(new Seen(6, 20, "body c1"));
        Assert.Equal("G1: a saw 6, which the log does not have.", record.FirstViolation());
    }

    private static RoomRecord Good()
    {
        var record = new RoomRecord
        {
            History = [new(2, 1, 10, "body c1"), new(3, 2, 10, "body c2"), new(4, 3, 12, "body c3"), new(5, 4, 15, "body c4")],
        };
        foreach (var stored in record.History)
        {
            var cid = stored.Body["body ".Length..];
            record.Sent[cid] = stored.Body;
            record.Acks.Add((cid, stored.Seq));
        }
        record.Sent["c5"] = "body c5"; // sent, never answered, and not saved: that is allowed
        record.Acks.Add(("c2", 3)); // a repeat gets the first answer
        var seen = record.History.ConvertAll(s => new Seen(s.Seq, s.Ts, s.Body));
        record.Readers["a"] = [seen[..3], seen[3..]];
        record.Readers["b"] = [seen[..2], seen[3..]];
        return record;
    }
}
