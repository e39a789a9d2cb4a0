using Minato.Torture.Checking;
using Minato.Torture.Histories;

namespace Minato.Torture.Running;

/// <summary>Reads a folder of histories, holds it against the promises and says what it found.</summary>
internal static class Verdict
{
    private const int Shown = 10, ShownOfShortest = 200;

    /// <summary>One for each promise that is broken, up to this many: each takes <see cref="ShortenWithin"/> at most.</summary>
    private const int Shortened = 3;

    private static readonly TimeSpan ShortenWithin = TimeSpan.FromSeconds(30);

    public static Record Load(string folder) => new(Directory.GetFiles(folder, "*.history").Select(Read), StoredLogFile.Read(Path.Combine(folder, "stored.json")));

    public static bool Print(string folder)
    {
        var record = Load(folder);
        var violations = Checker.Check(record).ToList();
        Console.WriteLine($"{record.ActorCount} clients and their lives: {record.Sent.Count + record.Typed.Count} acts sent, {record.Acks.Count} acknowledged; {record.Log.Events.Count} events stored; {record.Shown} shown to somebody");
        var acts = record.Sent.Values.Select(s => (Sent: s[0].At, Answered: AnsweredAt(record, s[0]))).ToList();
        foreach (var fault in record.Faults.GroupBy(f => f.Fault).OrderBy(g => g.Key, StringComparer.Ordinal))
            Console.WriteLine($"  {fault.Key,-18}{fault.Count(),5} times, {fault.Count(f => acts.Exists(a => a.Sent <= f.Until && a.Answered >= f.At)),5} of them while acts were unacknowledged");
        foreach (var kind in violations.GroupBy(v => v.Promise))
            Console.WriteLine($"{kind.Key}: {kind.Count()} violations");
        foreach (var violation in violations.Take(Shown))
            Console.WriteLine(violation);
        foreach (var violation in violations.DistinctBy(v => v.Promise).Take(Shortened))
            Console.WriteLine($"The shortest history that shows \"{violation.Promise}: {violation.What}\"{Environment.NewLine}{Shortest(record, violation)}");
        Console.WriteLine(violations.Count == 0 ? $"{record.Faults.Count} faults, 0 violations" : $"{record.Faults.Count} faults, {violations.Count} violations");
        return violations.Count == 0;
    }

    private static string Shortest(Record record, Violation violation) => ShortestHistory.Of(record, violation, ShortenWithin) switch
    {
        null => "    It takes more of them than can be shortened.",
        { } left when left.Entries.Count + left.Log.Events.Count is > ShownOfShortest and var count => $"    {count} entries and events are left of it when the time is up.",
        { } shortest => $"{shortest}",
    };

    /// <summary>What was said over IRC and never answered went with its connection: then it waits for nothing any more.</summary>
    private static long AnsweredAt(Record record, Sent sent) =>
        record.Acks.TryGetValue(sent.Cid, out var acks) ? acks[0].At
        : record.Refusals.TryGetValue(sent.Cid, out var refusals) ? refusals[^1].At
        : IrcClients.IsOne(sent.Actor) ? sent.At : long.MaxValue;

    public static List<Entry> Read(string file)
    {
        var entries = new List<Entry>();
        foreach (var line in File.ReadLines(file))
            entries.Add(EntryLine.Read(line));
        return entries;
    }
}
