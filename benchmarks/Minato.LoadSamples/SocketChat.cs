using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Minato.LoadSamples;

/// <summary>A chat on ASP.NET's WebSockets: a channel for each client, and a loop that sends what stands in it.</summary>
internal sealed class SocketChat
{
    /// <summary>Texts that may wait for one client; a slower one is closed.</summary>
    private const int Capacity = 4096;

    private readonly ConcurrentDictionary<string, ConcurrentDictionary<Channel<byte[]>, bool>> _rooms = new();

    internal static WebApplication Build(WebApplicationBuilder builder)
    {
        var chat = new SocketChat();
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(chat.TalkAsync);
        return app;
    }

    private async Task TalkAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var waiting = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(Capacity) { SingleReader = true });
        var sending = SendAsync(socket, waiting.Reader, context.RequestAborted);
        var buffer = new byte[16 * 1024];
        ConcurrentDictionary<Channel<byte[]>, bool>? room = null;
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted) is { MessageType: WebSocketMessageType.Text } received)
            {
                var text = buffer.AsSpan(0, received.Count).ToArray();
                if (room is null)
                {
                    room = _rooms.GetOrAdd(Encoding.UTF8.GetString(text), _ => new());
                    room[waiting] = true;
                    waiting.Writer.TryWrite("OK"u8.ToArray());
                    continue;
                }
                foreach (var (member, _) in room)
                    if (!member.Writer.TryWrite(text))
                        member.Writer.TryComplete();
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The client is gone.
        }
        room?.TryRemove(waiting, out _);
        waiting.Writer.TryComplete();
        await sending;
    }

    private static async Task SendAsync(WebSocket socket, ChannelReader<byte[]> waiting, CancellationToken aborted)
    {
        try
        {
            await foreach (var text in waiting.ReadAllAsync(aborted))
                await socket.SendAsync(text.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, aborted);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The client is gone.
        }
    }
}
