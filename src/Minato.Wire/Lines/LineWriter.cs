using System.Buffers;
using System.Globalization;
using System.Text;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Wire.Lines;

/// <summary>
/// What a person at a terminal reads: <c>#room &lt;name&gt; text</c> for messages, <c>* text</c> for everything else. Each line of a
/// longer body repeats the prefix, so that nothing in a message can pass for a notice.
/// </summary>
/// <param name="newLine">CRLF for terminals (the NVT line end, RFC 854), LF for programs that end their own lines so.</param>
public sealed class LineWriter(ReadOnlyMemory<byte> newLine)
{
    public static readonly LineWriter CrLf = new("\r\n"u8.ToArray());
    public static readonly LineWriter Lf = new("\n"u8.ToArray());

    /// <summary>Writes an event, if it is one that terminals are told.</summary>
    public void Event(IBufferWriter<byte> output, Room room, RoomEvent ev)
    {
        if (ev is Posted posted)
            Message(output, room, posted.From, posted.Body, seq: null);
        else if (Describe(room, ev) is { } notice)
            Notice(output, notice);
    }

    /// <param name="seq">Written before the prefix, as /history and /since show it; null for live messages.</param>
    public void Message(IBufferWriter<byte> output, Room room, User from, MessageBody? body, long? seq)
    {
        var number = seq is { } known ? known.ToString(CultureInfo.InvariantCulture) + " " : "";
        var prefix = Encoding.UTF8.GetBytes($"{number}{Label(room)} <{from.Nick}> ");
        if (body is null)
        {
            output.Write(prefix);
            output.Write("(erased)"u8);
            output.Write(newLine.Span);
            return;
        }
        var rest = body.Value.Utf8.Span;
        while (true)
        {
            var end = rest.IndexOf((byte)'\n');
            output.Write(prefix);
            output.Write(end < 0 ? rest : rest[..end]);
            output.Write(newLine.Span);
            if (end < 0)
                return;
            rest = rest[(end + 1)..];
        }
    }

    /// <summary>A line from the server to one person.</summary>
    public void Notice(IBufferWriter<byte> output, string text)
    {
        output.Write("* "u8);
        Encoding.UTF8.GetBytes(text, output);
        output.Write(newLine.Span);
    }

    /// <summary><c>#slug</c>, or for a direct room <c>@alice+bob</c>: the same bytes for whoever reads them.</summary>
    public static string Label(Room room) => room.Slug is { } slug ? $"#{slug}" : $"@{string.Join('+', room.Users.Select(u => u.Nick))}";

