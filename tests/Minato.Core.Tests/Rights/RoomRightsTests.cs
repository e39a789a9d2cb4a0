using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Rooms;

namespace Minato.Core.Tests.Rights;

public sealed class RoomRightsTests
{
    /// <summary>
    /// Written by hand, not derived: a column for each standing (Outsider, Member, Moderator, Owner), live and archived.
    /// "ok", or the refusal: none (no such room), not (a member), already (a member), forbidden, archived.
    /// </summary>
    private const string Expected = """
        Public  Read      ok ok ok ok                      | ok ok ok ok
        Public  Post      ok ok ok ok                      | archived archived archived archived
        Public  Join      ok already already already       | archived archived archived archived
        Public  Leave     not ok ok ok                     | not ok ok ok
        Public  SetTopic  not ok ok ok                     | archived archived archived archived
        Public  MarkRead  not ok ok ok                     | not ok ok ok
        Private Read      none ok ok ok                    | none ok ok ok
        Private Post      none ok ok ok                    | none archived archived archived
        Private Join      none already already already     | none archived archived archived
        Private Leave     none ok ok ok                    | none ok ok ok
        Private SetTopic  none ok ok ok                    | none archived archived archived
        Private MarkRead  none ok ok ok                    | none ok ok ok
        Direct  Read      none ok ok ok                    | none ok ok ok
        Direct  Post      none ok ok ok                    | none archived archived archived
        Direct  Join      none already already already     | none archived archived archived
        Direct  Leave     none forbidden forbidden forbidden | none forbidden forbidden forbidden
        Direct  SetTopic  none forbidden forbidden forbidden | none archived archived archived
        Direct  MarkRead  none ok ok ok                    | none ok ok ok
        """;

    [Fact]
    public void Everybody_may_what_the_table_says_and_nothing_else()
    {
        var checkedCells = 0;
        foreach (var line in Expected.Split('\n'))
        {
            var words = line.Replace("|", "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var (kind, action) = (Enum.Parse<RoomKind>(words[0]), Enum.Parse<RoomAction>(words[1]));
            foreach (var (archived, standing) in from archived in new[] { false, true } from s in Enum.GetValues<Standing>() select (archived, s))
            {
                var expected = Refused(words[2 + (int)standing + (archived ? 4 : 0)]);
                Assert.True(
                    expected == RoomRights.Check(action, kind, archived, standing),
                    $"{standing} in a {kind} room (archived: {archived}), {action}: expected {expected?.ToString() ?? "allowed"}.");
                checkedCells++;
            }
        }
        var cells = Enum.GetValues<RoomKind>().Length * Enum.GetValues<RoomAction>().Length * Enum.GetValues<Standing>().Length * 2;
        Assert.Equal(cells, checkedCells);
    }

    private static Refusal? Refused(string word) => word switch
    {
        "ok" => null,
        "none" => Refusal.NoSuchRoom,
        "not" => Refusal.NotAMember,
        "already" => Refusal.AlreadyMember,
        "forbidden" => Refusal.Forbidden,
        "archived" => Refusal.Archived,
        _ => throw new ArgumentOutOfRangeException(nameof(word), word, null),
    };
}
