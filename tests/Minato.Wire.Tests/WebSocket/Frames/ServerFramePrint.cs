using System.Text.Json.Nodes;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Wire.Tests.WebSocket.Frames;

/// <summary>A frame that was read, as JSON again: what the reader dropped is missing here.</summary>
internal static class ServerFramePrint
{
    internal static JsonObject Of(ServerFrame frame) => frame switch
    {
        WelcomeFrame f => Op("welcome", ("ver", 1), ("server", f.Server), ("session", f.Session), ("you", You(f.You)), ("rooms", List(f.Rooms, Room)),
            ("blocks", f.Blocks.Count == 0 ? null : List(f.Blocks, b => Id(b))), ("reports", f.Reports), ("limits", Limits(f.Limits)),
            ("heartbeat", Make(("interval", Ms(f.HeartbeatInterval)), ("timeout", Ms(f.HeartbeatTimeout)))), ("capabilities", List(f.Capabilities, c => c))),
        ResumedFrame f => Op("resumed", ("room", Id(f.Room)), ("head", f.Head)),
        PartialFrame f => Op("partial", ("room", Id(f.Room)), ("from", f.From), ("head", f.Head)),
        ResetFrame f => Op("reset", ("room", f.Room), ("reason", f.Reason)),
        OkFrame { You: { } you } f => Op("ok", ("cid", f.Cid), ("you", You(you))),
        OkFrame { Link: { } link } f => Op("ok", ("cid", f.Cid), ("room", Id(f.Room!.Value)), ("link", Link(link)), ("secret", f.Secret)),
        OkFrame { User: { } user } f => Op("ok", ("cid", f.Cid), ("user", User(user))),
        BlockedFrame f => Op("block", ("user", User(f.User)), ("on", f.On)),
        BlocksAnswer f => Op("blocks", ("rid", f.Rid), ("blocks", List(f.Blocks, User))),
        OpenReportsFrame f => Op("reports", ("open", f.Open)),
        OkFrame f => Op("ok", ("cid", f.Cid), ("room", Id(f.Room!.Value)), ("seq", f.Seq), ("id", $"{f.Room}:{f.Seq}"), ("ts", f.Ts)),
        ErrorFrame f => Op("error", ("cid", f.Cid), ("rid", f.Rid), ("code", f.Code), ("message", f.Message), ("retryAfter", Ms(f.RetryAfter))),
        PongFrame => Op("pong"),
        YouFrame f => Op("you", ("you", You(f.You))),
        RoomFrame f => Op("room", ("room", Room(f.Room))),
        GoneFrame f => Op("gone", ("room", Id(f.Room))),
        UserFrame f => Op("user", ("user", User(f.User))),
        ReadMovedFrame f => Op("read", ("room", Id(f.Room)), ("seq", f.Seq), ("unread", f.Unread)),
        ByeFrame f => Op("bye", ("code", f.Code), ("retryAfter", Ms(f.RetryAfter))),
        PresenceFrame f => Op("eph", ("type", "presence"), ("room", Id(f.Room)), ("arrived", f.Arrived is null ? null : List(f.Arrived, User)),
            ("left", f.Left is null ? null : List(f.Left, User)), ("count", f.Count)),
        WritingFrame f => Op("eph", ("type", "typing"), ("room", Id(f.Room)), ("users", List(f.Users, User))),
        ReceiptsMovedFrame f => Op("eph", ("type", "receipts"), ("room", Id(f.Room)), ("receipts", List(f.Receipts, Receipt))),
        HistoryAnswer f => Op("history", ("rid", f.Rid), ("room", Id(f.Room)), ("head", f.Head), ("more", f.More), ("moreAfter", OnlyTrue(f.MoreAfter)),
            ("messages", List(f.Messages, Message))),
        RoomsAnswer f => Op("rooms", ("rid", f.Rid), ("rooms", List(f.Rooms, Room))),
        WhoAnswer f => Op("who", ("rid", f.Rid), ("room", Id(f.Room)), ("here", List(f.Here, User)), ("count", f.Count), ("more", OnlyTrue(f.More))),
        MembersAnswer f => Op("members", ("rid", f.Rid), ("room", Id(f.Room)), ("members", List(f.Members, m => Make(("user", User(m.User)), ("role", Role(m.Role))))), ("more", f.More)),
        ReceiptsAnswer f => Op("receipts", ("rid", f.Rid), ("room", Id(f.Room)), ("receipts", List(f.Receipts, Receipt))),
        BansAnswer f => Op("bans", ("rid", f.Rid), ("room", Id(f.Room)), ("bans", List(f.Bans, Exclusion)), ("mutes", List(f.Mutes, Exclusion)),
            ("patterns", List(f.Patterns, p => Make(("list", p.List), ("pattern", p.Pattern), ("by", User(p.By)), ("ts", p.Ts))))),
        LinksAnswer f => Op("links", ("rid", f.Rid), ("room", Id(f.Room)), ("links", List(f.Links, Link))),
        MentionsAnswer f => Op("mentions", ("rid", f.Rid), ("more", f.More), ("mentions", List(f.Mentions, m => Make(("room", Id(m.Room)), ("message", Message(m.Message)))))),
        PinsAnswer f => Op("pins", ("rid", f.Rid), ("room", Id(f.Room)), ("more", OnlyTrue(f.More)), ("messages", List(f.Messages, Message))),
        SearchAnswer f => Op("search", ("rid", f.Rid), ("complete", f.Complete), ("next", f.Next),
            ("rooms", List(f.Rooms, r => Make(("id", Id(r.Id)), ("kind", r.Kind), ("slug", r.Slug), ("title", r.Title)))),
            ("results", List(f.Results, r => Make(("room", Id(r.Room)), ("message", Message(r.Message)),
                ("snippet", List(r.Snippet, s => Make(("text", s.Text), ("hit", OnlyTrue(s.Hit))))))))),
        EventFrame f => Event(f),
        _ => throw new ArgumentOutOfRangeException(nameof(frame), frame, null),
    };

