namespace Minato.Sidecar;

/// <summary>Which port is wanted.</summary>
public sealed record PortLeaseOptions
{
    /// <summary>Characters of a <see cref="StickyKey"/>.</summary>
    public const int MaxStickyKey = 128;

    /// <summary>
    /// Up to 128 characters that name a use of the port, as an app's name: this user gets the same port for it each time, and nobody else's
    /// key gets that one. Null: any port.
    /// </summary>
    public string? StickyKey { get; init; }

    /// <summary>A port to take if it can be had. Null: any one.</summary>
    public int? Preferred { get; init; }

    /// <summary>Whether to fail where the preferred port, or the key's, cannot be had; else another is leased, this time.</summary>
    public bool Strict { get; init; }
}
