using System.Buffers;
using System.Text;
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
        var most = Head(new IrcWriter(new ArrayBufferWriter<byte>(256)), session, room, channel).Room;
        var (names, bytes) = (new StringBuilder(), 0);
        foreach (var user in users)
        {
            var name = roles.PrefixOf(user) + (session.Caps.HasFlag(IrcCaps.UserhostInNames) ? session.Network.FaceOf(user).Mask(user) : user.Nick);
            var length = Encoding.UTF8.GetByteCount(name);
            if (names.Length > 0 && bytes + 1 + length > most)
                (names, bytes) = (Flush(names), 0);
            bytes += names.Length == 0 ? length : length + 1;
            names.Append(names.Length == 0 ? "" : " ").Append(name);
        }
        if (names.Length > 0)
            Flush(names);
        new IrcWriter(output).Begin(IrcNetwork.Server, "366").Word(session.Nick).Word(channel).End("End of /NAMES list");

        StringBuilder Flush(StringBuilder line)
        {
            Head(new IrcWriter(output), session, room, channel).End(line.ToString());
            return line.Clear();
        }
    }

    // symbol = '=' public | '@' secret
    private static IrcWriter Head(IrcWriter writer, IrcSession session, Room room, string channel) =>
        writer.Begin(IrcNetwork.Server, "353").Word(session.Nick).Word(room.Kind == RoomKind.Public ? "=" : "@").Word(channel);
}
