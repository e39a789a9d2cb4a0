using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Search;
using Minato.Core.Users;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>
/// Writes server frames as JSON text, one after the other into <see cref="Json"/>; docs/protocols/websocket.md is the authority.
/// For one thread at a time; keeps its buffers. Frames about people, those that are not of the log, and answers that only HTTP gives
/// stand in files of their own.
/// </summary>
public sealed partial class ServerFrameWriter : IDisposable
{
    private static readonly JsonWriterOptions Options = new()
    {
        // The text goes into a frame, never into HTML: 港 stays 港.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly ArrayBufferWriter<byte> _buffer = new(512);
    private readonly Utf8JsonWriter _json;
    private readonly bool _namesOp;

    /// <param name="namesOp">False: for HTTP, where the request says what is answered, and an answer is the frame without its <c>op</c>.</param>
    public ServerFrameWriter(bool namesOp = true)
    {
        _namesOp = namesOp;
        _json = new Utf8JsonWriter(_buffer, Options);
    }

    /// <summary>The frame just written; valid until the next one.</summary>
    public ReadOnlySpan<byte> Json => _buffer.WrittenSpan;

    public void Welcome(WelcomeContent content)
    {
        Open("welcome"u8);
        _json.WriteNumber("ver"u8, 1);
        _json.WriteString("server"u8, content.Server);
        if (content.NewSession is { } session)
            _json.WriteString("session"u8, session);
        WriteYou(content.You, content.Nick);
        _json.WriteStartArray("rooms"u8);
        foreach (var room in content.Rooms)
            WriteRoom(room);
        _json.WriteEndArray();
        WriteBlocks(content.Blocks);
        if (content.OpenReports is { } open)
            _json.WriteNumber("reports"u8, open);
        content.Limits.Write(_json);
        Close();
    }

    public void Resumed(Guid room, long head) => RoomFrame("resumed"u8, room, "head"u8, head);

    public void Partial(Guid room, long from, long head)
    {
        Open("partial"u8);
        _json.WriteString("room"u8, room);
        _json.WriteNumber("from"u8, from);
        _json.WriteNumber("head"u8, head);
        Close();
    }

    /// <param name="room">As the client named it.</param>
    public void Reset(string room, ReadOnlySpan<byte> reason)
    {
        Open("reset"u8);
        _json.WriteString("room"u8, room);
        _json.WriteString("reason"u8, reason);
        Close();
    }

    public void Ok(ClientId cid, Guid room, long seq, long ts)
    {
        Open("ok"u8);
        _json.WriteString("cid"u8, cid.Value);
        _json.WriteString("room"u8, room);
        _json.WriteNumber("seq"u8, seq);
        Span<char> id = stackalloc char[36 + 1 + 20];
        id.TryWrite($"{room}:{seq}", out var length);
        _json.WriteString("id"u8, id[..length]);
        _json.WriteNumber("ts"u8, ts);
        Close();
    }

    public void Ok(ClientId cid, User you)
    {
        Open("ok"u8);
        _json.WriteString("cid"u8, cid.Value);
        WriteYou(you, you.Nick);
        Close();
    }

    /// <param name="retryAfter">Whole milliseconds are written.</param>
    public void Error(string? cid, string? rid, string code, string message, TimeSpan? retryAfter = null)
    {
        Open("error"u8);
        if (cid is not null)
            _json.WriteString("cid"u8, cid);
        if (rid is not null)
            _json.WriteString("rid"u8, rid);
        _json.WriteString("code"u8, code);
        _json.WriteString("message"u8, message);
        if (retryAfter is { } wait)
            _json.WriteNumber("retryAfter"u8, (long)Math.Ceiling(wait.TotalMilliseconds));
        Close();
    }

    public void Event(Room room, RoomEvent ev)
    {
        Open("ev"u8);
        WriteEvent(room, ev);
        Close();
    }

    public void History(string? rid, Guid room, MessagePage page)
    {
        Open("history"u8);
        WriteRid(rid);
        _json.WriteString("room"u8, room);
        _json.WriteNumber("head"u8, page.Head);
        _json.WriteBoolean("more"u8, page.More);
        if (page.MoreAfter)
            _json.WriteBoolean("moreAfter"u8, true);
        _json.WriteStartArray("messages"u8);
        foreach (var message in page.Messages)
            MessageFields.Write(_json, message);
        _json.WriteEndArray();
        Close();
    }

    /// <param name="more">Whether there are older ones that did not fit.</param>
    public void Pins(string? rid, Guid room, IEnumerable<Message> messages, bool more)
    {
        Open("pins"u8);
        WriteRid(rid);
        _json.WriteString("room"u8, room);
        if (more)
            _json.WriteBoolean("more"u8, true);
        _json.WriteStartArray("messages"u8);
        foreach (var message in messages)
            MessageFields.Write(_json, message);
        _json.WriteEndArray();
        Close();
    }

    public void Read(Guid room, long seq, long unread)
    {
        Open("read"u8);
        _json.WriteString("room"u8, room);
        _json.WriteNumber("seq"u8, seq);
        _json.WriteNumber("unread"u8, unread);
        Close();
    }

    public void Rooms(string? rid, IReadOnlyList<RoomListing> listings)
    {
        Open("rooms"u8);
        WriteRid(rid);
        _json.WriteStartArray("rooms"u8);
        foreach (var listing in listings)
            WriteRoom(listing.View, listing.Members);
        _json.WriteEndArray();
        Close();
    }

    public void Search(string? rid, SearchPage page)
    {
        Open("search"u8);
        WriteRid(rid);
        SearchFields.Write(_json, page);
        Close();
    }

    public void Pong()
    {
        Open("pong"u8);
        Close();
    }

    public void You(User you)
    {
        Open("you"u8);
        WriteYou(you, you.Nick);
        Close();
    }

    public void Entered(RoomView view)
    {
        Open("room"u8);
        _json.WritePropertyName("room"u8);
        WriteRoom(view);
        Close();
    }

    public void Gone(Guid room)
    {
        Open("gone"u8);
        _json.WriteString("room"u8, room);
        Close();
    }

    public void Renamed(User user)
    {
        Open("user"u8);
        WriteUser("user"u8, user);
        Close();
    }

    public void Bye(TimeSpan retryAfter)
    {
        Open("bye"u8);
        _json.WriteString("code"u8, "draining"u8);
        _json.WriteNumber("retryAfter"u8, (long)Math.Ceiling(retryAfter.TotalMilliseconds));
        Close();
    }

    public void Dispose() => _json.Dispose();

    private void Open(ReadOnlySpan<byte> op)
    {
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        _json.WriteStartObject();
        if (_namesOp)
            _json.WriteString("op"u8, op);
    }

    private void Close()
    {
        _json.WriteEndObject();
        _json.Flush();
    }

    private void RoomFrame(ReadOnlySpan<byte> op, Guid room, ReadOnlySpan<byte> field, long value)
    {
        Open(op);
        _json.WriteString("room"u8, room);
        _json.WriteNumber(field, value);
        Close();
    }

    private void WriteEvent(Room room, RoomEvent ev)
    {
        _json.WriteString("room"u8, room.Uid);
        _json.WriteNumber("seq"u8, ev.Seq);
        _json.WriteString("type"u8, EventFields.Type(ev.Kind));
        _json.WriteNumber("ts"u8, ev.Ts);
        WriteUser("from"u8, ev.From);
        EventFields.Write(_json, ev);
    }

    private void WriteRid(string? rid)
    {
        if (rid is not null)
            _json.WriteString("rid"u8, rid);
    }

    private void WriteUser(ReadOnlySpan<byte> name, User user)
    {
        _json.WritePropertyName(name);
        EventFields.WriteUser(_json, user);
    }

    private void WriteYou(User? you, string nick)
    {
        _json.WriteStartObject("you"u8);
        if (you is null)
            _json.WriteNull("id"u8);
        else
            _json.WriteString("id"u8, you.Uid);
        _json.WriteString("nick"u8, nick);
        _json.WriteBoolean("guest"u8, you?.IsGuest ?? true);
        // A guest is one by the flag already.
        if (you is { Role: > ServerRole.Guest and var role })
            _json.WriteString("role"u8, EventFields.Role(role));
        _json.WriteEndObject();
    }
}
