using Minato.Core.Storage;
using Minato.Server.Tls;
using Minato.Storage.Postgres;
using Minato.Storage.Sqlite;

namespace Minato.Server;

/// <summary>What a server does that is only tried, beside the one whose place it may take; the two talk by these words. docs/decisions/0017-reload.md.</summary>
public static class Trial
{
    /// <summary>It could take over. Nothing was changed.</summary>
    public const string Prepared = "prepared";

    /// <summary>The other one's writer stands still.</summary>
    public const string Go = "go";

    /// <summary>The data is this version's, and nothing else was written.</summary>
    public const string Done = "done";

    /// <summary>Whether a server with these options could serve what another one serves now. Changes nothing.</summary>
    /// <exception cref="CertificateException">The certificate or its key cannot be used.</exception>
    /// <exception cref="DatabaseException">The database cannot be used.</exception>
    public static void Prepare(MinatoOptions options)
    {
        if (options.TlsCertificate is { } certificate)
        {
            var files = new CertificateFiles(certificate, options.TlsKey ?? certificate);
            ServerCertificate.Load(files.Read(), files);
        }
        Use(() =>
        {
            if (options.Postgres is { } connection)
                PostgresStore.Check(connection);
            else
                SqliteStore.Check(Database(options));
        });
    }

    /// <summary>Brings the data to this version's schema. Whoever serves it may read meanwhile, and writes nothing.</summary>
    /// <exception cref="DatabaseException">It cannot be done.</exception>
    public static async Task MigrateAsync(MinatoOptions options)
    {
        if (options.Postgres is { } connection)
            // Servers on one database come and go all the time: being one for a moment is all that it takes.
            await Use(() => PostgresStore.Open(connection, TimeProvider.System)).DisposeAsync();
        else
            Use(() => SqliteStore.Migrate(Database(options)));
    }

    private static string Database(MinatoOptions options) => DataFolder.DatabaseIn(Path.GetFullPath(options.Data ?? DataFolder.DefaultPath));

    private static void Use(Action act) => Use(() =>
    {
        act();
        return true;
    });

    private static T Use<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (StoreException e)
        {
            throw new DatabaseException(e.Message, e);
        }
    }
}
