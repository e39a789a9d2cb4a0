using System.Buffers;
using System.Text;

namespace Minato.Wire.WebSocket.Handshake;

/// <summary>Writes the answer that turns a connection into a WebSocket.</summary>
public static class UpgradeResponse
{
    // https://www.rfc-editor.org/rfc/rfc6455#section-4.2.2
    public static void Write(IBufferWriter<byte> output, UpgradeDecision.Accepted accepted)
    {
        output.Write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: "u8);
        Encoding.ASCII.GetBytes(accepted.AcceptKey, output);
        if (accepted.Protocol.Length > 0)
        {
            output.Write("\r\nSec-WebSocket-Protocol: "u8);
            Encoding.ASCII.GetBytes(accepted.Protocol, output);
        }
        output.Write("\r\n\r\n"u8);
    }
}
