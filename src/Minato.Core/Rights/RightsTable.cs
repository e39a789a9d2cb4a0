using Minato.Core.Rooms;
using static Minato.Core.Rights.Right;

namespace Minato.Core.Rights;

/// <summary>
/// Who may do what, as one table for each kind of room: <see cref="RoomRights"/> answers from it and docs/rights.md is printed
/// from it.
/// </summary>
public static class RightsTable
{
    /// <summary>The columns, in their order.</summary>
    public static IReadOnlyList<Standing> Columns { get; } =
    [
        Standing.Outsider, Standing.Invited, Standing.MutedOutsider, Standing.Banned,
        Standing.Muted, Standing.Member, Standing.Moderator, Standing.Owner,
    ];

    private static readonly Dictionary<RoomAction, Right[]> Public = new()
    {
        // Whoever looks on may speak: a public room has no threshold. What changes the room itself is for members.
        // outsider, invited, muted outsider, banned, muted, member, moderator, owner
        [RoomAction.Read] = [Yes, Yes, Yes, No, Yes, Yes, Yes, Yes],
        [RoomAction.Post] = [Yes, Yes, No, No, No, Yes, Yes, Yes],
        [RoomAction.Edit] = [Own, Own, No, No, No, Own, Own, Own],
        [RoomAction.Delete] = [Own, Own, Own, No, Own, Own, Yes, Yes],
        [RoomAction.React] = [Yes, Yes, No, No, No, Yes, Yes, Yes],
        [RoomAction.Pin] = [Join, Join, Join, No, No, Yes, Yes, Yes],
        [RoomAction.Join] = [Yes, Yes, Yes, No, In, In, In, In],
        [RoomAction.Leave] = [Join, Join, Join, No, Yes, Yes, Yes, Yes],
        [RoomAction.MarkRead] = [Join, Join, Join, No, Yes, Yes, Yes, Yes],
        [RoomAction.SetTopic] = [Join, Join, Join, No, No, Yes, Yes, Yes],
        [RoomAction.SetTitle] = [Join, Join, Join, No, No, No, Yes, Yes],
        [RoomAction.Invite] = [Join, Join, Join, No, No, Yes, Yes, Yes],
        [RoomAction.Kick] = [Join, Join, Join, No, No, No, Below, Below],
        [RoomAction.Ban] = [Join, Join, Join, No, No, No, Below, Below],
        [RoomAction.Unban] = [Join, Join, Join, No, No, No, Below, Below],
        [RoomAction.Mute] = [Join, Join, Join, No, No, No, Below, Below],
        [RoomAction.Unmute] = [Join, Join, Join, No, No, No, Below, Below],
        [RoomAction.SetRole] = [Join, Join, Join, No, No, No, Below, Below],
        [RoomAction.StepDown] = [Join, Join, Join, No, No, Yes, Yes, Yes],
        [RoomAction.Archive] = [Join, Join, Join, No, No, No, No, Yes],
        [RoomAction.Unarchive] = [Join, Join, Join, No, No, No, No, Yes],
        // Everybody sees all of a public room, so there is nothing to set.
        [RoomAction.SetHistory] = [Join, Join, Join, No, No, No, No, No],
        [RoomAction.SetRetention] = [Join, Join, Join, No, No, No, No, Yes],
        [RoomAction.EraseMessages] = [Join, Join, Join, No, No, No, Below, Below],
        [RoomAction.EraseOwn] = [Yes, Yes, Yes, No, Yes, Yes, Yes, Yes],
    };

    /// <summary>
    /// As a public room for its members; to the others it does not exist, and an invitation is a way in and nothing else. What
    /// newcomers see is its owner's to say.
    /// </summary>
    private static readonly Dictionary<RoomAction, Right[]> Private = Public.ToDictionary(
        row => row.Key,
        row => (Right[])
        [
            None, row.Key == RoomAction.Join ? Yes : None, None, None,
            .. row.Key == RoomAction.SetHistory ? [No, No, No, Yes] : row.Value[4..],
        ]);

    /// <summary>Two people who are equals and stay: nobody moderates, and it has no door, no title and no topic.</summary>
    private static readonly Dictionary<RoomAction, Right[]> Direct = Enum.GetValues<RoomAction>().ToDictionary(
        action => action,
        action =>
        {
            var right = action switch
            {
                RoomAction.Read or RoomAction.Post or RoomAction.React or RoomAction.Pin or RoomAction.MarkRead or RoomAction.EraseOwn => Yes,
                RoomAction.Edit or RoomAction.Delete => Own,
                RoomAction.Join => In,
                _ => No,
            };
            return (Right[])[None, None, None, None, right, right, right, right];
        });

    /// <summary>What may still be done in an archived room: it can be read and left, and brought back.</summary>
    public static bool IsAllowedInArchive(RoomAction action) =>
        action is RoomAction.Read or RoomAction.Leave or RoomAction.MarkRead or RoomAction.Unarchive;

    public static Right Cell(RoomAction action, RoomKind kind, Standing standing)
    {
        var rows = kind switch
        {
            RoomKind.Public => Public,
            RoomKind.Private => Private,
            RoomKind.Direct => Direct,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
        return rows[action][ColumnOf[(int)standing]];
    }

    /// <summary>By the number of the standing.</summary>
    private static readonly int[] ColumnOf = [.. Enum.GetValues<Standing>().Select(s => Columns.ToList().IndexOf(s))];
}
