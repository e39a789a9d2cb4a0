using System.Buffers;
using System.Buffers.Binary;

namespace Minato.Wire.Detection;

/// <summary>Says to a client of HTTP/2 in its own tongue that it is not spoken here.</summary>
public static class Http2Refusal
{
    private const byte Settings = 4;
    private const byte GoAway = 7;

    /// <summary>HTTP_1_1_REQUIRED: the client may ask again that way.</summary>
    private const uint Http11Required = 0xd;

    // frame = length:24 type:8 flags:8 stream:32 payload; GOAWAY = last-stream:32 error:32 debug-data
    // https://www.rfc-editor.org/rfc/rfc9113#section-6.8
    public static void Write(IBufferWriter<byte> output)
    {
        var debug = "HTTP/2 is spoken inside TLS only, where ALPN agreed on it. Use HTTP/1.1 here."u8;
        WriteHeader(output, Settings, 0);
        WriteHeader(output, GoAway, 8 + debug.Length);
        var codes = output.GetSpan(8);
        codes[..4].Clear();
        BinaryPrimitives.WriteUInt32BigEndian(codes[4..], Http11Required);
        output.Advance(8);
        output.Write(debug);
    }

    private static void WriteHeader(IBufferWriter<byte> output, byte type, int length)
    {
        var header = output.GetSpan(9)[..9];
        header.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(header[1..], (ushort)length);
        header[3] = type;
        output.Advance(9);
    }
}
