using Minato.Core.Commands;
using Minato.Server.Log;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Log;

public sealed class CommandInboxTests
{
    private readonly CommandInbox _inbox = new();

    [Fact]
    public void Who_pours_does_not_hold_up_who_speaks()
    {
        var (pourer, speaker) = (new Lane(), new Lane());
        for (var i = 0; i < Lane.MaxInFlight; i++)
            Assert.True(_inbox.TryAdd(new Submission(Make.Post($"{i}"), pourer)));
        Assert.True(_inbox.TryAdd(new Submission(Make.Post("hello"), speaker)));
        var batch = Take(3);
        Assert.Equal(["0", "hello", "1"], batch.Select(Text));
        Assert.Equal(Enumerable.Range(2, 62).Select(i => $"{i}"), Take(1000).Select(Text)); // and each in order
    }

    [Fact]
    public void Full_by_count_says_no_and_has_room_again_when_some_are_taken()
    {
        var lane = new Lane();
        for (var i = 0; i < 10_000; i++)
            Assert.True(_inbox.TryAdd(new Submission(Make.Post("x"), lane)));
        Assert.False(_inbox.TryAdd(new Submission(Make.Post("x"), new Lane())));
        Take(1);
        Assert.True(_inbox.TryAdd(new Submission(Make.Post("x"), new Lane())));
    }

    [Fact]
    public void Full_by_bytes_says_no_long_before_the_count()
    {
        var body = new string('x', 16 * 1024);
        var taken = 0;
        while (_inbox.TryAdd(new Submission(Make.Post(body), new Lane())))
            taken++;
        Assert.InRange(taken, 1900, 2048); // 32 MiB of 16 KiB and a little
        Take(1);
        Assert.True(_inbox.TryAdd(new Submission(Make.Post(body), new Lane())));
    }

    [Fact]
    public void A_closed_inbox_takes_nothing_and_gives_what_it_has()
    {
        _inbox.TryAdd(new Submission(Make.Post("last"), new Lane()));
        _inbox.Close();
        Assert.False(_inbox.TryAdd(new Submission(Make.Post("late"), new Lane())));
        Assert.Equal(["last"], Take(10).Select(Text));
        Assert.False(_inbox.Take([], 10, Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public async Task A_nudge_ends_a_wait_also_one_that_has_not_begun()
    {
        _inbox.Nudge();
        Assert.Empty(Take(10));
        var waiting = Task.Run(() => Take(10));
        _inbox.Nudge();
        Assert.Empty(await waiting.Within("the nudged wait"));
    }

    [Fact]
    public async Task A_lane_has_room_below_its_bound_and_is_idle_when_all_is_answered()
    {
        var lane = new Lane();
        for (var i = 0; i < Lane.MaxInFlight - 1; i++)
            lane.Enter();
        Assert.True(lane.WhenRoom().IsCompleted);
        lane.Enter();
        var room = lane.WhenRoom();
        Assert.False(room.IsCompleted);
        lane.Release();
        await room.Within("room in the lane");
        var idle = lane.WhenIdle();
        for (var i = 0; i < Lane.MaxInFlight - 2; i++)
            lane.Release();
        Assert.False(idle.IsCompleted);
        lane.Release();
        await idle.Within("the idle lane");
    }

    private static string Text(Submission submission) => ((Post)submission.Command).Body.ToString();

    private List<Submission> Take(int max)
    {
        var batch = new List<Submission>();
        Assert.True(_inbox.Take(batch, max, Timeout.InfiniteTimeSpan));
        return batch;
    }
}
