using System.Net;
using Microsoft.AspNetCore.Connections;
using Minato.Server.Listening.Sockets;
using Minato.Server.Sessions;
using Minato.Server.Sessions.Lines;
using Minato.Wire.Detection;

namespace Minato.Server.Listening;

/// <summary>One connection until it is decided what it is: whose it is, its place among the undecided, and its one deadline.</summary>
internal sealed class Arrival : IDisposable
{
    /// <summary>
    /// How long a connection may stay undecided, a proxy's header, the handshake of TLS and the first line inside it included: 10 s, as Kestrel's
    /// for a handshake. Absolute: no byte renews it.
    /// </summary>
    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private CancellationTokenSource? _deadline;
    private UndecidedConnections.Place? _place;
    private CancellationTokenRegistration _handshake;

    /// <param name="close">Closes it when it is the oldest of too many.</param>
    internal Arrival(PlainSocket transport, UndecidedConnections undecided, TrustedProxies proxies, TimeProvider clock, Action<ConnectionContext> close)
    {
        Transport = transport;
        Peer = transport.RemoteEndPoint as IPEndPoint;
        IsByProxy = proxies.Contains(Peer?.Address);
        _place = undecided.Enter(Peer?.Address, IsByProxy, () => close(Transport));
        _deadline = clock.CreateCancellationTokenSource(Timeout);
    }

    /// <summary>The socket as it was accepted, and Kestrel's connection where it was handed over.</summary>
    internal ConnectionContext Transport { get; private set; }

    /// <summary>What it is handed over as: TLS, or HTTP.</summary>
    internal bool IsTls { get; set; }

    /// <summary>Whose connection it is: the other end's, or whom a trusted proxy named.</summary>
    internal IPEndPoint? Peer { get; private set; }

    /// <summary>Whether the other end is a trusted proxy. It speaks for others, so it is never greeted as a person.</summary>
    internal bool IsByProxy { get; }

    /// <summary>Whether a trusted proxy said whose connection it is.</summary>
    internal bool IsAnnounced { get; private set; }

    /// <summary>Whether the client's first message of TLS is one of a client that may log in by a certificate.</summary>
    internal bool AsksForCertificate { get; set; }

    internal IPEndPoint? Own => Transport.LocalEndPoint as IPEndPoint;

    /// <summary>Cancelled when the time is over. Until it is decided.</summary>
    internal CancellationToken Deadline => _deadline!.Token;

    /// <summary>Who was silent and seemed to be a person; null: nobody was greeted.</summary>
    internal LineSession? Greeted { get; set; }

    /// <summary>A trusted proxy's header named somebody. Kestrel and its requests see the same.</summary>
    internal void Become(IPEndPoint peer)
    {
        IsAnnounced = true;
        Peer = peer;
        Transport.RemoteEndPoint = peer;
        _place!.MoveTo(peer.Address);
    }

    /// <summary>From here on the handshake reads: who is not through with it in time is cut off.</summary>
    internal void BeginHandshake() => _handshake = Deadline.UnsafeRegister(static t => ((ConnectionContext)t!).Abort(), Transport);

    internal void EndHandshake() => _handshake.Dispose();

    /// <summary>Kestrel goes on with it, and finds here what was said of it.</summary>
    internal void HandOver(ConnectionContext connection)
    {
        Transport = connection;
        connection.Features.Set(this);
        if (IsAnnounced)
            connection.RemoteEndPoint = Peer;
    }

    /// <summary>It is something: it counts no more, and the time does not matter any more. What was kept for that is let go: it may live long.</summary>
    internal void Decide()
    {
        _handshake.Dispose();
        _place?.Leave();
        _place = null;
        _deadline?.Dispose();
        _deadline = null;
    }

    public void Dispose() => Decide();
}
