using System.Net.Security;

namespace Minato.Load;

/// <summary>Whether a text is what somebody waits for.</summary>
internal delegate bool TextTest(ReadOnlySpan<byte> text);

/// <summary>How somebody comes in.</summary>
internal static class Entrance
{
    /// <summary>Bytes to begin with; a welcome is longer than that and lets it grow.</summary>
    internal const int Buffer = 512;

    /// <summary>A guest by WebSocket, in a room.</summary>
    /// <param name="tls">Null: in the clear.</param>
    internal static async Task<ILoadSocket> EnterAsync(int port, string room, SslClientAuthenticationOptions? tls = null)
    {
        var socket = await FrameSocket.ConnectAsync(port, Buffer, tls);
        await socket.SendAsync("""{"op":"hello","ver":1}""");
        await HearAsync(socket, text => text.StartsWith("{\"op\":\"welcome\""u8));
        await socket.SendAsync($$"""{"op":"join","cid":"enter","room":"{{room}}"}""");
        await HearAsync(socket, text => text.StartsWith("{\"op\":\"ok\""u8));
        return socket;
    }

    /// <summary>Makes public rooms, before anybody comes.</summary>
    internal static async Task MakeRoomsAsync(int port, IReadOnlyCollection<string> slugs, SslClientAuthenticationOptions? tls = null)
    {
        using var keeper = await FrameSocket.ConnectAsync(port, 4096, tls);
        await keeper.SendAsync("""{"op":"hello","ver":1}""");
        foreach (var slug in slugs)
            await keeper.SendAsync($$"""{"op":"create","cid":"make-{{slug}}","kind":"public","slug":"{{slug}}"}""");
        var made = 0;
        await HearAsync(keeper, text => (made += text.StartsWith("{\"op\":\"ok\""u8) ? 1 : 0) == slugs.Count);
    }

    /// <exception cref="InvalidOperationException">The server has closed.</exception>
    internal static async Task HearAsync(ILoadSocket socket, TextTest isIt)
    {
        var heard = false;
        while (!heard)
            if (!await socket.ReceiveAsync(text => heard |= isIt(text)))
                throw new InvalidOperationException("The server closed a connection before it was in.");
    }
}
