using System.Text;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Wire.Tests.WebSocket.Conformance;

/// <summary>What a client sends once it is connected, and what RFC 6455 makes of it.</summary>
/// <param name="Name">The section of the RFC, and what about it.</param>
/// <param name="Expected">The messages, as <see cref="Shown"/> has them; a close or a violation is the last. None: the server waits for more.</param>
internal sealed record Case(string Name, byte[] Wire, params string[] Expected)
{
    public static string Shown(in WebSocketMessage message) => message.Kind switch
    {
        MessageKind.Violation => $"Violation {message.CloseCode}",
        MessageKind.Close => $"Close {message.CloseCode}:{Encoding.UTF8.GetString(message.Payload.Span)}",
        MessageKind.Text => $"Text:{Encoding.UTF8.GetString(message.Payload.Span)}",
        _ => $"{message.Kind}:{Convert.ToHexString(message.Payload.Span)}",
    };
}
