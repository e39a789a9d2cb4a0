namespace Minato.Wire.WebSocket.Framing;

public enum MessageKind
{
    /// <summary>Valid UTF-8.</summary>
    Text,

    /// <summary>Bytes. Close with <see cref="CloseCode.UnsupportedData"/> where the protocol has none.</summary>
    Binary,

    /// <summary>Answer with a pong that carries the same payload.</summary>
    Ping,

    Pong,

    /// <summary>The peer closes: answer with a close frame, then end. The payload is the reason, valid UTF-8, often empty.</summary>
    Close,

    /// <summary>The peer broke the protocol: close with the code and reason given here.</summary>
    Violation,
}

/// <summary>
/// A whole message, a control frame, or what was wrong. <paramref name="Payload"/> lies in the reader's memory: it is valid only until
/// the reader is called again or disposed. <paramref name="CloseCode"/> is set for <see cref="MessageKind.Close"/> (1005: the peer named none)
/// and <see cref="MessageKind.Violation"/>, else 0; <paramref name="Reason"/> is the sentence of a violation, ASCII, fit for a close frame.
/// </summary>
public readonly record struct WebSocketMessage(MessageKind Kind, ReadOnlyMemory<byte> Payload, int CloseCode = 0, string Reason = "");
