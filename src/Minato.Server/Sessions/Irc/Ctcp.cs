using Minato.Core.Rights;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// https://modern.ircdocs.horse/ctcp
/// <summary>What one program asks another and nobody says: passed on to those at IRC clients who are there, and kept nowhere.</summary>
internal static class Ctcp
{
    internal static async ValueTask PassOnAsync(IrcSession session, IrcMessage message, string target)
    {
        // Behind what was said before it.
        await session.Lane.WhenIdle();
        var receivers = Targets.IsChannel(target) ? await InChannelAsync(session, target) : await OfUserAsync(session, target);
        var you = session.You!;
        foreach (var receiver in receivers)
            receiver.Say(output => new IrcWriter(output).Begin(session.Network.FaceOf(you).Mask(you), message.Command).Word(target).End(message.Parameters[1].Span));
    }

    private static async ValueTask<IEnumerable<IrcSession>> OfUserAsync(IrcSession session, string nick) =>
        await session.FindUserAsync(nick) is { } user ? session.Services.Sessions.Of(user.Id).OfType<IrcSession>() : [];

    private static async ValueTask<IEnumerable<IrcSession>> InChannelAsync(IrcSession session, string channel)
    {
        var room = await session.FindRoomAsync(channel) ?? Targets.NoRoom;
        var standing = await session.Services.Store.ReadStandingAsync(room.Id, session.You!.Id, CancellationToken.None);
        if (RoomRights.Check(RoomAction.Post, room.Rules, standing) is { } refusal)
        {
            session.Replies.RefuseIn(channel, refusal);
            return [];
        }
        var witnesses = new HashSet<Session>();
        session.Services.Rooms.Find(room.Id)?.AddWitnesses(witnesses);
        return witnesses.OfType<IrcSession>().Where(s => s != session);
    }
}
