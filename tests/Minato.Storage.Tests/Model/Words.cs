using System.Text.RegularExpressions;
using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Search;
using Minato.Core.Users;

namespace Minato.Tests.Model;

/// <summary>All that a store answers, in words: two answers are the same if their words are, and a person sees where they are not.</summary>
internal static partial class Words
{
    /// <summary>As a record prints itself, with a name in place of each user's record.</summary>
    public static string Of(Command command) => UserRecord().Replace(command.ToString(), "${nick}");

    public static string Of(Outcome outcome) => outcome switch
    {
        Refused refused => $"refused: {refused.Reason}{(refused.RetryAfter is { } wait ? $" for {wait.TotalMilliseconds} ms" : "")}{(refused.Cause is { } cause ? $" ({cause.GetType().Name}: {cause.Message})" : "")}",
        UserChanged changed => $"user {Of(changed.User)} {changed.User.Uid}, before {Of(changed.Was)}",
        Logged logged => $"logged {logged.Seq} at {logged.Ts} in {Of(logged.Room)}: {(logged.Event is { } ev ? Of(ev) : "as before")}"
            + $", in [{List(logged.Entered, Of)}] at {logged.EnteredAtPost}, out {Of(logged.Exited)}{(logged.IsShutOut ? " for good" : "")}",
        VisitorEnded ended => $"ended: {string.Join("; ", ended.Events.Select(e => $"{Of(e.Room)}: {Of(e.Event)}").Order(StringComparer.Ordinal))}",
        ReadMoved moved => $"read {moved.User.Value} {Of(moved.Room)} {moved.Seq} post {moved.PostNo} unread {moved.Unread}",
        BlockChanged block => $"{Of(block.Blocker)} {(block.On ? "blocks" : "hears")} {Of(block.Subject)}{(block.IsNew ? "" : ", as before")}",
        ReportsChanged reports => $"{reports.Open} reports open, answered by {(reports.Answer is { } answer ? Of(answer) : "nothing")}",
        AccountChanged changed => $"account {Of(changed.User)}, before {Of(changed.Was)}: {string.Join("; ", changed.Events.Select(e => $"{Of(e.Room)}: {Of(e.Event)}"))}",
        LinkMade made => $"link {Of(made.Link)} into {Of(made.Room)} by {made.Secret.Text}",
        Nothing => "nothing",
        _ => throw new InvalidOperationException(outcome.ToString()),
    };

    public static string Of(User? user) => user is null ? "nobody" : $"{user.Nick}#{user.Id.Value}{(user.Kind == UserKind.Guest ? "" : $" {user.Kind} {user.Role}")}";

    public static string Of(Room? room) => room is null ? "no room"
        : $"{room.Slug ?? "direct"}#{room.Id.Value} {room.Kind} “{room.Title}” “{room.Topic}”{(room.Archived ? " archived" : "")} {room.History} {room.RetentionDays} {room.Posting} {room.SlowSeconds} [{room.Restrictions}] {room.MemberLimit} {room.Key?.Text} {room.Patterns}"
            + $" [{List(room.Users.OrderBy(u => u.Id.Value), Of)}] {room.Uid}";

    public static string Of(RoomHead head) => $"seq {head.Seq} post {head.PostNo} ts {head.Ts} first {head.FirstSeq}";

