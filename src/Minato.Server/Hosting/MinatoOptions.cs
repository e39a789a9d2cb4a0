using System.Net.Sockets;
using Minato.Server.Sessions;
using Minato.Sidecar;

namespace Minato.Server;

/// <summary>How a server is to run.</summary>
public sealed record MinatoOptions
{
    /// <summary>The port of a server that nobody gave an address: 8080, as the first chat server's.</summary>
    public const int DefaultPort = 8080;

    /// <summary>Where to listen. Null: 127.0.0.1:8080, or a free port on loopback when it is taken.</summary>
    public ListenAddress? Address { get; init; }

    /// <summary>Sockets that listen already, handed over by whoever started this process; they count in place of an address.</summary>
    public IReadOnlyList<Socket> InheritedSockets { get; init; } = [];

    /// <summary>The data folder. Null: the user's own (see <see cref="DataFolder.DefaultPath"/>). Ignored with <see cref="Memory"/>.</summary>
    public string? Data { get; init; }

    /// <summary>
    /// A PostgreSQL database in place of a file in the data folder: <c>postgres://user@host/database</c>, or as Npgsql reads it. A
    /// password belongs in PGPASSWORD or ~/.pgpass.
    /// </summary>
    public string? Postgres { get; init; }

    /// <summary>Keep nothing: the log lives in memory and ends with the server.</summary>
    public bool Memory { get; init; }

    /// <summary>Null: guests where only this machine can connect, accounts elsewhere.</summary>
    public Access? Access { get; init; }

    /// <summary>The token of <see cref="Access.Token"/>. Null: a random one, told in the ready file.</summary>
    public string? LaunchToken { get; init; }

    /// <summary>Who holds it may read /metrics from elsewhere; null: only this machine may.</summary>
    public string? MetricsToken { get; init; }

    /// <summary>False lifts every rate limit, for load tests.</summary>
    public bool RateLimits { get; init; } = true;

    /// <summary>Messages, other mutations and questions of one session, or of one user over HTTP: 100 at once, then 20 a second. Mattermost allows 100 and 10.</summary>
    internal Rate MessagePace => RateLimits ? new Rate(100, 20) : Rate.Unlimited;

    /// <summary>Searches of one session, or of one user over HTTP: 20 at once, then 2 a second, as one types. Each may cost what a hundred messages do.</summary>
    internal Rate SearchPace => RateLimits ? new Rate(20, 2) : Rate.Unlimited;
}
