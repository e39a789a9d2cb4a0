using System.Globalization;
using System.Reflection;
using Minato.Core.Storage;
using Minato.Storage.Sqlite.Native;

namespace Minato.Storage.Sqlite.Schema;

/// <summary>
/// Brings a database to this version's schema. Files under migrations/ are numbered from 1 and never changed once released;
/// <c>user_version</c> says how many a database has had.
/// </summary>
internal sealed class Migrations(IReadOnlyList<string> scripts)
{
    /// <summary>"mnto": says that a file is ours.</summary>
    internal const int ApplicationId = 0x6D6E746F;

    internal static readonly Migrations OfThisVersion = new([.. Load()]);

    /// <summary>In order; the first makes version 1.</summary>
    internal IReadOnlyList<string> Scripts => scripts;

    /// <summary>Reads only.</summary>
    /// <exception cref="StoreFailedException">Of a newer version, or another program's.</exception>
    internal void Check(SqliteDatabase db, string file)
    {
        var version = Version(db);
        var id = db.Scalar("pragma application_id");
        if (id != ApplicationId && (id != 0 || version > 0 || db.Scalar("select count(*) from sqlite_schema") > 0))
            throw FileHeader.Others(file);
        if (version > scripts.Count)
            throw new StoreFailedException(
                $"{file} was written by a newer Minato (schema {version}; this one knows {scripts.Count}). Start the newer version, or restore a backup.");
    }

    /// <summary>The same, for who only reads and applies nothing.</summary>
    /// <exception cref="StoreFailedException">Also of an older version.</exception>
    internal void CheckIsDone(SqliteDatabase db, string file)
    {
        Check(db, file);
        if (Version(db) is var version && version < scripts.Count)
            throw new StoreFailedException(
                $"{file} was written by an older Minato (schema {version}; this one has {scripts.Count}). Start this version on it once: that brings it up to date.");
    }

    /// <summary>Copies a database that holds something to <c>FILE.before-N</c> first, then applies what is missing, each in a transaction.</summary>
    internal void Apply(SqliteDatabase db, string file)
    {
        var version = Version(db);
        if (version == scripts.Count)
            return;
        if (version > 0)
            Copy(db, $"{file}.before-{(version + 1).ToString(CultureInfo.InvariantCulture)}");
        for (var next = version + 1; next <= scripts.Count; next++)
            db.Execute($"begin immediate; {scripts[next - 1]}; pragma user_version = {next}; pragma application_id = {ApplicationId}; commit;");
    }

    private static int Version(SqliteDatabase db) => (int)db.Scalar("pragma user_version");

    /// <summary>The copy has its name only when it is whole and on disk: after that the database itself changes.</summary>
    private static void Copy(SqliteDatabase db, string target)
    {
        var partial = $"{target}.partial";
        try
        {
            File.Delete(partial);
            using (var copy = new SqliteStatement(db.Handle, "vacuum main into ?"))
                copy.Bind(1, partial).Run();
            // VACUUM leaves this to the system.
            using (var copy = File.OpenHandle(partial, FileMode.Open, FileAccess.ReadWrite))
                RandomAccess.FlushToDisk(copy);
            File.Move(partial, target, overwrite: true);
            FolderEntries.Sync(Path.GetDirectoryName(Path.GetFullPath(target))!);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    private static IEnumerable<string> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("sqlite/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd();
        }
    }
}
