using Minato.Core.Storage;
using Minato.Storage.Sqlite;
using Minato.Storage.Sqlite.Native;
using Minato.Torture.Checking;
using Minato.Torture.Histories;

namespace Minato.Torture.Power.Checking;

/// <summary>A backup that was said to be written is there, whole, with all that had been acknowledged before it began.</summary>
internal static class WholeBackup
{
    public static IEnumerable<Violation> Check(string file, BackedUp by, IReadOnlyList<Entry> told)
    {
        if (!File.Exists(file))
            return [new Violation("backup", "The backup was said to be written, and is gone.", by)];
        try
        {
            SqliteFile.Verify(file);
            using var db = SqliteDatabase.Open(file, create: false);
            var events = db.Scalar("select count(*) from events");
            var sent = told.OfType<Sent>().Where(s => s.Op == "send").Select(s => s.Cid).ToHashSet();
            var posts = told.OfType<Acked>().Where(a => a.At < by.Began && sent.Contains(a.Cid)).DistinctBy(a => a.Cid).Count();
            return events >= posts ? [] : [new Violation("backup", $"The backup has {events} events, and {posts} posts had been acknowledged before it.", by)];
        }
        catch (StoreFailedException e)
        {
            return [new Violation("backup", $"The backup was said to be written: {e.Message}", by)];
        }
    }
}
