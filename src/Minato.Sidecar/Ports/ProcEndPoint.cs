using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;

namespace Minato.Sidecar;

/// <summary>An address and port as /proc/net/tcp and tcp6 write them: <c>0100007F:1F90</c>.</summary>
internal static class ProcEndPoint
{
    public static bool TryParse(ReadOnlySpan<char> text, out IPEndPoint endPoint)
    {
        endPoint = null!;
        var colon = text.IndexOf(':');
        if (colon is not (8 or 32)
            || !ushort.TryParse(text[(colon + 1)..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var port))
        {
            return false;
        }

        // Groups of 32 bits in the machine's own byte order, each the memory of four bytes of the address.
        Span<uint> groups = stackalloc uint[colon / 8];
        for (var i = 0; i < groups.Length; i++)
        {
            var digits = text.Slice(i * 8, 8);
            if (!uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out groups[i]))
                return false;
        }

        endPoint = new IPEndPoint(new IPAddress(MemoryMarshal.AsBytes(groups)), port);
        return true;
    }
}
