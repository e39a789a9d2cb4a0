using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Minato.Sidecar;

/// <summary>The port of one launch, by one way of handing it over; kept as long as the sidecar lives.</summary>
/// <param name="EndPoint">Null where the program says it itself.</param>
internal sealed record PortGrant(HandOff HandOff, IPEndPoint? EndPoint, Socket? Socket, PortLease? Lease, PortGuard? Guard) : IDisposable
{
    /// <exception cref="PortException">No port can be had.</exception>
    internal static PortGrant Take(HandOff handOff, IPAddress address, PortLeaseOptions wanted)
    {
        switch (handOff)
        {
            case HandOff.Inherit:
                var socket = ListeningSocket.BindFirstFree([address], Enumerable.Repeat(0, 32))[0];
                return new PortGrant(handOff, (IPEndPoint)socket.LocalEndPoint!, socket, null, null);
            case HandOff.Report:
                return new PortGrant(handOff, null, null, null, null);
            case HandOff.Reserve:
                var lease = Port.Reserve(wanted);
                return new PortGrant(handOff, new IPEndPoint(address, lease.Port), null, lease, null);
            default:
                return Hold(address, wanted);
        }
    }

    /// <summary>What the placeholders stand for.</summary>
    internal Dictionary<string, string?> Values(IPAddress address, LaunchFolder folder) => new(StringComparer.Ordinal)
    {
        ["port"] = HandOff == HandOff.Report ? "0" : EndPoint!.Port.ToString(CultureInfo.InvariantCulture),
        ["host"] = address.ToString(),
        ["url"] = EndPoint is null ? null : $"http://{EndPoint}",
        ["fd"] = Socket is null ? null : "3",
        ["ready_file"] = folder.ReadyFile,
    };

    public void Dispose()
    {
        Guard?.Dispose();
        Socket?.Dispose();
        Lease?.Dispose();
    }

    private static PortGrant Hold(IPAddress address, PortLeaseOptions wanted)
    {
        for (var attempt = 0; attempt < 32; attempt++)
        {
            var lease = Port.Reserve(wanted);
            if (PortGuard.TryRetake(lease.Port) is { } guard)
            {
                guard.MakeWay();
                return new PortGrant(HandOff.Hold, new IPEndPoint(address, lease.Port), null, lease, guard);
            }
            lease.Dispose(); // taken between the lease and now
        }
        throw new NoFreePortException(32);
    }
}
