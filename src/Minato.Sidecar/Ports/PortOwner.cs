using System.Net;

namespace Minato.Sidecar;

/// <summary>A process that listens on a port, as far as this process may see it.</summary>
/// <param name="LocalEndPoint">What it listens on; the address may be a wildcard.</param>
/// <param name="Pid">Null when the holder is hidden: a process of another user, or of another container.</param>
/// <param name="Name">What a person calls the program; null when the holder is hidden.</param>
/// <param name="StartedAt">To a second; with the pid it is one process for ever. Null when the holder is hidden.</param>
/// <param name="UserId">The Linux user who opened the socket; null where the system does not say.</param>
public sealed record PortOwner(IPEndPoint LocalEndPoint, int? Pid, string? Name, DateTimeOffset? StartedAt, uint? UserId)
{
    /// <summary>"node (pid 812)", or what is known of a hidden holder: fits after "is in use by".</summary>
    public override string ToString()
    {
        if (Pid is not null)
            return $"{Name} (pid {Pid})";
        if (UserId is null)
            return "a process that this system does not name";
        return OperatingSystem.IsLinux() && UserId != Libc.EffectiveUser()
            ? $"a process of another user (uid {UserId})"
            : $"a process that cannot be seen from here (uid {UserId}; another container?)";
    }
}
