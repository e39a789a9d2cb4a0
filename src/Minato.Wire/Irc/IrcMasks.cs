using Minato.Core.Rooms;

namespace Minato.Wire.Irc;

// mask = [ 'm:' ] ( nick '!' user '@' host | 'a:' account )   https://modern.ircdocs.horse/#extban-parameter and https://ircv3.net/specs/extensions/account-extban
/// <summary>A room's patterns as the masks of channel modes <c>b</c>, <c>e</c> and <c>I</c>.</summary>
public static class IrcMasks
{
    /// <summary>The modes that are lists.</summary>
    public const string Modes = "beI";

    /// <summary>The kinds of masks besides nick, user and host: of an account, and one that mutes.</summary>
    public const string Kinds = "am";

    private const string Mute = "m:", Account = "a:", AccountInStore = "account:";

    /// <summary>The list that a letter and a mask mean, and the pattern in it; null: it can be none.</summary>
    public static (PatternList List, UserPattern Pattern)? TryParse(char mode, string mask)
    {
        var isMute = mode != 'I' && mask.StartsWith(Mute, StringComparison.Ordinal);
        if (isMute)
            mask = mask[Mute.Length..];
        if (mask.StartsWith(Account, StringComparison.Ordinal))
            mask = AccountInStore + mask[Account.Length..];
        if (UserPattern.TryParse(mask) is not { } pattern)
            return null;
        return ((mode, isMute) switch
        {
            ('b', false) => PatternList.Ban,
            ('b', true) => PatternList.Mute,
            ('e', false) => PatternList.BanException,
            ('e', true) => PatternList.MuteException,
            _ => PatternList.InviteException,
        }, pattern);
    }

    public static char Mode(PatternList list) => list switch
    {
        PatternList.Ban or PatternList.Mute => 'b',
        PatternList.BanException or PatternList.MuteException => 'e',
        _ => 'I',
    };

    /// <param name="pattern">See <see cref="UserPattern.Text"/>.</param>
    public static string Mask(PatternList list, string pattern)
    {
        var mask = pattern.StartsWith(AccountInStore, StringComparison.Ordinal) ? Account + pattern[AccountInStore.Length..] : pattern;
        return list is PatternList.Mute or PatternList.MuteException ? Mute + mask : mask;
    }
}
