using System.Globalization;
using System.Text.RegularExpressions;
using Minato.Core.Storage;
using Minato.Storage.Postgres.Native;
using Npgsql;

namespace Minato.Storage.Postgres;

/// <summary>Where a database is and who we are to it, in the two forms that people have at hand.</summary>
internal static partial class ConnectionText
{
    /// <summary>Statements that a connection keeps prepared: all of ours.</summary>
    private const int Prepared = 200;

    /// <param name="pooled">Connections that are shared by whoever needs one for a moment; 0: each is held for good.</param>
    /// <param name="commandTimeout">Seconds for one statement; null: as the text says, or 30.</param>
    /// <exception cref="StoreFailedException">It cannot be understood.</exception>
    internal static PostgresServers Servers(string text, int pooled = 0, int? commandTimeout = null)
    {
        try
        {
            var settings = IsUrl(text) ? FromUrl(text) : new NpgsqlConnectionStringBuilder(text);
            settings.Pooling = pooled > 0;
            settings.MinPoolSize = 0;
            settings.MaxPoolSize = Math.Max(pooled, 1);
            settings.MaxAutoPrepare = Prepared;
            settings.AutoPrepareMinUsages = 2;
            settings.ApplicationName = "minato";
            settings.CommandTimeout = commandTimeout ?? settings.CommandTimeout;
            // Always the primary.
            settings.TargetSessionAttributes = null;
            settings.LoadBalanceHosts = false;
            if (settings.KeepAlive == 0)
                // Seconds: a peer that vanished is noticed.
                settings.KeepAlive = 30;
            return new PostgresServers([.. Hosts(settings).Select(Source)]);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or UriFormatException or KeyNotFoundException)
        {
            // Not the text: it may hold a password.
            throw new StoreFailedException(
                "The database's address cannot be understood. Write postgres://user@host/database, or Host=…;Database=…;Username=…", e);
        }
    }

    private static NpgsqlDataSource Source(NpgsqlConnectionStringBuilder settings)
    {
        var source = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        source.EnableArrays();
        source.EnableTransportSecurity();
        return source.Build();
    }

    /// <summary>Several may be named, each with a port of its own: <c>Host=one:5432,two:5433</c>.</summary>
    private static IEnumerable<NpgsqlConnectionStringBuilder> Hosts(NpgsqlConnectionStringBuilder settings)
    {
        foreach (var named in (settings.Host ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            var host = new NpgsqlConnectionStringBuilder(settings.ConnectionString);
            if (settings.Host is not null)
                host.Host = named;
            if (HostAndPort().Match(named) is { Success: true } split)
                (host.Host, host.Port) = (split.Groups["host"].Value, int.Parse(split.Groups["port"].ValueSpan, CultureInfo.InvariantCulture));
            yield return host;
        }
    }

    /// <summary>Neither a folder with a socket, nor an address of IPv6 without brackets.</summary>
    [GeneratedRegex(@"^(?<host>\[[^\]]+\]|[^/@:][^:]*):(?<port>[0-9]{1,5})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex HostAndPort();

    private static bool IsUrl(string text) =>
        text.StartsWith("postgres://", StringComparison.Ordinal) || text.StartsWith("postgresql://", StringComparison.Ordinal);

    /// <summary>A <see cref="Uri"/> has one host, where libpq takes several with commas between them.</summary>
    private static NpgsqlConnectionStringBuilder FromUrl(string text)
    {
        var parts = UrlHosts().Match(text);
        if (!parts.Success)
            throw new UriFormatException("It names no host.");
        var url = new Uri($"{parts.Groups["before"].Value}host{parts.Groups["after"].Value}");
        var settings = new NpgsqlConnectionStringBuilder { Host = parts.Groups["hosts"].Value };
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
            // As libpq calls them; Npgsql writes them in words.
            settings[key switch
            {
                "sslmode" => "SSL Mode",
                "target_session_attrs" => "Target Session Attributes",
                _ => Uri.UnescapeDataString(key),
            }] = Uri.UnescapeDataString(value);
        }
        return settings;
    }

    [GeneratedRegex(@"^(?<before>[a-z]+://(?:[^/?#]*@)?)(?<hosts>[^/?#@]+)(?<after>(?:[/?#].*)?)\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex UrlHosts();
}