    private static JsonObject Event(EventFrame frame)
    {
        var (type, fields) = Fields(frame);
        return Op("ev", [("room", Id(frame.Room)), ("seq", frame.Seq), ("type", type), ("ts", frame.Ts), ("from", User(frame.From)), .. fields]);
    }

    private static (string Type, (string, JsonNode?)[] Fields) Fields(EventFrame frame) => frame switch
    {
        CreateEvent e => ("create", [("kind", e.Kind), ("slug", e.Slug), ("title", e.Title)]),
        PostEvent e => ("post", [("post", e.Post), .. Body(e.Body), ("replyTo", e.ReplyTo), ("thread", e.Thread)]),
        EditEvent e => ("edit", [("target", e.Target), .. Body(e.Body)]),
        DeleteEvent e => ("delete", [("target", e.Target)]),
        ReactEvent e => ("react", [("target", e.Target), ("emoji", e.Emoji), ("on", e.On)]),
        PinEvent e => ("pin", [("target", e.Target), ("on", e.On)]),
        JoinEvent => ("join", []),
        LeaveEvent e => ("leave", [("heir", e.Heir is { } heir ? User(heir) : null)]),
        PostingEvent e => ("posting", [("posting", e.Posting.ToString().ToLowerInvariant())]),
        SlowEvent e => ("slow", [("seconds", e.Seconds)]),
        RestrictEvent e => ("restrict", [("restrict", Restricted(e.On)), ("free", Restricted(e.Off))]),
        CapacityEvent e => ("capacity", [("members", e.Members)]),
        KeyEvent e => ("key", [("on", e.On)]),
        PatternEvent e => ("pattern", [("list", e.List), ("pattern", e.Pattern), ("on", e.On)]),
        TransferEvent e => ("transfer", [("subject", User(e.Subject))]),
        TopicEvent e => ("topic", [("topic", e.Topic)]),
        TitleEvent e => ("title", [("title", e.Title)]),
        SlugEvent e => ("slug", [("slug", e.Slug), ("was", e.Was)]),
        ArchiveEvent e => ("archive", [("on", e.On)]),
        NewcomersEvent e => ("newcomers", [("history", e.History.ToString().ToLowerInvariant())]),
        RetentionEvent e => ("retention", [("days", e.Days)]),
        InviteEvent e => ("invite", [("subject", User(e.Subject))]),
        KickEvent e => ("kick", [("subject", User(e.Subject))]),
        BanEvent e => ("ban", [("subject", User(e.Subject)), ("until", e.Until)]),
        UnbanEvent e => ("unban", [("subject", User(e.Subject))]),
        MuteEvent e => ("mute", [("subject", User(e.Subject)), ("until", e.Until)]),
        UnmuteEvent e => ("unmute", [("subject", User(e.Subject))]),
        RoleEvent e => ("role", [("subject", User(e.Subject)), ("role", Role(e.Role))]),
        EraseEvent e => ("erase", [("subject", User(e.Subject)), ("upTo", e.UpTo)]),
        _ => throw new ArgumentOutOfRangeException(nameof(frame), frame, null),
    };

