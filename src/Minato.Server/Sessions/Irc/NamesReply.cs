using System.Buffers;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// 353 client symbol channel :[prefix]nick{ [prefix]nick}     366 client channel :End of /NAMES list
// https://modern.ircdocs.horse/#rplnamreply-353
internal static class NamesReply
{
    internal static void Write(
        IBufferWriter<byte> output, IrcSession session, Room room, string channel, IEnumerable<User> users, IReadOnlyDictionary<UserId, Standing> roles)
    {
        NameLines.Write(() => Head(new IrcWriter(output), session, room, channel), users.Select(user =>
            roles.PrefixOf(user) + (session.Caps.HasFlag(IrcCaps.UserhostInNames) ? session.Network.FaceOf(user).Mask(user) : user.Nick)));
        new IrcWriter(output).Begin(session.Network.Server, "366").Word(session.Nick).Word(channel).End("End of /NAMES list");
    }

    // symbol = '=' public | '@' secret
    private static IrcWriter Head(IrcWriter writer, IrcSession session, Room room, string channel) =>
        writer.Begin(session.Network.Server, "353").Word(session.Nick).Word(room.Kind == RoomKind.Public && !room.Restrictions.HasFlag(Restrictions.Unlisted) ? "=" : "@").Word(channel);
}
