using System.Net.Sockets;

namespace Minato.Sidecar;

internal sealed record TcpProbe : ReadyProbe
{
    internal override async Task<Sign> WaitAsync(ProbeScene scene, CancellationToken cancel)
    {
        while (!await IsListeningAsync(scene, cancel))
            await scene.PauseAsync(cancel);
        return default;
    }

    /// <summary>By the kernel's table where there is one; else by a connection, which the program sees come and go.</summary>
    internal static async ValueTask<bool> IsListeningAsync(ProbeScene scene, CancellationToken cancel)
    {
        if (scene.Check is { } check)
            return check.Look() is not Listener.None;
        using var socket = new Socket(scene.EndPoint!.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(scene.EndPoint, cancel);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
