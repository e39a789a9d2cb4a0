using System.Net;
using System.Net.Sockets;

namespace Minato.Sidecar;

/// <summary>
/// A port held on the IPv4 and IPv6 wildcards at once without listening, so nobody else has it on any address while its
/// socket is bound. On Linux it stays in place meanwhile, as sockets with SO_REUSEADDR may share a port
/// until one listens; elsewhere (untested) it must go first, which leaves a moment for others.
/// </summary>
internal sealed class PortGuard : IDisposable
{
    private readonly Socket _socket;

    private PortGuard(Socket socket) => _socket = socket;

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>Null when the port is held on any address by anyone, even if only bound or left in TIME_WAIT.</summary>
    /// <param name="port">0 is the system's choice.</param>
    public static PortGuard? TryTake(int port) => TryTake(port, ProtocolType.Unspecified);

    /// <summary>The same for a port we had before: connections left in TIME_WAIT do not count.</summary>
    public static PortGuard? TryRetake(int port) => TryTake(port, ProtocolType.Tcp);

    /// <summary>To be called before the port is bound.</summary>
    public void MakeWay()
    {
        if (OperatingSystem.IsLinux())
            AllowSharing(_socket);
        else
            _socket.Dispose();
    }

    public void Dispose() => _socket.Dispose();

    // .NET sets SO_REUSEADDR when it binds a socket of protocol Tcp; Unspecified is TCP as well, and is bound exclusively.
    private static PortGuard? TryTake(int port, ProtocolType protocol)
    {
        foreach (var wildcard in Wildcards())
        {
            Socket? socket = null;
            try
            {
                socket = new Socket(wildcard.AddressFamily, SocketType.Stream, protocol);
                if (wildcard.AddressFamily == AddressFamily.InterNetworkV6)
                    socket.DualMode = true;
                socket.Bind(new IPEndPoint(wildcard, port));
                return new PortGuard(socket);
            }
            catch (SocketException e)
            {
                socket?.Dispose();
                if (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
                    return null;
                if (wildcard.AddressFamily == AddressFamily.InterNetwork)
                    throw;
            }
        }

        throw new InvalidOperationException("The IPv4 wildcard is always tried last, and returned or threw.");
    }

    // IPv6 in dual mode covers both; without IPv6 there is only the other one to cover.
    private static IPAddress[] Wildcards() =>
        Socket.OSSupportsIPv6 ? [IPAddress.IPv6Any, IPAddress.Any] : [IPAddress.Any];

    // Not SocketOptionName.ReuseAddress, which sets SO_REUSEPORT too: then any process of this user could listen beside us.
    private static void AllowSharing(Socket socket)
    {
        const int SolSocket = 1, SoReuseAddr = 2; // Linux, asm-generic; the same on every architecture .NET runs on
        socket.SetRawSocketOption(SolSocket, SoReuseAddr, BitConverter.GetBytes(1));
    }
}
