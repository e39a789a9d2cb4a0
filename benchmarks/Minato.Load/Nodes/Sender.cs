using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Minato.Load.Nodes;

/// <summary>Says the next thing as soon as the last one was acknowledged.</summary>
internal sealed class Sender : IDisposable
{
    private static readonly string Text = new('x', 80);

    private readonly ILoadSocket _socket;
    private readonly string _room;
    private readonly int _number;
    private long _acknowledged;
    private long _said;
    private bool _ends;

    private Sender(ILoadSocket socket, string room, int number) => (_socket, _room, _number) = (socket, room, number);

    internal long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Why it says nothing more; null: it does.</summary>
    internal string? Trouble { get; private set; }

    /// <param name="number">Nobody else's.</param>
    internal static async Task<Sender> EnterAsync(int port, string room, int number) => new(await Entrance.EnterAsync(port, room), room, number);

    internal void Start() => _ = TalkAsync();

    public void Dispose()
    {
        Volatile.Write(ref _ends, true);
        _socket.Dispose();
    }

    private async Task TalkAsync()
    {
        try
        {
            do
                if (_said == Acknowledged)
                    await _socket.SendAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"op":"send","cid":"{{_number:x8}}{{_said++:x8}}","room":"{{_room}}","body":"{{Text}}"}"""));
            while (Trouble is null && await _socket.ReceiveAsync(Take));
            Trouble ??= "The server closed the connection.";
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            if (!Volatile.Read(ref _ends))
                Trouble = e.Message;
        }
    }

    private void Take(ReadOnlySpan<byte> json)
    {
        if (json.StartsWith("{\"op\":\"ok\""u8))
            Interlocked.Increment(ref _acknowledged);
        else if (json.StartsWith("{\"op\":\"error\""u8))
            Trouble = Encoding.UTF8.GetString(json);
    }
}
