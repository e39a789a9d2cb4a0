using Minato.Torture.Histories;

namespace Minato.Torture.Checking;

/// <summary>What was recorded, each client's entries in its order, and what is stored: all that a verdict is made of.</summary>
internal sealed record History(IReadOnlyList<Entry> Entries, StoredLog Log)
{
    /// <summary>Whether the checker says this of it.</summary>
    public bool Shows(Violation violation) => Checker.Check(new Record([Entries], Log)).Any(v => v.Promise == violation.Promise && v.What == violation.What);

    public override string ToString() => string.Join(
        Environment.NewLine,
        [
            .. Log.Events.Select(e => $"    log {e.Room} {e.Seq} {e.Kind} post {e.Post} at {e.Ts} by {e.User} {e.Text ?? (e.Erased ? "!" : "-")} {(e.Target > 0 ? $"of {e.Target}" : "")}".TrimEnd()),
            .. Entries.OrderBy(e => e.At).Select(e => $"    {EntryLine.Write(e)}"),
        ]);
}
