using System.Net;
using System.Net.Sockets;
using Minato.Sidecar;

namespace Minato.Server.Listening;

/// <summary>The sockets a server listens on, and what they are called outside.</summary>
/// <param name="Lease">Of a port that is kept for a name; null: none.</param>
internal sealed record Listeners(IReadOnlyList<Socket> Sockets, bool IsFallback, PortLease? Lease = null) : IDisposable
{
    /// <summary>As of sidecars: five strangers in a row are no accident.</summary>
    private const int MaxTries = 5;

    private readonly CancellationTokenSource _accepting = new();

    internal IReadOnlyList<IPEndPoint> EndPoints { get; } = [.. Sockets.Select(s => (IPEndPoint)s.LocalEndPoint!)];

    internal bool IsLoopback => EndPoints.All(e => IPAddress.IsLoopback(e.Address));

    /// <summary>One that a browser on this machine can open.</summary>
    internal string Url
    {
        get
        {
            var first = EndPoints[0];
            var address = first.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
                : first.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
                : first.Address;
            return $"http://{new IPEndPoint(address, first.Port)}";
        }
    }

    /// <summary>Cancelled when nobody is accepted any more.</summary>
    internal CancellationToken Accepting => _accepting.Token;

    /// <summary>Whether they listen on when this server has ended, for the one after it: whoever connects waits in the backlog.</summary>
    internal bool AreKept { get; private set; }

    internal Task StopAcceptingAsync() => _accepting.CancelAsync();

    internal void Keep() => AreKept = true;

    public void Dispose()
    {
        _accepting.Dispose();
        if (AreKept)
            return;
        foreach (var socket in Sockets)
            socket.Dispose();
        Lease?.Dispose();
    }

    /// <summary>Binds what was asked for and nothing else; only who asked for nothing gets another port than 8080, and the same one again next time.</summary>
    /// <exception cref="PortException">The port cannot be had; the message says why and what to do.</exception>
    internal static Listeners Bind(MinatoOptions options, DataFolder folder)
    {
        var listeners = Open(options, folder);
        foreach (var socket in listeners.Sockets)
            DeadPeers.Notice(socket);
        return listeners;
    }

    private static Listeners Open(MinatoOptions options, DataFolder folder)
    {
        if (options.InheritedSockets.Count > 0)
            return new Listeners(options.InheritedSockets, IsFallback: false);
        if (options.Lan)
            return OpenLan(options.Address?.Port, folder);
        if (options.Address is { } address)
            return new Listeners(ListeningSocket.Bind(address), IsFallback: false);
        if (options.StickyKey is { } key)
            return OpenSticky(key);
        var socket = ListeningSocket.BindFree(folder.RememberedPort ?? MinatoOptions.DefaultPort);
        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        if (port != MinatoOptions.DefaultPort)
            folder.RememberedPort = port;
        return new Listeners([socket], IsFallback: port != MinatoOptions.DefaultPort);
    }

    private static Listeners OpenLan(int? port, DataFolder folder)
    {
        if (port is { } named)
            return new Listeners(ListeningSocket.Bind(new ListenAddress(IPAddress.Any, named)), IsFallback: false);
        var wanted = folder.RememberedPort ?? MinatoOptions.DefaultPort;
        IReadOnlyList<Socket> sockets;
        try
        {
            sockets = ListeningSocket.Bind(new ListenAddress(IPAddress.Any, wanted));
        }
        catch (PortInUseException)
        {
            sockets = ListeningSocket.Bind(new ListenAddress(IPAddress.Any, 0));
        }
        var given = ((IPEndPoint)sockets[0].LocalEndPoint!).Port;
        if (given != MinatoOptions.DefaultPort)
            folder.RememberedPort = given;
        return new Listeners(sockets, IsFallback: given != MinatoOptions.DefaultPort);
    }

    private static Listeners OpenSticky(string key)
    {
        for (var tries = 1; ; tries++)
        {
            var lease = Sidecar.Port.Reserve(new PortLeaseOptions { StickyKey = key });
            try
            {
                return new Listeners(ListeningSocket.Bind(new ListenAddress(IPAddress.Loopback, lease.Port)), IsFallback: false, lease);
            }
            catch (PortInUseException) when (tries < MaxTries)
            {
                // Somebody who named this very port was faster; the next lease is of another one.
                lease.Dispose();
            }
            catch
            {
                lease.Dispose();
                throw;
            }
        }
    }
}
