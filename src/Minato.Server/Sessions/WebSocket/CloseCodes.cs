using System.Buffers;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Server.Sessions.WebSocket;

/// <summary>The protocol's own reasons for closing, besides those of the RFC; docs/protocols/websocket.md lists them.</summary>
internal static class CloseCodes
{
    internal const int NoHello = 4001;
    internal const int LoginRequired = 4003;
    internal const int Slow = 4008;
    internal const int Flooding = 4009;
    internal const int Silent = 4010;

    /// <summary>A close frame in bytes of its own.</summary>
    internal static byte[] Frame(int code, string reason)
    {
        var output = new ArrayBufferWriter<byte>(32);
        FrameWriter.WriteClose(output, code, reason);
        return output.WrittenSpan.ToArray();
    }
}
