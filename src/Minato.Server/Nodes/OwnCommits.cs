using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Server.Log;

namespace Minato.Server.Nodes;

/// <summary>
/// What this node commits at the moment. Whoever reads the log beside the writer may find there what the writer has not handed to the publisher
/// yet; told from the log, it would come before its sender's answer.
/// </summary>
internal sealed class OwnCommits
{
    private readonly object _gate = new();
    private IReadOnlyList<Submission>? _underWay;

    /// <summary>Called by the writer before a batch is committed.</summary>
    internal void Begin(IReadOnlyList<Submission> batch)
    {
        lock (_gate)
            _underWay = batch;
    }

    /// <summary>Called by the writer when the publisher has the batch, or when nothing came of it.</summary>
    internal void End()
    {
        lock (_gate)
        {
            _underWay = null;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits until the publisher has whatever this node had committed when this was called, to these rooms or, where that is null, at all.</summary>
    internal void AwaitHandedOn(IReadOnlyCollection<RoomId>? rooms = null)
    {
        IReadOnlyList<Submission>? underWay;
        lock (_gate)
            underWay = _underWay;
        if (underWay is null || !underWay.Any(s => MayConcern(s.Command, rooms)))
            return;
        lock (_gate)
            while (_underWay == underWay)
                Monitor.Wait(_gate);
    }

    /// <summary>Some rooms are only known once a command is carried out.</summary>
    private static bool MayConcern(Command command, IReadOnlyCollection<RoomId>? rooms) => rooms is null || (command is RoomCommand about ? rooms.Contains(about.Room) : rooms.Count > 0);
}
