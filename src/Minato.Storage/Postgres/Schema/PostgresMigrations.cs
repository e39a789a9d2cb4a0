using System.Reflection;
using Minato.Core.Storage;
using Minato.Storage.Postgres.Native;
using Minato.Storage.Sql;

namespace Minato.Storage.Postgres.Schema;

/// <summary>
/// Brings a database to this version's schema. Files under migrations/ are numbered from 1 and never changed once released; the
/// table minato_schema says how many a database has had. Copies beforehand are the operator's: pg_dump.
/// </summary>
internal static class PostgresMigrations
{
    /// <summary>In order; the first makes version 1.</summary>
    internal static readonly IReadOnlyList<string> Scripts = [.. Load()];

    /// <summary>Reads only.</summary>
    /// <exception cref="StoreFailedException">Of a newer version.</exception>
    internal static void Check(PostgresDatabase db)
    {
        if (AreThere(db))
            Check(Applied(db));
    }

    /// <exception cref="StoreFailedException">Of a newer version, or another program's.</exception>
    internal static void Apply(PostgresDatabase db)
    {
        db.Begin();
        var version = Version(db);
        Check(version);
        for (var next = version + 1; next <= Scripts.Count; next++)
        {
            db.Execute(Scripts[next - 1]);
            db.Statement("insert into minato_schema (version) values (?)").Bind(1, next).Run();
        }
        db.Commit();
    }

    /// <summary>Whether the database holds anything of ours.</summary>
    internal static bool AreThere(PostgresDatabase db) => Database.Finds(db.Statement("select 1 from pg_class where oid = to_regclass('minato_schema')"));

    private static int Version(PostgresDatabase db)
    {
        if (!AreThere(db))
        {
            if (Database.Finds(db.Statement("select 1 from pg_class where oid in (to_regclass('users'), to_regclass('rooms'), to_regclass('events'))")))
                throw new StoreFailedException("The database holds another program's tables, and was left alone. Make one for Minato: createdb minato");
            db.Execute("create table minato_schema (version bigint primary key, applied_at timestamptz not null default now())");
        }
        return Applied(db);
    }

    private static int Applied(PostgresDatabase db) => (int)db.Scalar("select coalesce(max(version), 0) from minato_schema");

    private static void Check(int version)
    {
        if (version > Scripts.Count)
            throw new StoreFailedException(
                $"The database was written by a newer Minato (schema {version}; this one knows {Scripts.Count}). Start the newer version, or restore a backup.");
    }

    private static IEnumerable<string> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("postgres/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd();
        }
    }
}
