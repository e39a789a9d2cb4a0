using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>Answers about people: who is here, how far they have read, and what names oneself.</summary>
public sealed partial class ServerFrameWriter
{
    /// <param name="count">All who are here, on this page or not, those who are nobody yet included.</param>
    /// <param name="more">Whether others follow the last one of this page.</param>
    public void Who(string? rid, Guid room, IReadOnlyList<User> here, int count, bool more = false)
    {
        Open("who"u8);
        WriteRid(rid);
        _json.WriteString("room"u8, room);
        WriteUsers("here"u8, here);
        _json.WriteNumber("count"u8, count);
        if (more)
            _json.WriteBoolean("more"u8, true);
        Close();
    }

    /// <param name="more">Whether others follow the last one of this page.</param>
    public void Members(string? rid, Guid room, IReadOnlyList<Member> members, bool more)
    {
        Open("members"u8);
        WriteRid(rid);
        _json.WriteString("room"u8, room);
        _json.WriteStartArray("members"u8);
        foreach (var member in members)
        {
            _json.WriteStartObject();
            WriteUser("user"u8, member.User);
            _json.WriteString("role"u8, EventFields.Role(member.Role));
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        _json.WriteBoolean("more"u8, more);
        Close();
    }

    public void Receipts(string? rid, Guid room, IReadOnlyList<ReadPosition> positions)
    {
        Open("receipts"u8);
        WriteRid(rid);
        _json.WriteString("room"u8, room);
        WriteReceipts(positions);
        Close();
    }

    /// <param name="more">Whether there are older ones that did not fit.</param>
    public void Mentions(string? rid, IReadOnlyList<Mention> mentions, bool more)
    {
        Open("mentions"u8);
        WriteRid(rid);
        _json.WriteBoolean("more"u8, more);
        _json.WriteStartArray("mentions"u8);
        foreach (var mention in mentions)
        {
            _json.WriteStartObject();
            _json.WriteString("room"u8, mention.Room.Uid);
            _json.WritePropertyName("message"u8);
            MessageFields.Write(_json, mention.Message);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        Close();
    }
}
