using System.Net.WebSockets;

namespace Minato.Client;

/// <summary>Whole texts over one WebSocket.</summary>
internal sealed class WebSocketChannel(WebSocket socket) : IClientChannel
{
    /// <summary>Bytes of one text: a page of history is half a MiB of JSON at most; whatever says more is no Minato.</summary>
    private const int MaxText = 4 * 1024 * 1024;

    /// <summary>How long a goodbye may take.</summary>
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(1);

    private byte[] _buffer = new byte[16 * 1024];

    public ValueTask SendAsync(ReadOnlyMemory<byte> text, CancellationToken cancel) =>
        socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, cancel);

    public async ValueTask<Received> ReceiveAsync(CancellationToken cancel)
    {
        try
        {
            for (var length = 0; ;)
            {
                if (length == _buffer.Length && !TryGrow())
                    return new Received(default, (int)WebSocketCloseStatus.MessageTooBig);
                var part = await socket.ReceiveAsync(_buffer.AsMemory(length), cancel);
                if (part.MessageType == WebSocketMessageType.Close)
                    return new Received(default, (int?)socket.CloseStatus ?? -1);
                length += part.Count;
                if (part.EndOfMessage)
                    return new Received(_buffer.AsMemory(0, length), null);
            }
        }
        catch (WebSocketException)
        {
            return new Received(default, -1);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(Goodbye);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It was broken already: nobody hears a goodbye.
        }
        socket.Dispose();
    }

    private bool TryGrow()
    {
        if (_buffer.Length >= MaxText)
            return false;
        Array.Resize(ref _buffer, _buffer.Length * 2);
        return true;
    }
}
