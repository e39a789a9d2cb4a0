using System.Buffers;
using System.Globalization;
using System.Text;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Wire.Lines;

namespace Minato.Wire.Irc;

/// <summary>
/// What IRC clients are told of a room, for one set of capabilities. What has a message of its own gets it; all else that a terminal is told
/// is a NOTICE of the server's, in the same words.
/// </summary>
public sealed class IrcEventWriter(IrcCaps caps, string server, IIrcWords words)
{
    /// <summary>Writes an event, if it is one that IRC clients are told.</summary>
    /// <param name="label">Of the command that it answers; null: it answers none of the receiver's.</param>
    public void Event(IBufferWriter<byte> output, Room room, RoomEvent ev, string? label = null, string? batch = null)
    {
        var line = new EventLine(new IrcWriter(output), room, ev, label, batch);
        switch (ev)
        {
            case Posted { Body: { } body } posted:
                Message(line, body, posted.ReplyTo);
                break;
            case Reacted reacted:
                if (caps.HasFlag(IrcCaps.MessageTags))
                    Reaction(line, reacted);
                break;
            case Deleted deleted when caps.HasFlag(IrcCaps.Redaction):
                End(Begin(line, "REDACT", hasId: true).Word(IrcNames.TargetOf(room, ev.From)).Word(IrcNames.MessageId(room.Uid, deleted.Target)), words.AsideOf(ev)?.Reason);
                break;
            case not Posted when IrcNames.ChannelOf(room) is { } channel:
                InChannel(line, channel);
                break;
            case Edited or Deleted or MessagesErased:
                Notice(line, IrcNames.TargetOf(room, ev.From));
                break;
        }
    }

    /// <summary>As a notice, in a terminal's words: what happened once is not to happen again to a client that is shown the past.</summary>
    public void Noted(IBufferWriter<byte> output, Room room, RoomEvent ev, string? batch) =>
        Notice(new EventLine(new IrcWriter(output), room, ev, Label: null, batch), IrcNames.TargetOf(room, ev.From));

    /// <summary>What a client that does not know RENAME is told of it: it goes from the channel that was, and comes into the one that is.</summary>
    public void Moved(IBufferWriter<byte> output, User receiver, SlugChanged changed)
    {
        Parted(output, IrcNames.Channel(changed.Was), receiver, words.AsideOf(changed)?.Reason, changed.Ts);
        Join(Timed(output, changed.Ts), IrcNames.Channel(changed.Slug), receiver);
    }

    /// <summary>Somebody is in the channel now.</summary>
    /// <param name="ts">When: milliseconds since 1970 UTC.</param>
    public void Joined(IBufferWriter<byte> output, string channel, User user, long ts)
    {
        Join(Timed(output, ts), channel, user);
        // https://ircv3.net/specs/extensions/away-notify: also where somebody comes who is away already.
        if (caps.HasFlag(IrcCaps.AwayNotify) && words.AwayMessageOf(user) is { } away)
            Changed(output, user, "AWAY", away, ts);
    }

    /// <summary>Somebody is in it no more.</summary>
    public void Parted(IBufferWriter<byte> output, string channel, User user, string? reason, long ts, string? label = null, string? batch = null) =>
        End(Begin(Answering(Timed(output, ts), label, batch), user, "PART").Word(channel), reason);

    /// <summary>Something else of theirs that clients know is another: AWAY, SETNAME.</summary>
    /// <param name="text">Null: none any more.</param>
    public void Changed(IBufferWriter<byte> output, User user, string command, string? text, long ts) => End(Begin(Timed(output, ts), user, command), text);

    public void Quit(IBufferWriter<byte> output, User user, string reason, long ts) => Begin(Timed(output, ts), user, "QUIT").End(reason);

    /// <param name="was">As whom they were known.</param>
    public void Renamed(IBufferWriter<byte> output, User was, User now, long ts, string? label = null) =>
        Begin(Answering(Timed(output, ts), label, batch: null), was, "NICK").End(now.Nick);

    /// <summary>To the one who is invited.</summary>
    public void InviteTo(IBufferWriter<byte> output, string channel, User from, User subject, long ts) =>
        Begin(Timed(output, ts), from, "INVITE").Word(subject.Nick).Word(channel).End();

    private static IrcWriter Answering(IrcWriter writer, string? label, string? batch) =>
        label is not null ? writer.Tag("label", label) : batch is not null ? writer.Tag("batch", batch) : writer;

