using System.Text;
using Minato.Core.Commands;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>PRIVMSG and NOTICE: to a room, or to somebody in the direct room of the two. https://modern.ircdocs.horse/#sending-messages</summary>
internal static class TalkCommands
{
    // PRIVMSG target *( ',' target ) text
    internal static ValueTask PrivateMessageAsync(IrcSession session, IrcMessage message) => TalkAsync(session, message, isNotice: false);

    // NOTICE target *( ',' target ) text
    internal static ValueTask NoticeAsync(IrcSession session, IrcMessage message) => TalkAsync(session, message, isNotice: true);

    private static async ValueTask TalkAsync(IrcSession session, IrcMessage message, bool isNotice)
    {
        if (message.Tags["batch"] is { } batch)
            Multiline.Add(session, message, batch);
        else if (message[0].Length == 0)
            session.Replies.Add(Numeric.NoRecipient, $"No recipient given ({message.Command})");
        else if (message.Count < 2 || message.Parameters[1].IsEmpty)
            session.Replies.Add(Numeric.NoTextToSend, "No text to send");
        else if (Overhang(session, message) is > 0 and var excess)
        {
            // The line was wrong, not what it says: so it is said of a NOTICE as well.
            session.Replies.Add(Numeric.InputTooLong, $"Too long to be passed on with your name before it, by {excess} bytes");
            return;
        }
        else
        {
            await foreach (var target in session.TargetsAsync(message, 0, Support.MaxTargets))
                await SayAsync(session, message, target, isNotice);
        }
        // Nothing answers a NOTICE, or two programs would answer each other for ever.
        if (isNotice && message.Tags["batch"] is null)
            session.Replies.Forget();
    }

    // line = ':' nick '!' user '@' host SP command SP target SP ':' text CR LF
    /// <summary>Bytes by which a line is longer than one that others can be sent. It is not split: its sender's client does not expect that, and could have.</summary>
    private static int Overhang(IrcSession session, IrcMessage message)
    {
        var target = message.Parameters[0].Span;
        var longest = 0;
        foreach (var range in target.Split((byte)','))
            longest = Math.Max(longest, target[range].Length);
        return ":   :\r\n".Length + Encoding.UTF8.GetByteCount(session.Network.FaceOf(session.You!).Mask(session.You!)) + message.Command.Length + longest
            + message.Parameters[1].Length - IrcLimits.Line;
    }

    private static async ValueTask SayAsync(IrcSession session, IrcMessage message, string target, bool isNotice)
    {
        if (IrcText.IsCtcp(message.Parameters[1].Span) || Targets.SplitRank(target).Rank is not null)
        {
            await Ctcp.PassOnAsync(session, message, target);
            return;
        }
        await SayBodyAsync(session, target, IrcText.ToBody(message.Parameters[1]), isNotice, message.Tags, cuts: []);
    }

    /// <param name="text">Without formatting.</param>
    /// <param name="cuts">Where the client had cut it into lines that fit.</param>
    internal static async ValueTask SayBodyAsync(IrcSession session, string target, ReadOnlyMemory<byte> text, bool isNotice, IrcTags sent, IReadOnlyList<int> cuts)
    {
        if (MessageBody.TryCreate(text, out var body) != BodyError.None)
        {
            session.Replies.Add(Numeric.NoTextToSend, "No text to send");
            return;
        }
        if (await FindRoomAsync(session, target) is not { } room)
            return;
        var tags = sent.ClientOnly.Where(t => session.Caps.HasFlag(IrcCaps.MessageTags)).ToList();
        var aside = isNotice || tags.Count > 0 || cuts.Count > 0 ? new IrcAside(Reason: null, isNotice, tags) { Cuts = cuts } : null;
        var post = new Post(session.You!, null, room.Id, body, ReplyTo(sent, room));
        if (session.Replies.Label is null)
            await session.GoOnAsync(post, aside, (replies, refused) => Refuse(replies, target, refused, isNotice));
        else if (await session.ActAsync(post, aside) is Refused refused)
            Refuse(session.Replies, target, refused, isNotice);
        if (isNotice)
            session.Replies.Forget();
    }

    /// <summary>A message that is there and in this room; else it answers none.</summary>
    private static long? ReplyTo(IrcTags tags, Room room) =>
        ReplyTag.Of(tags) is { } id && IrcNames.TryParseMessageId(id, out var of, out var seq) && of == room.Uid ? seq : null;

    /// <summary>The room of a channel, which may be none; or the direct room with somebody. Null, and said so: there is nobody.</summary>
    private static async ValueTask<Room?> FindRoomAsync(IrcSession session, string target)
    {
        if (Targets.IsChannel(target))
            return await session.FindRoomAsync(target) ?? Targets.NoRoom;
        if (await session.FindUserAsync(target) is not { } other)
            return null;
        if (session.Network.AwayMessageOf(other) is { } away)
            session.Replies.Add(Numeric.Away, other.Nick, away);
        var known = session.Rooms.FirstOrDefault(r => IsOfBoth(r.Room, session.You!, other));
        if (known is not null)
            return known.Room;
        await session.Lane.WhenIdle();
        var outcome = await session.ActAsync(new OpenDirect(session.You!, null, other.Id));
        if (outcome is Logged opened)
        {
            // A new room is entered on the turn that makes it known; one that was there already, here.
            await session.Lane.WhenIdle();
            await session.Channels.ListenAsync(opened);
            return opened.Room;
        }
        Refuse(session.Replies, target, (Refused)outcome);
        return null;
    }

    private static bool IsOfBoth(Room room, User you, User other) => room.Kind == RoomKind.Direct && IrcNames.ChannelOf(room) is null
        && room.Users.Any(u => u.Id == other.Id) && (you.Id == other.Id ? room.Users.Count == 1 : room.Users.Any(u => u.Id == you.Id));

    /// <summary>A refusal of something said to somebody or to a channel.</summary>
    internal static void Refuse(IrcReplies replies, string target, Refused refused, bool isNotice = false)
    {
        if (isNotice)
            return;
        target = Targets.Word(target);
        switch (refused.Reason)
        {
            case Refusal.NoSuchRoom:
                replies.Add(Numeric.NoSuchChannel, target, "No such channel");
                break;
            case Refusal.NoSuchUser:
                replies.Add(Numeric.NoSuchNick, target, "No such nick or channel");
                break;
            default:
                replies.Add(Numeric.CannotSendToChannel, target, $"Cannot send to channel: {refused.Sentence()}");
                break;
        }
    }
}
