using System.Net;
using Minato.Sidecar;

namespace Minato.Server.Listening;

/// <summary>
/// Tells a person at a terminal from a browser that connected ahead of need. Chromium takes whatever comes on such a connection for
/// the answer to the request that it sends later, so a greeting there breaks a page; a tunnel or proxy may carry one.
/// </summary>
internal static class SilentPeers
{
    /// <summary>The argument by which every program made of Chromium (Electron apps, too) starts the process that has its sockets.</summary>
    private const string ChromiumNetwork = "network.mojom.NetworkService";

    private static readonly HashSet<string> NotPersons = new(StringComparer.OrdinalIgnoreCase)
    {
        "chrome", "chromium", "firefox", "firefox-esr", "brave", "msedge", "opera", "vivaldi-bin", "epiphany", "QtWebEngineProcess", "WebKitNetworkProcess",
        "sshd", "sshd-session", "docker-proxy", "rootlessport", "slirp4netns", "pasta", "cloudflared", "ngrok", "tailscaled", "nginx", "haproxy", "caddy",
        "traefik", "envoy", "apache2", "httpd",
    };

    private static readonly SemaphoreSlim One = new(1);

    /// <summary>
    /// Whether a silent peer may be greeted. A holder that is hidden from us may not: it is likelier a tunnel's end than a person
    /// under another name. Where nothing can be said of it (no Linux), it may.
    /// </summary>
    internal static async Task<SilentPeer> LookAsync(IPEndPoint? peer, IPEndPoint? own, CancellationToken cancel)
    {
        if (peer is null || own is null)
            return SilentPeer.MayBePerson;
        // A look at all processes takes milliseconds: one at a time, however many are silent.
        await One.WaitAsync(cancel);
        try
        {
            var processes = await Task.Run(() => LocalPeer.Find(peer, own), cancel);
            return processes is null ? SilentPeer.MayBePerson
                : processes.Count == 0 || processes.Any(IsNotPerson) ? SilentPeer.NotPerson
                : processes.Any(p => p.Name.Contains("telnet", StringComparison.OrdinalIgnoreCase)) ? SilentPeer.Telnet
                : SilentPeer.MayBePerson;
        }
        finally
        {
            One.Release();
        }
    }

    private static bool IsNotPerson(LocalPeer process) =>
        NotPersons.Contains(process.Name) || process.CommandLine.Contains(ChromiumNetwork, StringComparison.Ordinal);
}

/// <summary>Who has been silent.</summary>
internal enum SilentPeer
{
    /// <summary>A browser, a tunnel, a proxy: says something when it has something to ask.</summary>
    NotPerson,
    MayBePerson,

    /// <summary>A person at a telnet client.</summary>
    Telnet,
}
