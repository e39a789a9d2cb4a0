using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Wire.Irc;

/// <summary>The letters of channel modes that are something in a room. https://modern.ircdocs.horse/#channel-modes</summary>
public static class IrcModes
{
    private static readonly (char Letter, Restrictions Restriction)[] Flags =
        [('i', Restrictions.InviteOnly), ('n', Restrictions.MembersOnly), ('s', Restrictions.Unlisted), ('t', Restrictions.TopicLocked)];

    private static readonly (char Letter, Standing Role)[] Roles =
        [('q', Standing.Owner), ('o', Standing.Moderator), ('h', Standing.Helper), ('v', Standing.Speaker)];

    /// <summary>The letters of roles, the highest first.</summary>
    public static string OfRoles { get; } = string.Concat(Roles.Select(r => r.Letter));

    /// <summary>None: the letter is no restriction's.</summary>
    public static Restrictions Restriction(char letter) => Array.Find(Flags, f => f.Letter == letter).Restriction;

    /// <summary>Outsider: the letter is no role's.</summary>
    public static Standing Role(char letter) => Array.Find(Roles, r => r.Letter == letter).Role;

    /// <summary>
    /// What a guest owns they own until they go: on IRC that is a channel's operator, and <c>o</c> is the letter that gives and takes it.
    /// </summary>
    /// <param name="role">What the room knows them as.</param>
    public static Standing Shown(User user, Standing role) => role == Standing.Owner && user.Kind == UserKind.Visitor ? Standing.Moderator : role;

    /// <summary>The role that a letter's role means of somebody who has that role by another name.</summary>
    public static Standing RoleOf(User user, Standing letter, Standing role) => letter == Shown(user, role) ? role : letter;

    /// <summary>Nothing, where nothing is restricted.</summary>
    public static string Of(char sign, Restrictions restrictions)
    {
        var letters = string.Concat(Flags.Where(f => restrictions.HasFlag(f.Restriction)).Select(f => f.Letter));
        return letters.Length == 0 ? "" : sign + letters;
    }

    /// <summary>What changes for somebody of whom a room knows one role: the letter of the old one goes, that of the new one comes.</summary>
    public static string Between(Standing was, Standing role) => Sign('-', was) + Sign('+', role);

    private static string Sign(char sign, Standing role) => Array.Find(Roles, r => r.Role == role) is { Letter: not '\0' and var letter } ? $"{sign}{letter}" : "";
}
