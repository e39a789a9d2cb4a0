using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>Writes what a client says as JSON text; docs/protocols/websocket.md is the authority. What is as the server takes it anyway is left out.</summary>
public static class ClientFrameWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        // The text goes into a frame, never into HTML: 港 stays 港.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <returns>UTF-8, as it goes into one text frame.</returns>
    public static byte[] Write(ClientFrame frame)
    {
        var output = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            if (frame is MutationFrame mutation)
                WriteMutation(json, mutation);
            else if (frame is QuestionFrame question)
                WriteQuestion(json, question);
            else
                WriteRest(json, frame);
            json.WriteEndObject();
        }
        return output.WrittenSpan.ToArray();
    }

    private static void WriteMutation(Utf8JsonWriter json, MutationFrame frame)
    {
        json.WriteString("op"u8, Op(frame));
        json.WriteString("cid"u8, frame.Cid.Value);
        switch (frame)
        {
            case SendFrame f:
                Room(json, f.Room);
                json.WriteString("body"u8, f.Body.Span);
                Number(json, "replyTo"u8, f.ReplyTo);
                break;
            case EditFrame f:
                About(json, f.Room, f.Seq);
                json.WriteString("body"u8, f.Body.Span);
                break;
            case DeleteFrame f:
                About(json, f.Room, f.Seq);
                break;
            case ReactFrame f:
                About(json, f.Room, f.Seq);
                json.WriteString("emoji"u8, f.Emoji);
                On(json, f.On);
                break;
            case PinFrame f:
                About(json, f.Room, f.Seq);
                On(json, f.On);
                break;
            case NickFrame f:
                json.WriteString("nick"u8, f.Nick);
                break;
            case CreateFrame f:
                json.WriteString("kind"u8, f.Kind);
                json.WriteString("slug"u8, f.Slug);
                json.WriteString("title"u8, f.Title);
                if (f.History is { } history)
                    json.WriteString("history"u8, EventFields.History(history));
                break;
            case DirectFrame f:
                WriteUsers(json, f.Users);
                break;
            case JoinByLinkFrame f:
                json.WriteString("link"u8, f.Link);
                break;
            case PostingFrame f:
                Room(json, f.Room);
                json.WriteString("posting"u8, EventFields.Posting(f.Posting));
                break;
            case SlowFrame f:
                Room(json, f.Room);
                Number(json, "seconds"u8, f.Seconds);
                break;
            case RestrictFrame f:
                Room(json, f.Room);
                RestrictionNames.Write(json, "restrict"u8, f.On);
                RestrictionNames.Write(json, "free"u8, f.Off);
                break;
            case CapacityFrame f:
                Room(json, f.Room);
                Number(json, "members"u8, f.Members);
                break;
            case KeyFrame f:
                Room(json, f.Room);
                Text(json, "key"u8, f.Key);
                break;
            case PatternFrame f:
                Room(json, f.Room);
                json.WriteString("list"u8, PatternLists.Name(f.List));
                json.WriteString("pattern"u8, f.Pattern);
                On(json, f.On);
                break;
            case LinkFrame f:
                Room(json, f.Room);
                Number(json, "until"u8, f.Until);
                Number(json, "uses"u8, f.Uses);
                break;
            case UnlinkFrame f:
                Room(json, f.Room);
                json.WriteString("link"u8, f.Link);
                break;
            case JoinFrame f:
                Room(json, f.Room);
                Text(json, "key"u8, f.Key);
                break;
            case LeaveFrame f:
                Room(json, f.Room);
                break;
            case TopicFrame f:
                Room(json, f.Room);
                json.WriteString("topic"u8, f.Topic);
                break;
            case TitleFrame f:
                Room(json, f.Room);
                json.WriteString("title"u8, f.Title);
                break;
            case SlugFrame f:
                Room(json, f.Room);
                json.WriteString("slug"u8, f.Slug);
                break;
            case ArchiveFrame f:
                Room(json, f.Room);
                On(json, f.On);
                break;
            case NewcomersFrame f:
                Room(json, f.Room);
                json.WriteString("history"u8, EventFields.History(f.History));
                break;
            case RetentionFrame f:
                Room(json, f.Room);
                Number(json, "days"u8, f.Days);
                break;
            case MemberFrame f:
                WriteMember(json, f);
                break;
            case ReportFrame f:
                About(json, f.Room, f.Seq);
                if (f.Reason.Length > 0)
                    json.WriteString("reason"u8, f.Reason);
                break;
            case BlockFrame f:
                json.WriteString("user"u8, f.User);
                On(json, f.On);
                break;
        }
    }

    /// <summary>One as <c>user</c>, as older servers know it.</summary>
    private static void WriteUsers(Utf8JsonWriter json, IReadOnlyList<string> users)
    {
        if (users is [var one])
        {
            json.WriteString("user"u8, one);
            return;
        }
        json.WriteStartArray("users"u8);
        foreach (var user in users)
            json.WriteStringValue(user);
        json.WriteEndArray();
    }

    private static void WriteMember(Utf8JsonWriter json, MemberFrame frame)
    {
        Room(json, frame.Room);
        json.WriteString("user"u8, frame.User);
        switch (frame)
        {
            case BanFrame f:
                Number(json, "until"u8, f.Until);
                On(json, f.On);
                break;
            case MuteFrame f:
                Number(json, "until"u8, f.Until);
                On(json, f.On);
                break;
            case RoleFrame f:
                json.WriteString("role"u8, EventFields.Role(f.Role));
                break;
        }
    }

    private static void WriteQuestion(Utf8JsonWriter json, QuestionFrame frame)
    {
        json.WriteString("op"u8, Op(frame));
        if (frame.Rid is { } rid)
            json.WriteString("rid"u8, rid);
        switch (frame)
        {
            case HistoryFrame f:
                Room(json, f.Room);
                Number(json, "before"u8, f.Page.Before);
                Number(json, "after"u8, f.Page.After);
                Number(json, "around"u8, f.Page.Around);
                Number(json, "thread"u8, f.Thread);
                json.WriteNumber("limit"u8, f.Page.Limit);
                break;
            case WhoFrame f:
                Room(json, f.Room);
                After(json, f.After);
                break;
            case MembersFrame f:
                Room(json, f.Room);
                After(json, f.After);
                json.WriteNumber("limit"u8, f.Limit);
                break;
            case ReceiptsFrame f:
                Room(json, f.Room);
                break;
            case BansFrame f:
                Room(json, f.Room);
                break;
            case LinksFrame f:
                Room(json, f.Room);
                break;
            case PinsFrame f:
                Room(json, f.Room);
                break;
            case MentionsFrame f:
                json.WriteNumber("limit"u8, f.Limit);
                break;
            case SearchFrame f:
                json.WriteString("query"u8, f.Query);
                if (f.Room is { } room)
                    Room(json, room);
                Number(json, "before"u8, f.Before);
                json.WriteNumber("limit"u8, f.Limit);
                break;
        }
    }

    private static void WriteRest(Utf8JsonWriter json, ClientFrame frame)
    {
        json.WriteString("op"u8, Op(frame));
        switch (frame)
        {
            case HelloFrame f:
                HelloFields.Write(json, f);
                break;
            case ReadFrame f:
                About(json, f.Room, f.Seq);
                break;
            case TypingFrame f:
                Room(json, f.Room);
                break;
        }
    }

    private static ReadOnlySpan<byte> Op(ClientFrame frame) => frame switch
    {
        SendFrame => "send"u8,
        EditFrame => "edit"u8,
        DeleteFrame => "delete"u8,
        ReactFrame => "react"u8,
        PinFrame => "pin"u8,
        NickFrame => "nick"u8,
        CreateFrame => "create"u8,
        DirectFrame => "direct"u8,
        JoinFrame or JoinByLinkFrame => "join"u8,
        LeaveFrame => "leave"u8,
        TopicFrame => "topic"u8,
        TitleFrame => "title"u8,
        SlugFrame => "slug"u8,
        ArchiveFrame => "archive"u8,
        NewcomersFrame => "newcomers"u8,
        RetentionFrame => "retention"u8,
        PostingFrame => "posting"u8,
        SlowFrame => "slow"u8,
        RestrictFrame => "restrict"u8,
        CapacityFrame => "capacity"u8,
        KeyFrame => "key"u8,
        PatternFrame => "pattern"u8,
        LinkFrame => "link"u8,
        UnlinkFrame => "unlink"u8,
        BansFrame => "bans"u8,
        LinksFrame => "links"u8,
        TransferFrame => "transfer"u8,
        InviteFrame => "invite"u8,
        KickFrame => "kick"u8,
        BanFrame => "ban"u8,
        MuteFrame => "mute"u8,
        EraseFrame => "erase"u8,
        RoleFrame => "role"u8,
        ReportFrame => "report"u8,
        BlockFrame => "block"u8,
        BlocksFrame => "blocks"u8,
        HistoryFrame => "history"u8,
        RoomsFrame => "rooms"u8,
        WhoFrame => "who"u8,
        MembersFrame => "members"u8,
        ReceiptsFrame => "receipts"u8,
        MentionsFrame => "mentions"u8,
        PinsFrame => "pins"u8,
        SearchFrame => "search"u8,
        HelloFrame => "hello"u8,
        ReadFrame => "read"u8,
        TypingFrame => "typing"u8,
        PingFrame => "ping"u8,
        _ => throw new ArgumentException($"{frame.GetType().Name} has no op.", nameof(frame)),
    };

    private static void Room(Utf8JsonWriter json, RoomRef room) => json.WriteString("room"u8, room.ToString());

    private static void About(Utf8JsonWriter json, RoomRef room, long seq)
    {
        Room(json, room);
        json.WriteNumber("seq"u8, seq);
    }

    private static void On(Utf8JsonWriter json, bool on)
    {
        if (!on)
            json.WriteBoolean("on"u8, false);
    }

    private static void Text(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    private static void Number(Utf8JsonWriter json, ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
    }

    private static void After(Utf8JsonWriter json, Guid? user)
    {
        if (user is { } id)
            json.WriteString("after"u8, id);
    }
}
