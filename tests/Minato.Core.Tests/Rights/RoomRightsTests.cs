using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Tests.Matrix;

namespace Minato.Core.Tests.Rights;

public sealed class RoomRightsTests
{
    private static readonly Circumstances Favoured = new(IsOwn: true, new Rank(Standing.Owner), new Rank(Standing.Member));

    public static TheoryData<string, Standing> Cases => [.. RightsFile.Cells];

    [Theory, MemberData(nameof(Cases))]
    public void Everybody_may_what_was_written_down_and_else_hears_why_not(string kind, Standing standing)
    {
        foreach (var action in Enum.GetValues<RoomAction>())
        {
            var expected = RightsFile.Of(kind, standing, action);
            var isBlocked = kind == "blocked";
            // The door comes after the rights.
            if (expected.Code is "invite_only" or "wrong_key")
                expected = new Expectation(null, Depends: false);
            Assert.True(expected.CodeWhen(isFavoured: true) == Code(action, Rules(kind), standing, Favoured with { IsBlocked = isBlocked }), $"{action}, at best");
            Assert.True(expected.CodeWhen(isFavoured: false) == Code(action, Rules(kind), standing, new Circumstances(IsBlocked: isBlocked)), $"{action}, at worst");
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void An_archived_room_is_read_left_and_brought_back_and_hides_itself_as_before(string kind, Standing standing)
    {
        foreach (var action in Enum.GetValues<RoomAction>())
        {
            var before = RightsFile.Of(kind, standing, action).CodeWhen(isFavoured: true);
            var stays = before == "no_such_room" || action is RoomAction.Read or RoomAction.Report or RoomAction.Leave or RoomAction.MarkRead or RoomAction.Unarchive;
            Assert.True((stays ? before : "archived") == Code(action, Rules(kind) with { Archived = true }, standing, Favoured with { IsBlocked = kind == "blocked" }), $"{action}");
        }
    }

    [Fact]
    public void Every_standing_and_kind_of_room_was_written_down()
    {
        Assert.Equal(Enum.GetValues<Standing>().ToHashSet(), Cells("public").ToHashSet());
        Assert.Equal(Enum.GetValues<Standing>().Except([Standing.Admin, Standing.AdminMember]).ToHashSet(), Cells("private").ToHashSet());
        Assert.Equal(RightsFile.Cells.Select(c => Rules(c.Kind).Kind).ToHashSet(), [.. Enum.GetValues<RoomKind>()]);

        static IEnumerable<Standing> Cells(string kind) => RightsFile.Cells.Where(c => c.Kind == kind).Select(c => c.Standing);
    }

    [Theory]
    [InlineData(Standing.Owner, ServerRole.Guest, Standing.Owner, ServerRole.Guest, false)]
    [InlineData(Standing.Owner, ServerRole.Guest, Standing.Moderator, ServerRole.Guest, true)]
    [InlineData(Standing.Moderator, ServerRole.Guest, Standing.Owner, ServerRole.Guest, false)]
    [InlineData(Standing.Moderator, ServerRole.Guest, Standing.Moderator, ServerRole.Guest, false)]
    [InlineData(Standing.Moderator, ServerRole.Guest, Standing.Helper, ServerRole.Guest, true)]
    [InlineData(Standing.Moderator, ServerRole.Guest, Standing.Speaker, ServerRole.Guest, true)]
    [InlineData(Standing.Helper, ServerRole.Guest, Standing.Moderator, ServerRole.Guest, false)]
    [InlineData(Standing.Helper, ServerRole.Guest, Standing.Helper, ServerRole.Guest, false)]
    [InlineData(Standing.Helper, ServerRole.Guest, Standing.Speaker, ServerRole.Guest, true)]
    [InlineData(Standing.Speaker, ServerRole.Guest, Standing.Member, ServerRole.Guest, false)]
    [InlineData(Standing.Moderator, ServerRole.Guest, Standing.Member, ServerRole.Guest, true)]
    [InlineData(Standing.Moderator, ServerRole.Guest, Standing.Outsider, ServerRole.Guest, true)]
    [InlineData(Standing.Owner, ServerRole.Guest, Standing.Outsider, ServerRole.Admin, false)]
    [InlineData(Standing.Outsider, ServerRole.Admin, Standing.Owner, ServerRole.Guest, true)]
    [InlineData(Standing.Owner, ServerRole.Admin, Standing.Outsider, ServerRole.Admin, true)]
    [InlineData(Standing.Outsider, ServerRole.Admin, Standing.Outsider, ServerRole.Admin, false)]
    [InlineData(Standing.Owner, ServerRole.Admin, Standing.Outsider, ServerRole.Owner, false)]
    [InlineData(Standing.Outsider, ServerRole.Owner, Standing.Owner, ServerRole.Admin, true)]
    public void Moderation_reaches_lower_ranks_only(Standing rank, ServerRole role, Standing subjectRank, ServerRole subjectRole, bool may)
    {
        var circumstances = new Circumstances(IsOwn: false, new Rank(rank, role), new Rank(subjectRank, subjectRole));
        var standing = role >= ServerRole.Admin ? Standing.AdminMember : rank;
        Assert.Equal(may, RoomRights.Check(RoomAction.Kick, new RoomRules(RoomKind.Public), standing, circumstances) is null);
    }

    [Theory]
    [InlineData(Standing.Outsider, Standing.Outsider)]
    [InlineData(Standing.Helper, Standing.Speaker)]
    [InlineData(Standing.Moderator, Standing.Moderator)]
    [InlineData(Standing.Owner, Standing.Owner)]
    public void Roles_are_given_up_to_ones_own_and_by_helpers_below_it(Standing role, Standing highest)
    {
        Assert.Equal(highest, new Rank(role).MayGive);
        Assert.Equal(Standing.Owner, new Rank(role, ServerRole.Admin).MayGive);
    }

    internal static RoomRules Rules(string kind) => kind switch
    {
        "public" => new(RoomKind.Public),
        "announcements" => new(RoomKind.Public, Posting: Posting.Moderators),
        "hidden past" => new(RoomKind.Public, HidesPast: true),
        "by invitation" => new(RoomKind.Public, Restrictions: Restrictions.InviteOnly),
        "with a key" => new(RoomKind.Public, HasKey: true),
        "for members" => new(RoomKind.Public, Restrictions: Restrictions.MembersOnly),
        "topic locked" => new(RoomKind.Public, Restrictions: Restrictions.TopicLocked),
        "private" => new(RoomKind.Private, HidesPast: true),
        "direct" or "blocked" => new(RoomKind.Direct, HidesPast: true),
        "group" => new(RoomKind.Direct, HidesPast: true, IsGroup: true),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static string? Code(RoomAction action, RoomRules rules, Standing standing, Circumstances circumstances) =>
        RoomRights.Check(action, rules, standing, circumstances) switch
        {
            null => null,
            Refusal.NoSuchRoom => "no_such_room",
            Refusal.Blocked => "blocked",
            Refusal.NotAMember => "not_a_member",
            Refusal.AlreadyMember => "already_member",
            Refusal.Forbidden => "forbidden",
            Refusal.Archived => "archived",
            var other => $"{other}",
        };
}