    /// <summary>What terminals are told about other events; null for those that are not news to them.</summary>
    public static string? Describe(Room room, RoomEvent ev) => ev switch
    {
        TopicChanged { Topic: "" } changed => $"{changed.From.Nick} cleared the topic of {Label(room)}.",
        TopicChanged changed => $"{changed.From.Nick} set the topic of {Label(room)}: {changed.Topic}",
        Edited { Body: { } body } edited => $"{edited.From.Nick} edited message {edited.Target} in {Label(room)}: {OneLine(body)}",
        Deleted deleted => $"{deleted.From.Nick} deleted message {deleted.Target} in {Label(room)}.",
        Invited invited => $"{invited.From.Nick} invited {invited.Subject.Nick} to {Label(room)}.",
        Kicked kicked => $"{kicked.From.Nick} removed {kicked.Subject.Nick} from {Label(room)}.",
        Banned banned => $"{banned.From.Nick} banned {banned.Subject.Nick} from {Label(room)}{Until(banned.Until)}.",
        Unbanned unbanned => $"{unbanned.From.Nick} ended the ban of {unbanned.Subject.Nick} from {Label(room)}.",
        Muted muted => $"{muted.From.Nick} muted {muted.Subject.Nick} in {Label(room)}{Until(muted.Until)}.",
        Unmuted unmuted => $"{unmuted.From.Nick} let {unmuted.Subject.Nick} speak again in {Label(room)}.",
        RoleChanged changed => $"{changed.From.Nick} made {changed.Subject.Nick} {Role(changed.Role)} of {Label(room)}.",
        TitleChanged changed => $"{changed.From.Nick} called {Label(room)}: {changed.Title}",
        SlugChanged changed => $"{changed.From.Nick} renamed #{changed.Was} to #{changed.Slug}.",
        ArchiveChanged { On: true } changed => $"{changed.From.Nick} archived {Label(room)}: it can be read, not changed.",
        ArchiveChanged changed => $"{changed.From.Nick} brought {Label(room)} back from the archive.",
        HistoryChanged { History: HistoryView.All } changed => $"{changed.From.Nick} lets those who join {Label(room)} see what was said before.",
        HistoryChanged changed => $"{changed.From.Nick} lets those who join {Label(room)} see what is said from then on.",
        RetentionChanged { Days: { } days } changed => $"{changed.From.Nick} has what is said in {Label(room)} erased after {days} days.",
        RetentionChanged changed => $"{changed.From.Nick} has what is said in {Label(room)} kept for ever.",
        PostingChanged { Posting: Posting.Moderators } changed => $"{changed.From.Nick} made {Label(room)} a room of announcements: moderators post.",
        PostingChanged changed => $"{changed.From.Nick} lets everyone post in {Label(room)}.",
        SlowModeChanged { Seconds: { } seconds } changed => $"{changed.From.Nick} put {Label(room)} in slow mode: one message in {seconds} seconds.",
        SlowModeChanged changed => $"{changed.From.Nick} ended the slow mode of {Label(room)}.",
        RestrictionsChanged changed => $"{changed.From.Nick} changed {Label(room)}: {string.Join("; ", Restricted(changed))}.",
        MemberLimitChanged { Members: { } members } changed => $"{changed.From.Nick} lets at most {members} be in {Label(room)}.",
        MemberLimitChanged changed => $"{changed.From.Nick} lets any number be in {Label(room)}.",
        KeyChanged { On: true } changed => $"{changed.From.Nick} set a key for {Label(room)}.",
        KeyChanged changed => $"{changed.From.Nick} took the key of {Label(room)} away.",
        PatternChanged changed => $"{changed.From.Nick} {(changed.On ? "made" : "ended")} a rule for {Label(room)}: whoever is {changed.Pattern} {Rule(changed.List)}.",
        Transferred transferred => $"{transferred.From.Nick} handed {Label(room)} over to {transferred.Subject.Nick}.",
        Left { Heir: { } heir } left => $"{left.From.Nick} left {Label(room)} to {heir.Nick}.",
        MessagesErased erased when erased.From.Id == erased.Subject.Id => $"{erased.From.Nick} erased all their messages in {Label(room)}.",
        MessagesErased erased => $"{erased.From.Nick} erased all messages of {erased.Subject.Nick} in {Label(room)}.",
        _ => null,
    };

    /// <summary>As it goes on a sentence; empty: for ever.</summary>
    public static string Until(long? until) =>
        until is { } ms ? $" until {DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("u", CultureInfo.InvariantCulture)}" : "";

    private static string Role(Standing role) => role switch
    {
        Standing.Owner => "an owner",
        Standing.Moderator => "a moderator",
        Standing.Helper => "a helper",
        Standing.Speaker => "a speaker",
        _ => "a member",
    };

    private static readonly (Restrictions One, string On, string Off)[] Restrictions =
    [
        (Core.Rooms.Restrictions.InviteOnly, "one joins by invitation", "anybody may join"),
        (Core.Rooms.Restrictions.TopicLocked, "those who keep order set the topic", "every member sets the topic"),
        (Core.Rooms.Restrictions.Unlisted, "it is not listed", "it is listed"),
        (Core.Rooms.Restrictions.MembersOnly, "members speak", "whoever looks on may speak"),
    ];

    private static IEnumerable<string> Restricted(RestrictionsChanged changed) =>
        from one in Restrictions
        where (changed.On | changed.Off).HasFlag(one.One)
        select changed.On.HasFlag(one.One) ? one.On : one.Off;

    private static string Rule(PatternList list) => list switch
    {
        PatternList.Ban => "stays out",
        PatternList.Mute => "does not speak",
        PatternList.BanException => "is not kept out",
        PatternList.MuteException => "may speak",
        _ => "needs no invitation",
    };

    /// <summary>Nothing in a message can pass for a line of its own.</summary>
    private static string OneLine(MessageBody body) => body.ToString().Replace('\n', ' ');
}
