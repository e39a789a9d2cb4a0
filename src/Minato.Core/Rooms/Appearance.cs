using Minato.Core.Text;
using Minato.Core.Users;

namespace Minato.Core.Rooms;

/// <summary>What patterns see of somebody: folded once for all the patterns of a room.</summary>
/// <param name="Nick">Its key.</param>
/// <param name="Username">In lower case, as the host is.</param>
public readonly record struct Appearance(string Nick, string Username, string Host, bool HasAccount)
{
    /// <param name="username">What a client calls its person; null: nothing.</param>
    public static Appearance Of(User user, string? username) => new(
        NameRules.Key(user.Nick), (username ?? UserPattern.UsualUsername).ToLowerInvariant(), UserPattern.HostOf(user), user.Kind == UserKind.Account);
}
