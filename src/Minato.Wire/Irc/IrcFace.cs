using Minato.Core.Users;

namespace Minato.Wire.Irc;

/// <summary>How somebody looks on IRC besides their nick. https://modern.ircdocs.horse/#clients</summary>
/// <param name="Host">Of the user's id: the same wherever they connect from, and nobody's address.</param>
/// <param name="IsBot">Whether it says that it is a program. https://ircv3.net/specs/extensions/bot-mode</param>
public readonly record struct IrcFace(string Username, string Host, string Realname, bool IsBot)
{
    // source = nick '!' user '@' host
    public string Mask(User user) => $"{user.Nick}!{Username}@{Host}";
}
