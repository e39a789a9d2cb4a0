using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Minato.PortBench;

/// <summary>
/// Somebody else on this machine: binds port 0, binds numbers at random among those that are leased, and connects out, all the time. Whoever
/// comes to one of its listeners is told so.
/// </summary>
internal sealed class Thief : IDisposable
{
    private const int Listeners = 200;

    private readonly Process _process = Children.Start("thief");

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    internal static async Task<int> RunAsync()
    {
        var held = new Queue<Socket>();
        using var own = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        own.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        own.Listen(4096);
        while (true)
        {
            Steal(held, Random.Shared.Next(2) == 0 ? 0 : Random.Shared.Next(16384, 30000));
            using var outgoing = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await outgoing.ConnectAsync(own.LocalEndPoint!);
            using var accepted = await own.AcceptAsync();
            outgoing.LingerState = new LingerOption(true, 0);
            // A breath: two thousand thefts a second, and a core for the others.
            await Task.Delay(TimeSpan.FromMilliseconds(0.5));
        }
    }

    private static void Steal(Queue<Socket> held, int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen();
            held.Enqueue(socket);
            _ = AnswerAsync(socket);
        }
        catch (SocketException)
        {
            socket.Dispose();
        }
        if (held.Count > Listeners)
            held.Dequeue().Dispose();
    }

    private static async Task AnswerAsync(Socket socket)
    {
        try
        {
            using var victim = await socket.AcceptAsync();
            await victim.SendAsync("thief"u8.ToArray());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }
}
