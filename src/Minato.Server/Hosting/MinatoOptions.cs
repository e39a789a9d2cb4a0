using System.Net;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using Minato.Core.Storage;
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

    /// <summary>The data folder's lock, handed over by the program that this process was before. Null: it is to be taken.</summary>
    public SafeFileHandle? InheritedLock { get; init; }

    /// <summary>What this process runs, where it is nothing but this server: then <c>minato reload</c> may have another program take its place. Null: it may not.</summary>
    public Replacement? OwnProgram { get; init; }

    /// <summary>Why the reload before did not come off, so that this one serves again; null: there was none, or it did.</summary>
    public string? FailedReload { get; init; }

    /// <summary>
    /// Instead of an address: a name of 1 to 128 characters under which this user gets the same port on loopback each time, so that a browser
    /// finds again what it keeps for this origin; another free one while a second instance has it.
    /// </summary>
    public string? StickyKey { get; init; }

    /// <summary>
    /// Serve the local network: every address of this machine, on the port of <see cref="Address"/>; without one on 8080, or on a free one when
    /// that is taken, and then on the same one again.
    /// </summary>
    public bool Lan { get; init; }

    /// <summary>The data folder. Null: the user's own (see <see cref="DataFolder.DefaultPath"/>). Ignored with <see cref="Memory"/>.</summary>
    public string? Data { get; init; }

    /// <summary>
    /// A PostgreSQL database in place of a file in the data folder: <c>postgres://user@host/database</c>, or as Npgsql reads it. A
    /// password belongs in PGPASSWORD or ~/.pgpass.
    /// </summary>
    public string? Postgres { get; init; }

    /// <summary>Keep nothing: the log lives in memory and ends with the server.</summary>
    public bool Memory { get; init; }

    /// <summary>
    /// A PEM file with the certificate of this server and those that lead to its root, its own first. Null: no TLS. Plain connections are
    /// served on the same port either way.
    /// </summary>
    public string? TlsCertificate { get; init; }

    /// <summary>A PEM file with the certificate's key, not encrypted. Null: it stands in <see cref="TlsCertificate"/>, too. Both are read again when they change.</summary>
    public string? TlsKey { get; init; }

    /// <summary>
    /// Where others reach this server: <c>https://chat.example.org</c>, without a path. Its host is answered to and its origin let in.
    /// Null: by its own address only.
    /// </summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Proxies and balancers that are believed when they say whose connection they carry: PROXY headers, and X-Forwarded-For and its like.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>Null: guests where only this machine can connect, accounts where others can: another address, a public URL, a trusted proxy.</summary>
    public Access? Access { get; init; }

    /// <summary>The token of <see cref="Access.Token"/>. Null: a random one, told in the ready file.</summary>
    public string? LaunchToken { get; init; }

    /// <summary>Who holds it may read /metrics from elsewhere; null: only this machine may.</summary>
    public string? MetricsToken { get; init; }

    /// <summary>Pages of other programs that may show this server's page in a frame; none when empty.</summary>
    public IReadOnlyList<EmbedOrigin> EmbedOrigins { get; init; } = [];

    /// <summary>What this server is called on IRC. Null: irc.minato.</summary>
    public IrcServerName? IrcName { get; init; }

    /// <summary>
    /// For how long IRC clients are to come to this port inside TLS only, once they have seen it: what the certificate's owner promises. Zero
    /// takes it back. Null: nothing is said of it.
    /// </summary>
    public TimeSpan? IrcSts { get; init; }

    /// <summary>Nobody is asked for a longer password than this: 64 bytes.</summary>
    public const int MostMinPassword = 64;

    /// <summary>Bytes of UTF-8 that a new password has at least, 1 to <see cref="MostMinPassword"/>. NIST SP 800-63B asks for 8 characters.</summary>
    public int MinPassword { get; init; } = Core.Accounts.Password.MinBytes;

    /// <summary>False lifts every rate limit, for load tests.</summary>
    public bool RateLimits { get; init; } = true;

    /// <summary>Rounds of PBKDF2 for each password; tests take fewer.</summary>
    internal int PasswordIterations { get; init; } = Accounts.PasswordHashing.DefaultIterations;

    /// <summary>For the torture of broken servers: what stands between the server and its log.</summary>
    internal Func<IStore, IStore> Through { get; init; } = static store => store;

    /// <summary>What bounds uploads; tests have less patience and smaller disks.</summary>
    internal Files.UploadBounds Uploads { get; init; } = Files.UploadBounds.Default;

    /// <summary>Whether others come by a name or a proxy, though it listens on loopback only.</summary>
    internal bool IsReachedByOthers => PublicUrl is not null || TrustedProxies.Count > 0;

    /// <summary>Messages, other mutations and questions of one session, or of one user over HTTP: 100 at once, then 20 a second. Mattermost allows 100 and 10.</summary>
    internal Rate MessagePace => RateLimits ? new Rate(100, 20) : Rate.Unlimited;

    /// <summary>Searches of one session, or of one user over HTTP: 20 at once, then 2 a second, as one types. Each may cost what a hundred messages do.</summary>
    internal Rate SearchPace => RateLimits ? new Rate(20, 2) : Rate.Unlimited;
}
