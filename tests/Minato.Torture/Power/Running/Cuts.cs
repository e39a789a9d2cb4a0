using Minato.Torture.Checking;
using Minato.Torture.Histories;
using Minato.Torture.Power.Disks;
using Minato.Torture.Power.Recording;

namespace Minato.Torture.Power.Running;

/// <summary>What was found where the power went at a moment.</summary>
/// <param name="Acked">How much had been acknowledged by then.</param>
internal sealed record Cut(Moment Moment, int Acked, IReadOnlyList<Violation> Violations);

/// <summary>Lets the power go at points of a voyage, and looks at each disk that is left.</summary>
internal static class Cuts
{
    /// <param name="count">How many.</param>
    /// <param name="forgets">Of which paths no sync is believed; null: of none.</param>
    public static IAsyncEnumerable<Cut> OfAsync(Voyage voyage, int count, int seed, Func<string, bool>? forgets = null)
    {
        var (changes, entries) = (voyage.Changes(), voyage.Entries());
        var moments = entries.FirstOrDefault(Voyage.BeginsRestore) is { } restore
            ? Points.Around(changes, restore.At, entries.OfType<Restored>().Single().At, count, seed)
            : Points.Draw(changes, [.. entries.OfType<Struck>().Where(s => s.Fault == Voyage.Start)], count, seed);
        return OfAsync(voyage, changes, entries, moments, forgets);
    }

    /// <summary>One point alone.</summary>
    public static IAsyncEnumerable<Cut> AtAsync(Voyage voyage, int point, int seed) => OfAsync(voyage, voyage.Changes(), voyage.Entries(), [new Moment(point, seed)], null);

    private static async IAsyncEnumerable<Cut> OfAsync(Voyage voyage, IReadOnlyList<Change> changes, IReadOnlyList<Entry> entries, IReadOnlyList<Moment> moments, Func<string, bool>? forgets)
    {
        var (drive, next) = (voyage.EmptyDrive(forgets ?? (_ => false)), 0);
        foreach (var moment in moments)
        {
            for (; next < moment.Point; next++)
                drive.Do(changes[next]);
            // Whoever waits for a sync is told after its end stands in the record; whoever does not is told while it lasts.
            var told = entries.Where(e => e.At < changes[moment.Point].At).ToList();
            var disk = Scratch.New("disk");
            try
            {
                drive.LeaveIn(disk.FullName, moment.Loss);
                var violations = await voyage.LookAtAsync(disk.FullName, told);
                yield return new Cut(moment, told.Count(IsAcknowledged), violations);
            }
            finally
            {
                disk.Delete(recursive: true);
            }
        }
    }

    private static bool IsAcknowledged(Entry entry) => entry is Acked or Marked or Uploaded or Known or BackedUp;
}