    /// <summary>What one program tells another, which is no event: TAGMSG, CTCP, what is said to some of a channel. Nothing, where the receivers could not know it.</summary>
    public void PassedOn(IBufferWriter<byte> output, User from, PassedOn what, long ts, string? label = null, string? batch = null)
    {
        var isTagged = caps.HasFlag(IrcCaps.MessageTags);
        if (what.Text is null && !isTagged)
            return;
        var writer = Answering(new IrcWriter(output), label, batch);
        if (isTagged)
            writer.Tag("msgid", what.Id);
        if (caps.HasFlag(IrcCaps.ServerTime))
            writer.Time(ts);
        writer = Begin(writer, from, what.Command, isTagged ? what.Tags.Select(Written) : []).Word(what.Target);
        if (what.Text is { } text)
            writer.End(text.Span);
        else
            writer.End();
    }

    private IrcWriter Timed(IBufferWriter<byte> output, long ts)
    {
        var writer = new IrcWriter(output);
        return caps.HasFlag(IrcCaps.ServerTime) ? writer.Time(ts) : writer;
    }

    private void InChannel(EventLine line, string channel)
    {
        switch (line.Event)
        {
            case Joined joined:
                Join(Tagged(line, hasId: false), channel, joined.From);
                break;
            case Left left:
                if (left.Heir is not null)
                    Notice(line, channel);
                Begin(line, "PART", hasId: false).Word(channel).End();
                break;
            case TopicChanged changed:
                Begin(line, "TOPIC", hasId: true).Word(channel).End(changed.Topic);
                break;
            // https://ircv3.net/specs/extensions/channel-rename: whoever does not know of it is told by each one's own PART and JOIN
            case SlugChanged changed:
                if (caps.HasFlag(IrcCaps.ChannelRename))
                    Begin(line, "RENAME", hasId: true).Word(IrcNames.Channel(changed.Was)).Word(IrcNames.Channel(changed.Slug)).End(words.AsideOf(changed)?.Reason ?? "");
                break;
            case Kicked kicked:
                Begin(line, "KICK", hasId: true).Word(channel).Word(kicked.Subject.Nick).End(words.AsideOf(kicked)?.Reason ?? kicked.From.Nick);
                break;
            case Invited invited when caps.HasFlag(IrcCaps.InviteNotify):
                Begin(line, "INVITE", hasId: false).Word(invited.Subject.Nick).Word(channel).End();
                break;
            case Invited:
                break;
            case Banned banned:
                Mode(line, channel, "+b", $"{banned.Subject.Nick}!*@*");
                break;
            case Unbanned unbanned:
                Mode(line, channel, "-b", $"{unbanned.Subject.Nick}!*@*");
                break;
            case Muted muted:
                Mode(line, channel, "+b", $"m:{muted.Subject.Nick}!*@*");
                break;
            case Unmuted unmuted:
                Mode(line, channel, "-b", $"m:{unmuted.Subject.Nick}!*@*");
                break;
            case RoleChanged changed:
                Role(line, channel, changed);
                break;
            case Transferred transferred:
                Mode(line, channel, "+q-q+o", transferred.Subject.Nick, transferred.From.Nick, transferred.From.Nick);
                break;
            case PostingChanged changed:
                Mode(line, channel, changed.Posting == Posting.Moderators ? "+m" : "-m");
                break;
            case RestrictionsChanged changed:
                Mode(line, channel, IrcModes.Of('+', changed.On) + IrcModes.Of('-', changed.Off));
                break;
            case MemberLimitChanged { Members: { } members }:
                Mode(line, channel, "+l", members.ToString(CultureInfo.InvariantCulture));
                break;
            case MemberLimitChanged:
                Mode(line, channel, "-l");
                break;
            case KeyChanged changed:
                // It is in no log: who sees this may not be one who has it.
                Mode(line, channel, changed.On ? "+k" : "-k", "*");
                break;
            case PatternChanged changed:
                Mode(line, channel, $"{(changed.On ? '+' : '-')}{IrcMasks.Mode(changed.List)}", IrcMasks.Mask(changed.List, changed.Pattern));
                break;
            default:
                Notice(line, channel);
                break;
        }
    }

    private void Role(EventLine line, string channel, RoleChanged changed)
    {
        var (was, role) = (IrcModes.Shown(changed.Subject, WasBefore(changed)), IrcModes.Shown(changed.Subject, changed.Role));
        if (was == role)
            return;
        var modes = IrcModes.Between(was, role);
        Mode(line, channel, modes, Enumerable.Repeat(changed.Subject.Nick, modes.Count(char.IsAsciiLetter)).ToArray());
    }

