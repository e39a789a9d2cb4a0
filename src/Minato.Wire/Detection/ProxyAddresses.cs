using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Minato.Wire.Detection;

/// <summary>The two ends that a PROXY header names, of which the source is wanted.</summary>
internal static class ProxyAddresses
{
    // source SP destination SP source-port SP destination-port, addresses in their canonical form, ports without leading zeros
    public static bool TryRead(ReadOnlySpan<byte> text, bool isVersion6, out IPEndPoint? source)
    {
        source = null;
        Span<Range> words = stackalloc Range[5];
        if (text.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
            return false;

        var ascii = Encoding.ASCII.GetString(text).AsSpan();
        if (ascii.Split(words, ' ') != 4)
            return false;
        if (!TryReadAddress(ascii[words[0]], isVersion6, out var address) || !TryReadAddress(ascii[words[1]], isVersion6, out _))
            return false;
        if (!TryReadPort(ascii[words[2]], out var port) || !TryReadPort(ascii[words[3]], out _))
            return false;

        source = new IPEndPoint(address, port);
        return true;
    }

    // source destination source-port:16 destination-port:16, in network order
    public static IPEndPoint Read(ReadOnlySpan<byte> bytes, bool isVersion6)
    {
        var size = isVersion6 ? 16 : 4;
        var address = new IPAddress(bytes[..size]);
        return new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, BinaryPrimitives.ReadUInt16BigEndian(bytes[(2 * size)..]));
    }

    private static bool TryReadAddress(ReadOnlySpan<char> text, bool isVersion6, out IPAddress address)
    {
        address = IPAddress.None;
        if (text.ContainsAny("%[]") || !IPAddress.TryParse(text, out var parsed))
            return false;
        if (isVersion6 ? parsed.AddressFamily != AddressFamily.InterNetworkV6 : parsed.AddressFamily != AddressFamily.InterNetwork || !text.SequenceEqual(parsed.ToString()))
            return false;

        address = parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed;
        return true;
    }

    private static bool TryReadPort(ReadOnlySpan<char> text, out ushort port) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && (text.Length == 1 || text[0] != '0');
}
