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
        if (view.Role is Standing.Moderator or Standing.Owner && room.Kind != RoomKind.Direct)
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
