using Minato.Core.Storage;
using Minato.Storage.Sqlite.Native;
using Minato.Storage.Sqlite.Schema;

namespace Minato.Storage.Sqlite;

/// <summary>SqliteDatabase files as files: whether one is ours and whole, and setting it in place of another.</summary>
public static class SqliteFile
{
    private static readonly string[] Parts = ["", "-wal", "-shm", "-journal"];

    /// <summary>What <see cref="Replace"/> makes before anything is moved.</summary>
    private const string Partial = ".partial";

    /// <summary>Between its name and the time at which another took its place.</summary>
    private const string Kept = ".before-restore-";

    /// <summary>What holds messages, and never stands without its database but where a restore was cut short, or somebody moved a part of it.</summary>
    private static readonly string[] Remains = ["-wal", "-journal", Partial];

    /// <summary>Reads all of it once.</summary>
    /// <exception cref="StoreFailedException">Not a database, damaged, another program's, or of a newer version.</exception>
    public static void Verify(string file)
    {
        try
        {
            FileHeader.Check(file);
            using var db = SqliteDatabase.Open(file, create: false);
            Migrations.OfThisVersion.Check(db, file);
            if (db.Scalar("pragma user_version") == 0)
                throw new StoreFailedException($"{file} holds nothing.");
            using var check = new SqliteStatement(db.Handle, "pragma quick_check(1)");
            if (!check.Begin().Step() || check.Text(0) != "ok")
                throw new StoreFailedException($"{file} is damaged.");
        }
        catch (SqliteException e)
        {
            throw new StoreFailedException(e.IsNotADatabase ? $"{file} is damaged or not a database." : $"{file} cannot be read ({e.Message}).", e);
        }
    }

    /// <summary>Puts a copy of <paramref name="source"/> in place of a database that nobody has open; the old one is kept under another name.</summary>
    /// <returns>Where the old one is; null when there was none.</returns>
    /// <exception cref="IOException">Something could not be written; the old database is in place or under its kept name.</exception>
    public static string? Replace(string source, string target)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(target))!;
        var partial = target + Partial;
        using (var from = File.OpenRead(source))
        using (var to = Create(partial))
        {
            from.CopyTo(to);
            to.Flush(flushToDisk: true);
        }
        // From here on a power loss leaves what says that a restore was cut short.
        FolderEntries.Sync(folder);
        var kept = NameToKeep(target, folder);
        // What is in the log beside a database belongs to it, and must not be applied to another: also where an earlier restore was cut short between the two.
        foreach (var part in Parts.Where(part => File.Exists(target + part)))
        {
            // Onto a name that nobody has: a renaming, which is there whole or not at all, and no link that is made and another that is removed.
            File.Move(target + part, kept + part, overwrite: true);
            // The database before its log: without it, it would be served without its newest messages. And the log before there is another database beside it.
            FolderEntries.Sync(folder);
        }
        File.Move(partial, target, overwrite: true);
        FolderEntries.Sync(folder);
        return kept;
    }

    /// <summary>Null: there is nothing to keep.</summary>
    private static string? NameToKeep(string target, string folder)
    {
        var parts = Array.FindAll(Parts, part => File.Exists(target + part));
        if (parts.Length == 0)
            return null;
        bool IsFree(string name) => !parts.Any(part => File.Exists(name + part));
        // Where a restore was cut short, what it had not moved goes where it moved the database to.
        if (!File.Exists(target) && KeptDatabases(target, folder).Max(StringComparer.Ordinal) is { } moved && IsFree(moved))
            return moved;
        var name = $"{target}{Kept}{DateTime.UtcNow:yyyyMMdd-HHmmss}";
        return Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? name : $"{name}-{n}").First(IsFree);
    }

    private static IEnumerable<string> KeptDatabases(string target, string folder) =>
        Directory.GetFiles(folder, Path.GetFileName(target) + Kept + "*").Where(file => !Parts.Any(part => part.Length > 0 && file.EndsWith(part, StringComparison.Ordinal)));

    /// <summary>A database that is made anew beside the log of another would begin empty, and that log be lost.</summary>
    /// <exception cref="StoreFailedException">A part is there, and the database itself is not.</exception>
    internal static void CheckWhole(string file)
    {
        if (!File.Exists(file) && Array.Find(Remains, part => File.Exists(file + part)) is { } part)
            throw new StoreFailedException(
                $"{file + part} is there, and {file} is not: a restore was cut short. Restore again (minato restore FILE). To begin with nothing, move {file + part} away.");
    }

    /// <summary>An empty file where there is none, whose name is on disk before any other's beside it is.</summary>
    /// <exception cref="IOException">The folder cannot be synced.</exception>
    internal static void Make(string file)
    {
        if (File.Exists(file))
            return;
        CreatePrivate(file);
        if (File.Exists(file))
            FolderEntries.Sync(Path.GetDirectoryName(Path.GetFullPath(file))!);
    }

    /// <summary>Readable by its owner only, whatever the folder allows; SQLite gives the files beside it the same rights.</summary>
    internal static void CreatePrivate(string file)
    {
        if (OperatingSystem.IsWindows() || File.Exists(file) || Directory.Exists(file))
            return;
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            };
            new FileStream(file, options).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // SQLite meets the same obstacle next, and says more about it.
        }
    }

    /// <summary>Removes a database that nobody has open, with its log.</summary>
    /// <exception cref="IOException">It cannot be removed.</exception>
    public static void Delete(string file)
    {
        foreach (var part in Parts)
            File.Delete(file + part);
    }

    private static FileStream Create(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(file, options);
    }
}
