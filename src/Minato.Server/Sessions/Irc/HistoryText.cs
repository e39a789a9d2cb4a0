using System.Buffers;
using System.Globalization;
using System.Text;
using Minato.Core.Commands;
using Minato.Core.Messages;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// HISTORY target [ limit ]
/// <summary>What was said before, as a person reads it: for clients without batches and times of messages.</summary>
internal static class HistoryText
{
    private const int UsualCount = 20;

    internal static async ValueTask RunAsync(IrcSession session, IrcMessage message)
    {
        if (await HistoryCommands.FindRoomAsync(session, message[0]) is not { } room)
        {
            session.Replies.RefuseIn(message[0], Refusal.NoSuchRoom);
            return;
        }
        var limit = int.TryParse(message[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? Math.Clamp(count, 1, PageRequest.MaxLimit) : UsualCount;
        var page = await session.Services.Store.ReadHistoryAsync(room.Id, session.You!.Id, new PageRequest(null, null, limit), CancellationToken.None);
        var (told, bytes) = (new Stack<ReadOnlyMemory<byte>>(), 0);
        // The last ones, where not all fit.
        foreach (var said in page.Messages.Reverse().Where(m => session.Hides?.Contains(m.From.Id) != true))
        {
            var lines = Lines(session, said);
            bytes += lines.Length;
            if (told.Count > 0 && bytes > HistoryCommands.MaxPage)
                break;
            told.Push(lines);
        }
        foreach (var lines in told)
            session.Replies.Output.Write(lines.Span);
    }

    private static ReadOnlyMemory<byte> Lines(IrcSession session, Message said)
    {
        var output = new ArrayBufferWriter<byte>(256);
        var head = Encoding.UTF8.GetBytes($"[{DateTimeOffset.FromUnixTimeMilliseconds(said.Ts):yyyy-MM-dd HH:mm:ss}] <{said.From.Nick}> ");
        var rest = said.Body is { } body ? IrcFiles.Plain(body.Utf8.Span, session.Network.Origin) : "(erased)"u8;
        for (var isMore = true; isMore;)
        {
            if (output.WrittenCount > HistoryCommands.MaxPage)
                rest = IrcText.More(rest, "the page shows");
            var end = rest.IndexOf((byte)'\n');
            Notice(new IrcWriter(output), session, [.. head, .. end < 0 ? rest : rest[..end]]);
            isMore = end >= 0;
            rest = rest[(end + 1)..];
        }
        return output.WrittenMemory;
    }

    private static void Notice(IrcWriter writer, IrcSession session, ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            writer.Begin(session.Network.Server, "NOTICE").Word(session.Nick);
            var length = IrcText.LengthOfPiece(text, writer.Room);
            writer.End(text[..length]);
            text = text[length..];
        }
    }
}
