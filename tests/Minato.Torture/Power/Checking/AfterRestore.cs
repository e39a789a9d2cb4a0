using Minato.Server;
using Minato.Storage.Sqlite.Native;
using Minato.Torture.Checking;
using Minato.Torture.Histories;
using Minato.Torture.Power.Recording;

namespace Minato.Torture.Power.Checking;

/// <summary>
/// A restore that was cut by a power loss: the server serves the old database or the backup, each whole, or it says that the restore was cut short, and to
/// restore again helps. Where the backup is in place, the old database is whole under one kept name.
/// </summary>
internal sealed class AfterRestore(string data, string backup, IReadOnlyList<Entry> told)
{
    private string Database => Path.Combine(data, "minato.db");

    public async Task<IReadOnlyList<Violation>> CheckAsync()
    {
        try
        {
            if (!told.Any(Voyage.BeginsRestore))
                return await new Afterwards(data, told).CheckAsync();
            if (!File.Exists(Database))
            {
                if (told.OfType<Restored>().FirstOrDefault() is { } restored)
                    return [new Violation("restore", "The backup was said to be in place, and there is no database.", restored)];
                if (await RefusesAsync() is { } begins)
                    return [begins];
                Restore.Run(data, backup);
            }
            if (!IsBackup())
                return told.OfType<Restored>().FirstOrDefault() is { } restored
                    ? [new Violation("restore", "The backup was said to be in place, and another database is.", restored)]
                    : await new Afterwards(data, told).CheckAsync();
            return [.. OldIsKept(), .. await new Afterwards(data, UntilBackup()).CheckAsync()];
        }
        catch (Exception e) when (e is SqliteException or DatabaseException or IOException)
        {
            return [new Violation("restore", $"What is there cannot be read: {e.GetType().Name}: {e.Message}")];
        }
    }

    /// <summary>Null: it does not begin with an empty log in place of what there was.</summary>
    private async Task<Violation?> RefusesAsync()
    {
        try
        {
            await using var server = new MinatoServer(new MinatoOptions { Address = Afterwards.AnyPort, Data = data, Access = Access.Guests });
            await server.StartAsync();
            return new Violation("restore", "The restore was cut short, and the server begins with an empty log.");
        }
        catch (DatabaseException)
        {
            return null;
        }
    }

    private bool IsBackup()
    {
        var (has, copied) = (LogReader.ReadFile(Database), LogReader.ReadFile(backup));
        return has.Events.SequenceEqual(copied.Events) && has.Rooms.SequenceEqual(copied.Rooms);
    }

    /// <summary>With its log, which has its newest messages where nobody had stopped it.</summary>
    private IEnumerable<Violation> OldIsKept()
    {
        var kept = Directory.GetFiles(data, "minato.db.before-restore-*").Where(f => Path.GetExtension(f).StartsWith(".before-restore", StringComparison.Ordinal) && f[^1] is >= '0' and <= '9').ToList();
        if (kept is not [var old])
            return [new Violation("restore", $"The old database is kept as {kept.Count} files: {string.Join(' ', Directory.GetFiles(data).Select(Path.GetFileName))}")];
        return Checker.Check(new Record([told], LogReader.ReadFile(old))).Select(v => v with { What = $"In the old database, that is kept: {v.What}" });
    }

    /// <summary>Whoever was told something before the copy was begun finds it there; what was only sent may be there.</summary>
    private List<Entry> UntilBackup()
    {
        var copied = told.OfType<BackedUp>().Single();
        return [.. told.Where(e => e.At < copied.Began || e is Sent or BackedUp)];
    }
}
