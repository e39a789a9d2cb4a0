using Minato.Torture.Histories;

namespace Minato.Torture.Checking;

/// <param name="Promise">As docs/guarantees.md numbers them.</param>
/// <param name="What">A sentence.</param>
/// <param name="Evidence">The shortest history that shows it: what else happened does not matter.</param>
internal sealed record Violation(string Promise, string What, params Entry?[] Evidence)
{
    public override string ToString() =>
        $"{Promise}: {What}{string.Concat(Evidence.OfType<Entry>().Select(e => $"{Environment.NewLine}    {EntryLine.Write(e)}"))}";
}
