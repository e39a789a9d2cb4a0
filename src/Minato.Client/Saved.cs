namespace Minato.Client;

/// <summary>A mutation is on the server's disk.</summary>
/// <param name="Room">The room's id.</param>
/// <param name="Seq">The number of its event in the room's log; where nothing was there to change, the newest one.</param>
/// <param name="Ts">Milliseconds since 1970 UTC, by the server's clock.</param>
public sealed record Saved(Guid Room, long Seq, long Ts)
{
    /// <summary>The public id of a message.</summary>
    public string Id => $"{Room}:{Seq}";
}
