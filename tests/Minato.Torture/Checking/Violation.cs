using Minato.Torture.Histories;

namespace Minato.Torture.Checking;

/// <param name="Promise">As docs/guarantees.md numbers them.</param>
/// <param name="What">A sentence.</param>
/// <param name="Evidence">The entries that show it; <see cref="ShortestHistory"/> has what else it takes.</param>
internal sealed record Violation(string Promise, string What, params Entry?[] Evidence)
{
    public override string ToString() =>
        $"{Promise}: {What}{string.Concat(Evidence.OfType<Entry>().Select(e => $"{Environment.NewLine}    {EntryLine.Write(e)}"))}";
}
