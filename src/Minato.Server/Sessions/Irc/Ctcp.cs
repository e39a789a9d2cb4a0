using System.Buffers;
using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// https://modern.ircdocs.horse/ctcp
/// <summary>
/// What one program tells another and nobody says, CTCP and TAGMSG, and what is said to some of a channel only: passed on to those at IRC
/// clients who are there, and kept nowhere.
/// </summary>
internal static class Ctcp
{
    /// <summary>False: who talks may not post there, and was told so.</summary>
    internal static async ValueTask<bool> PassOnAsync(IrcSession session, IrcMessage message, string target)
    {
        // Behind what was said before it.
        await session.Lane.WhenIdle();
        if (!session.MayWrite)
            TalkCommands.Refuse(session.Replies, target, new Refused(Refusal.Forbidden));
        else if (await (Targets.IsOfChannel(target) ? InChannelAsync(session, target) : OfUserAsync(session, target, message.Count > 1 && IrcText.IsCtcp(message.Parameters[1].Span))) is { } to)
        {
            var what = new PassedOn(
                Guid.CreateVersion7().ToString("N"), message.Command, to.Name, message.Count < 2 ? (ReadOnlyMemory<byte>?)null : message.Parameters[1], [.. message.Tags.ClientOnly]);
            Say(session, to.Receivers.Where(r => r.Hides?.Contains(session.You!.Id) != true), what);
            if (session.Caps.HasFlag(IrcCaps.EchoMessage))
                Echo(session, what);
            return true;
        }
        return false;
    }

    /// <summary>Encoded once for all who agree in their capabilities.</summary>
    private static void Say(IrcSession from, IEnumerable<IrcSession> receivers, PassedOn what)
    {
        var now = from.Network.Now;
        foreach (var alike in receivers.GroupBy(r => r.Format))
        {
            var bytes = IrcFormat.Written(output => alike.Key.Writer.PassedOn(output, from.You!, what, now));
            if (bytes.Length == 0)
                continue;
            foreach (var receiver in alike)
                receiver.Say(output => output.Write(bytes));
        }
    }

    /// <summary>What answers the command: another line than what one is told by oneself.</summary>
    private static void Echo(IrcSession session, PassedOn what)
    {
        byte[] Write(string? label, string? batch) => IrcFormat.Written(output => session.Format.Writer.PassedOn(output, session.You!, what, session.Network.Now, label, batch));
        var bytes = session.Replies.Label is null ? Write(null, null) : Answer(session.Replies, Write);
        if (bytes.Length > 0)
            session.Say(output => output.Write(bytes));
    }

    /// <summary>The echo, which is what the command is answered with, or a part of that.</summary>
    private static byte[] Answer(IrcReplies replies, Func<string?, string?, byte[]> write)
    {
        var bytes = write(replies.Label, null);
        if (bytes.Length == 0)
            return bytes;
        replies.IsAnswered = true;
        if (!replies.IsGathered)
            return bytes;
        var (batch, opening) = replies.Gather();
        return [.. opening, .. write(null, batch)];
    }

    private static async ValueTask<Target?> OfUserAsync(IrcSession session, string nick, bool isCtcp)
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
        var clients = session.Services.Sessions.Of(user.Id).OfType<IrcSession>().ToList();
        if (!isCtcp || clients.Count == 0 || clients.Exists(c => !c.RefusesCtcp))
            return new Target(user.Nick, clients.Where(c => !isCtcp || !c.RefusesCtcp));
        session.Replies.Add(Numeric.CannotSendToChannel, Targets.Word(nick), "Cannot send: nothing but messages is taken there (+T)");
        return null;
    }

    private static async ValueTask<Target?> InChannelAsync(IrcSession session, string target)
    {
        var (rank, channel) = Targets.SplitRank(target);
        var room = await session.FindRoomAsync(channel) ?? Targets.NoRoom;
        var standing = await SpeakingStanding.ReadAsync(session.Services.Store, room, session.You!, session.Registration.Username);
        // What is not kept is not counted either: in slow mode it is left to those whom that does not slow down.
        var refusal = RoomRights.Check(RoomAction.Post, room.Rules, standing) ?? (room.SlowSeconds is null || RightsTable.KeepsOrder(standing) ? null : Refusal.SlowMode);
        if (refusal is { } reason)
        {
            TalkCommands.Refuse(session.Replies, target, new Refused(reason));
            return null;
        }
        var witnesses = new HashSet<Session>();
        session.Services.Rooms.Find(room.Id)?.AddWitnesses(witnesses);
        var clients = witnesses.OfType<IrcSession>().Where(s => s != session);
        return new Target($"{rank}{IrcNames.ChannelOf(room)}", rank is null ? clients : await OfRankAsync(session, room, clients, rank.Value));
    }

    /// <summary>Who has this sign before their nick, or one that is more.</summary>
    private static async ValueTask<IEnumerable<IrcSession>> OfRankAsync(IrcSession session, Room room, IEnumerable<IrcSession> clients, char rank)
    {
        var roles = await Roles.ReadAsync(session.Services.Store, room);
        return clients.Where(c => c.You is { } who && roles.PrefixOf(who) is [var sign, ..] && Targets.Ranks.IndexOf(sign) <= Targets.Ranks.IndexOf(rank));
    }

    /// <param name="Name">As those are told it who know the channel, or themselves, by it: not as it was typed.</param>
    private sealed record Target(string Name, IEnumerable<IrcSession> Receivers);
}
