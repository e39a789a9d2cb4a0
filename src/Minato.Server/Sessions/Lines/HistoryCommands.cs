using System.Buffers;
using System.Globalization;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Wire.Lines;

namespace Minato.Server.Sessions.Lines;

/// <summary>What was said before: /history and /since, with the numbers that /since takes.</summary>
internal static class HistoryCommands
{
    private const int UsualCount = 20;

    /// <summary>Messages that one /since shows.</summary>
    private const int MaxSince = 1_000;

    internal static async ValueTask HistoryAsync(LineSession session, string arguments)
    {
        var count = UsualCount;
        if (arguments.Length > 0 && !(int.TryParse(arguments, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is >= 1 and <= PageRequest.MaxLimit))
            session.Notice($"/history [N], with N from 1 to {PageRequest.MaxLimit}");
        else if (session.Current is not { } room || !await session.MayReadAsync(room))
            session.Notice("You are in no room. /join #lobby");
        else
        {
            var page = await session.Services.Store.ReadHistoryAsync(room.Id, session.You?.Id, new PageRequest(null, null, count), CancellationToken.None);
            if (page.Messages.Count == 0)
                session.Notice($"Nothing was said in {LineWriter.Label(room)} yet.");
            await ShowAsync(session, room, page.Messages);
        }
    }

    internal static async ValueTask SinceAsync(LineSession session, string arguments)
    {
        if (!long.TryParse(arguments, NumberStyles.None, CultureInfo.InvariantCulture, out var seq))
            session.Notice("/since SEQ: the number of the last message that you have seen; /history shows numbers");
        else if (session.Current is not { } room || !await session.MayReadAsync(room))
            session.Notice("You are in no room. /join #lobby");
        else
            await ShowSinceAsync(session, room, seq);
    }

    private static async ValueTask ShowSinceAsync(LineSession session, Room room, long seq)
    {
        for (var shown = 0; ;)
        {
            var page = await session.Services.Store.ReadHistoryAsync(
                room.Id, session.You?.Id, new PageRequest(null, seq, PageRequest.MaxLimit), CancellationToken.None);
            await ShowAsync(session, room, page.Messages);
            shown += page.Messages.Count;
            if (!page.More)
            {
                if (shown == 0)
                    session.Notice($"Nothing was said in {LineWriter.Label(room)} since {seq}.");
                return;
            }
            seq = page.Messages[^1].Seq;
            if (shown >= MaxSince)
            {
                session.Notice($"There is more: /since {seq}");
                return;
            }
        }
    }

    private static async ValueTask ShowAsync(LineSession session, Room room, IReadOnlyList<Message> messages)
    {
        var hidden = messages.Count(m => session.Hides is { } people && people.Contains(m.From.Id));
        foreach (var message in messages.Where(m => session.Hides is not { } people || !people.Contains(m.From.Id)))
        {
            // One by one: each line repeats its prefix, so that a body of empty lines is many times its size.
            var output = new ArrayBufferWriter<byte>();
            session.Lines.Message(output, room, message.From, message.Body, message.Seq);
            await session.EnqueueWhenRoomAsync(output.WrittenMemory);
        }
        if (hidden > 0)
            session.Notice(hidden == 1 ? "1 message of somebody whom you have blocked is not shown." : $"{hidden} messages of people whom you have blocked are not shown.");
    }
}
