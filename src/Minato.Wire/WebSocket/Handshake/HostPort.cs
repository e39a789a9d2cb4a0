using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Minato.Wire.WebSocket.Handshake;

// Host = uri-host [":" port]   https://www.rfc-editor.org/rfc/rfc9110#section-7.2
// uri-host = "[" IPv6 "]" | IPv4 | reg-name, narrowed to what names of machines are made of: no "%", no user information.
/// <param name="Name">As it was written; an IPv6 address in its brackets.</param>
/// <param name="Port">Null where none was written.</param>
/// <param name="Address">Null where the host is a name. Only the canonical way to write an address is one: "127.1" is a name.</param>
internal readonly record struct HostPort(string Name, int? Port, IPAddress? Address)
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");

    // No "%": an interface's number means something on one machine only.
    private static readonly SearchValues<char> AddressCharacters = SearchValues.Create("0123456789abcdefABCDEF:.");

    public static bool TryParse(string text, out HostPort hostPort)
    {
        hostPort = default;
        var end = text.StartsWith('[') ? text.IndexOf(']') + 1 : text.IndexOf(':');
        var name = end < 0 ? text : text[..end];
        var rest = text[name.Length..];
        if (!TryParsePort(rest, out var port) || !TryParseName(name, out var address))
            return false;

        hostPort = new(name, port, address);
        return true;
    }

    private static bool TryParsePort(string rest, out int? port)
    {
        port = null;
        if (rest.Length == 0)
            return true;
        if (rest[0] != ':' || !ushort.TryParse(rest.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;

        port = number;
        return true;
    }

    private static bool TryParseName(string name, out IPAddress? address)
    {
        address = null;
        if (name.StartsWith('['))
        {
            var inside = name.AsSpan(1, name.Length - 2);
            return !inside.ContainsAnyExcept(AddressCharacters) && IPAddress.TryParse(inside, out address) && address.AddressFamily == AddressFamily.InterNetworkV6;
        }

        if (IPAddress.TryParse(name, out var parsed) && parsed.AddressFamily == AddressFamily.InterNetwork && parsed.ToString() == name)
            address = parsed;
        return name.Length is > 0 and <= 255 && !name.AsSpan().ContainsAnyExcept(NameCharacters);
    }
}
