using System.Text;
using Minato.Core.Rights;
using Minato.Core.Rooms;

namespace Minato.Core.Tests.Rights;

/// <summary>The table of rights as a page of docs.</summary>
internal static class RightsPage
{
    internal static string Print()
    {
        var page = new StringBuilder("""
            # Who may do what

            Printed from `RightsTable`, by which every act is decided, over any protocol. A test fails while this page differs:
            `MINATO_WRITE_DOCS=1 dotnet test --project tests/Minato.Core.Tests` writes it anew.

            | in a cell | meaning |
            |---|---|
            | yes | allowed |
            | own | with one's own message or link |
            | below | to somebody of lower rank: owner of the server, admin, owner of the room, moderator, helper, speaker, member, everybody else |
            | – | `forbidden` |
            | join | `not_a_member`: members only |
            | in | nothing to do: `ok`, like a first joining |
            | none | `no_such_room`: for them there is no such room |

            Nobody gives a role above their own, and a helper none but `member` and `speaker`; an admin may give any in a public room. The last owner cannot step down (`last_owner`), but for a guest who is one until their connection ends. Who leaves as the last owner leaves the
            room to the moderator who has been there longest, else to the helper, else to the member, the `leave` event says to whom; visitors, whose identity ends with their session, come after all others.
            A ban ends membership; both bans and mutes may end by themselves, and outlive leaving. Whoever is muted may read and leave. A kick or a ban may leave a public room without an owner: its admins see to it.
            What is so already is `ok`: archiving what is archived is asked as bringing it back, and the other way round.

            *Admin* stands for the admins and owners of the server, in public rooms, where they are no members, and *admin member* where they are; banned or muted, they are that. In private and
            direct rooms they are what anybody is: they see nothing of them, and as members have the role that they were given there. Only an owner of the server says who is admin or owner (`last_owner`
            for the last one), and only of people with an account.

            *The operator*, who holds the data, acts from the command line (`minato room`) as the server itself: in public and private rooms they archive and bring back, ban and let off,
            and hand a room over to a member, whoever owned it; they make rooms for others; and they take no part. They see who is in those. Direct rooms they know by id and counts, not who they are between, and do nothing there.

            What somebody may do for the whole server is no right in a room: see [http.md](protocols/http.md#accounts).

            A link lets in whoever has it, once they are somebody, as long as its maker may make one; refused, it is `no_such_link`, whatever the reason.

            """);
        foreach (var kind in Enum.GetValues<RoomKind>())
            Print(page, kind);
        page.Append("\n## Rooms of announcements\n\nWhere `posting` is `moderators`, these are for those who keep order (helpers, and whoever moderates) and for speakers, and `forbidden` for all others: ");
        page.Append(List(RightsTable.IsForModeratorsWhereOnlyTheyPost)).Append(". It is all that tells a speaker from a member. Slow mode holds for all who do not keep order.\n");
        page.Append("\n## What a room restricts\n\nOf a public room, *invite only* and a key make its door: whoever was not invited, has no link and does not know the key joins by no right (`invite_only`, `wrong_key`, where it has as many members as it takes `room_full`), and is `not_a_member` as below where the past is hidden. An invitation and a link, as long as their maker may make one, and an admin pass every door. Where it is *invite only*, invite and make link are for those who keep order, also in a private room. *Topic locked*: so is set topic. *Members only*: ");
        page.Append(List(RightsTable.IsSpeaking)).Append(" are `not_a_member` for those who look on. *Unlisted* rooms are in the list of public rooms for those who are in them.\n");
        page.Append("\n## Direct rooms of three and more\n\nWho is in one may leave it, and is an outsider then; they come back by opening it themselves, and by nobody else.\n");
        page.Append("\n## Direct rooms of two of whom one has blocked the other\n\nWhichever of them it was, these are `blocked` for both: ");
        page.Append(List(a => RightsTable.IsBetweenTwo(a) && RightsTable.Cell(a, new RoomRules(RoomKind.Direct), Standing.Member) != Right.No));
        page.Append(". In any room an invitation is `blocked` where whoever is invited has blocked the one who invites.\n");
        page.Append("\n## Public rooms that hide what was said before\n\nWhere `history` is `joined`, one joins to do these, and is `not_a_member` before: ");
        page.Append(List(RightsTable.IsForMembersWherePastIsHidden)).Append(". The lobby has all of its history.\n");
        page.Append("\n## Archived rooms\n\nAn archived room can be read and left, and its owner can bring it back; all else is answered by `archived`: only ");
        page.Append(List(RightsTable.IsAllowedInArchive)).Append(" are allowed as above.\n");
        return page.ToString();
    }

    private static string List(Func<RoomAction, bool> which) => string.Join(", ", Enum.GetValues<RoomAction>().Where(which).Select(Words));

    private static void Print(StringBuilder page, RoomKind kind)
    {
        var columns = RightsTable.Columns.Where(c => kind == RoomKind.Public || c is not (Standing.Admin or Standing.AdminMember)).ToList();
        page.Append($"\n## {kind} rooms\n\n|  |");
        foreach (var standing in columns)
            page.Append($" {Words(standing)} |");
        page.Append("\n|---|").Insert(page.Length, "---|", columns.Count).Append('\n');
        foreach (var action in Enum.GetValues<RoomAction>())
        {
            page.Append($"| {Words(action)} |");
            foreach (var standing in columns)
                page.Append($" {Word(RightsTable.Cell(action, new RoomRules(kind), standing))} |");
            page.Append('\n');
        }
    }

    private static string Word(Right right) => right == Right.No ? "–" : Words(right);

    /// <summary>MarkRead → mark read.</summary>
    private static string Words<T>(T name) where T : struct, Enum =>
        string.Concat(name.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
