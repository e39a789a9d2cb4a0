using System.Net;
using System.Net.Sockets;

namespace Minato.PortBench;

/// <summary>Clients who visit a server one visit after the other, without a pause, until they are told to end: connect, ask, read the whole answer, close.</summary>
internal sealed class Hammer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>After a refusal, as a client would: else one gap would be counted by the speed of a loop.</summary>
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromMilliseconds(1);

    private readonly CancellationTokenSource _end = new();
    private readonly Task<Visits>[] _clients;
    private long _answered;

    /// <param name="keepsAlive">Whether a connection is used until the server says that an answer is its last.</param>
    internal Hammer(int port, int clients, bool keepsAlive) =>
        _clients = [.. Enumerable.Range(0, clients).Select(_ => Task.Run(() => RunAsync(new IPEndPoint(IPAddress.Loopback, port), keepsAlive)))];

    /// <summary>Visits that were answered so far.</summary>
    internal long Answered => Volatile.Read(ref _answered);

    /// <summary>Each finishes the visit that it is at.</summary>
    internal async Task<Visits> EndAsync()
    {
        await _end.CancelAsync();
        return (await Task.WhenAll(_clients)).Aggregate((sum, one) => sum + one);
    }

    public void Dispose() => _end.Dispose();

    private async Task<Visits> RunAsync(IPEndPoint server, bool keepsAlive)
    {
        var sum = default(Visits);
        var request = keepsAlive ? "GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray() : "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8.ToArray();
        var buffer = new byte[4096];
        while (!_end.IsCancellationRequested)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            using var patience = new CancellationTokenSource(Patience);
            try
            {
                await socket.ConnectAsync(server, patience.Token);
                bool? goesOn;
                do
                {
                    patience.CancelAfter(Patience);
                    goesOn = await AskAsync(socket, request, buffer, patience.Token);
                    if (goesOn is not null)
                        Interlocked.Increment(ref _answered);
                    sum += goesOn is null ? new Visits(0, 0, 0, 1, 0) : new Visits(1, 0, 0, 0, 0);
                }
                while (goesOn == true && !_end.IsCancellationRequested);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
            {
                sum += new Visits(0, 1, 0, 0, 0);
                await Task.Delay(AfterRefusal);
            }
            catch (SocketException e)
            {
                sum += e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.TooManyOpenSockets ? new Visits(0, 0, 0, 0, 1) : new Visits(0, 0, 1, 0, 0);
            }
            catch (OperationCanceledException)
            {
                sum += new Visits(0, 0, 0, 1, 0);
            }
        }
        return sum;
    }

    /// <summary>Whether the connection goes on; null: it was closed before the whole answer.</summary>
    private static async Task<bool?> AskAsync(Socket socket, byte[] request, byte[] buffer, CancellationToken cancel)
    {
        await socket.SendAsync(request, cancel);
        for (var length = 0; ;)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), cancel);
            if (read == 0)
                return null;
            length += read;
            var head = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (head >= 0 && length == head + 4 + DrainingServer.BodyBytes)
                return buffer.AsSpan(0, head).EndsWith("keep-alive"u8);
        }
    }
}
