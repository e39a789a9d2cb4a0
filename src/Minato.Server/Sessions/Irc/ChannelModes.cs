using System.Globalization;
using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// MODE channel [ modestring [ argument … ] ]   https://modern.ircdocs.horse/#channel-modes
/// <summary>One command's changes of one channel: what is restricted in one event, all else one after the other.</summary>
internal sealed class ChannelModes(IrcSession session, string channel, Room room)
{
    /// <summary>Changes of one command.</summary>
    internal const int Max = 4;

    private readonly MaskLists _lists = new(session, channel, room);
    private int _changes;
    private Restrictions _on, _off;

    internal static async ValueTask RunAsync(IrcSession session, IrcMessage message)
    {
        var channel = message[0];
        if (message.Count > 1)
        {
            var room = await session.FindRoomAsync(channel) ?? Targets.NoRoom;
            await new ChannelModes(session, await session.NameOfAsync(room, channel), room).ChangeAsync(message);
        }
        else if (await session.ReadableRoomAsync(channel) is { } shown)
            await ShowAsync(session, shown);
    }

    private async ValueTask ChangeAsync(IrcMessage message)
    {
        var (isOn, next) = (true, 2);
        foreach (var mode in message[1])
        {
            if (mode is '+' or '-')
                isOn = mode == '+';
            else if (IrcModes.Restriction(mode) is not Restrictions.None and var restriction)
                Restrict(mode, isOn, restriction);
            else if (!TakesArgument(mode, isOn))
                await (mode is 'm' or 'l' ? OneMoreAsync(() => WithoutAsync(mode, isOn)) : WithoutAsync(mode, isOn));
            else if (next < message.Count)
            {
                var argument = message[next++];
                await OneMoreAsync(() => WithAsync(mode, isOn, argument));
            }
            else if (IrcMasks.Modes.Contains(mode))
                await _lists.ShowAsync(mode);
            else if (mode == 'k' && !isOn)
                await OneMoreAsync(() => CarryOutAsync(new SetKey(session.You!, null, room.Id, Key: null)));
            else
                session.Replies.Add(Numeric.NeedMoreParameters, "MODE", "Not enough parameters");
        }
        if ((_on | _off) != Restrictions.None)
            await CarryOutAsync(new Restrict(session.You!, null, room.Id, _on, _off));
    }

    // Those that this server does not know have an argument of their own, too, which is nobody else's.
    private static bool TakesArgument(char mode, bool isOn) => mode is 'q' or 'o' or 'h' or 'v' or 'b' or 'k' or 'a' or 'e' or 'I' || (mode == 'l' && isOn);

    /// <summary>A private room is by nature what these letters say.</summary>
    private void Restrict(char mode, bool isOn, Restrictions restriction)
    {
        if (room.Kind != RoomKind.Public && room.Id != default && restriction != Restrictions.TopicLocked)
            session.Replies.Add(Numeric.UnknownMode, mode.ToString(), "is what a room is from its making on");
        else if (isOn)
            (_on, _off) = (_on | restriction, _off & ~restriction);
        else
            (_on, _off) = (_on & ~restriction, _off | restriction);
    }

    private async ValueTask OneMoreAsync(Func<ValueTask> change)
    {
        if (_changes > 0)
            await session.KeepPaceAsync();
        if (_changes++ < Max)
            await change();
    }

    private ValueTask WithoutAsync(char mode, bool isOn)
    {
        if (mode == 'm')
            return CarryOutAsync(new SetPosting(session.You!, null, room.Id, isOn ? Posting.Moderators : Posting.Everyone));
        if (mode == 'l')
            return CarryOutAsync(new SetMemberLimit(session.You!, null, room.Id, Members: null));
        session.Replies.Add(Numeric.UnknownMode, mode.ToString(), "is unknown mode char to me");
        return ValueTask.CompletedTask;
    }

