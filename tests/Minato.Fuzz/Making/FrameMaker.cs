using System.Buffers.Binary;

namespace Minato.Fuzz.Making;

/// <summary>Frames of a client, mostly right: any opcode, length form, mask and fragmentation.</summary>
internal static class FrameMaker
{
    private static readonly byte[] Texts = [.. "Hello 港 👍 é"u8];

    public static byte[] Stream(Source source, int limit)
    {
        var stream = new List<byte>();
        var isOpen = false;
        for (var count = source.Length(12); count >= 0; count--)
        {
            var opcode = source.Below(12) switch
            {
                < 6 => isOpen ? 0 : source.Pick(1, 1, 2),
                < 9 => source.Pick(9, 10),
                9 => 8,
                _ => source.Below(16),
            };
            var isFinal = opcode >= 8 ? !source.OneIn(20) : source.OneIn(2);
            isOpen = opcode is 0 or 1 or 2 ? !isFinal : isOpen;
            stream.AddRange(Frame(source, opcode, isFinal, Payload(source, opcode, limit)));
        }
        return [.. stream];
    }

    private static byte[] Payload(Source source, int opcode, int limit)
    {
        if (opcode == 8 && !source.OneIn(8))
            return [(byte)(source.Pick(3, 11, 15, 19, 5) + source.Below(2)), source.Bytes(1)[0], .. System.Text.Encoding.UTF8.GetBytes(source.Text(4))];
        var length = source.Length(opcode >= 8 ? 130 : limit + 2, 125, 126, limit);
        return opcode == 2 || source.OneIn(6) ? source.Bytes(length) : [.. Enumerable.Range(source.Below(40), length).Select(i => Texts[i % Texts.Length])];
    }

    private static byte[] Frame(Source source, int opcode, bool isFinal, byte[] payload)
    {
        var first = (byte)((isFinal ? 0x80 : 0) | opcode | (source.OneIn(60) ? 0x10 << source.Below(3) : 0));
        var mask = (byte)(source.OneIn(60) ? 0 : 0x80);
        var key = source.OneIn(4) ? new byte[4] : source.Bytes(4);
        var form = source.OneIn(40) ? source.Below(3) : payload.Length < 126 ? 0 : payload.Length < 65536 ? 1 : 2;
        var length = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(length, payload.Length);
        byte[] written = form switch
        {
            0 => [(byte)(mask | Math.Min(payload.Length, 125))],
            1 => [(byte)(mask | 126), .. length[6..]],
            _ => [(byte)(mask | 127), .. length],
        };
        return [first, .. written, .. mask == 0 ? [] : key, .. payload.Select((b, i) => (byte)(b ^ (mask == 0 ? 0 : key[i % 4])))];
    }
}
