namespace Minato.Core.Rights;

/// <summary>How high somebody stands in a room: by what they are on the server where that counts, then by their role as a member.</summary>
/// <param name="InRoom">Member, speaker, helper, moderator or owner; <see cref="Standing.Outsider"/> for others.</param>
/// <param name="OnServer">Admin or owner; anything below, and everything outside of public rooms, is <see cref="ServerRole.Guest"/>.</param>
public readonly record struct Rank(Standing InRoom = Standing.Outsider, ServerRole OnServer = ServerRole.Guest)
{
    public bool IsMember => InRoom != Standing.Outsider;

    /// <summary>The highest role that they can give: their own, but a helper makes no other.</summary>
    public Standing MayGive => OnServer >= ServerRole.Admin ? Standing.Owner : InRoom == Standing.Helper ? Standing.Speaker : InRoom;

    public bool IsAbove(Rank other) => OnServer != other.OnServer ? OnServer > other.OnServer : InRoom.Height() > other.InRoom.Height();
}
