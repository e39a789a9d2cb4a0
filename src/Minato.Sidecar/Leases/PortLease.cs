namespace Minato.Sidecar;

/// <summary>
/// A port that no other lease of this user has, on any address, until it is disposed or its process ends. It is neither bound nor
/// listened on: the number lies outside of what systems give away by themselves, so that only somebody who names it can take it.
/// </summary>
/// <remarks>
/// Not guarded: programs that name this very port, and leases of other users and other containers. Whoever starts a program on it asks
/// afterwards who listens, as <see cref="Sidecar"/> does.
/// </remarks>
public sealed class PortLease : IDisposable
{
    private readonly ILeaseLocks _locks;
    private int _disposed;

    internal PortLease(int port, ILeaseLocks locks)
    {
        Port = port;
        _locks = locks;
    }

    /// <summary>1 to 65535.</summary>
    public int Port { get; }

    /// <summary>Lets go of the port.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            _locks.Unlock(Port);
    }
}