    public static string Of(RoomEvent ev) => $"{ev.Room.Value}.{ev.Seq} {ev.Kind} at {ev.Ts} by {Of(ev.From)}" + ev switch
    {
        Created created => $" {created.RoomKind} {created.Slug} “{created.Title}”",
        Posted post => $" {post.PostNo} {Of(post.Body)} to {post.ReplyTo} in {post.ThreadRoot}",
        Edited edited => $" {edited.Target} {Of(edited.Body)}",
        Reacted reacted => $" {reacted.Target} {reacted.Emoji} {reacted.On}",
        PinChanged pin => $" {pin.Target} {pin.On}",
        MessageEvent about => $" {about.Target}",
        TopicChanged topic => $" “{topic.Topic}”",
        TitleChanged title => $" “{title.Title}”",
        ArchiveChanged archive => $" {archive.On}",
        Banned banned => $" {Of(banned.Subject)} until {banned.Until}",
        Muted muted => $" {Of(muted.Subject)} until {muted.Until}",
        HistoryChanged history => $" {history.History}",
        RetentionChanged retention => $" {retention.Days}",
        MessagesErased erased => $" {Of(erased.Subject)} up to {erased.UpTo}",
        PostingChanged posting => $" {posting.Posting}",
        RestrictionsChanged changed => $" +[{changed.On}] -[{changed.Off}]",
        MemberLimitChanged limit => $" {limit.Members}",
        KeyChanged key => $" {key.On}",
        PatternChanged set => $" {set.List} {set.Pattern} {set.On}",
        SlugChanged slug => $" {slug.Was} {slug.Slug}",
        SlowModeChanged slow => $" {slow.Seconds}",
        Left { Heir: { } heir } => $" to {Of(heir)}",
        RoleChanged role => $" {Of(role.Subject)} {role.Role}, was {role.Was}",
        MemberEvent member => $" {Of(member.Subject)}",
        _ => "",
    };

    public static string Of(Message message) => $"{message.Seq} post {message.PostNo} at {message.Ts} by {Of(message.From)} {Of(message.Body)}"
        + $" changed {message.ChangedSeq} edited {message.EditedAt} deleted {message.DeletedAt} to {message.ReplyTo} in {message.ThreadRoot}"
        + $"{(message.IsPinned ? " pinned" : "")} [{List(message.Reactions, r => $"{r.Emoji}{r.Count}{(r.IsMine ? "!" : "")}")}]";

    public static string Of(MessagePage page) => $"head {page.Head} more {page.More} after {page.MoreAfter}{Lines(page.Messages, Of)}";

    public static string Of(RoomView view) => $"{Of(view.Room)} {Of(view.Head)}"
        // Where one is no member, a former position means nothing.
        + (view.IsMember ? $" {view.Role}, read {view.ReadSeq}, unread {view.Unread}" : $" unread {view.Unread}");

    public static string Of(RoomListing listing) => $"{Of(listing.View)}, {listing.Members} members";

    public static string Of(Mention mention) => $"{Of(mention.Room)}: {Of(mention.Message)}";

    public static string Of(LogStretch stretch) => $"after {stretch.After} head {stretch.Head} up to {stretch.Changes.UpTo}"
        + Lines(stretch.Changes.Messages, m => $"{m.Seq} at {m.Ts} {Of(m.Body)}");

    public static string Of(FoundMessage found) => $"{Of(found.Room)}: {Of(found.Message)}";

    public static string Of(Member member) => $"{Of(member.User)} {member.Role}";

    public static string Of(Exclusion one) => $"{Of(one.Subject)} {(one.IsMute ? "muted" : "banned")} by {Of(one.By)} at {one.At} until {one.Until}";

    public static string Of(ListedPattern one) => $"{one.List} {one.Pattern} by {Of(one.By)} at {one.At}";

    public static string Of(TopicSetter? setter) => setter is null ? "nobody" : $"{Of(setter.User)} at {setter.At}";

    public static string Of(RoomLink link) => $"{link.Uid} by {Of(link.By)} until {link.Until} for {link.Uses}, used {link.Used}";

    public static string Of(ReadPosition position) => $"{Of(position.User)} {position.Seq}";

    public static string Lines<T>(IEnumerable<T> all, Func<T, string> words) => string.Concat(all.Select(one => "\n      " + words(one)));

    [GeneratedRegex(@"User \{[^}]*\}[^}]*Nick = (?<nick>\S+), Role = \w+, IsGuest = \w+ \}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserRecord();

    private static string Of(MessageBody? body) => body is { } text ? $"“{text}”" : "erased";

    private static string List<T>(IEnumerable<T> all, Func<T, string> words) => string.Join(", ", all.Select(words));
}
