namespace Minato.Torture.Checking;

/// <summary>Holds what everybody did and saw against what is stored, promise by promise (docs/guarantees.md).</summary>
internal static class Checker
{
    public static IEnumerable<Violation> Check(Record record)
    {
        foreach (var violation in LogOrder.Check(record).Concat(AckedIsStored.Check(record)).Concat(StoredOnce.Check(record)))
            yield return violation;
        IClientCheck[] checks =
        [
            new SeenIsStored(record), new NothingMissed(record), new OnlyWhatOneMaySee(record), new Messages(record), new ReadPositions(record), new AwayFromDatabase(record), new Terminals(record), new IrcClients(record),
        ];
        foreach (var entries in record.Actors)
            foreach (var check in checks)
                foreach (var violation in check.Of(entries))
                    yield return violation;
        foreach (var complaint in record.Complaints)
            yield return new Violation("protocol", $"{complaint.Actor}: {complaint.What}", complaint);
    }
}
