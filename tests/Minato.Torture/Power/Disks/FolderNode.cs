namespace Minato.Torture.Power.Disks;

/// <summary>One step of a folder: a name goes, a name leads somewhere else. A renaming inside it is one of both, and there whole or not at all.</summary>
internal sealed record Naming(string? Gone, string? Name, Node? Node);

internal sealed class FolderNode : Node<Naming>
{
    private readonly Dictionary<string, Node> _certain = [];

    /// <summary>As programs see it while there is power.</summary>
    public Dictionary<string, Node> Live { get; } = [];

    public void Name(Naming naming)
    {
        Do(naming);
        Apply(Live, naming);
    }

    public IReadOnlyDictionary<string, Node> After(Loss loss)
    {
        var left = new Dictionary<string, Node>(_certain);
        var how = loss.OfFolder(Since.Count);
        var number = 0;
        foreach (var naming in Since)
            if (++number <= how.Whole || how.Keeps())
                Apply(left, naming);
        return left;
    }

    protected override void Settle(Naming deed) => Apply(_certain, deed);

    private static void Apply(Dictionary<string, Node> names, Naming naming)
    {
        if (naming.Gone is not null)
            names.Remove(naming.Gone);
        if (naming is { Name: { } name, Node: { } node })
            names[name] = node;
    }
}
