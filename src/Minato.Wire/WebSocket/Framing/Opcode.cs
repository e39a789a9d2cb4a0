namespace Minato.Wire.WebSocket.Framing;

/// <summary>What a frame is. https://www.rfc-editor.org/rfc/rfc6455#section-11.8</summary>
public enum Opcode
{
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,
}
