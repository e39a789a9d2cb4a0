using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Minato.Load.Nodes;

/// <summary>Says the next thing as soon as the last one was acknowledged; what was not saved once more, when the server asked for it.</summary>
internal sealed class Sender : IDisposable
{
    private static readonly string Text = new('x', 80);

    private readonly ILoadSocket _socket;
    private readonly string _room;
    private readonly int _number;
    private long _acknowledged;
    private long _refused;
    private TimeSpan _retryAfter;
    private bool _isAnswered = true;
    private bool _ends;

    private Sender(ILoadSocket socket, string room, int number) => (_socket, _room, _number) = (socket, room, number);

    internal long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>How often a server that was cut off from the database took nothing.</summary>
    internal long Refused => Interlocked.Read(ref _refused);

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
            {
                if (!_isAnswered)
                    continue;
                if (_retryAfter > TimeSpan.Zero)
                    await Task.Delay(_retryAfter);
                (_isAnswered, _retryAfter) = (false, TimeSpan.Zero);
                await _socket.SendAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"op":"send","cid":"{{_number:x8}}{{Acknowledged:x8}}","room":"{{_room}}","body":"{{Text}}"}"""));
            }
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
        {
            Interlocked.Increment(ref _acknowledged);
            _isAnswered = true;
        }
        else if (json.StartsWith("{\"op\":\"error\""u8))
            TakeError(Encoding.UTF8.GetString(json));
    }

    private void TakeError(string json)
    {
        using var error = JsonDocument.Parse(json);
        if (error.RootElement.GetProperty("code").GetString() != "storage_away")
        {
            Trouble = json;
            return;
        }
        Interlocked.Increment(ref _refused);
        (_isAnswered, _retryAfter) = (true, TimeSpan.FromMilliseconds(error.RootElement.GetProperty("retryAfter").GetInt64()));
    }
}
