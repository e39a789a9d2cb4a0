using Minato.Core.Commands;
using Minato.Core.Rooms;

namespace Minato.Core.Rights;

/// <summary>The one function that every act on a room passes, whatever protocol it came by and whatever store answers it.</summary>
public static class RoomRights
{
    /// <summary>Null: allowed. A room that one may not know of does not exist: <see cref="Refusal.NoSuchRoom"/>.</summary>
    public static Refusal? Check(RoomAction action, RoomRules rules, Standing standing, Circumstances circumstances = default)
    {
        var right = RightsTable.Cell(action, rules, standing);
        if (right == Right.None)
            return Refusal.NoSuchRoom;
        if (rules.Archived && !RightsTable.IsAllowedInArchive(action))
            return Refusal.Archived;
        return right switch
        {
            Right.Yes or Right.Own or Right.Below when circumstances.IsBlocked && RightsTable.IsBetweenTwo(action) => Refusal.Blocked,
            Right.Yes => null,
            Right.Own => circumstances.IsOwn ? null : Refusal.Forbidden,
            Right.Below => circumstances.IsAboveSubject ? null : Refusal.Forbidden,
            Right.No => Refusal.Forbidden,
            Right.Join => Refusal.NotAMember,
            Right.In => Refusal.AlreadyMember,
            _ => throw new InvalidOperationException($"The right {right} has no answer."),
        };
    }
}
