using System.Text;
using Minato.Server.Sessions;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Sessions;

public sealed class SendQueueTests
{
    private readonly ManualTime _clock = new();
    private readonly FakeOutlet _outlet = new();

    [Fact]
    public async Task What_the_kernel_takes_leaves_at_once_and_in_order()
    {
        await using var queue = new SendQueue(_outlet, _clock);
        queue.TryEnqueue("one "u8.ToArray());
        queue.TryEnqueue("two "u8.ToArray());
        Assert.Equal("", _outlet.Text);
        queue.Flush();
        Assert.Equal("one two ", _outlet.Text);
        Assert.Equal(1, _outlet.Calls); // gathered into one system call
        Assert.Equal(0, queue.Bytes);
    }

    [Fact]
    public async Task A_kernel_that_takes_a_few_bytes_at_a_time_gets_them_all_once()
    {
        _outlet.Take = length => Math.Min(length, 3);
        await using var queue = new SendQueue(_outlet, _clock);
        for (var i = 0; i < 20; i++)
            queue.TryEnqueue(Encoding.UTF8.GetBytes($"<{i}>"));
        queue.Flush();
        Assert.Equal(string.Concat(Enumerable.Range(0, 20).Select(i => $"<{i}>")), _outlet.Text);
    }

    [Fact]
    public async Task What_does_not_go_at_once_follows_when_the_peer_reads()
    {
        _outlet.Take = _ => 0;
        _outlet.Hold();
        await using var queue = new SendQueue(_outlet, _clock);
        queue.TryEnqueue("one "u8.ToArray());
        queue.Flush();
        queue.TryEnqueue("two"u8.ToArray());
        queue.Flush();
        Assert.Equal(7, queue.Bytes);
        _outlet.Release();
        await queue.DrainAsync().Within("the queue to drain");
        Assert.Equal("one two", _outlet.Text);
    }

    [Theory]
    [InlineData(0, "LAST")]
    [InlineData(2, "begun LAST")]
    public async Task Last_words_to_a_slow_peer_end_what_was_begun_and_drop_the_rest(int sentOfFirst, string expected)
    {
        var left = sentOfFirst;
        _outlet.Take = length =>
        {
            var take = Math.Min(length, left);
            left -= take;
            return take;
        };
        _outlet.Hold();
        await using var queue = new SendQueue(_outlet, _clock);
        queue.TryEnqueue("begun "u8.ToArray());
        queue.TryEnqueue("dropped "u8.ToArray());
        if (sentOfFirst > 0)
            queue.Flush();
        queue.CloseWith("LAST"u8.ToArray(), dropWaiting: true);
        Assert.True(queue.TryEnqueue("ignored"u8.ToArray()));
        _outlet.Release();
        await queue.DrainAsync().Within("the queue to drain");
        Assert.Equal(expected, _outlet.Text);
    }

    [Fact]
    public async Task Last_words_otherwise_come_behind_all_that_waits()
    {
        await using var queue = new SendQueue(_outlet, _clock, capacity: 4);
        queue.TryEnqueue("1234"u8.ToArray());
        queue.CloseWith("LAST"u8.ToArray(), dropWaiting: false);
        queue.CloseWith("twice"u8.ToArray(), dropWaiting: false);
        Assert.Equal("1234LAST", _outlet.Text);
    }

    [Fact]
    public async Task A_broken_peer_costs_nothing_more()
    {
        _outlet.Take = _ => -1;
        await using var queue = new SendQueue(_outlet, _clock, capacity: 10);
        queue.TryEnqueue(new byte[8]);
        queue.Flush();
        Assert.Equal(0, queue.Bytes);
        Assert.True(queue.TryEnqueue(new byte[1000])); // nobody reads it; who closed it knows
        Assert.Equal(0, queue.Bytes);
        await queue.DrainAsync().Within("the drain of a broken queue");
    }

    [Fact]
    public async Task A_peer_that_breaks_while_it_is_waited_for_ends_the_wait()
    {
        _outlet.Take = _ => 0;
        _outlet.Hold();
        await using var queue = new SendQueue(_outlet, _clock);
        queue.TryEnqueue(new byte[8]);
        queue.Flush();
        var drained = queue.DrainAsync();
        _outlet.Fail(new IOException("gone"));
        await drained.Within("the drain of a queue that broke");
        Assert.Equal(TimeSpan.Zero, queue.StuckFor);
    }

