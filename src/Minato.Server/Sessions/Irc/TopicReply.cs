using System.Globalization;
using Minato.Core.Rooms;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// 332 client channel :topic, 333 client channel nick seconds     331 client channel :No topic is set   https://modern.ircdocs.horse/#rpltopic-332
internal static class TopicReply
{
    /// <param name="asks">Whether there is time to look who set it.</param>
    internal static async ValueTask<byte[]> OfAsync(IrcSession session, Room room, string channel, bool asks = true)
    {
        var set = room.Topic.Length == 0 || !asks ? null : await session.Services.Store.ReadTopicSetterAsync(room.Id, session.You?.Id, CancellationToken.None);
        return IrcFormat.Written(output =>
        {
            var writer = new IrcWriter(output);
            if (room.Topic.Length == 0)
                writer.Begin(session.Network.Server, "331").Word(session.Nick).Word(channel).End("No topic is set");
            else
                writer.Begin(session.Network.Server, "332").Word(session.Nick).Word(channel).End(room.Topic);
            if (set is not null)
                writer.Begin(session.Network.Server, "333").Word(session.Nick).Word(channel).Word(set.User.Nick)
                    .Word((set.At / 1000).ToString(CultureInfo.InvariantCulture)).End();
        });
    }
}
