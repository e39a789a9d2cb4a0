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
        Standing.Muted, Standing.Member, Standing.Speaker, Standing.Helper, Standing.Moderator, Standing.Owner, Standing.Admin, Standing.AdminMember,
    ];

    /// <summary>Columns of those who are members in no room of the kind, and of those who are.</summary>
    private const int FirstMember = 4, FirstAdmin = 10;

    private static readonly Dictionary<RoomAction, Right[]> Public = new()
    {
        // Whoever looks on may speak: a public room has no threshold. What changes the room itself is for members.
        // outsider, invited, muted outsider, banned, muted, member, speaker, helper, moderator, owner, admin, admin member
        [RoomAction.Read] = [Yes, Yes, Yes, No, Yes, Yes, Yes, Yes, Yes, Yes, Yes, Yes],
        [RoomAction.Post] = [Yes, Yes, No, No, No, Yes, Yes, Yes, Yes, Yes, Yes, Yes],
        [RoomAction.Edit] = [Own, Own, No, No, No, Own, Own, Own, Own, Own, Own, Own],
        [RoomAction.Delete] = [Own, Own, Own, No, Own, Own, Own, Yes, Yes, Yes, Yes, Yes],
        [RoomAction.React] = [Yes, Yes, No, No, No, Yes, Yes, Yes, Yes, Yes, Yes, Yes],
        [RoomAction.Pin] = [Join, Join, Join, No, No, Yes, Yes, Yes, Yes, Yes, Yes, Yes],
        // Whoever may read it may say what is wrong with it, also who may not speak.
        [RoomAction.Report] = [Yes, Yes, Yes, No, Yes, Yes, Yes, Yes, Yes, Yes, Yes, Yes],
        [RoomAction.Join] = [Yes, Yes, Yes, No, In, In, In, In, In, In, Yes, In],
        [RoomAction.JoinByLink] = [Yes, Yes, Yes, No, In, In, In, In, In, In, Yes, In],
        [RoomAction.Leave] = [Join, Join, Join, No, Yes, Yes, Yes, Yes, Yes, Yes, Join, Yes],
        [RoomAction.MarkRead] = [Join, Join, Join, No, Yes, Yes, Yes, Yes, Yes, Yes, Join, Yes],
        [RoomAction.SetTopic] = [Join, Join, Join, No, No, Yes, Yes, Yes, Yes, Yes, Yes, Yes],
        [RoomAction.SetTitle] = [Join, Join, Join, No, No, No, No, No, Yes, Yes, Yes, Yes],
        // Links and everybody's habits lead to it by that.
        [RoomAction.SetSlug] = [Join, Join, Join, No, No, No, No, No, No, Yes, Yes, Yes],
        [RoomAction.Invite] = [Join, Join, Join, No, No, Yes, Yes, Yes, Yes, Yes, Yes, Yes],
        [RoomAction.MakeLink] = [Join, Join, Join, No, No, Yes, Yes, Yes, Yes, Yes, Yes, Yes],
        [RoomAction.RevokeLink] = [Join, Join, Join, No, Own, Own, Own, Own, Yes, Yes, Yes, Yes],
        [RoomAction.Kick] = [Join, Join, Join, No, No, No, No, Below, Below, Below, Below, Below],
        [RoomAction.Ban] = [Join, Join, Join, No, No, No, No, No, Below, Below, Below, Below],
        [RoomAction.Unban] = [Join, Join, Join, No, No, No, No, No, Below, Below, Below, Below],
        [RoomAction.Mute] = [Join, Join, Join, No, No, No, No, Below, Below, Below, Below, Below],
        [RoomAction.Unmute] = [Join, Join, Join, No, No, No, No, Below, Below, Below, Below, Below],
        [RoomAction.SetRole] = [Join, Join, Join, No, No, No, No, Below, Below, Below, Below, Below],
        [RoomAction.StepDown] = [Join, Join, Join, No, No, Yes, Yes, Yes, Yes, Yes, Join, Yes],
        // Nobody else has it to give; an admin makes somebody an owner by their role.
        [RoomAction.Transfer] = [Join, Join, Join, No, No, No, No, No, No, Yes, No, Yes],
        [RoomAction.Archive] = [Join, Join, Join, No, No, No, No, No, No, Yes, Yes, Yes],
        [RoomAction.Unarchive] = [Join, Join, Join, No, No, No, No, No, No, Yes, Yes, Yes],
        [RoomAction.SetHistory] = [Join, Join, Join, No, No, No, No, No, No, Yes, Yes, Yes],
        [RoomAction.SetRetention] = [Join, Join, Join, No, No, No, No, No, No, Yes, Yes, Yes],
        [RoomAction.SetPosting] = [Join, Join, Join, No, No, No, No, No, No, Yes, Yes, Yes],
        [RoomAction.SetSlowMode] = [Join, Join, Join, No, No, No, No, No, Yes, Yes, Yes, Yes],
        [RoomAction.Restrict] = [Join, Join, Join, No, No, No, No, No, Yes, Yes, Yes, Yes],
        [RoomAction.EraseMessages] = [Join, Join, Join, No, No, No, No, No, Below, Below, Below, Below],
        [RoomAction.EraseOwn] = [Yes, Yes, Yes, No, Yes, Yes, Yes, Yes, Yes, Yes, Yes, Yes],
    };

    /// <summary>
    /// As a public room for its members; to the others it does not exist, and an invitation or a link is a way in and nothing else. What
    /// somebody is on the server does not count here.
    /// </summary>
    private static readonly Dictionary<RoomAction, Right[]> Private = Public.ToDictionary(
        row => row.Key,
        row => (Right[])
        [
            .. row.Key switch
            {
                RoomAction.Join => [None, Yes, None, None],
                RoomAction.JoinByLink => [Yes, Yes, Yes, None],
                _ => (Right[])[None, None, None, None],
            },
            .. row.Value[FirstMember..FirstAdmin], None, None,
        ]);

    /// <summary>People who are equals and stay: nobody moderates, and it has no door, no name, no title and no topic.</summary>
    private static readonly Dictionary<RoomAction, Right[]> Direct = Enum.GetValues<RoomAction>().ToDictionary(
        action => action,
        action =>
        {
            var right = action switch
            {
                RoomAction.Read or RoomAction.Post or RoomAction.React or RoomAction.Pin or RoomAction.Report or RoomAction.MarkRead or RoomAction.EraseOwn => Yes,
                RoomAction.Edit or RoomAction.Delete => Own,
                RoomAction.Join or RoomAction.JoinByLink => In,
                _ => No,
            };
            return (Right[])[None, None, None, None, right, right, right, right, right, right, None, None];
        });

    /// <summary>What may still be done in an archived room: it can be read and left, and brought back.</summary>
    public static bool IsAllowedInArchive(RoomAction action) =>
        action is RoomAction.Read or RoomAction.Report or RoomAction.Leave or RoomAction.MarkRead or RoomAction.Unarchive;

    /// <summary>
    /// What reaches the other of two, and is refused where one of them has blocked the other: in the direct room of the two, and, where it is
    /// the subject who has blocked, an invitation. In a room of others the log is the same for all.
    /// </summary>
    public static bool IsBetweenTwo(RoomAction action) => action is RoomAction.Post or RoomAction.Edit or RoomAction.React or RoomAction.Pin or RoomAction.Invite;

    public static Right Cell(RoomAction action, RoomRules rules, Standing standing)
    {
        var column = ColumnOf[(int)standing];
        var cell = (rules.Kind switch
        {
            RoomKind.Public => Public,
            RoomKind.Private => Private,
            RoomKind.Direct => Direct,
            _ => throw new ArgumentOutOfRangeException(nameof(rules), rules.Kind, null),
        })[action][column];
        if (rules is { Kind: RoomKind.Direct, IsGroup: true } && action == RoomAction.Leave && cell == No)
            return Yes;
        if (rules.Kind == RoomKind.Public && (rules.HidesPast || rules.IsClosed) && IsForMembersWherePastIsHidden(action) && IsOutside(standing) && cell != No)
            return Join;
        if (rules.Kind == RoomKind.Public && rules.Restrictions.HasFlag(Restrictions.MembersOnly) && IsSpeaking(action) && IsOutside(standing) && cell != No)
            return Join;
        var isHeldBack =
            (rules.Posting == Posting.Moderators && IsForModeratorsWhereOnlyTheyPost(action) && standing != Standing.Speaker)
            || (rules.Restrictions.HasFlag(Restrictions.TopicLocked) && action == RoomAction.SetTopic)
            || (rules.Restrictions.HasFlag(Restrictions.InviteOnly) && action is RoomAction.Invite or RoomAction.MakeLink);
        return isHeldBack && !KeepsOrder(standing) && cell is Yes or Own ? No : cell;
    }

    /// <summary>
    /// In a public room in which newcomers do not see what was said before, one joins to read: whoever looked on would see all. So one does in one
    /// that takes an invitation or a key.
    /// </summary>
    public static bool IsForMembersWherePastIsHidden(RoomAction action) =>
        action is RoomAction.Read or RoomAction.Post or RoomAction.Edit or RoomAction.Delete or RoomAction.React or RoomAction.Report;

    /// <summary>What others hear of.</summary>
    public static bool IsSpeaking(RoomAction action) => action is RoomAction.Post or RoomAction.Edit or RoomAction.React;

    /// <summary>In a room of announcements, and for whoever was made a speaker. An old message that is edited would be a new one.</summary>
    public static bool IsForModeratorsWhereOnlyTheyPost(RoomAction action) => action is RoomAction.Post or RoomAction.Edit;

    private static bool IsOutside(Standing standing) => standing is Standing.Outsider or Standing.Invited or Standing.MutedOutsider or Standing.Admin;

    /// <summary>Whoever keeps order while people talk is exempt from what holds for the many: announcements, slow mode, a locked topic, who invites.</summary>
    public static bool KeepsOrder(Standing standing) => standing == Standing.Helper || Moderates(standing);

    /// <summary>Whoever moderates also decides about the room: who is shut out, whom an invitation lets in all the same, what its key is.</summary>
    public static bool Moderates(Standing standing) => standing is Standing.Moderator or Standing.Owner or Standing.Admin or Standing.AdminMember;

    /// <summary>By the number of the standing.</summary>
    private static readonly int[] ColumnOf = [.. Enum.GetValues<Standing>().Select(s => Columns.ToList().IndexOf(s))];
}