    [Fact]
    public async Task Disposing_does_not_wait_for_a_peer_that_does_not_read()
    {
        _outlet.Take = _ => 0;
        _outlet.Hold();
        var queue = new SendQueue(_outlet, _clock);
        queue.TryEnqueue(new byte[8]);
        queue.Flush();
        await queue.DisposeAsync().AsTask().Within("the queue's end");
    }

    [Fact]
    public async Task A_peer_is_stuck_only_while_bytes_wait()
    {
        _outlet.Take = _ => 0;
        _outlet.Hold();
        await using var queue = new SendQueue(_outlet, _clock);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.Zero, queue.StuckFor);
        queue.TryEnqueue(new byte[8]);
        queue.Flush();
        _clock.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(TimeSpan.FromSeconds(7), queue.StuckFor);
        _outlet.Release();
        await queue.DrainAsync().Within("the queue to drain");
        Assert.Equal(TimeSpan.Zero, queue.StuckFor);
    }

    /// <summary>The moment in which the pump has sent all and is about to end: what is queued and flushed then must not lie there.</summary>
    [Fact]
    public async Task What_is_flushed_while_the_pump_ends_is_sent_as_well()
    {
        _outlet.Take = _ => 0;
        await using var queue = new SendQueue(_outlet, TimeProvider.System);
        for (var i = 0; i < 5_000; i++)
        {
            queue.TryEnqueue(new byte[1]);
            queue.Flush();
            Assert.True(SpinWait.SpinUntil(() => queue.Bytes == 0, Patience.Long), $"Byte {i} was never sent.");
        }
        Assert.Equal(5_000, _outlet.Bytes.Length);
    }

    /// <summary>Many threads queue and flush while the kernel takes what it likes: every frame whole, and each thread's in its order.</summary>
    [Fact]
    public async Task Under_many_threads_every_frame_arrives_whole_once_and_in_its_senders_order()
    {
        const int Threads = 4, Frames = 20_000;
        _outlet.Take = length => Random.Shared.Next(4) == 0 ? 0 : Random.Shared.Next(1, length + 1);
        var queue = new SendQueue(_outlet, TimeProvider.System, capacity: int.MaxValue, maxPieces: int.MaxValue);
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < Frames; i++)
            {
                // [thread][number][length] and so many bytes of the thread's own.
                var length = Random.Shared.Next(40);
                var frame = new byte[6 + length];
                frame[0] = (byte)thread;
                BitConverter.TryWriteBytes(frame.AsSpan(1), i);
                frame[5] = (byte)length;
                frame.AsSpan(6).Fill((byte)(thread + 100));
                Assert.True(queue.TryEnqueue(frame));
                if (i % 3 == 0)
                    queue.Flush();
            }
        }))).Within("the senders");
        await queue.DrainAsync().Within("the queue to drain");
        await queue.DisposeAsync();

        var bytes = _outlet.Bytes;
        var next = new int[Threads];
        for (var at = 0; at < bytes.Length;)
        {
            var thread = bytes[at];
            Assert.Equal(next[thread]++, BitConverter.ToInt32(bytes, at + 1));
            var length = bytes[at + 5];
            Assert.False(bytes.AsSpan(at + 6, length).ContainsAnyExcept((byte)(thread + 100)));
            at += 6 + length;
        }
        Assert.All(next, n => Assert.Equal(Frames, n));
    }

    [Fact]
    public async Task What_the_outlet_took_and_has_not_sent_yet_is_waited_for()
    {
        _outlet.StaysBusy = true;
        _outlet.Hold();
        await using var queue = new SendQueue(_outlet, _clock);
        queue.TryEnqueue("taken"u8.ToArray());
        queue.Flush();
        Assert.Equal(0, queue.Bytes);
        _clock.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(TimeSpan.FromSeconds(7), queue.StuckFor); // the peer's buffers are full, wherever the bytes lie
        var drained = queue.DrainAsync();
        Assert.False(drained.IsCompleted);
        _outlet.Release();
        await drained.Within("the queue to drain");
        Assert.Equal("taken", _outlet.Text);
    }
}
