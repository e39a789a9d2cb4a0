using System.Globalization;
using Minato.Core.Commands;
using Minato.Core.Reports;
using Minato.Core.Users;
using Minato.Server.Sessions.Acts;
using Minato.Wire.Lines;

namespace Minato.Server.Sessions.Lines;

/// <summary>What somebody does about others' words: /block, /unblock, /report.</summary>
internal static class SafetyCommands
{
    internal static ValueTask BlockAsync(LineSession session, string arguments) => BlockAsync(session, arguments, on: true);

    internal static ValueTask UnblockAsync(LineSession session, string arguments) => BlockAsync(session, arguments, on: false);

    internal static async ValueTask ReportAsync(LineSession session, string arguments)
    {
        var space = arguments.IndexOf(' ');
        var (number, why) = space < 0 ? (arguments, "") : (arguments[..space], arguments[space..]);
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var seq))
            session.Notice("/report SEQ WHY: the number of a message in this room; /history shows numbers");
        else if (session.Current is not { } room || !await session.MayReadAsync(room))
            session.Notice("You are in no room. /join #lobby");
        else if (ReportReason.Normalize(why) is not { } reason)
            session.Notice(Refusal.BadReason.Sentence());
        else if (await session.AskAsync<Outcome>(you => new ReportMessage(you, null, room.Id, seq, reason)) is not Refused)
            session.Notice($"Message {seq} in {LineWriter.Label(room)} is reported to those who run this server, with a copy of what it says.");
    }

    private static async ValueTask BlockAsync(LineSession session, string arguments, bool on)
    {
        if (arguments.Length == 0)
            await ListAsync(session, on);
        else if (await session.Services.Store.FindUserAsync(arguments) is not { } other)
            session.Notice(Refusal.NoSuchUser.Sentence());
        else if (await session.AskAsync<BlockChanged>(you => new BlockUser(you, null, other.Id, on)) is not null)
            session.Notice(on ? $"You do not hear {other.Nick} any more. /unblock {other.Nick} takes it back." : $"You hear {other.Nick} again.");
    }

    private static async ValueTask ListAsync(LineSession session, bool on)
    {
        IReadOnlyList<User> blocks = session.You is { } you ? await session.Services.Store.ReadBlocksAsync(you.Id, CancellationToken.None) : [];
        session.Notice($"{(on ? "/block NAME" : "/unblock NAME")}. You have blocked {(blocks.Count == 0 ? "nobody" : string.Join(", ", blocks.Select(b => b.Nick)))}.");
    }
}
