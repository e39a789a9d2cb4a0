using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Tests.Matrix;

namespace Minato.Core.Tests.Rights;

public sealed class OperatorRightsTests
{
    public static TheoryData<RoomKind> Kinds => [.. Enum.GetValues<RoomKind>()];

    [Theory, MemberData(nameof(Kinds))]
    public void The_operator_may_what_was_written_down_and_in_an_archived_room_only_bring_it_back(RoomKind kind)
    {
        var line = RightsFile.Section(after: "[operator]").Select(l => l.Split('|', StringSplitOptions.TrimEntries)).Single(l => string.Equals(l[0], kind.ToString(), StringComparison.OrdinalIgnoreCase));
        Assert.Equal("forbidden", line[1]);
        foreach (var action in Enum.GetValues<RoomAction>())
        {
            var may = line[2].Split(' ').Contains(action.ToString());
            Assert.Equal(may ? null : Refusal.Forbidden, OperatorRights.Check(action, new RoomRules(kind)));
            Assert.Equal(
                may ? action == RoomAction.Unarchive ? null : Refusal.Archived : Refusal.Forbidden, OperatorRights.Check(action, new RoomRules(kind, Archived: true)));
        }
    }
}
