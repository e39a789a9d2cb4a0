using Minato.Core.Commands;
using Minato.Core.Rooms;

namespace Minato.Core.Rights;

/// <summary>The one function that every act on a room passes, whatever protocol it came by and whatever store answers it.</summary>
public static class RoomRights
{
    /// <summary>Null: allowed. A room that one may not know of does not exist: <see cref="Refusal.NoSuchRoom"/>.</summary>
    public static Refusal? Check(RoomAction action, RoomKind kind, bool archived, Standing standing)
    {
        if (standing == Standing.Outsider && kind != RoomKind.Public)
            return Refusal.NoSuchRoom;
        if (archived && action is not (RoomAction.Read or RoomAction.Leave or RoomAction.MarkRead))
            return Refusal.Archived;
        return (action, standing, kind) switch
        {
            (RoomAction.Read or RoomAction.Post, _, _) => null,
            (RoomAction.Join, Standing.Outsider, _) => null,
            (RoomAction.Join, _, _) => Refusal.AlreadyMember,
            (_, Standing.Outsider, _) => Refusal.NotAMember,
            // The one room between two people has no door: it is muted or hidden, never left.
            (RoomAction.Leave, _, RoomKind.Direct) => Refusal.Forbidden,
            (RoomAction.SetTopic, _, RoomKind.Direct) => Refusal.Forbidden,
            _ => null,
        };
    }
}

public enum RoomAction
{
    Read,
    Post,
    Join,
    Leave,
    SetTopic,
    MarkRead,
}

/// <summary>What somebody is in a room. The numbers of members' roles stand in the database.</summary>
public enum Standing
{
    /// <summary>Not a member: in a public room one who looks on and may speak.</summary>
    Outsider = 0,
    Member = 1,
    Moderator = 2,
    Owner = 3,
}
