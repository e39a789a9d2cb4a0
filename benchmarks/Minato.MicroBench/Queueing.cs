using BenchmarkDotNet.Attributes;
using Minato.Server.Sessions;

namespace Minato.MicroBench;

/// <summary>The same bytes queued for a hundred receivers and sent, the kernel aside: what one delivery costs of ours.</summary>
public class Queueing
{
    private const int Receivers = 100;

    private static readonly byte[] Bytes = new byte[300];

    private readonly SendQueue[] _queues = [.. Enumerable.Range(0, Receivers).Select(_ => new SendQueue(new TakingOutlet(), TimeProvider.System))];

    [Benchmark(Description = "a piece, queued and sent", OperationsPerInvoke = Receivers)]
    public void OnePiece()
    {
        foreach (var queue in _queues)
            queue.TryEnqueue(Bytes);
        foreach (var queue in _queues)
            queue.Flush();
    }

    [Benchmark(Description = "an answer and a piece, gathered and sent", OperationsPerInvoke = Receivers)]
    public void TwoPieces()
    {
        foreach (var queue in _queues)
        {
            queue.TryEnqueue(Bytes);
            queue.TryEnqueue(Bytes);
        }
        foreach (var queue in _queues)
            queue.Flush();
    }

    /// <summary>A kernel that takes everything at once.</summary>
    private sealed class TakingOutlet : Outlet
    {
        internal override int TrySend(ReadOnlySpan<byte> bytes) => bytes.Length;

        internal override ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel) => default;
    }
}
