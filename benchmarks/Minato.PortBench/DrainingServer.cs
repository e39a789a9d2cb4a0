using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Minato.PortBench;

/// <summary>
/// A small HTTP server that ends as a good one does: asked to end, it takes nobody any more, answers whom it has taken, says at each last answer that
/// it is the last, and lets those go who ask nothing for a second.
/// </summary>
internal static class DrainingServer
{
    /// <summary>What one answer's body has: several segments would be no other case, and one is the usual one.</summary>
    internal const int BodyBytes = 1000;

    private const int MaxRequest = 1024;
    private static readonly TimeSpan LastSilence = TimeSpan.FromSeconds(1);

    internal static async Task<int> RunAsync()
    {
        using var ending = new CancellationTokenSource();
        using var silent = new CancellationTokenSource();
        using var asked = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            silent.CancelAfter(LastSilence);
            ending.Cancel();
        });
        using var listening = Children.Listen();
        Console.WriteLine("up");
        var taken = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listening.AcceptAsync(ending.Token);
                taken.RemoveAll(t => t.IsCompleted);
                taken.Add(Task.Run(() => ServeAsync(client, ending.Token, silent.Token), CancellationToken.None));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(taken);
            return 0;
        }
    }

    private static async Task ServeAsync(Socket socket, CancellationToken ending, CancellationToken silent)
    {
        using (socket)
            try
            {
                var request = new byte[MaxRequest];
                var wantsMore = true;
                while (wantsMore && await ReadAsync(socket, request, silent) is { } asked)
                {
                    wantsMore = !asked.Contains("Connection: close", StringComparison.Ordinal) && !ending.IsCancellationRequested;
                    await socket.SendAsync(Answer(wantsMore), CancellationToken.None);
                }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // The client went away, or said nothing.
            }
    }

    /// <summary>Null: the client has no more.</summary>
    private static async Task<string?> ReadAsync(Socket socket, byte[] buffer, CancellationToken silent)
    {
        for (var length = 0; length < buffer.Length;)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), silent);
            if (read == 0)
                return null;
            length += read;
            if (buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
                return Encoding.ASCII.GetString(buffer, 0, length);
        }
        return null;
    }

    private static byte[] Answer(bool wantsMore) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"HTTP/1.1 200 OK\r\nContent-Length: {BodyBytes}\r\nConnection: {(wantsMore ? "keep-alive" : "close")}\r\n\r\n{Environment.ProcessId.ToString(CultureInfo.InvariantCulture).PadRight(BodyBytes)}"));
}
