using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// https://modern.ircdocs.horse/ctcp
/// <summary>What one program tells another and nobody says, CTCP and TAGMSG: passed on to those at IRC clients who are there, and kept nowhere.</summary>
internal static class Ctcp
{
    /// <summary>False: who talks may not post there, and was told so.</summary>
    internal static async ValueTask<bool> PassOnAsync(IrcSession session, IrcMessage message, string target)
    {
        // Behind what was said before it.
        await session.Lane.WhenIdle();
        if (!session.MayWrite)
            TalkCommands.Refuse(session.Replies, target, new Refused(Refusal.Forbidden));
        else if (await (Targets.IsChannel(target) ? InChannelAsync(session, target) : OfUserAsync(session, target)) is { } receivers)
        {
            foreach (var receiver in receivers.Where(r => r.Hides?.Contains(session.You!.Id) != true))
                Say(session, receiver, message, target);
            return true;
        }
        return false;
    }

    private static void Say(IrcSession from, IrcSession to, IrcMessage message, string target)
    {
        var isTagged = to.Caps.HasFlag(IrcCaps.MessageTags);
        var isAlone = message.Count < 2;
        if (isAlone && !isTagged)
            return;
        to.Say(output =>
        {
            var writer = new IrcWriter(output);
            if (to == from && from.Replies.Label is { } label)
            {
                writer.Tag("label", label);
                from.Replies.IsAnswered = true;
            }
            foreach (var (name, value) in isTagged ? message.Tags.ClientOnly : [])
                writer.Tag(name, value.Length == 0 ? null : value);
            if (to.Caps.HasFlag(IrcCaps.ServerTime))
                writer.Time(from.Network.Now);
            writer.Begin(from.Network.FaceOf(from.You!).Mask(from.You!), message.Command).Word(target);
            if (isAlone)
                writer.End();
            else
                writer.End(message.Parameters[1].Span);
        });
    }

    private static async ValueTask<IEnumerable<IrcSession>?> OfUserAsync(IrcSession session, string nick)
    {
        if (await session.FindUserAsync(nick) is not { } user)
            return null;
        var isHidden = session.Hides?.Contains(user.Id) == true
            || (await session.Services.Store.ReadBlocksAsync(user.Id, CancellationToken.None)).Any(b => b.Id == session.You!.Id);
        if (isHidden)
        {
            // As what is posted in the room of the two.
            TalkCommands.Refuse(session.Replies, nick, new Refused(Refusal.Blocked));
            return null;
        }
        return session.Services.Sessions.Of(user.Id).OfType<IrcSession>().Where(s => s != session || HearsItself(session)).Concat(Echo(session, user.Id));
    }

    private static IEnumerable<IrcSession> Echo(IrcSession session, Core.Users.UserId to) => HearsItself(session) && session.You!.Id != to ? [session] : [];

    private static bool HearsItself(IrcSession session) => session.Caps.HasFlag(IrcCaps.EchoMessage);

    private static async ValueTask<IEnumerable<IrcSession>?> InChannelAsync(IrcSession session, string channel)
    {
        var room = await session.FindRoomAsync(channel) ?? Targets.NoRoom;
        var standing = await session.Services.Store.ReadStandingAsync(room.Id, session.You!.Id, CancellationToken.None);
        // What is not kept is not counted either: in slow mode it is left to those whom that does not slow down.
        var refusal = RoomRights.Check(RoomAction.Post, room.Rules, standing) ?? (room.SlowSeconds is null || RightsTable.Moderates(standing) ? null : Refusal.SlowMode);
        if (refusal is { } reason)
        {
            TalkCommands.Refuse(session.Replies, channel, new Refused(reason));
            return null;
        }
        var witnesses = new HashSet<Session>();
        session.Services.Rooms.Find(room.Id)?.AddWitnesses(witnesses);
        return witnesses.OfType<IrcSession>().Where(s => s != session || HearsItself(session));
    }
}
