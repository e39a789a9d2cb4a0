using Minato.Core.Commands;
using Minato.Core.Rooms;

namespace Minato.Core.Rights;

/// <summary>
/// What the operator may do, who holds the data itself: from the command line, as the server itself, and over no protocol. They keep order where
/// nobody else can, in rooms that nobody owns or that their owner misuses, and take no part.
/// </summary>
public static class OperatorRights
{
    /// <summary>Whether it is anything that the server itself does.</summary>
    public static bool Knows(UserCommand command) => command is SetServerRole or CreateRoom or Archive or Ban or Unban or Transfer;

    /// <summary>Null: allowed. A direct room belongs to those in it.</summary>
    public static Refusal? Check(RoomAction action, RoomRules rules) => action switch
    {
        RoomAction.Archive or RoomAction.Unarchive or RoomAction.Ban or RoomAction.Unban or RoomAction.Transfer when rules.Kind != RoomKind.Direct =>
            rules.Archived && !RightsTable.IsAllowedInArchive(action) ? Refusal.Archived : null,
        _ => Refusal.Forbidden,
    };
}
