using Minato.Core.Storage;
using Minato.Storage.Sqlite.Native;
using Minato.Storage.Sqlite.Schema;

namespace Minato.Storage.Sqlite;

/// <summary>SqliteDatabase files as files: whether one is ours and whole, and setting it in place of another.</summary>
public static class SqliteFile
{
    private static readonly string[] Parts = ["", "-wal", "-shm"];

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
        var partial = $"{target}.partial";
        using (var from = File.OpenRead(source))
        using (var to = Create(partial))
        {
            from.CopyTo(to);
            to.Flush(flushToDisk: true);
        }
        var kept = File.Exists(target) ? $"{target}.before-restore-{DateTime.UtcNow:yyyyMMdd-HHmmss}" : null;
        if (kept is not null)
            // What is in the log beside a database belongs to it, and must not be applied to another.
            foreach (var part in Parts)
                if (File.Exists(target + part))
                    File.Move(target + part, kept + part);
        File.Move(partial, target);
        return kept;
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
