using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>KICK and INVITE. https://modern.ircdocs.horse/#kick-message</summary>
internal static class MemberCommands
{
    /// <summary>In one list; whoever has more is past caring.</summary>
    private const int MaxInvitations = 200;

    // KICK channel nick *( ',' nick ) [ comment ] | KICK channel *( ',' channel ) nick *( ',' nick ) [ comment ], as many of each
    internal static async ValueTask KickAsync(IrcSession session, IrcMessage message)
    {
        var channels = message[0].Split(',', StringSplitOptions.RemoveEmptyEntries);
        var nicks = message[1].Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (channels.Length > 1 && channels.Length != nicks.Length)
        {
            session.Replies.Add(Numeric.NeedMoreParameters, "KICK", "One channel, or one for each nick");
            return;
        }
        var next = 0;
        await foreach (var nick in session.TargetsAsync(message, 1, Support.MaxTargets))
            await KickAsync(session, channels.Length > 1 ? channels[next++] : message[0], nick, message[2]);
    }

    // INVITE nick channel | INVITE
    internal static async ValueTask InviteAsync(IrcSession session, IrcMessage message)
    {
        if (message.Count < 2)
        {
            await InviteWithoutChannelAsync(session, message);
            return;
        }
        var channel = message[1];
        if (await session.FindUserAsync(message[0]) is not { } subject)
            return;
        var room = await session.FindRoomAsync(channel) ?? Targets.NoRoom;
        channel = await session.NameOfAsync(room, channel);
        var isIn = (await session.Services.Store.ReadStandingAsync(room.Id, subject.Id, CancellationToken.None)).IsMember();
        var outcome = await session.ActAsync(new Invite(session.You!, null, room.Id, subject.Id));
        if (outcome is Refused refused)
            session.Replies.RefuseIn(channel, refused.Reason);
        else if (isIn)
            session.Replies.Add(Numeric.UserOnChannel, subject.Nick, channel, "is already on channel");
        else
        {
            session.Replies.Begin(Numeric.Inviting).Word(subject.Nick).Word(channel).End();
            foreach (var guest in session.Services.Sessions.Of(subject.Id).OfType<IrcSession>())
                guest.Say(output => guest.Format.Writer.InviteTo(output, channel, session.You!, subject, session.Network.Now));
        }
    }

    // 336 client channel     337 client :End of /INVITE list     https://modern.ircdocs.horse/#invite-message
    private static async ValueTask InviteWithoutChannelAsync(IrcSession session, IrcMessage message)
    {
        if (message.Count > 0)
        {
            session.Replies.Add(Numeric.NeedMoreParameters, "INVITE", "Not enough parameters");
            return;
        }
        foreach (var room in await session.Services.Store.ReadInvitedAsync(session.You!.Id, MaxInvitations, CancellationToken.None))
            session.Replies.Begin(Numeric.InviteList).Word(IrcNames.ChannelOf(room)!).End();
        session.Replies.Add(Numeric.EndOfInviteList, "End of /INVITE list");
    }

    private static async ValueTask KickAsync(IrcSession session, string channel, string nick, string reason)
    {
        if (await session.FindUserAsync(nick) is not { } subject)
            return;
        var room = await session.FindRoomAsync(channel) ?? Targets.NoRoom;
        var aside = reason.Length == 0 ? null : new IrcAside(ChannelCommands.Reason(reason), IsNotice: false, []);
        var outcome = await session.ActAsync(new Kick(session.You!, null, room.Id, subject.Id), aside);
        if (outcome is Refused refused)
            session.Replies.RefuseIn(channel, refused.Reason);
        else if (outcome is Logged { Event: null })
            session.Replies.Add(Numeric.UserNotInChannel, subject.Nick, Targets.Word(channel), "They aren't on that channel");
    }
}
