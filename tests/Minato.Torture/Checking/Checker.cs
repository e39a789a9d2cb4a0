using Minato.Torture.Histories;

namespace Minato.Torture.Checking;

/// <summary>Holds what everybody did and saw against what is stored, promise by promise (docs/guarantees.md).</summary>
internal static class Checker
{
    public static IEnumerable<Violation> Check(Record record) =>
    [
        .. LogOrder.Check(record), .. AckedIsStored.Check(record), .. StoredOnce.Check(record), .. SeenIsStored.Check(record), .. NothingMissed.Check(record),
        .. OnlyWhatOneMaySee.Check(record), .. Messages.Check(record), .. ReadPositions.Check(record), .. Terminals.Check(record), .. IrcClients.Check(record), .. Complaints(record),
    ];

    private static IEnumerable<Violation> Complaints(Record record) =>
        record.Actors.Values.SelectMany(a => a).OfType<Complained>().Select(c => new Violation("protocol", $"{c.Actor}: {c.What}", c));
}
