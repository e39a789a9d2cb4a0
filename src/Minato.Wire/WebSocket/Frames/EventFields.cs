using System.Text.Json;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>What each type of <c>ev</c> frame says besides room, seq, ts and from.</summary>
internal static class EventFields
{
    internal static ReadOnlySpan<byte> Type(EventKind kind) => kind switch
    {
        EventKind.Created => "create"u8,
        EventKind.Posted => "post"u8,
        EventKind.Joined => "join"u8,
        EventKind.Left => "leave"u8,
        EventKind.TopicChanged => "topic"u8,
        EventKind.Edited => "edit"u8,
        EventKind.Deleted => "delete"u8,
        EventKind.Reacted => "react"u8,
        EventKind.PinChanged => "pin"u8,
        EventKind.Invited => "invite"u8,
        EventKind.Kicked => "kick"u8,
        EventKind.Banned => "ban"u8,
        EventKind.Unbanned => "unban"u8,
        EventKind.Muted => "mute"u8,
        EventKind.Unmuted => "unmute"u8,
        EventKind.RoleChanged => "role"u8,
        EventKind.TitleChanged => "title"u8,
        EventKind.SlugChanged => "slug"u8,
        EventKind.ArchiveChanged => "archive"u8,
        EventKind.HistoryChanged => "newcomers"u8,
        EventKind.RetentionChanged => "retention"u8,
        EventKind.MessagesErased => "erase"u8,
        EventKind.PostingChanged => "posting"u8,
        EventKind.SlowModeChanged => "slow"u8,
        EventKind.Transferred => "transfer"u8,
        EventKind.RestrictionsChanged => "restrict"u8,
        EventKind.MemberLimitChanged => "capacity"u8,
        EventKind.KeyChanged => "key"u8,
        EventKind.PatternChanged => "pattern"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    internal static void Write(Utf8JsonWriter json, RoomEvent ev)
    {
        if (ev is MessageEvent about)
            json.WriteNumber("target"u8, about.Target);
        if (ev is MemberEvent { Subject: var subject })
        {
            json.WritePropertyName("subject"u8);
            WriteUser(json, subject);
        }
        switch (ev)
        {
            case Posted posted:
                json.WriteNumber("post"u8, posted.PostNo);
                WriteBody(json, posted.Body);
                WriteThread(json, posted.ReplyTo, posted.ThreadRoot);
                break;
            case Edited edited:
                WriteBody(json, edited.Body);
                break;
            case Reacted reacted:
                json.WriteString("emoji"u8, reacted.Emoji);
                json.WriteBoolean("on"u8, reacted.On);
                break;
            case PinChanged pinned:
                json.WriteBoolean("on"u8, pinned.On);
                break;
            case Banned { Until: { } until }:
                json.WriteNumber("until"u8, until);
                break;
            case Muted { Until: { } until }:
                json.WriteNumber("until"u8, until);
                break;
            case RoleChanged changed:
                json.WriteString("role"u8, Role(changed.Role));
                break;
            case TitleChanged changed:
                json.WriteString("title"u8, changed.Title);
                break;
            case SlugChanged changed:
                json.WriteString("slug"u8, changed.Slug);
                json.WriteString("was"u8, changed.Was);
                break;
            case ArchiveChanged changed:
                json.WriteBoolean("on"u8, changed.On);
                break;
            case HistoryChanged changed:
                json.WriteString("history"u8, History(changed.History));
                break;
            case RetentionChanged { Days: { } days }:
                json.WriteNumber("days"u8, days);
                break;
            case PostingChanged changed:
                json.WriteString("posting"u8, Posting(changed.Posting));
                break;
            case SlowModeChanged { Seconds: { } seconds }:
                json.WriteNumber("seconds"u8, seconds);
                break;
            case RestrictionsChanged changed:
                RestrictionNames.Write(json, "restrict"u8, changed.On);
                RestrictionNames.Write(json, "free"u8, changed.Off);
                break;
            case MemberLimitChanged { Members: { } members }:
                json.WriteNumber("members"u8, members);
                break;
            case KeyChanged changed:
                json.WriteBoolean("on"u8, changed.On);
                break;
            case PatternChanged changed:
                json.WriteString("list"u8, PatternLists.Name(changed.List));
                json.WriteString("pattern"u8, changed.Pattern);
                json.WriteBoolean("on"u8, changed.On);
                break;
            case Left { Heir: { } heir }:
                json.WritePropertyName("heir"u8);
                WriteUser(json, heir);
                break;
            case MessagesErased erased:
                json.WriteNumber("upTo"u8, erased.UpTo);
                break;
            case Created created:
                json.WriteString("kind"u8, Kind(created.RoomKind));
                if (created.Slug is { } slug)
                    json.WriteString("slug"u8, slug);
                json.WriteString("title"u8, created.Title);
                break;
            case TopicChanged changed:
                json.WriteString("topic"u8, changed.Topic);
                break;
        }
    }

    internal static void WriteBody(Utf8JsonWriter json, MessageBody? body)
    {
        if (body is { } text)
            json.WriteString("body"u8, text.Utf8.Span);
        else
            json.WriteBoolean("erased"u8, true);
    }

    internal static void WriteThread(Utf8JsonWriter json, long? replyTo, long? threadRoot)
    {
        if (replyTo is { } target)
            json.WriteNumber("replyTo"u8, target);
        if (threadRoot is { } root)
            json.WriteNumber("thread"u8, root);
    }

    internal static void WriteUser(Utf8JsonWriter json, User user)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, user.Uid);
        json.WriteString("nick"u8, user.Nick);
        json.WriteEndObject();
    }

    internal static ReadOnlySpan<byte> Kind(RoomKind kind) => kind switch
    {
        RoomKind.Public => "public"u8,
        RoomKind.Private => "private"u8,
        RoomKind.Direct => "direct"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    internal static ReadOnlySpan<byte> History(HistoryView history) => history switch
    {
        HistoryView.Joined => "joined"u8,
        HistoryView.All => "all"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(history), history, null),
    };

    internal static ReadOnlySpan<byte> Posting(Posting posting) => posting switch
    {
        Core.Rooms.Posting.Everyone => "everyone"u8,
        Core.Rooms.Posting.Moderators => "moderators"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(posting), posting, null),
    };

    internal static ReadOnlySpan<byte> Role(ServerRole role) => role switch
    {
        ServerRole.Guest => "guest"u8,
        ServerRole.Member => "member"u8,
        ServerRole.Admin => "admin"u8,
        ServerRole.Owner => "owner"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };

    internal static void WriteLink(Utf8JsonWriter json, RoomLink link)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, link.Uid);
        json.WritePropertyName("by"u8);
        WriteUser(json, link.By);
        json.WriteNumber("until"u8, link.Until);
        json.WriteNumber("uses"u8, link.Uses);
        json.WriteNumber("used"u8, link.Used);
        json.WriteEndObject();
    }

    internal static ReadOnlySpan<byte> Role(Standing role) => role switch
    {
        Standing.Member => "member"u8,
        Standing.Speaker => "speaker"u8,
        Standing.Helper => "helper"u8,
        Standing.Moderator => "moderator"u8,
        Standing.Owner => "owner"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };
}
