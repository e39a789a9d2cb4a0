using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Fuzz.Models;

/// <summary>Writes what was read as the JSON that a client would have sent, so that it can be read again and held against what came.</summary>
internal static class FrameText
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(ClientFrame frame)
    {
        var fields = Fields(frame);
        foreach (var absent in fields.Where(f => f.Value is null).Select(f => f.Key).ToList())
            fields.Remove(absent);
        return fields.ToJsonString(Plain);
    }

    private static readonly string[] Lists = ["ban", "mute", "ban_exception", "mute_exception", "invite_exception"];

    private static JsonObject Fields(ClientFrame frame) => frame switch
    {
        HelloFrame f => Hello(f),
        PingFrame => new() { ["op"] = "ping" },
        SendFrame f => In("send", f.Room, f, new() { ["body"] = Text(f.Body), ["replyTo"] = f.ReplyTo }),
        EditFrame f => In("edit", f.Room, f, new() { ["seq"] = f.Seq, ["body"] = Text(f.Body) }),
        DeleteFrame f => In("delete", f.Room, f, new() { ["seq"] = f.Seq }),
        ReactFrame f => In("react", f.Room, f, new() { ["seq"] = f.Seq, ["emoji"] = f.Emoji, ["on"] = f.On }),
        PinFrame f => In("pin", f.Room, f, new() { ["seq"] = f.Seq, ["on"] = f.On }),
        ReportFrame f => In("report", f.Room, f, new() { ["seq"] = f.Seq, ["reason"] = f.Reason.Length == 0 ? null : f.Reason }),
        BlockFrame f => new() { ["op"] = "block", ["cid"] = f.Cid.Value, ["user"] = f.User, ["on"] = f.On },
        BlocksFrame f => Ask("blocks", f, []),
        JoinFrame f => In("join", f.Room, f, new() { ["key"] = f.Key }),
        RestrictFrame f => In("restrict", f.Room, f, new() { ["restrict"] = Names(f.On), ["free"] = Names(f.Off) }),
        CapacityFrame f => In("capacity", f.Room, f, new() { ["members"] = f.Members }),
        KeyFrame f => In("key", f.Room, f, new() { ["key"] = f.Key }),
        PatternFrame f => In("pattern", f.Room, f, new() { ["list"] = Lists[(int)f.List], ["pattern"] = f.Pattern, ["on"] = f.On }),
        BansFrame f => Ask("bans", f, new() { ["room"] = Name(f.Room) }),
        JoinByLinkFrame f => new() { ["op"] = "join", ["cid"] = f.Cid.Value, ["link"] = f.Link },
        PostingFrame f => In("posting", f.Room, f, new() { ["posting"] = f.Posting == Posting.Everyone ? "everyone" : "moderators" }),
        SlowFrame f => In("slow", f.Room, f, new() { ["seconds"] = f.Seconds }),
        LinkFrame f => In("link", f.Room, f, new() { ["until"] = f.Until, ["uses"] = f.Uses }),
        UnlinkFrame f => In("unlink", f.Room, f, new() { ["link"] = f.Link.ToString() }),
        TransferFrame f => In("transfer", f.Room, f, new() { ["user"] = f.User }),
        LeaveFrame f => In("leave", f.Room, f, []),
        InviteFrame f => In("invite", f.Room, f, new() { ["user"] = f.User }),
        KickFrame f => In("kick", f.Room, f, new() { ["user"] = f.User }),
        BanFrame f => In("ban", f.Room, f, new() { ["user"] = f.User, ["on"] = f.On, ["until"] = f.Until }),
        MuteFrame f => In("mute", f.Room, f, new() { ["user"] = f.User, ["on"] = f.On, ["until"] = f.Until }),
        EraseFrame f => In("erase", f.Room, f, new() { ["user"] = f.User }),
        RoleFrame f => In("role", f.Room, f, new() { ["user"] = f.User, ["role"] = f.Role switch { Standing.Member => "member", Standing.Speaker => "speaker", Standing.Helper => "helper", Standing.Moderator => "moderator", _ => "owner" } }),
        TitleFrame f => In("title", f.Room, f, new() { ["title"] = f.Title }),
        SlugFrame f => In("slug", f.Room, f, new() { ["slug"] = f.Slug }),
        TopicFrame f => In("topic", f.Room, f, new() { ["topic"] = f.Topic }),
        ArchiveFrame f => In("archive", f.Room, f, new() { ["on"] = f.On }),
        NewcomersFrame f => In("newcomers", f.Room, f, new() { ["history"] = View(f.History) }),
        RetentionFrame f => In("retention", f.Room, f, new() { ["days"] = f.Days }),
        NickFrame f => new() { ["op"] = "nick", ["cid"] = f.Cid.Value, ["nick"] = f.Nick },
        CreateFrame f => new() { ["op"] = "create", ["cid"] = f.Cid.Value, ["kind"] = f.Kind, ["slug"] = f.Slug, ["title"] = f.Title, ["history"] = View(f.History) },
        DirectFrame f => new() { ["op"] = "direct", ["cid"] = f.Cid.Value, ["users"] = new JsonArray([.. f.Users.Select(u => JsonValue.Create(u))]) },
        HistoryFrame f => Ask("history", f, new() { ["room"] = Name(f.Room), ["before"] = f.Page.Before, ["after"] = f.Page.After, ["around"] = f.Page.Around, ["limit"] = f.Page.Limit, ["thread"] = f.Thread }),
        RoomsFrame f => Ask("rooms", f, []),
        MembersFrame f => Ask("members", f, new() { ["room"] = Name(f.Room), ["after"] = f.After?.ToString(), ["limit"] = f.Limit }),
        WhoFrame f => Ask("who", f, new() { ["room"] = Name(f.Room), ["after"] = f.After?.ToString() }),
        LinksFrame f => Ask("links", f, new() { ["room"] = Name(f.Room) }),
        ReceiptsFrame f => Ask("receipts", f, new() { ["room"] = Name(f.Room) }),
        PinsFrame f => Ask("pins", f, new() { ["room"] = Name(f.Room) }),
        MentionsFrame f => Ask("mentions", f, new() { ["limit"] = f.Limit }),
        SearchFrame f => Ask("search", f, new() { ["query"] = f.Query, ["room"] = f.Room is { } room ? Name(room) : null, ["before"] = f.Before, ["limit"] = f.Limit }),
        ReadFrame f => new() { ["op"] = "read", ["room"] = Name(f.Room), ["seq"] = f.Seq },
        TypingFrame f => new() { ["op"] = "typing", ["room"] = Name(f.Room) },
        _ => throw new InvalidOperationException($"No text for {frame.GetType().Name}."),
    };

    /// <summary>Null: none.</summary>
    private static JsonArray? Names(Restrictions all)
    {
        (Restrictions One, string Name)[] names = [(Restrictions.InviteOnly, "invite_only"), (Restrictions.TopicLocked, "topic_locked"), (Restrictions.Unlisted, "unlisted"), (Restrictions.MembersOnly, "members_only")];
        return all == Restrictions.None ? null : [.. names.Where(n => all.HasFlag(n.One)).Select(n => JsonValue.Create(n.Name))];
    }

    private static JsonObject In(string op, RoomRef room, MutationFrame frame, JsonObject more) => With(new() { ["op"] = op, ["cid"] = frame.Cid.Value, ["room"] = Name(room) }, more);

    private static JsonObject Ask(string op, QuestionFrame frame, JsonObject more) => With(new() { ["op"] = op, ["rid"] = frame.Rid }, more);

    private static JsonObject Hello(HelloFrame f)
    {
        var rooms = new JsonObject();
        foreach (var (room, seq) in f.Resume)
            rooms[Name(room)] = seq; // rooms that are none are all read as the same
        return new()
        {
            ["op"] = "hello",
            ["ver"] = 1,
            ["auth"] = With(With(Text("session", f.Session), Text("token", f.Token)), Text("ticket", f.Ticket)),
            ["resume"] = new JsonObject { ["rooms"] = rooms },
            ["want"] = new JsonArray([.. Enum.GetValues<Wants>().Where(w => w != Wants.None && f.Wants.HasFlag(w)).Select(w => JsonValue.Create(w.ToString().ToLowerInvariant()))]),
        };
    }

    private static JsonObject Text(string name, string? value) => value is null ? [] : new() { [name] = value };

    private static JsonObject With(JsonObject fields, JsonObject more)
    {
        foreach (var (name, value) in more)
            fields[name] = value?.DeepClone();
        return fields;
    }

    private static string? View(HistoryView? view) => view switch { HistoryView.Joined => "joined", HistoryView.All => "all", _ => null };

    private static string Name(RoomRef room) => room.Uid?.ToString() ?? "#" + room.Slug;

    private static string Text(ReadOnlyMemory<byte> body) => Encoding.UTF8.GetString(body.Span);
}
