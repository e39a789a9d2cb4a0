using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Minato.Server.Listening;

/// <summary>
/// Makes the kernel notice a peer that is gone without a word (a laptop put to sleep, a cable, a NAT that forgot), so that a session that only
/// listens ends, too. Set on the listening sockets; what they accept has the same.
/// </summary>
internal static class DeadPeers
{
    /// <summary>Silence after which the kernel asks: 60 s. NATs forget after 5 minutes and more (RFC 5382: two hours; many do not keep to it).</summary>
    internal const int AskAfterSeconds = 60;

    /// <summary>Between two questions without an answer.</summary>
    internal const int AskAgainSeconds = 15;

    internal const int MaxQuestions = 4;

    /// <summary>
    /// How long bytes may lie unacknowledged before the connection is given up, on Linux (TCP_USER_TIMEOUT): 120 s, the sum of the above, since
    /// it overrules the count of questions. The system's own is fifteen minutes and more.
    /// </summary>
    internal const int UnacknowledgedMilliseconds = (AskAfterSeconds + (AskAgainSeconds * MaxQuestions)) * 1000;

    private const int LevelTcp = 6;
    private const int UserTimeout = 18; // TCP_USER_TIMEOUT, tcp(7)

    internal static void Notice(Socket listening)
    {
        try
        {
            listening.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            listening.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, AskAfterSeconds);
            listening.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, AskAgainSeconds);
            listening.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, MaxQuestions);
            if (OperatingSystem.IsLinux())
            {
                Span<byte> milliseconds = stackalloc byte[sizeof(int)];
                MemoryMarshal.Write(milliseconds, UnacknowledgedMilliseconds);
                listening.SetRawSocketOption(LevelTcp, UserTimeout, milliseconds);
            }
        }
        catch (SocketException)
        {
            // An inherited socket of another kind, or a system that has no such option: sessions over WebSocket have their heartbeat.
        }
    }
}