    private static JsonObject Message(MessageInfo m) => Make([
        ("seq", m.Seq), ("post", m.Post), ("ts", m.Ts), ("from", User(m.From)), .. Body(m.Body), ("replyTo", m.ReplyTo), ("thread", m.Thread),
        ("changed", m.Changed == m.Seq ? null : m.Changed), ("edited", m.Edited), ("deleted", m.Deleted), ("pinned", OnlyTrue(m.Pinned)),
        ("reactions", m.Reactions.Count == 0 ? null : List(m.Reactions, r => Make(("emoji", r.Emoji), ("count", r.Count), ("mine", OnlyTrue(r.Mine)))))]);

    private static JsonObject Room(RoomInfo r) => Make(
        ("id", Id(r.Id)), ("kind", r.Kind), ("slug", r.Slug), ("title", r.Title), ("topic", r.Topic), ("member", r.Member),
        ("role", r.Role is Standing.Speaker or Standing.Helper or Standing.Moderator or Standing.Owner ? r.Role.ToString().ToLowerInvariant() : null), ("head", r.Head), ("firstSeq", r.FirstSeq),
        ("posts", r.Posts), ("read", r.Read), ("unread", r.Unread), ("users", r.Users.Count == 0 ? null : List(r.Users, User)), ("members", r.Members),
        ("history", r.History?.ToString().ToLowerInvariant()), ("retention", r.Retention),
        ("posting", r.Posting == Posting.Everyone ? null : r.Posting.ToString().ToLowerInvariant()), ("slow", r.Slow), ("restrict", Restricted(r.Restrictions)), ("capacity", r.Capacity), ("key", OnlyTrue(r.HasKey)));

    private static JsonArray? Restricted(Restrictions all)
    {
        (Restrictions One, string Name)[] names = [(Restrictions.InviteOnly, "invite_only"), (Restrictions.TopicLocked, "topic_locked"), (Restrictions.Unlisted, "unlisted"), (Restrictions.MembersOnly, "members_only")];
        return all == Restrictions.None ? null : [.. names.Where(n => all.HasFlag(n.One)).Select(n => JsonValue.Create(n.Name))];
    }

    private static JsonObject Exclusion(ExclusionInfo e) => Make(("user", User(e.User)), ("by", User(e.By)), ("ts", e.Ts), ("until", e.Until));

    private static JsonObject Link(LinkInfo link) =>
        Make(("id", Id(link.Id)), ("by", User(link.By)), ("until", link.Until), ("uses", link.Uses), ("used", link.Used));

    private static JsonObject You(YouInfo you)
    {
        var json = Make(("nick", you.Nick), ("guest", you.Guest), ("role", you.Role == ServerRole.Guest ? null : you.Role.ToString().ToLowerInvariant()));
        json["id"] = you.Id?.ToString();
        return json;
    }

    private static JsonObject Limits(LimitsInfo l) => Make(
        ("body", l.Body), ("frame", l.Frame), ("nick", l.Nick), ("slug", l.Slug), ("title", l.Title), ("topic", l.Topic), ("history", l.History), ("inFlight", l.InFlight), ("file", l.File));

    private static JsonObject User(UserInfo user) => Make(("id", Id(user.Id)), ("nick", user.Nick));

    private static JsonObject Receipt(ReceiptInfo receipt) => Make(("user", User(receipt.User)), ("seq", receipt.Seq));

    private static (string, JsonNode?)[] Body(string? body) => body is null ? [("erased", true)] : [("body", body)];

    private static JsonNode Role(Standing role) => role.ToString().ToLowerInvariant();

    private static JsonNode Id(Guid id) => id.ToString();

    private static JsonNode? Ms(TimeSpan? time) => time is { } span ? (long)span.TotalMilliseconds : null;

    private static JsonNode? OnlyTrue(bool flag) => flag ? true : null;

    private static JsonArray List<T>(IReadOnlyList<T> items, Func<T, JsonNode> print) => [.. items.Select(print)];

    private static JsonObject Op(string op, params (string Name, JsonNode? Value)[] fields) => Make([("op", op), .. fields]);

    private static JsonObject Make(params (string Name, JsonNode? Value)[] fields) => new(fields.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Name, f.Value)));
}
