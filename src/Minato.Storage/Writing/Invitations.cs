using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Storage.Writing;

/// <summary>Who was asked into a room, as of the open transaction.</summary>
internal sealed class Invitations(WriteContext context, RoomActs acts)
{
    /// <summary>
    /// Whether an invitation lets somebody in. Past a door, as a link, only as long as its maker might invite: what anybody gave away before it
    /// was closed would keep it open.
    /// </summary>
    internal bool LetIn(WriterRoom room, UserId user) =>
        context.Place(room, user).IsInvited && (!Door.IsThere(room.Room) || MayInvite(room, MakerOf(room, user)));

    /// <summary>Whether an invitation lets somebody in that was made by one who moderates.</summary>
    internal bool LetInByModerator(WriterRoom room, UserId user) =>
        LetIn(room, user) && RightsTable.Moderates(context.Standing(room, MakerOf(room, user)));

    private bool MayInvite(WriterRoom room, UserId maker) =>
        context.User(maker) is { Kind: not UserKind.Deactivated } known && acts.Check(RoomAction.Invite, room, known) is null;

    private UserId MakerOf(WriterRoom room, UserId user)
    {
        var row = context.Db.Statement("select by_user from invites where room_id = ? and user_id = ?").Bind(1, room.Room.Id.Value).Bind(2, user.Value);
        row.Step();
        var maker = new UserId(row.Int64(0));
        row.Reset();
        return maker;
    }
}
