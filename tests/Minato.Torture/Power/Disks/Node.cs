namespace Minato.Torture.Power.Disks;

/// <summary>What a name leads to.</summary>
internal abstract class Node
{
    /// <summary>What was done from here on is not what this sync is about.</summary>
    public abstract void SyncBegins(long sync);

    public abstract void SyncEnds(long sync);
}

/// <summary>A file or a folder: what is certain of it, and what was done to it since, of which a power loss leaves some.</summary>
internal abstract class Node<TDeed> : Node
{
    private readonly Dictionary<long, long> _begun = [];
    private readonly Queue<TDeed> _since = [];
    private long _settled;

    protected IReadOnlyCollection<TDeed> Since => _since;

    public void Do(TDeed deed) => _since.Enqueue(deed);

    public override void SyncBegins(long sync) => _begun[sync] = _settled + _since.Count;

    public override void SyncEnds(long sync)
    {
        if (!_begun.Remove(sync, out var upTo))
            return;
        for (; _settled < upTo; _settled++)
            Settle(_since.Dequeue());
    }

    protected abstract void Settle(TDeed deed);
}

/// <summary>A socket: nothing of it is on the disk but its name.</summary>
internal sealed class SocketNode : Node
{
    public override void SyncBegins(long sync)
    {
    }

    public override void SyncEnds(long sync)
    {
    }
}
