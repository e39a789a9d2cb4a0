using System.Globalization;
using System.Reflection;
using Minato.Core.Storage;
using Minato.Storage.Sqlite.Native;

namespace Minato.Storage.Sqlite.Schema;

/// <summary>
/// Brings a database to this version's schema. Files under migrations/ are numbered from 1 and never changed once released;
/// <c>user_version</c> says how many a database has had.
/// </summary>
internal static class Migrations
{
    /// <summary>"mnto": says that a file is ours.</summary>
    private const int ApplicationId = 0x6D6E746F;

    private static readonly (int Number, string Sql)[] All = [.. Load()];

    internal static int Newest => All[^1].Number;

    /// <summary>Copies a database that holds something to <c>FILE.before-N</c> first, then applies what is missing, each in a transaction.</summary>
    internal static void Apply(Database db, string file)
    {
        var version = (int)db.Scalar("pragma user_version");
        Refuse(db, file, version);
        if (version == Newest)
            return;
        if (version > 0)
            Copy(db, $"{file}.before-{(version + 1).ToString(CultureInfo.InvariantCulture)}");
        foreach (var (number, sql) in All.Where(m => m.Number > version))
            db.Execute($"begin immediate; {sql}; pragma user_version = {number}; pragma application_id = {ApplicationId}; commit;");
    }

    private static void Refuse(Database db, string file, int version)
    {
        if (version > Newest)
            throw new StoreFailedException(
                $"{file} was written by a newer Minato (schema {version}; this one knows {Newest}). Start the newer version, or restore a backup.");
        var id = db.Scalar("pragma application_id");
        var tables = db.Scalar("select count(*) from sqlite_schema");
        if (id != ApplicationId && (version > 0 || tables > 0))
            throw new StoreFailedException($"{file} is another program's database, and was left alone. Choose another folder with --data.");
    }

    private static void Copy(Database db, string target)
    {
        if (File.Exists(target))
            File.Delete(target);
        using var copy = new Statement(db.Handle, "vacuum main into ?");
        copy.Bind(1, target).Run();
    }

    private static IEnumerable<(int, string)> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("sqlite/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (int.Parse(name.AsSpan("sqlite/".Length, 4), CultureInfo.InvariantCulture), reader.ReadToEnd());
        }
    }
}
