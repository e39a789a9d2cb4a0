using System.Net.Sockets;

namespace Minato.Server.Sessions;

/// <summary>Where a send queue's bytes leave: the seam between fan-out and the kind of connection.</summary>
internal abstract class Outlet
{
    /// <summary>Sends what goes without waiting: bytes taken, from 0 on; −1 when the connection is broken.</summary>
    internal abstract int TrySend(ReadOnlySpan<byte> bytes);

    /// <summary>Whether something that was taken is still on its way out of this process, and nothing more goes until then.</summary>
    internal virtual bool IsBusy => false;

    /// <summary>Sends all of it, behind what was taken before, waiting for the peer. Also with nothing: then it only waits.</summary>
    internal abstract ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel);
}

/// <summary>Straight into the socket, past every pipe: one system call for each connection and turn.</summary>
internal sealed class SocketOutlet : Outlet
{
    private readonly Socket _socket;

    internal SocketOutlet(Socket socket)
    {
        _socket = socket;
        try
        {
            // So that a synchronous send answers "would block" in place of blocking the fan-out.
            socket.Blocking = false;
        }
        catch (ObjectDisposedException)
        {
            // Reset as soon as it was accepted: the first send says so.
        }
    }

    internal override int TrySend(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var sent = _socket.Send(bytes, SocketFlags.None, out var error);
            return error switch
            {
                SocketError.Success => sent,
                SocketError.WouldBlock => 0,
                _ => -1,
            };
        }
        catch (ObjectDisposedException)
        {
            return -1;
        }
    }

    internal override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None, cancel)..];
    }
}
