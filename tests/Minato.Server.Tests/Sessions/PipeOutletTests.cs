using System.IO.Pipelines;
using Minato.Server.Sessions;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Sessions;

/// <summary>A send queue over a pipe, as TLS has one: it takes what the pipe takes, and the queue keeps its promises.</summary>
public sealed class PipeOutletTests
{
    private const int Frame = 64 * 1024;

    private readonly ManualTime _clock = new();

    [Fact]
    public async Task A_burst_of_one_turn_fills_the_pipe_and_then_the_queue_without_anybody_reading()
    {
        var pipe = PipeOf(3 * 1024 * 1024);
        await using var queue = new SendQueue(new PipeOutlet(pipe.Writer), _clock);
        var sent = Enumerable.Range(0, 62).Select(i => Filled((byte)i)).ToList(); // 4 MiB less what is written over the bound
        foreach (var frame in sent)
            Assert.True(EnqueueAsSessionsDo(queue, frame), "closed as slow");
        foreach (var frame in sent)
            Assert.Equal(frame, await ReadAsync(pipe.Reader, Frame));
        await queue.DrainAsync().Within("the queue to drain");
    }

    [Fact]
    public async Task A_peer_that_never_reads_fills_the_queue_and_no_more()
    {
        var pipe = PipeOf(1024 * 1024);
        await using var queue = new SendQueue(new PipeOutlet(pipe.Writer), _clock);
        var taken = 0;
        while (EnqueueAsSessionsDo(queue, Filled(1)))
            Assert.True(++taken < 64, "never full");
        Assert.InRange(taken, 31, 34);
        _clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(TimeSpan.FromSeconds(61), queue.StuckFor);
    }

    [Fact]
    public async Task What_may_be_lost_is_dropped_while_the_pipe_is_full()
    {
        var pipe = PipeOf(Frame);
        await using var queue = new SendQueue(new PipeOutlet(pipe.Writer), _clock);
        for (var i = 0; i < 6; i++)
            EnqueueAsSessionsDo(queue, Filled(1));
        queue.Flush();
        Assert.False(queue.TryEnqueueDroppable(Filled(2)));
    }

    [Fact]
    public async Task A_reader_that_left_breaks_the_queue()
    {
        var pipe = PipeOf(Frame);
        await using var queue = new SendQueue(new PipeOutlet(pipe.Writer), _clock);
        await pipe.Reader.CompleteAsync();
        Assert.True(EnqueueAsSessionsDo(queue, Filled(1)));
        queue.Flush();
        Assert.Equal(0, queue.Bytes);
        await queue.DrainAsync().Within("the drain of a broken queue");
    }

    [Fact]
    public async Task One_that_fails_while_bytes_are_on_their_way_breaks_the_queue_and_ends_the_drain()
    {
        var pipe = PipeOf(Frame);
        await using var queue = new SendQueue(new PipeOutlet(pipe.Writer), _clock);
        queue.TryEnqueue(Filled(1));
        queue.TryEnqueue(Filled(2));
        queue.Flush();
        var drained = queue.DrainAsync();
        Assert.False(drained.IsCompleted);
        await pipe.Reader.CompleteAsync(new IOException("reset"));
        await drained.Within("the drain of a queue that broke");
        Assert.Equal(TimeSpan.Zero, queue.StuckFor);
    }

    [Fact]
    public async Task Disposing_does_not_wait_for_a_peer_that_does_not_read()
    {
        var pipe = PipeOf(Frame);
        var queue = new SendQueue(new PipeOutlet(pipe.Writer), _clock);
        queue.TryEnqueue(Filled(1));
        queue.TryEnqueue(Filled(2));
        queue.Flush();
        await queue.DisposeAsync().AsTask().Within("the queue's end");
    }

    /// <summary>As Session.Enqueue does: only a queue that is full after a flush is a slow reader's.</summary>
    private static bool EnqueueAsSessionsDo(SendQueue queue, byte[] frame)
    {
        if (queue.TryEnqueue(frame))
            return true;
        queue.Flush();
        return queue.TryEnqueue(frame);
    }

    private static Pipe PipeOf(int bytes) => new(new PipeOptions(pauseWriterThreshold: bytes, resumeWriterThreshold: bytes / 2, useSynchronizationContext: false));

    private static byte[] Filled(byte with)
    {
        var frame = new byte[Frame];
        frame.AsSpan().Fill(with);
        return frame;
    }

    private static async Task<byte[]> ReadAsync(PipeReader reader, int count)
    {
        var result = await reader.ReadAtLeastAsync(count).AsTask().Within("bytes");
        var read = System.Buffers.BuffersExtensions.ToArray(result.Buffer.Slice(0, count));
        reader.AdvanceTo(result.Buffer.GetPosition(count));
        return read;
    }
}