    /// <summary>Where the log does not say it: whoever steps down, or is made to by an admin, may have been an owner, others a moderator.</summary>
    private static Standing WasBefore(RoleChanged changed) => changed switch
    {
        { Was: not Standing.Outsider } => changed.Was,
        { Role: Standing.Owner or Standing.Moderator } => Standing.Member,
        _ => changed.From.Id == changed.Subject.Id || changed.From.Role >= ServerRole.Admin ? Standing.Owner : Standing.Moderator,
    };

    private void Mode(EventLine line, string channel, string modes, params ReadOnlySpan<string> arguments)
    {
        var writer = Begin(line, "MODE", hasId: false).Word(channel).Word(modes);
        foreach (var argument in arguments)
            writer.Word(argument);
        writer.End();
    }

    private void Message(EventLine line, MessageBody body, long? replyTo)
    {
        var target = IrcNames.TargetOf(line.Room, line.Event.From);
        var rest = IrcFiles.Plain(body.Utf8.Span, words.Origin);
        line = line with { Aside = words.AsideOf(line.Event) };
        // Where files have become addresses, the places are others.
        var cuts = line.Aside is { Cuts: var known } && rest.Length == body.Utf8.Length ? known : [];
        if (IrcText.TryReadAction(rest, out var act))
        {
            Pieces(line, target, replyTo, new IrcPieces(act, cuts: []), "\u0001ACTION "u8, "\u0001"u8);
            return;
        }
        if (caps.HasFlag(IrcCaps.Multiline | IrcCaps.Batch) && (cuts.Count > 0 || rest.Contains((byte)'\n') || rest.Length > IrcLimits.Line / 2))
        {
            AsBatch(line, target, replyTo, rest, cuts);
            return;
        }
        for (var (lines, at) = (0, 0); !rest.IsEmpty;)
        {
            if (lines == IrcLimits.LinesOfMessage)
            {
                rest = IrcText.More(rest, "HISTORY or the page shows");
                cuts = [];
            }
            var end = rest.IndexOf((byte)'\n');
            var text = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            // An empty line cannot be said; those around it are.
            if (!text.IsEmpty && Pieces(line, target, replyTo, new IrcPieces(text, cuts, at), [], []))
                (line, lines) = (line with { IsFirst = false, Label = null }, lines + 1);
            at += end + 1;
        }
    }

    // https://ircv3.net/specs/extensions/multiline: what belongs to the message stands with the beginning of the batch
    private void AsBatch(EventLine line, string target, long? replyTo, ReadOnlySpan<byte> rest, IReadOnlyList<int> cuts)
    {
        var (writer, from) = (line.Writer, line.Event.From);
        var name = $"m{line.Event.Seq}";
        Begin(line, "BATCH", hasId: true, ClientTags(line, replyTo)).Word($"+{name}").Word("draft/multiline").Word(target).End();
        for (var (lines, at) = (0, 0); ;)
        {
            if (lines >= IrcLimits.LinesOfBatch - 1 && rest.Contains((byte)'\n'))
            {
                rest = IrcText.More(rest, "the page shows");
                cuts = [];
            }
            var end = rest.IndexOf((byte)'\n');
            var pieces = new IrcPieces(end < 0 ? rest : rest[..end], cuts, at);
            for (var isFirst = true; isFirst || !pieces.IsEmpty; isFirst = false, lines++)
            {
                writer.Tag("batch", name);
                if (!isFirst)
                    writer.Tag("draft/multiline-concat");
                writer.Begin(words.FaceOf(from).Mask(from), line.Aside is { IsNotice: true } ? "NOTICE" : "PRIVMSG").Word(target);
                writer.End(pieces.Take(writer.Room));
            }
            if (end < 0)
                break;
            rest = rest[(end + 1)..];
            at += end + 1;
        }
        writer.Begin(words.FaceOf(from).Mask(from), "BATCH").Word($"-{name}").End();
    }

    /// <summary>One line of a body, in as many messages as it needs. The first of all has the message's id; what is said of all of it stands at each.</summary>
    private bool Pieces(EventLine line, string target, long? replyTo, IrcPieces pieces, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        while (!pieces.IsEmpty)
        {
            var writer = Begin(line, line.Aside is { IsNotice: true } ? "NOTICE" : "PRIVMSG", hasId: line.IsFirst, ClientTags(line, replyTo)).Word(target);
            writer.End([.. before, .. pieces.Take(writer.Room - before.Length - after.Length), .. after]);
            line = line with { IsFirst = false, Label = null };
        }
        return true;
    }

