using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>Who has a role in a room, for the signs before names: <c>~</c> an owner, <c>@</c> a moderator, <c>%</c> a helper, <c>+</c> a speaker. https://modern.ircdocs.horse/#channel-membership-prefixes</summary>
internal static class Roles
{
    /// <summary>Members of one question, and questions: in a room of more than 10,000 the roles of those who came last are not shown.</summary>
    private const int Page = 500, MaxPages = 20;

    internal static async ValueTask<IReadOnlyDictionary<UserId, Standing>> ReadAsync(IStore store, Room room)
    {
        var roles = new Dictionary<UserId, Standing>();
        Guid? after = null;
        for (var page = 0; page < MaxPages && room.Kind != RoomKind.Direct; page++)
        {
            var members = await store.ReadMembersAsync(room.Id, after, Page, CancellationToken.None);
            foreach (var member in members)
                if (member.Role != Standing.Member)
                    roles[member.User.Id] = member.Role;
            if (members.Count < Page)
                break;
            after = members[^1].User.Uid;
        }
        return roles;
    }

    internal static string PrefixOf(this IReadOnlyDictionary<UserId, Standing> roles, User user) => IrcModes.Shown(user, roles.GetValueOrDefault(user.Id)) switch
    {
        Standing.Owner => "~",
        Standing.Moderator => "@",
        Standing.Helper => "%",
        Standing.Speaker => "+",
        _ => "",
    };
}
