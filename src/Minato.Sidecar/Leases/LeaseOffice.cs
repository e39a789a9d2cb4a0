using System.Net;
using System.Net.Sockets;

namespace Minato.Sidecar;

/// <summary>Gives out leases: first the lock, then a look whether the port is free on every address.</summary>
/// <param name="Locks">Who has leased what.</param>
/// <param name="Sticky">Whose port is whose.</param>
/// <param name="Range">What is leased to those who name no port.</param>
internal sealed record LeaseOffice(ILeaseLocks Locks, StickyPorts Sticky, LeaseRange Range)
{
    private static readonly Lazy<LeaseOffice> s_ofThisUser = new(Open);

    internal static LeaseOffice OfThisUser => s_ofThisUser.Value;

    /// <exception cref="PortInUseException">Strict, and the port wanted is held or leased.</exception>
    /// <exception cref="PortForbiddenException">Strict, and the port wanted is privileged.</exception>
    /// <exception cref="NoFreePortException">Every port of the range is held or leased.</exception>
    internal PortLease Lease(PortLeaseOptions options)
    {
        // A port that is one's own from the last time may have connections left in TIME_WAIT.
        if (options.Preferred is { } preferred && TryLease(preferred, PortGuard.TryRetake) is { } wanted)
            return wanted;
        if (options is { Preferred: { } missed, Strict: true })
            throw InUse(missed);
        if (options.StickyKey is not { } key)
            return LeaseAny(Random.Shared.Next(Range.Count), isFree: _ => true);
        if (Sticky.Find(key) is { } known)
            return TryLease(known, PortGuard.TryRetake) ?? (options.Strict ? throw InUse(known) : LeaseAny(Random.Shared.Next(Range.Count), Sticky.IsNobodys));
        var lease = LeaseAny(StickyPorts.StartOf(key, Range), Sticky.IsNobodys);
        var kept = Sticky.Keep(key, lease.Port);
        if (kept == lease.Port)
            return lease;
        // Another process kept one for the same key at this moment.
        lease.Dispose();
        return Lease(options);
    }

    private static LeaseOffice Open()
    {
        var folder = LeaseFolder.OfLocks();
        ILeaseLocks locks = OperatingSystem.IsLinux() ? new RangeLocks(Path.Combine(folder, "leases")) : new FileLocks(folder);
        return new LeaseOffice(locks, new StickyPorts(() => Path.Combine(LeaseFolder.OfMemory(), "sticky")), LeaseRange.OfThisMachine());
    }

    private PortLease LeaseAny(int start, Func<int, bool> isFree)
    {
        var attempts = 0;
        foreach (var port in Range.From(start))
        {
            attempts++;
            if (!BadPorts.Contains(port) && isFree(port) && TryLease(port, PortGuard.TryTake) is { } lease)
                return lease;
        }
        throw new NoFreePortException(attempts);
    }

    private PortLease? TryLease(int port, Func<int, PortGuard?> guard)
    {
        if (!Locks.TryLock(port))
            return null;
        using var taken = guard(port);
        if (taken is not null)
            return new PortLease(port, Locks);
        Locks.Unlock(port);
        return null;
    }

    private PortException InUse(int port)
    {
        if (IsForbidden(port))
            return new PortForbiddenException(port);
        if (Port.FindOwner(port) is [var owner, ..])
            return new PortInUseException(port, owner, other: null);
        if (!Locks.TryLock(port))
            return PortInUseException.Leased(port);
        Locks.Unlock(port);
        return new PortInUseException(port, owner: null, other: null);
    }

    private static bool IsForbidden(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return false;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.AccessDenied;
        }
    }
}
