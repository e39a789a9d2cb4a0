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
            | own | with one's own message |
            | below | to somebody of lower rank: owner, moderator, member, everybody else |
            | – | `forbidden` |
            | join | `not_a_member`: members only |
            | in | `already_member`; answered like a first joining |
            | none | `no_such_room`: for them there is no such room |

            Nobody gives a role above their own. The last owner can neither step down nor leave while others are in the room; a visitor, whose end is not refused either, can leave.
            A ban ends membership; both bans and mutes may end by themselves, and outlive leaving. Whoever is muted may read and leave.

            """);
        foreach (var kind in Enum.GetValues<RoomKind>())
            Print(page, kind);
        page.Append("\n## Archived rooms\n\nAn archived room can be read and left, and its owner can bring it back; all else is answered by `archived`: only ");
        page.AppendJoin(", ", Enum.GetValues<RoomAction>().Where(RightsTable.IsAllowedInArchive).Select(Words)).Append(" are allowed as above.\n");
        return page.ToString();
    }

    private static void Print(StringBuilder page, RoomKind kind)
    {
        page.Append($"\n## {kind} rooms\n\n|  |");
        foreach (var standing in RightsTable.Columns)
            page.Append($" {Words(standing)} |");
        page.Append("\n|---|").Insert(page.Length, "---|", RightsTable.Columns.Count).Append('\n');
        foreach (var action in Enum.GetValues<RoomAction>())
        {
            page.Append($"| {Words(action)} |");
            foreach (var standing in RightsTable.Columns)
                page.Append($" {Word(RightsTable.Cell(action, kind, standing))} |");
            page.Append('\n');
        }
    }

    private static string Word(Right right) => right == Right.No ? "–" : Words(right);

    /// <summary>MarkRead → mark read.</summary>
    private static string Words<T>(T name) where T : struct, Enum =>
        string.Concat(name.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
