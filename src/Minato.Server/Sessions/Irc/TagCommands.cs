using Minato.Core.Commands;
using Minato.Core.Messages;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>What is said without words: TAGMSG, and REDACT. https://ircv3.net/specs/extensions/message-tags, https://ircv3.net/specs/extensions/message-redaction</summary>
internal static class TagCommands
{
    // TAGMSG target
    internal static async ValueTask TagMessageAsync(IrcSession session, IrcMessage message)
    {
        if (message[0].Length == 0)
            session.Replies.Add(Numeric.NoRecipient, "No recipient given (TAGMSG)");
        else if (session.Caps.HasFlag(IrcCaps.MessageTags))
            await foreach (var one in session.TargetsAsync(message, 0, Support.MaxTargets))
                await SayAsync(session, message, one);
    }

    // REDACT target msgid [ reason ]
    internal static async ValueTask RedactAsync(IrcSession session, IrcMessage message)
    {
        var (target, id) = (Targets.Word(message[0]), Targets.Word(message[1]));
        var room = Targets.IsChannel(message[0])
            ? await session.FindRoomAsync(message[0]) ?? Targets.NoRoom
            : await HistoryCommands.FindRoomAsync(session, message[0]) ?? Targets.NoRoom;
        // What one may not know of is answered like what is not there, whatever message it is about.
        if (await session.WhyNotReadAsync(room) is Refusal.NoSuchRoom or Refusal.NotAMember && !await IsSomebodyAsync(session, message[0]))
            session.Replies.Fail("REDACT", "INVALID_TARGET", target, "You cannot delete messages there");
        else if (!IrcNames.TryParseMessageId(message[1], out var of, out var seq) || of != room.Uid)
            session.Replies.Fail("REDACT", "UNKNOWN_MSGID", target, id, "There is no such message");
        else
        {
            var aside = message[2].Length == 0 ? null : new IrcAside(ChannelCommands.Reason(message[2]), IsNotice: false, []);
            if (await session.ActAsync(new Delete(session.You!, null, room.Id, seq), aside) is Refused refused)
                session.Replies.Fail("REDACT", refused.Reason == Refusal.NoSuchMessage ? "UNKNOWN_MSGID" : "REDACT_FORBIDDEN", target, id, refused.Sentence());
        }
    }

    /// <summary>To somebody with whom nothing was said yet one may speak: there only is no such message.</summary>
    private static async ValueTask<bool> IsSomebodyAsync(IrcSession session, string target) =>
        !Targets.IsChannel(target) && await session.Services.Store.FindUserAsync(target, CancellationToken.None) is not null;

    private static async ValueTask SayAsync(IrcSession session, IrcMessage message, string target)
    {
        var room = Targets.IsOfChannel(target)
            ? await session.FindRoomAsync(target) ?? Targets.NoRoom
            : await HistoryCommands.FindRoomAsync(session, target);
        var tags = message.Tags;
        if (room is not null && Reaction(tags) is var (emoji, isOn) && IrcNames.TryParseMessageId(ReplyTag.Of(tags) ?? "", out var of, out var seq) && of == room.Uid)
        {
            if (!Emoji.IsValid(emoji))
                session.Replies.Fail("TAGMSG", "INVALID_PARAMS", Targets.Word(target), Refusal.BadEmoji.Sentence());
            else if (await session.ActAsync(new React(session.You!, null, room.Id, seq, emoji, isOn)) is Refused refused)
                session.Replies.RefuseIn(target, refused.Reason);
            return;
        }
        if (await Ctcp.PassOnAsync(session, message, target) && room is not null && tags["+typing"] is "active")
            session.Services.Rooms.Find(room.Id)?.Type(session.You!);
    }

    private static (string Emoji, bool IsOn)? Reaction(IrcTags tags) =>
        tags["+draft/react"] is { } on ? (on, true) : tags["+draft/unreact"] is { } off ? (off, false) : null;
}
