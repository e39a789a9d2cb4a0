using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Minato.Sidecar;

/// <summary>Where to listen: an IP address, or both loopback addresses under the name localhost, and a port.</summary>
public sealed record ListenAddress
{
    private readonly IPAddress? _address; // null is localhost

    /// <param name="address">An address of this machine, or a wildcard. An IPv4 address mapped into IPv6 is taken as IPv4.</param>
    /// <param name="port">0 to 65535; 0 is a free port of our choice.</param>
    /// <exception cref="ArgumentOutOfRangeException">The port is not in that range.</exception>
    public ListenAddress(IPAddress address, int port)
        : this(port)
    {
        ArgumentNullException.ThrowIfNull(address);
        _address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }

    private ListenAddress(int port)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        Port = port;
    }

    /// <summary>127.0.0.1 and ::1, both on the same port.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The port is not in 0 to 65535.</exception>
    public static ListenAddress Localhost(int port) => new(port);

    /// <summary>
    /// Reads <c>8080</c>, <c>:8080</c> (both 127.0.0.1), <c>127.0.0.1:8080</c>, <c>[::1]:8080</c>, <c>localhost:0</c>,
    /// <c>0.0.0.0:8080</c> or <c>[::]:8080</c>. Host names are refused: what they resolve to may change.
    /// </summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="address">The address, when true is returned.</param>
    /// <param name="error">One or two sentences for the user (what was wrong, what is allowed), when false is returned.</param>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out ListenAddress? address, [NotNullWhen(false)] out string? error)
    {
        var problem = ListenAddressReader.Read(text ?? "", out address);
        error = problem is null ? null : $"\"{text}\" is not an address to listen on: {problem} {AllowedForms}";
        return address is not null && error is null;
    }

    private const string AllowedForms =
        "Allowed are 8080, :8080, 127.0.0.1:8080, [::1]:8080, localhost:8080, 0.0.0.0:8080 and [::]:8080; port 0 is a free one.";

    /// <summary>One address, or 127.0.0.1 and ::1 for localhost.</summary>
    public IReadOnlyList<IPAddress> Addresses => _address is null ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [_address];

    /// <summary>0 to 65535; 0 is a free port of our choice.</summary>
    public int Port { get; }

    /// <summary>True when only programs on this machine can reach it: localhost, 127.0.0.0/8 or ::1.</summary>
    public bool IsLoopback => _address is null || IPAddress.IsLoopback(_address);

    /// <summary>A form that <see cref="TryParse"/> reads back, with IPv6 in brackets.</summary>
    public override string ToString() => _address is null ? $"localhost:{Port}" : new IPEndPoint(_address, Port).ToString();
}
