using Minato.Core.Messages;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>Where anything was said between two times, for a client that returns. https://ircv3.net/specs/extensions/chathistory#targets</summary>
internal static class HistoryTargets
{
    internal static async ValueTask RunAsync(IrcSession session, string one, string other, int limit)
    {
        if (!TryParse(one, out var from) || !TryParse(other, out var to))
        {
            session.Replies.Fail("CHATHISTORY", "INVALID_PARAMS", "TARGETS", "A time is timestamp=YYYY-MM-DDThh:mm:ss.sssZ");
            return;
        }
        var (first, last) = (Math.Min(from, to), Math.Max(from, to));
        var targets = new List<(string Name, long Ts)>();
        foreach (var room in session.Rooms.Select(r => r.Room))
        {
            var newest = (await session.Services.Store.ReadHistoryAsync(room.Id, session.You!.Id, new PageRequest(null, null, 1), CancellationToken.None)).Messages;
            if (newest.Count > 0 && newest[0].Ts > first && newest[0].Ts < last)
                targets.Add((IrcNames.ChannelOf(room) ?? IrcNames.TargetOf(room, session.You), newest[0].Ts));
        }
        var batch = session.Caps.HasFlag(IrcCaps.Batch) ? session.Replies.NextBatch() : null;
        if (batch is not null)
            session.Replies.Begin("BATCH").Word($"+{batch}").Word("draft/chathistory-targets").End();
        foreach (var (name, ts) in targets.OrderBy(t => t.Ts).Take(limit))
        {
            var writer = session.Replies.Writer;
            if (batch is not null)
                writer.Tag("batch", batch);
            writer.Begin(session.Network.Server, "CHATHISTORY").Word("TARGETS").Word(name).Word(IrcWriter.Timestamp(ts)).End();
        }
        if (batch is not null)
            session.Replies.Begin("BATCH").Word($"-{batch}").End();
    }

    private static bool TryParse(string text, out long ts)
    {
        ts = 0;
        return text.StartsWith("timestamp=", StringComparison.Ordinal) && HistoryFinder.TryParseTime(text["timestamp=".Length..], out ts);
    }
}
