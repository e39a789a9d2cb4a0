using System.Text;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// 332 client channel :topic     331 client channel :No topic is set   https://modern.ircdocs.horse/#rpltopic-332
internal static class TopicReply
{
    /// <summary>Who set the topic, and when, is in the room's log, not here: 333 is not said.</summary>
    internal static void Write(IrcWriter writer, IrcSession session, string channel, string topic)
    {
        if (topic.Length == 0)
        {
            writer.Begin(IrcNetwork.Server, "331").Word(session.Nick).Word(channel).End("No topic is set");
            return;
        }
        writer.Begin(IrcNetwork.Server, "332").Word(session.Nick).Word(channel);
        writer.End(Shortened(topic, writer.Room));
    }

    /// <summary>A topic of the page's may be longer than a line; then it is seen to be cut.</summary>
    private static string Shortened(string topic, int room)
    {
        const string More = "…";
        var bytes = Encoding.UTF8.GetBytes(topic);
        return bytes.Length <= room
            ? topic
            : Encoding.UTF8.GetString(bytes.AsSpan(0, IrcText.LengthOfPiece(bytes, room - Encoding.UTF8.GetByteCount(More)))) + More;
    }
}