    private ValueTask WithAsync(char mode, bool isOn, string argument)
    {
        if (IrcModes.Role(mode) != Standing.Outsider)
            return GiveAsync(mode, isOn, argument);
        switch (mode)
        {
            case 'b' or 'e' or 'I':
                return _lists.ChangeAsync(mode, isOn, argument);
            case 'k' when !isOn:
                return CarryOutAsync(new SetKey(session.You!, null, room.Id, Key: null));
            case 'k' when RoomKey.TryParse(argument) is { } key:
                return CarryOutAsync(new SetKey(session.You!, null, room.Id, key));
            case 'k':
                Invalid('k', "*", Refusal.BadKey.Sentence());
                return ValueTask.CompletedTask;
            case 'l' when long.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out var members) && MemberLimit.IsValid(members):
                return CarryOutAsync(new SetMemberLimit(session.You!, null, room.Id, members));
            case 'l':
                Invalid('l', Targets.Word(argument), Refusal.BadLimit.Sentence());
                return ValueTask.CompletedTask;
            default:
                session.Replies.Add(Numeric.UnknownMode, mode.ToString(), "is unknown mode char to me");
                return ValueTask.CompletedTask;
        }
    }

    private async ValueTask GiveAsync(char mode, bool isOn, string nick)
    {
        if (await session.FindUserAsync(nick) is not { } subject)
            return;
        var role = (await Roles.ReadAsync(session.Services.Store, room)).GetValueOrDefault(subject.Id, Standing.Member);
        if (await session.ActAsync(new SetRole(session.You!, null, room.Id, subject.Id, RoleAfter(IrcModes.RoleOf(subject, IrcModes.Role(mode), role), isOn, role))) is not Refused refused)
            return;
        if (refused.Reason == Refusal.NoSuchUser)
            session.Replies.Add(Numeric.UserNotInChannel, subject.Nick, Targets.Word(channel), "They aren't on that channel");
        else
            session.Replies.RefuseIn(channel, refused.Reason);
    }

    /// <summary>On IRC somebody has several; here one of them. What takes one away that they have not, or gives less than they have, changes nothing.</summary>
    private static Standing RoleAfter(Standing mode, bool isOn, Standing role)
    {
        if (isOn)
            return mode.Height() > role.Height() ? mode : role;
        return mode == role ? Standing.Member : role;
    }

    private void Invalid(char mode, string value, string why) => session.Replies.Add(Numeric.InvalidModeParameter, Targets.Word(channel), mode.ToString(), value, why);

    private async ValueTask CarryOutAsync(Command command)
    {
        if (await session.ActAsync(command) is Refused refused)
            session.Replies.RefuseIn(channel, refused.Reason);
    }

    // 324 client channel modestring [ argument … ]     329 client channel creationtime
    private static async ValueTask ShowAsync(IrcSession session, Room room)
    {
        var channel = IrcNames.ChannelOf(room)!;
        var restrictions = room.Kind == RoomKind.Public ? room.Restrictions : room.Restrictions | Restrictions.InviteOnly | Restrictions.Unlisted;
        if (!room.IsOpen)
            restrictions |= Restrictions.MembersOnly;
        var letters = IrcModes.Of('+', restrictions).TrimStart('+') + (room.Posting == Posting.Moderators ? "m" : "");
        var writer = session.Replies.Begin(Numeric.ChannelModeIs).Word(channel)
            .Word($"+{letters}{(room.Key is null ? "" : "k")}{(room.MemberLimit is null ? "" : "l")}");
        if (room.Key is { } key)
            writer.Word(RightsTable.Moderates(await session.Services.Store.ReadStandingAsync(room.Id, session.You!.Id, CancellationToken.None)) ? key.Text : "*");
        if (room.MemberLimit is { } limit)
            writer.Word(limit.ToString(CultureInfo.InvariantCulture));
        writer.End();
        session.Replies.Begin(Numeric.CreationTime).Word(channel).Word((IrcNames.MadeAt(room) / 1000).ToString(CultureInfo.InvariantCulture)).End();
    }
}
