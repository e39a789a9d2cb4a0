using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Rooms;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>What a room is, and the links into it.</summary>
public sealed partial class ServerFrameWriter
{
    /// <summary>A link was made; its secret is told here and nowhere else.</summary>
    public void Ok(ClientId cid, LinkMade made)
    {
        Open("ok"u8);
        _json.WriteString("cid"u8, cid.Value);
        _json.WriteString("room"u8, made.Room.Uid);
        _json.WritePropertyName("link"u8);
        EventFields.WriteLink(_json, made.Link);
        _json.WriteString("secret"u8, made.Secret.Text);
        Close();
    }

    public void Links(string? rid, Guid room, IReadOnlyList<RoomLink> links)
    {
        Open("links"u8);
        WriteRid(rid);
        _json.WriteString("room"u8, room);
        _json.WriteStartArray("links"u8);
        foreach (var link in links)
            EventFields.WriteLink(_json, link);
        _json.WriteEndArray();
        Close();
    }

    public void Bans(string? rid, Guid room, IReadOnlyList<Exclusion> all, IReadOnlyList<ListedPattern> patterns)
    {
        Open("bans"u8);
        WriteRid(rid);
        _json.WriteString("room"u8, room);
        WriteExclusions("bans"u8, all.Where(e => !e.IsMute));
        WriteExclusions("mutes"u8, all.Where(e => e.IsMute));
        WritePatterns(patterns);
        Close();
    }

    private void WriteExclusions(ReadOnlySpan<byte> name, IEnumerable<Exclusion> all)
    {
        _json.WriteStartArray(name);
        foreach (var one in all)
        {
            _json.WriteStartObject();
            _json.WritePropertyName("user"u8);
            EventFields.WriteUser(_json, one.Subject);
            _json.WritePropertyName("by"u8);
            EventFields.WriteUser(_json, one.By);
            _json.WriteNumber("ts"u8, one.At);
            if (one.Until is { } until)
                _json.WriteNumber("until"u8, until);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }

    private void WritePatterns(IReadOnlyList<ListedPattern> all)
    {
        _json.WriteStartArray("patterns"u8);
        foreach (var one in all)
        {
            _json.WriteStartObject();
            _json.WriteString("list"u8, PatternLists.Name(one.List));
            _json.WriteString("pattern"u8, one.Pattern.Text);
            _json.WritePropertyName("by"u8);
            EventFields.WriteUser(_json, one.By);
            _json.WriteNumber("ts"u8, one.At);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }

    private void WriteRoom(RoomView view, int? members = null)
    {
        var room = view.Room;
        _json.WriteStartObject();
        _json.WriteString("id"u8, room.Uid);
        _json.WriteString("kind"u8, EventFields.Kind(room.Kind));
        if (room.Slug is { } slug)
            _json.WriteString("slug"u8, slug);
        _json.WriteString("title"u8, room.Title);
        _json.WriteString("topic"u8, room.Topic);
        _json.WriteBoolean("member"u8, view.IsMember);
        if (view.Role.IsRole() && view.Role != Standing.Member && room.Kind != RoomKind.Direct)
            _json.WriteString("role"u8, EventFields.Role(view.Role));
        _json.WriteNumber("head"u8, view.Head.Seq);
        _json.WriteNumber("firstSeq"u8, view.Head.FirstSeq);
        _json.WriteNumber("posts"u8, view.Head.PostNo);
        _json.WriteNumber("read"u8, view.ReadSeq);
        _json.WriteNumber("unread"u8, view.Unread);
        if (room.Kind == RoomKind.Private || (room.Kind == RoomKind.Public && !room.IsOpen))
            _json.WriteString("history"u8, EventFields.History(room.History));
        if (room.Posting != Posting.Everyone)
            _json.WriteString("posting"u8, EventFields.Posting(room.Posting));
        if (room.SlowSeconds is { } seconds)
            _json.WriteNumber("slow"u8, seconds);
        RestrictionNames.Write(_json, "restrict"u8, room.Restrictions);
        if (room.MemberLimit is { } capacity)
            _json.WriteNumber("capacity"u8, capacity);
        if (room.Key is not null)
            _json.WriteBoolean("key"u8, true);
        if (room.RetentionDays is { } days)
            _json.WriteNumber("retention"u8, days);
        if (room.Archived)
            _json.WriteBoolean("archived"u8, true);
        if (room.Kind == RoomKind.Direct)
        {
            _json.WriteStartArray("users"u8);
            foreach (var user in room.Users)
                EventFields.WriteUser(_json, user);
            _json.WriteEndArray();
        }
        if (members is { } count)
            _json.WriteNumber("members"u8, count);
        _json.WriteEndObject();
    }
}
