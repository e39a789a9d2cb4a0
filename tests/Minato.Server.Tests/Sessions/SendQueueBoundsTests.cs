using Minato.Server.Sessions;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Sessions;

/// <summary>How much may wait for a peer, and who is told when there is room.</summary>
public sealed class SendQueueBoundsTests
{
    private readonly ManualTime _clock = new();
    private readonly FakeOutlet _outlet = new();

    [Fact]
    public async Task A_full_queue_says_no_and_keeps_what_it_has()
    {
        await using var queue = new SendQueue(_outlet, _clock, capacity: 10);
        Assert.True(queue.TryEnqueue("12345678"u8.ToArray()));
        Assert.False(queue.TryEnqueue("901"u8.ToArray()));
        Assert.True(queue.TryEnqueue("90"u8.ToArray()));
        queue.Flush();
        Assert.Equal("1234567890", _outlet.Text);
        Assert.True(queue.TryEnqueue("again"u8.ToArray()));
    }

    [Fact]
    public async Task What_may_be_lost_is_taken_only_while_little_waits()
    {
        await using var queue = new SendQueue(_outlet, _clock, capacity: 16);
        Assert.True(queue.TryEnqueueDroppable("1234"u8.ToArray()));
        Assert.False(queue.TryEnqueueDroppable("5"u8.ToArray()));
        Assert.True(queue.TryEnqueue("567890"u8.ToArray())); // the rest of it is for what must arrive
        queue.Flush();
        Assert.Equal("1234567890", _outlet.Text);
        Assert.True(queue.TryEnqueueDroppable("more"u8.ToArray()));
    }

    /// <summary>Each piece costs more than its bytes, so that their number is bounded as well.</summary>
    [Fact]
    public async Task A_queue_of_very_many_small_pieces_is_full()
    {
        await using var queue = new SendQueue(_outlet, _clock);
        for (var i = 0; i < SendQueue.MaxPieces; i++)
            Assert.True(queue.TryEnqueue(new byte[2]));
        Assert.False(queue.TryEnqueue(new byte[2]));
        Assert.False(queue.TryEnqueueDroppable(new byte[2]));
        queue.Flush();
        Assert.Equal(2 * SendQueue.MaxPieces, _outlet.Bytes.Length);
        Assert.True(queue.TryEnqueue(new byte[2]));
    }

    [Fact]
    public async Task Room_for_an_answer_is_half_of_the_capacity_or_nothing_waiting()
    {
        _outlet.Take = _ => 0;
        _outlet.Hold();
        await using var queue = new SendQueue(_outlet, _clock, capacity: 100);
        Assert.True(queue.WhenRoomFor(90).IsCompleted);
        queue.TryEnqueue(new byte[20]);
        queue.Flush();
        Assert.True(queue.WhenRoomFor(30).IsCompleted);
        var room = queue.WhenRoomFor(31);
        Assert.False(room.IsCompleted);
        _outlet.Release();
        await room.Within("room for the answer");
    }

    [Fact]
    public async Task Dropping_what_waits_wakes_who_waits_for_room()
    {
        _outlet.Take = _ => 0;
        _outlet.Hold();
        var queue = new SendQueue(_outlet, _clock, capacity: 100);
        queue.TryEnqueue(new byte[10]);
        queue.TryEnqueue(new byte[80]);
        queue.Flush();
        var room = queue.WhenHalfEmpty();
        Assert.False(room.IsCompleted);
        queue.CloseWith("LAST"u8.ToArray(), dropWaiting: true);
        await room.Within("the waiter, whose bytes were dropped");
        await queue.DisposeAsync();
    }
}
