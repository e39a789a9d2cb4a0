using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Minato.Load.Nodes;

/// <summary>Somebody in a room who says when a message has come, and answers pings.</summary>
internal sealed class Listener : IDisposable
{
    private readonly ILoadSocket _socket;
    private readonly string _room;
    private TaskCompletionSource<long>? _awaited;
    private int _number;

    private Listener(ILoadSocket socket, string room) => (_socket, _room) = (socket, room);

    internal static async Task<Listener> EnterAsync(int port, string room)
    {
        var listener = new Listener(await Entrance.EnterAsync(port, room), room);
        _ = listener.ListenAsync();
        return listener;
    }

    /// <summary>The moment at which a message of this number is here; called before it is sent.</summary>
    internal Task<long> Expect(int number)
    {
        var awaited = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        _number = number;
        Volatile.Write(ref _awaited, awaited);
        return awaited.Task;
    }

    /// <summary>Says a number, with as much behind it as people write.</summary>
    internal Task SayAsync(int number) => _socket.SendAsync(string.Create(CultureInfo.InvariantCulture,
        $$"""{"op":"send","cid":"say-{{number}}","room":"{{_room}}","body":"|{{number}} xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}"""));

    public void Dispose() => _socket.Dispose();

    private async Task ListenAsync()
    {
        try
        {
            while (await _socket.ReceiveAsync(Take))
            {
            }
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            // It is over; where it is not, what is expected does not come.
        }
    }

    private void Take(ReadOnlySpan<byte> json)
    {
        if (Volatile.Read(ref _awaited) is { } awaited && json.StartsWith("{\"op\":\"ev\""u8) && json.IndexOf("\"|"u8) is > 0 and var at
            && Utf8Parser.TryParse(json[(at + 2)..], out int number, out _) && number == _number)
            awaited.TrySetResult(Stopwatch.GetTimestamp());
    }
}
