using Minato.Core.Rights;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>The objects inside server frames: people, rooms, messages.</summary>
internal static class ServerInfoReader
{
    internal static UserInfo User(JsonFields f) => new(f.Id("id"), f.Text("nick"));

    internal static YouInfo You(JsonFields f) => new(f.IdOrNull("id"), f.Text("nick"), f.Flag("guest"))
    {
        Role = f.ServerRole("role"),
    };

    internal static LinkInfo Link(JsonFields f) => new(f.Id("id"), f.Object("by", User), f.Number("until"), f.Number("uses"), f.Number("used"));

    internal static ExclusionInfo Exclusion(JsonFields f) => new(f.Object("user", User), f.Object("by", User), f.Number("ts"), f.OptionalNumber("until"));

    internal static PatternInfo Pattern(JsonFields f) => new(f.Text("list"), f.Text("pattern"), f.Object("by", User), f.Number("ts"));

    internal static MemberInfo Member(JsonFields f) => new(f.Object("user", User), f.Role("role"));

    internal static ReceiptInfo Receipt(JsonFields f) => new(f.Object("user", User), f.Number("seq"));

    internal static MentionInfo Mention(JsonFields f) => new(f.Id("room"), f.Object("message", Message));

    internal static RoomInfo Room(JsonFields f) => new(
        f.Id("id"), f.Text("kind"), f.OptionalText("slug"), f.Text("title"), f.Text("topic"), f.Flag("member"), f.Number("head"), f.Number("firstSeq"),
        f.Number("posts"), f.Number("read"), f.Number("unread"))
    {
        Role = f.OptionalRole("role") ?? (f.Flag("member") ? Standing.Member : Standing.Outsider),
        Users = f.OptionalList("users", User) ?? [],
        Members = f.OptionalNumber("members"),
        History = f.OptionalHistory("history"),
        Posting = f.OptionalPosting("posting") ?? Core.Rooms.Posting.Everyone,
        Slow = f.OptionalNumber("slow"),
        Restrictions = RestrictionNames.Read(f, "restrict"),
        Capacity = f.OptionalNumber("capacity"),
        HasKey = f.OptionalFlag("key") ?? false,
        Retention = f.OptionalNumber("retention"),
    };

    internal static LimitsInfo Limits(JsonFields f) => new(
        f.Number("body"), f.Number("frame"), f.Number("nick"), f.Number("slug"), f.Number("title"), f.Number("topic"), f.Number("history"), f.Number("inFlight"))
    {
        File = f.OptionalNumber("file"),
    };

    internal static MessageInfo Message(JsonFields f)
    {
        var seq = f.Number("seq");
        return new MessageInfo(seq, f.Number("post"), f.Number("ts"), f.Object("from", User), Body(f))
        {
            Changed = f.OptionalNumber("changed") ?? seq,
            Edited = f.OptionalNumber("edited"),
            Deleted = f.OptionalNumber("deleted"),
            ReplyTo = f.OptionalNumber("replyTo"),
            Thread = f.OptionalNumber("thread"),
            Pinned = f.OptionalFlag("pinned") ?? false,
            Reactions = f.OptionalList("reactions", r => new ReactionInfo(r.Text("emoji"), r.Number("count"), r.OptionalFlag("mine") ?? false)) ?? [],
        };
    }

    internal static FoundRoomInfo FoundRoom(JsonFields f) => new(f.Id("id"), f.Text("kind"), f.OptionalText("slug"), f.Text("title"));

    internal static FoundInfo Found(JsonFields f) => new(
        f.Id("room"), f.Object("message", Message), f.List("snippet", part => new SnippetInfo(part.Text("text"), part.OptionalFlag("hit") ?? false)));

    /// <summary>A body, or <c>"erased":true</c> in its place.</summary>
    internal static string? Body(JsonFields f) => f.OptionalFlag("erased") is true ? null : f.Text("body");
}
