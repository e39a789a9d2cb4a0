using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Rooms;

namespace Minato.Core.Tests.Rights;

public sealed class RoomRightsTests
{
    /// <summary>
    /// Written by hand, not derived: what each standing may do in a public room; everything that is not named is refused. A word with
    /// <c>?</c> depends: on the message being one's own, or on standing above the one whom it is about.
    /// </summary>
    private static readonly Dictionary<Standing, string> PublicRoom = new()
    {
        [Standing.Outsider] = "Read Post Edit? Delete? React Join EraseOwn",
        [Standing.Invited] = "Read Post Edit? Delete? React Join EraseOwn",
        [Standing.MutedOutsider] = "Read Delete? Join EraseOwn",
        [Standing.Banned] = "",
        [Standing.Muted] = "Read Delete? Leave MarkRead EraseOwn",
        [Standing.Member] = "Read Post Edit? Delete? React Pin Leave MarkRead SetTopic Invite StepDown EraseOwn",
        [Standing.Moderator] =
            "Read Post Edit? Delete React Pin Leave MarkRead SetTopic SetTitle Invite Kick? Ban? Unban? Mute? Unmute? SetRole? StepDown EraseMessages? EraseOwn",
        [Standing.Owner] =
            "Read Post Edit? Delete React Pin Leave MarkRead SetTopic SetTitle Invite Kick? Ban? Unban? Mute? Unmute? SetRole? StepDown EraseMessages? EraseOwn "
            + "Archive Unarchive SetRetention",
    };

    private const string DirectRoom = "Read Post Edit? Delete? React Pin MarkRead EraseOwn";

    private static readonly Standing[] Members = [Standing.Muted, Standing.Member, Standing.Moderator, Standing.Owner];

    public static TheoryData<RoomKind, Standing> Cases =>
        [.. from kind in Enum.GetValues<RoomKind>() from standing in Enum.GetValues<Standing>() select (kind, standing)];

    [Theory, MemberData(nameof(Cases))]
    public void Everybody_may_what_was_written_down_and_nothing_else(RoomKind kind, Standing standing)
    {
        var allowed = Allowed(kind, standing).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var action in Enum.GetValues<RoomAction>())
        {
            var favoured = new Circumstances(IsOwn: true, Rank: Standing.Owner, SubjectRank: Standing.Member);
            var always = allowed.Contains($"{action}");
            var sometimes = always || allowed.Contains($"{action}?");
            Assert.True(sometimes == (RoomRights.Check(action, kind, archived: false, standing, favoured) is null), $"{action}, at best");
            Assert.True(always == (RoomRights.Check(action, kind, archived: false, standing) is null), $"{action}, at worst");
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_refusal_says_why_and_never_that_a_hidden_room_exists(RoomKind kind, Standing standing)
    {
        var isMember = Members.Contains(standing);
        foreach (var archived in new[] { false, true })
        {
            foreach (var action in Enum.GetValues<RoomAction>())
            {
                if (RoomRights.Check(action, kind, archived, standing) is not { } refusal)
                    continue;
                if (kind != RoomKind.Public && !isMember && !(kind == RoomKind.Private && standing == Standing.Invited && action == RoomAction.Join))
                    Assert.Equal(Refusal.NoSuchRoom, refusal);
                else if (archived && action is not (RoomAction.Read or RoomAction.Leave or RoomAction.MarkRead or RoomAction.Unarchive))
                    Assert.Equal(Refusal.Archived, refusal);
                else if (action == RoomAction.Join && isMember)
                    Assert.Equal(Refusal.AlreadyMember, refusal);
                else if (standing == Standing.Banned || isMember || action is RoomAction.Edit or RoomAction.Delete or RoomAction.Post or RoomAction.React)
                    Assert.Equal(Refusal.Forbidden, refusal);
                else
                    Assert.Equal(Refusal.NotAMember, refusal);
            }
        }
    }

    [Fact]
    public void Nothing_happens_in_an_archived_room_but_reading_leaving_and_bringing_it_back()
    {
        foreach (var action in Enum.GetValues<RoomAction>())
        {
            var expected = action is RoomAction.Read or RoomAction.Leave or RoomAction.MarkRead or RoomAction.Unarchive;
            Assert.Equal(expected, RoomRights.Check(action, RoomKind.Public, archived: true, Standing.Owner, new(true, Standing.Owner)) is null);
        }
    }

    [Theory]
    [InlineData(Standing.Owner, Standing.Owner, false)]
    [InlineData(Standing.Owner, Standing.Moderator, true)]
    [InlineData(Standing.Moderator, Standing.Owner, false)]
    [InlineData(Standing.Moderator, Standing.Moderator, false)]
    [InlineData(Standing.Moderator, Standing.Member, true)]
    [InlineData(Standing.Moderator, Standing.Outsider, true)]
    [InlineData(Standing.Member, Standing.Outsider, false)]
    public void Moderation_reaches_lower_ranks_only(Standing rank, Standing subject, bool may) =>
        Assert.Equal(may, RoomRights.Check(RoomAction.Kick, RoomKind.Private, false, rank, new(false, rank, subject)) is null);

    private static string Allowed(RoomKind kind, Standing standing) => kind switch
    {
        RoomKind.Public => PublicRoom[standing],
        RoomKind.Private when standing == Standing.Owner => PublicRoom[standing] + " SetHistory",
        RoomKind.Private when Members.Contains(standing) => PublicRoom[standing],
        RoomKind.Private => standing == Standing.Invited ? "Join" : "",
        _ => Members.Contains(standing) ? DirectRoom : "",
    };
}
