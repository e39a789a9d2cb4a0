namespace Minato.Fuzz.Models;

/// <summary>What each op of a client needs and may have, as docs/protocols/websocket.md says it.</summary>
internal static class FrameShape
{
    public static readonly Dictionary<string, string> Of = new()
    {
        ["hello"] = "ver client? auth? resume? want?",
        ["send"] = "cid room body replyTo?",
        ["edit"] = "cid room seq body",
        ["delete"] = "cid room seq",
        ["react"] = "cid room seq emoji on?",
        ["pin"] = "cid room seq on?",
        ["report"] = "cid room seq reason?",
        ["block"] = "cid user on?",
        ["blocks"] = "rid?",
        ["nick"] = "cid nick",
        ["create"] = "cid slug kind? title? history?",
        ["direct"] = "cid user? users?",
        ["join"] = "cid room? link? key?",
        ["leave"] = "cid room",
        ["topic"] = "cid room topic",
        ["title"] = "cid room title",
        ["slug"] = "cid room slug",
        ["archive"] = "cid room on?",
        ["newcomers"] = "cid room history",
        ["retention"] = "cid room days?",
        ["posting"] = "cid room posting",
        ["slow"] = "cid room seconds?",
        ["restrict"] = "cid room restrict? free?",
        ["capacity"] = "cid room members?",
        ["key"] = "cid room key?",
        ["pattern"] = "cid room list pattern on?",
        ["bans"] = "room rid?",
        ["link"] = "cid room until? uses?",
        ["unlink"] = "cid room link",
        ["links"] = "room rid?",
        ["transfer"] = "cid room user",
        ["erase"] = "cid room user",
        ["invite"] = "cid room user",
        ["kick"] = "cid room user",
        ["ban"] = "cid room user until? on?",
        ["mute"] = "cid room user until? on?",
        ["role"] = "cid room user role",
        ["history"] = "room rid? before? after? around? thread? limit?",
        ["rooms"] = "rid?",
        ["who"] = "room rid? after?",
        ["members"] = "room rid? after? limit?",
        ["receipts"] = "room rid?",
        ["pins"] = "room rid?",
        ["mentions"] = "rid? limit?",
        ["search"] = "query rid? room? before? limit?",
        ["read"] = "room seq",
        ["typing"] = "room",
        ["ping"] = "",
    };

    public static readonly string[] Texts = ["op", "cid", "rid", "room", "nick", "kind", "slug", "title", "topic", "history", "user", "link", "posting", "role", "emoji", "query", "reason", "key", "list", "pattern", "body"];

    public static readonly string[] Numbers = ["days", "seconds", "members", "uses", "until", "replyTo", "seq", "before", "around", "thread", "limit", "ver"];

    public static int MaxLimit(string op) => op switch { "members" => 500, "search" => 50, _ => 200 };
}
