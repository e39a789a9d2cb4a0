namespace Minato.Wire.Lines;

/// <summary>What is said to a telnet client beside text. https://www.rfc-editor.org/rfc/rfc854</summary>
public static class Telnet
{
    /// <summary>
    /// DO TRANSMIT-BINARY (RFC 856): send every bit. Without it Debian's telnet looks for its own control characters in seven bits,
    /// and half of Japanese becomes telnet commands.
    /// </summary>
    public static readonly ReadOnlyMemory<byte> DoBinary = new byte[] { 255, 253, 0 };

    /// <summary>WILL TIMING-MARK (RFC 860): all that was sent before has been looked at.</summary>
    public static readonly ReadOnlyMemory<byte> WillTimingMark = new byte[] { 255, 251, 6 };

    /// <summary>WILL ECHO (RFC 857): the client stops echoing what is typed; so does the server.</summary>
    public static readonly ReadOnlyMemory<byte> WillEcho = new byte[] { 255, 251, 1 };

    /// <summary>WONT ECHO: the client echoes again.</summary>
    public static readonly ReadOnlyMemory<byte> WontEcho = new byte[] { 255, 252, 1 };
}
