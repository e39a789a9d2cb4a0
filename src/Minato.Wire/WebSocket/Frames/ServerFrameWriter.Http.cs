using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>Answers to what is only asked over HTTP; docs/protocols/http.md is the authority.</summary>
public sealed partial class ServerFrameWriter
{
    /// <summary>A new session, and whose it is.</summary>
    public void Session(string token, User you)
    {
        Open("session"u8);
        _json.WriteString("session"u8, token);
        WriteYou(you, you.Nick);
        Close();
    }

    /// <param name="expires">Milliseconds since 1970 UTC.</param>
    public void Ticket(string ticket, long expires)
    {
        Open("ticket"u8);
        _json.WriteString("ticket"u8, ticket);
        _json.WriteNumber("expires"u8, expires);
        Close();
    }

    /// <param name="you">Null for somebody who is nobody yet.</param>
    public void Me(User? you)
    {
        Open("you"u8);
        WriteYou(you, you?.Nick ?? "guest");
        Close();
    }

    /// <param name="more">Whether others follow the last one of this page.</param>
    public void Rooms(IReadOnlyList<(RoomView View, int? Members)> rooms, bool more)
    {
        Open("rooms"u8);
        _json.WriteStartArray("rooms"u8);
        foreach (var (view, members) in rooms)
            WriteRoom(view, members);
        _json.WriteEndArray();
        _json.WriteBoolean("more"u8, more);
        Close();
    }

    public void Message(Guid room, Message message)
    {
        Open("message"u8);
        _json.WriteString("room"u8, room);
        _json.WritePropertyName("message"u8);
        MessageFields.Write(_json, message);
        Close();
    }

    /// <summary>A piece of a room's log, without gaps.</summary>
    /// <param name="more">Whether the log goes on behind it.</param>
    /// <param name="next">After which seq to ask next.</param>
    public void Events(Room room, IReadOnlyList<RoomEvent> events, bool more, long next, long head)
    {
        OpenLog(room, more ? "partial"u8 : "resumed"u8, next, head);
        _json.WriteStartArray("events"u8);
        foreach (var ev in events)
        {
            _json.WriteStartObject();
            WriteEvent(room, ev);
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
        Close();
    }

    /// <summary>What the one who asks holds is of no use any more.</summary>
    public void EventsReset(Room room, ReadOnlySpan<byte> reason, long head)
    {
        OpenLog(room, "reset"u8, head, head);
        _json.WriteString("reason"u8, reason);
        _json.WriteStartArray("events"u8);
        _json.WriteEndArray();
        Close();
    }

    private void OpenLog(Room room, ReadOnlySpan<byte> answer, long next, long head)
    {
        Open("events"u8);
        _json.WriteString("room"u8, room.Uid);
        _json.WriteString("answer"u8, answer);
        _json.WriteNumber("head"u8, head);
        _json.WriteNumber("next"u8, next);
    }
}
