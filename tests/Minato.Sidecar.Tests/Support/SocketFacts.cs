using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Minato.Sidecar.Tests;

/// <summary>What the kernel says of a socket, asked past .NET.</summary>
internal static partial class SocketFacts
{
    private const int SolSocket = 1, SoReuseAddr = 2, SoReusePort = 15, GetDescriptorFlags = 1, CloseOnExec = 1;

    public static int Port(this Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;

    public static bool SharesItsPort(Socket socket) => Option(socket, SoReusePort) != 0;

    public static bool IsReusable(Socket socket) => Option(socket, SoReuseAddr) != 0;

    public static bool IsInherited(Socket socket) => (Fcntl((int)socket.Handle, GetDescriptorFlags, 0) & CloseOnExec) == 0;

    /// <summary>Whether nobody, ourselves included, has the port on this address; sockets in TIME_WAIT count as having it.</summary>
    public static bool IsFree(IPAddress address, int port)
    {
        // Protocol 0 is TCP too, and .NET does not set SO_REUSEADDR on it.
        using var probe = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int Option(Socket socket, int name)
    {
        var value = new byte[4];
        Assert.Equal(4, socket.GetRawSocketOption(SolSocket, name, value));
        return BitConverter.ToInt32(value);
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Fcntl(int descriptor, int command, int argument);
}
