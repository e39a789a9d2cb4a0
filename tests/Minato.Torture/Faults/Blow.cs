using Minato.Torture.Histories;
using Minato.Torture.Staging;

namespace Minato.Torture.Faults;

/// <summary>What a fault says of itself: whom it strikes, and from when to when, where that matters to a moment.</summary>
internal sealed class Blow
{
    /// <summary>The server's number; 0: all of them, or none.</summary>
    public int Node { get; private set; }

    public long Began { get; private set; } = Recorder.Now;

    /// <summary>Null: when the fault is over.</summary>
    public long? Ended { get; private set; }

    /// <summary>What it saw that must not be, in a sentence; null: nothing.</summary>
    public string? Complaint { get; set; }

    /// <summary>It strikes any one of the servers.</summary>
    public Node OnAnyOf(Stage stage, Random random)
    {
        var node = stage.Nodes[random.Next(stage.Nodes.Count)];
        Node = node.Number;
        return node;
    }

    /// <summary>From now on it holds altogether.</summary>
    public void Begin() => Began = Recorder.Now;

    /// <summary>It still holds, and not for long.</summary>
    public void End() => Ended = Recorder.Now;
}
