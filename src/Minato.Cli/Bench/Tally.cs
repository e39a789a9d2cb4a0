namespace Minato.Cli.Bench;

/// <summary>What all clients count together; any thread adds.</summary>
/// <param name="size">Bytes of a message.</param>
internal sealed class Tally(int size)
{
    private long _posts, _deliveries, _refused;

    internal int Size { get; } = size;

    /// <summary>From a post to each who is told of it; begins anew with each step.</summary>
    internal Latencies Latencies { get; private set; } = new();

    internal long Posts => Interlocked.Read(ref _posts);

    internal long Deliveries => Interlocked.Read(ref _deliveries);

    /// <summary>Posts that the server told to come again later.</summary>
    internal long Refused => Interlocked.Read(ref _refused);

    internal void Begin() => Latencies = new Latencies();

    internal void Deliver(TimeSpan after)
    {
        Interlocked.Increment(ref _deliveries);
        Latencies.Add(after);
    }

    internal void Post() => Interlocked.Increment(ref _posts);

    internal void Refuse() => Interlocked.Increment(ref _refused);
}
