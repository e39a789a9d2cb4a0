using System.Net;
using System.Net.Sockets;

namespace Minato.Sidecar;

/// <summary>Listening failed for a reason that the user can mend; the message is one for the user.</summary>
public abstract class PortException : Exception
{
    private protected PortException(string message, int port, Exception? cause)
        : base(message, cause) => Port = port;

    /// <summary>1 to 65535, or 0 when no port was asked for.</summary>
    public int Port { get; }
}

/// <summary>Another socket has the port.</summary>
public sealed class PortInUseException : PortException
{
    internal PortInUseException(int port, PortOwner? owner, int? other, Exception? cause = null)
        : base(Sentence(port, owner, other), port, cause) => Owner = owner;

    private PortInUseException(int port, string message)
        : base(message, port, null)
    {
    }

    internal static PortInUseException Leased(int port) => new(port, $"Port {port} is leased to another program of this user, which has yet to use it. Take another, or wait until that program ends.");

    /// <summary>Null when nothing listens there, so that nobody can be named: the port is only bound, or a connection uses it.</summary>
    public PortOwner? Owner { get; }

    private static string Sentence(int port, PortOwner? owner, int? other)
    {
        var unnamed = OperatingSystem.IsLinux() ? "a program that cannot be named, as it does not listen there" : "another program";
        var holder = owner?.ToString() ?? unnamed;
        var advice = other is null ? "Omit the port to get a free one." : $"Try {other}, or omit the port.";
        return $"Port {port} is in use by {holder}. {advice}";
    }
}

/// <summary>The system reserves the port for the privileged.</summary>
public sealed class PortForbiddenException : PortException
{
    internal PortForbiddenException(int port, Exception? cause = null)
        : base($"Port {port} needs a privilege that this process lacks. Use a port from 1024 on, such as 8080.", port, cause)
    {
    }
}

/// <summary>The address belongs to no network interface of this machine.</summary>
public sealed class AddressNotHereException : PortException
{
    internal AddressNotHereException(IPAddress address, int port, Exception? cause = null)
        : base(Sentence(address), port, cause) => Address = address;

    public IPAddress Address { get; }

    private static string Sentence(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6
        ? $"[{address}] is not an address of this machine, or IPv6 is off. Use 127.0.0.1, or 0.0.0.0 for all of IPv4."
        : $"{address} is not an address of this machine. Use 127.0.0.1, or 0.0.0.0 for all of its addresses.";
}

/// <summary>No free port was found in a bounded number of attempts.</summary>
public sealed class NoFreePortException : PortException
{
    internal NoFreePortException(int attempts)
        : base($"No free port was found in {attempts} attempts. Close programs that hold many, or name a port.", 0, null)
    {
    }
}