    // https://ircv3.net/specs/client-tags/reply: what the sender's own tags say already is not said again
    private IEnumerable<(string Name, string? Value)> ClientTags(EventLine line, long? replyTo)
    {
        if (!caps.HasFlag(IrcCaps.MessageTags) || (line.Aside is null && replyTo is null))
            return [];
        var own = line.Aside?.Tags ?? [];
        return replyTo is { } answered
            ? own.Select(Written).Concat(ReplyTag.With(own, IrcNames.MessageId(line.Room.Uid, answered)))
            : own.Select(Written);
    }

    private static (string Name, string? Value) Written(KeyValuePair<string, string> tag) => (tag.Key, tag.Value.Length == 0 ? null : tag.Value);

    // https://ircv3.net/specs/client-tags/react
    private void Reaction(EventLine line, Reacted reacted) =>
        Begin(line, "TAGMSG", hasId: true, [(reacted.On ? "+draft/react" : "+draft/unreact", reacted.Emoji), .. ReplyTag.With([], IrcNames.MessageId(line.Room.Uid, reacted.Target))])
            .Word(IrcNames.TargetOf(line.Room, reacted.From)).End();

    private void Notice(EventLine line, string target)
    {
        if (LineWriter.Describe(line.Room, line.Event) is not { } words)
            return;
        var text = Encoding.UTF8.GetBytes(words).AsSpan();
        while (!text.IsEmpty)
        {
            var writer = Tagged(line, hasId: false).Begin(server, "NOTICE").Word(target);
            var length = IrcText.LengthOfPiece(text, writer.Room);
            writer.End(text[..length]);
            text = text[length..];
            line = line with { Label = null };
        }
    }

    private void Join(IrcWriter writer, string channel, User user)
    {
        Begin(writer, user, "JOIN").Word(channel);
        if (!caps.HasFlag(IrcCaps.ExtendedJoin))
            writer.End();
        else
            writer.Word(AccountOf(user) ?? "*").End(words.FaceOf(user).Realname);
    }

    private IrcWriter Begin(EventLine line, string command, bool hasId, IEnumerable<(string Name, string? Value)>? clientTags = null) =>
        Begin(Tagged(line, hasId), line.Event.From, command, clientTags);

    // https://ircv3.net/specs/extensions/message-tags#client-only-tags: behind the server's, which they could else push out of a line
    private IrcWriter Begin(IrcWriter writer, User user, string command, IEnumerable<(string Name, string? Value)>? clientTags = null)
    {
        Tagged(writer, user);
        foreach (var (name, value) in clientTags ?? [])
            writer.Tag(name, value);
        return writer.Begin(words.FaceOf(user).Mask(user), command);
    }

    /// <param name="hasId">Whether it has the event's id; the lines behind the first one of a message do not.</param>
    private IrcWriter Tagged(EventLine line, bool hasId)
    {
        var writer = line.Writer;
        if (line.Label is { } label)
            writer.Tag("label", label);
        if (line.Batch is { } batch)
            writer.Tag("batch", batch);
        if (caps.HasFlag(IrcCaps.ServerTime))
            writer.Time(line.Event.Ts);
        if (hasId && caps.HasFlag(IrcCaps.MessageTags))
            writer.Tag("msgid", IrcNames.MessageId(line.Room.Uid, line.Event.Seq));
        return writer;
    }

    // https://ircv3.net/specs/extensions/account-tag
    private IrcWriter Tagged(IrcWriter writer, User user)
    {
        if (caps.HasFlag(IrcCaps.MessageTags) && words.FaceOf(user).IsBot)
            writer.Tag("bot");
        return caps.HasFlag(IrcCaps.AccountTag) && AccountOf(user) is { } account ? writer.Tag("account", account) : writer;
    }

    private static void End(IrcWriter writer, string? reason)
    {
        if (reason is null)
            writer.End();
        else
            writer.End(reason);
    }

    /// <summary>One's nick is one's account's name; who is a guest has none.</summary>
    public static string? AccountOf(User user) => user.Kind is UserKind.Account or UserKind.Deactivated ? user.Nick : null;

    private readonly record struct EventLine(IrcWriter Writer, Room Room, RoomEvent Event, string? Label, string? Batch)
    {
        internal bool IsFirst { get; init; } = true;

        internal IrcAside? Aside { get; init; }
    }
}
