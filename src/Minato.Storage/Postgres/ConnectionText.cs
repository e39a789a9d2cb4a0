using Minato.Core.Storage;
using Npgsql;

namespace Minato.Storage.Postgres;

/// <summary>Where a database is and who we are to it, in the two forms that people have at hand.</summary>
internal static class ConnectionText
{
    /// <summary>Statements that a connection keeps prepared: all of ours.</summary>
    private const int Prepared = 200;

    /// <exception cref="StoreFailedException">It cannot be understood.</exception>
    /// <param name="pooled">Connections that are shared by whoever needs one for a moment; 0: each is held for good.</param>
    /// <param name="commandTimeout">Seconds for one statement; null: as the text says, or 30.</param>
    internal static NpgsqlDataSource Source(string text, int pooled = 0, int? commandTimeout = null)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(IsUrl(text) ? FromUrl(new Uri(text)) : text)
            {
                Pooling = pooled > 0,
                MinPoolSize = 0,
                MaxPoolSize = Math.Max(pooled, 1),
                MaxAutoPrepare = Prepared,
                AutoPrepareMinUsages = 2,
                ApplicationName = "minato",
            };
            settings.CommandTimeout = commandTimeout ?? settings.CommandTimeout;
            if (settings.KeepAlive == 0)
                // Seconds: a peer that vanished is noticed.
                settings.KeepAlive = 30;
            var source = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
            source.EnableArrays();
            source.EnableTransportSecurity();
            return source.Build();
        }
        catch (Exception e) when (e is ArgumentException or FormatException or UriFormatException or KeyNotFoundException)
        {
            // Not the text: it may hold a password.
            throw new StoreFailedException(
                "The database's address cannot be understood. Write postgres://user@host/database, or Host=…;Database=…;Username=…", e);
        }
    }

    private static bool IsUrl(string text) =>
        text.StartsWith("postgres://", StringComparison.Ordinal) || text.StartsWith("postgresql://", StringComparison.Ordinal);

    private static string FromUrl(Uri url)
    {
        var settings = new NpgsqlConnectionStringBuilder { Host = url.Host };
        if (url.Port > 0)
            settings.Port = url.Port;
        if (url.AbsolutePath.Length > 1)
            settings.Database = Uri.UnescapeDataString(url.AbsolutePath[1..]);
        var user = url.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
            settings.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1)
            settings.Password = Uri.UnescapeDataString(user[1]);
        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = pair.Split('=', 2) is [var k, var v] ? (k, v) : (pair, "");
            // As libpq calls it; Npgsql writes it in two words.
            settings[key == "sslmode" ? "SSL Mode" : Uri.UnescapeDataString(key)] = Uri.UnescapeDataString(value);
        }
        return settings.ConnectionString;
    }
}
