using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Minato.Sidecar;

/// <summary>The grammar of ADDRESS: <c>[ "localhost" / IPv4 / "[" IPv6 "]" ] [":"] port</c>.</summary>
internal static class ListenAddressReader
{
    /// <summary>Null and the address, or a sentence that says what was wrong.</summary>
    public static string? Read(string text, out ListenAddress? address)
    {
        address = null;
        if (text.Length == 0)
            return "it is empty.";
        if (text.Contains("://", StringComparison.Ordinal))
            return "it is a URL; leave out everything but address and port.";
        if (Split(text, out var host, out var portText) is { } problem)
            return problem;
        if (ReadPort(portText, out var port) is { } portProblem)
            return portProblem;
        return ReadHost(host, port, out address);
    }

    private static string? Split(string text, out string host, out string port)
    {
        (host, port) = ("", text);
        if (text.All(char.IsAsciiDigit))
            return null;
        if (text[0] == '[')
            return SplitAfterBracket(text, out host, out port);

        var colon = text.LastIndexOf(':');
        if (colon < 0)
            return "it has no port.";
        (host, port) = (text[..colon], text[(colon + 1)..]);
        return host.Contains(':') ? "an IPv6 address needs brackets, as in [::1]:8080." : null;
    }

    private static string? SplitAfterBracket(string text, out string host, out string port)
    {
        (host, port) = ("", "");
        var close = text.IndexOf(']');
        if (close < 0)
            return "the bracket [ is not closed by ].";
        host = text[..(close + 1)];
        if (close == text.Length - 1)
            return "it has no port.";
        if (text[close + 1] != ':')
            return "after ] comes a colon and the port.";
        port = text[(close + 2)..];
        return null;
    }

    private static string? ReadPort(string text, out int port)
    {
        port = 0;
        if (text.Length == 0)
            return "it has no port.";
        if (!text.All(char.IsAsciiDigit))
            return $"\"{text}\" is not a port; a port is a number from 0 to 65535.";
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= IPEndPoint.MaxPort
            ? null
            : $"port {text} is too large; a port is a number from 0 to 65535.";
    }

    private static string? ReadHost(string host, int port, out ListenAddress? address)
    {
        address = null;
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            address = ListenAddress.Localhost(port);
        else if (host.Length == 0)
            address = new ListenAddress(IPAddress.Loopback, port);
        else if (host[0] == '[')
            return ReadIPv6(host[1..^1], port, out address);
        else if (host == "*")
            return "for every address of this machine write 0.0.0.0 (IPv4) or [::] (IPv4 and IPv6).";
        else if (host.All(c => char.IsAsciiDigit(c) || c == '.'))
            return ReadIPv4(host, port, out address);
        else
            return $"\"{host}\" is a host name: give an IP address or localhost.";
        return null;
    }

    // Compared with its own text because IPAddress also reads 127.1, 0177.0.0.1 and 2130706433, which nobody means.
    private static string? ReadIPv4(string host, int port, out ListenAddress? address)
    {
        address = null;
        if (!IPAddress.TryParse(host, out var ip) || ip.ToString() != host)
            return $"\"{host}\" is not an IPv4 address; one looks like 127.0.0.1.";
        address = new ListenAddress(ip, port);
        return null;
    }

    private static string? ReadIPv6(string host, int port, out ListenAddress? address)
    {
        address = null;
        if (!host.Contains(':') || host.Contains('[') || !IPAddress.TryParse(host, out var ip)
            || ip.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return $"\"{host}\" is not an IPv6 address; one in brackets looks like [::1].";
        }

        address = new ListenAddress(ip, port);
        return null;
    }
}
