using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Wire.WebSocket.Frames;

/// <summary><c>eph</c> frames: what is told beside the log, to those who want it, and may be lost.</summary>
public sealed partial class ServerFrameWriter
{
    /// <param name="arrived">Who is here and was not when it was last told.</param>
    /// <param name="count">All who are here, those who are nobody yet included.</param>
    public void Presence(Guid room, IEnumerable<User> arrived, IEnumerable<User> left, int count)
    {
        OpenEphemeral("presence"u8, room);
        WriteUsers("arrived"u8, arrived);
        WriteUsers("left"u8, left);
        _json.WriteNumber("count"u8, count);
        Close();
    }

    /// <summary>How many are here, where it is not told who.</summary>
    public void Presence(Guid room, int count)
    {
        OpenEphemeral("presence"u8, room);
        _json.WriteNumber("count"u8, count);
        Close();
    }

    public void Typing(Guid room, IEnumerable<User> users)
    {
        OpenEphemeral("typing"u8, room);
        WriteUsers("users"u8, users);
        Close();
    }

    /// <param name="moved">Read positions that are on disk now.</param>
    public void Receipts(Guid room, IReadOnlyList<ReadPosition> moved)
    {
        OpenEphemeral("receipts"u8, room);
        WriteReceipts(moved);
        Close();
    }

    private void OpenEphemeral(ReadOnlySpan<byte> type, Guid room)
    {
        Open("eph"u8);
        _json.WriteString("type"u8, type);
        _json.WriteString("room"u8, room);
    }

    private void WriteUsers(ReadOnlySpan<byte> name, IEnumerable<User> users)
    {
        _json.WriteStartArray(name);
        foreach (var user in users)
            EventFields.WriteUser(_json, user);
        _json.WriteEndArray();
    }

    private void WriteReceipts(IReadOnlyList<ReadPosition> positions)
    {
        _json.WriteStartArray("receipts"u8);
        foreach (var position in positions)
        {
            _json.WriteStartObject();
            WriteUser("user"u8, position.User);
            _json.WriteNumber("seq"u8, position.Seq);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }
}
