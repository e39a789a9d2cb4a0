using System.Globalization;
using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// MODE channel ( '+' | '-' ) ( 'b' | 'e' | 'I' ) [ mask ]   https://modern.ircdocs.horse/#ban-channel-mode
/// <summary>The lists of one channel. Who is known by a nick is banned in person, which no other nick shakes off; all other masks are patterns.</summary>
internal sealed class MaskLists(IrcSession session, string channel, Room room)
{
    private const string MuteBan = "m:";

    private readonly HashSet<char> _shown = [];

    internal async ValueTask ChangeAsync(char mode, bool isOn, string argument)
    {
        if (IrcMasks.TryParse(mode, argument) is not var (list, pattern))
        {
            session.Replies.Add(Numeric.InvalidModeParameter, Targets.Word(channel), mode.ToString(), Targets.Word(argument),
                $"A mask is NICK!USER@HOST or a:ACCOUNT, with * and ?, of at most {UserPattern.MaxBytes} bytes and {UserPattern.MaxStars} stars, those that are left out included");
            return;
        }
        var known = mode == 'b' ? await FindKnownAsync(argument) : null;
        // What is in the list is taken out of it, whoever has come by that nick since.
        if (known is null || (!isOn && await IsListedAsync(list, pattern)))
            await CarryOutAsync(new SetPattern(session.You!, null, room.Id, list, pattern, isOn), list, pattern);
        else
            await CarryOutAsync((list, isOn) switch
            {
                (PatternList.Mute, true) => new Mute(session.You!, null, room.Id, known.Id),
                (PatternList.Mute, false) => new Unmute(session.You!, null, room.Id, known.Id),
                (_, true) => new Ban(session.You!, null, room.Id, known.Id),
                _ => new Unban(session.You!, null, room.Id, known.Id),
            }, list, pattern);
    }

    // 367 client channel mask who time     368 client channel :End of channel ban list     348, 349 and 346, 347 alike
    /// <summary>Each list once: its lines for each letter would be a flood for a line.</summary>
    internal async ValueTask ShowAsync(char mode)
    {
        if (!_shown.Add(mode) || await session.ReadableRoomAsync(channel) is not { } shown)
            return;
        var (one, end, name) = mode switch
        {
            'b' => (Numeric.BanList, Numeric.EndOfBanList, "ban"),
            'e' => (Numeric.ExceptionList, Numeric.EndOfExceptionList, "exception"),
            _ => (Numeric.InviteExceptionList, Numeric.EndOfInviteExceptionList, "invite exception"),
        };
        var store = session.Services.Store;
        if (shown.Patterns > 0)
            foreach (var listed in await store.ReadPatternsAsync(shown.Id, CancellationToken.None))
                if (IrcMasks.Mode(listed.List) == mode)
                    Line(one, IrcMasks.Mask(listed.List, listed.Pattern.Text), listed.By, listed.At);
        if (mode == 'b')
            foreach (var person in await store.ReadExclusionsAsync(shown.Id, CancellationToken.None))
                Line(one, $"{(person.IsMute ? MuteBan : "")}{person.Subject.Nick}!*@*", person.By, person.At);
        session.Replies.Add(end, channel, $"End of channel {name} list");
    }

    private void Line(Numeric numeric, string mask, Core.Users.User by, long at) =>
        session.Replies.Begin(numeric).Word(channel).Word(mask).Word(session.Network.FaceOf(by).Mask(by)).Word((at / 1000).ToString(CultureInfo.InvariantCulture)).End();

    // person = [ 'm:' ] nick [ '!*@*' ]
    private async ValueTask<Core.Users.User?> FindKnownAsync(string mask)
    {
        var nick = mask.StartsWith(MuteBan, StringComparison.Ordinal) ? mask[MuteBan.Length..] : mask;
        nick = nick.EndsWith("!*@*", StringComparison.Ordinal) ? nick[..^4] : nick;
        return await session.Services.Store.FindUserAsync(nick, CancellationToken.None);
    }

    private async ValueTask<bool> IsListedAsync(PatternList list, UserPattern pattern) => room.Patterns > 0
        && (await session.Services.Store.ReadPatternsAsync(room.Id, CancellationToken.None)).Any(p => p.List == list && p.Pattern.Key == pattern.Key);

    private async ValueTask CarryOutAsync(Command command, PatternList list, UserPattern pattern)
    {
        if (await session.ActAsync(command) is not Refused refused)
            return;
        if (refused.Reason == Refusal.TooMany)
            session.Replies.Add(Numeric.BanListFull, Targets.Word(channel), Targets.Word(IrcMasks.Mask(list, pattern.Text)), "Channel list is full");
        else
            session.Replies.RefuseIn(channel, refused.Reason);
    }
}
