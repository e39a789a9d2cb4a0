using System.Globalization;
using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// MODE target [ modestring [ argument … ] ]   https://modern.ircdocs.horse/#mode-message
/// <summary>
/// What a room has of IRC's modes: <c>o</c> moderators, <c>q</c> owners, <c>b</c> bans and (<c>m:</c>) mutes, <c>m</c> announcements; and of a
/// private one <c>i</c>, <c>n</c> and <c>s</c>, which nobody changes.
/// </summary>
internal static class ModeCommands
{
    /// <summary>Changes of one command.</summary>
    private const int Max = 4;

    private const string MuteBan = "m:";

    internal static ValueTask RunAsync(IrcSession session, IrcMessage message) =>
        Targets.IsChannel(message[0]) ? ChannelAsync(session, message) : UserAsync(session, message);

    private static async ValueTask ChannelAsync(IrcSession session, IrcMessage message)
    {
        var channel = message[0];
        if (message.Count == 1)
        {
            if (await session.ReadableRoomAsync(channel) is { } shown)
                Show(session, shown);
            return;
        }
        var room = await session.FindRoomAsync(channel) ?? Targets.NoRoom;
        var (isOn, next, changes) = (true, 2, 0);
        foreach (var mode in message[1])
        {
            if (mode is '+' or '-')
                isOn = mode == '+';
            else if (mode is 'o' or 'q' or 'b' && next < message.Count)
            {
                if (changes > 0)
                    await session.KeepPaceAsync();
                if (changes++ < Max)
                    await AboutUserAsync(session, channel, room, mode, isOn, message[next]);
                next++;
            }
            else if (mode is 'v' or 'h' or 'k' or 'e' or 'I' || (mode == 'l' && isOn))
            {
                // They have an argument of their own, which is nobody else's.
                next++;
                Unknown(session, mode);
            }
            else if (mode == 'b')
                await EndOfListAsync(session, channel);
            else if (mode is 'o' or 'q')
                session.Replies.Add(Numeric.NeedMoreParameters, "MODE", "Not enough parameters");
            else if (mode == 'm')
                await CarryOutAsync(session, channel, new SetPosting(session.You!, null, room.Id, isOn ? Posting.Moderators : Posting.Everyone));
            else
                Unknown(session, mode);
        }
    }

    private static void Unknown(IrcSession session, char mode) =>
        session.Replies.Add(Numeric.UnknownMode, mode.ToString(), mode is 'i' or 'n' or 's' ? "is what a room is from its making on" : "is unknown mode char to me");

    private static void Show(IrcSession session, Room room)
    {
        var channel = IrcNames.ChannelOf(room)!;
        var modes = "+" + (room.Kind == RoomKind.Public ? "" : "i") + (room.Posting == Posting.Moderators ? "m" : "") + (room.IsOpen ? "" : "n") + (room.Kind == RoomKind.Public ? "" : "s");
        session.Replies.Begin(Numeric.ChannelModeIs).Word(channel).Word(modes).End();
        session.Replies.Begin(Numeric.CreationTime).Word(channel).Word((MadeAt(room) / 1000).ToString(CultureInfo.InvariantCulture)).End();
    }

    /// <summary>A UUIDv7 begins with the time of its making. https://www.rfc-editor.org/rfc/rfc9562#section-5.7</summary>
    private static long MadeAt(Room room) => Convert.ToInt64(room.Uid.ToString("N")[..12], 16);

    private static async ValueTask AboutUserAsync(IrcSession session, string channel, Room room, char mode, bool isOn, string argument)
    {
        var isMute = mode == 'b' && argument.StartsWith(MuteBan, StringComparison.Ordinal);
        var nick = isMute ? argument[MuteBan.Length..] : argument;
        if (mode == 'b' && !TryReadMask(nick, out nick))
        {
            session.Replies.Add(Numeric.InvalidModeParameter, Targets.Word(channel), "b", Targets.Word(argument), "People are banned, not masks: NICK or NICK!*@*");
            return;
        }
        if (await session.FindUserAsync(nick) is not { } subject)
            return;
        var (you, id) = (session.You!, subject.Id);
        await CarryOutAsync(session, channel, mode switch
        {
            'q' or 'o' => new SetRole(you, null, room.Id, id, RoleAfter(mode, isOn, (await Roles.ReadAsync(session.Services.Store, room)).GetValueOrDefault(id, Standing.Member))),
            _ when isMute => isOn ? new Mute(you, null, room.Id, id) : new Unmute(you, null, room.Id, id),
            _ => isOn ? new Ban(you, null, room.Id, id) : new Unban(you, null, room.Id, id),
        });
    }

    /// <summary>On IRC somebody has both or either; here one of them. What takes one away that they have not, or gives an owner less, changes nothing.</summary>
    private static Standing RoleAfter(char mode, bool isOn, Standing role) => (mode, isOn) switch
    {
        ('q', true) => Standing.Owner,
        ('o', true) => role == Standing.Owner ? role : Standing.Moderator,
        ('q', false) => role == Standing.Owner ? Standing.Member : role,
        _ => role == Standing.Moderator ? Standing.Member : role,
    };

    // mask = nick [ '!*@*' ]
    private static bool TryReadMask(string mask, out string nick)
    {
        nick = mask.EndsWith("!*@*", StringComparison.Ordinal) ? mask[..^4] : mask;
        return nick.Length > 0 && nick.AsSpan().IndexOfAny("!@*?:") < 0;
    }

    private static async ValueTask CarryOutAsync(IrcSession session, string channel, Command command)
    {
        if (await session.ActAsync(command) is Refused refused)
            session.Replies.RefuseIn(channel, refused.Reason);
    }

    private static async ValueTask EndOfListAsync(IrcSession session, string channel)
    {
        if (await session.ReadableRoomAsync(channel) is not null)
            session.Replies.Add(Numeric.EndOfBanList, channel, "End of channel ban list: who is banned is told to those who are there");
    }

    // MODE nick [ ( '+' | '-' ) *( 'i' | 'B' ) ]: everybody is invisible to whoever shares no room with them, and nobody can change that.
    private static ValueTask UserAsync(IrcSession session, IrcMessage message)
    {
        if (Nick.Key(message[0]) != Nick.Key(session.Nick))
            session.Replies.Add(Numeric.UsersDontMatch, "Can't change mode for other users");
        else if (message.Count == 1)
            session.Replies.Begin(Numeric.UserModeIs).Word(session.Network.FaceOf(session.You!).IsBot ? "+Bi" : "+i").End();
        else
            ChangeUser(session, message[1]);
        return ValueTask.CompletedTask;
    }

    private static void ChangeUser(IrcSession session, string modes)
    {
        var isOn = true;
        foreach (var mode in modes)
        {
            var face = session.Network.FaceOf(session.You!);
            if (mode is '+' or '-')
                isOn = mode == '+';
            else if (mode == 'B' && face.IsBot != isOn)
            {
                session.Network.SetFace(session.You!, face with { IsBot = isOn });
                session.Replies.Writer.Begin(face.Mask(session.You!), "MODE").Word(session.Nick).Word(isOn ? "+B" : "-B").End();
            }
            else if (mode is not ('i' or 'B'))
                session.Replies.Add(Numeric.UserModeUnknownFlag, "Unknown MODE flag");
        }
    }
}
