using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Minato.Core.Users;
using Minato.Server.Sessions;
using Minato.Server.Sessions.WebSocket;

namespace Minato.Server.Tests.Scheduling;

/// <summary>
/// A client of <c>minato.v1</c> that believes docs/protocols/websocket.md to the letter: whatever it is sent out of order, twice,
/// too early or too late breaks a rule, and is said.
/// </summary>
internal sealed class ScheduledClient(World world, string name, User user, string token)
{
    private readonly Dictionary<string, string> _unanswered = [];
    private readonly HashSet<string> _answered = [];
    private readonly HashSet<string> _askedHere = [];
    private readonly HashSet<string> _begunHere = [];
    private readonly Dictionary<string, long> _readUpTo = [];
    private Dictionary<string, long> _rooms = [];
    private Dictionary<string, long> _held = [];
    private Dictionary<string, long> _resuming = [];
    private Pipe? _up;
    private Pipe? _down;
    private byte[] _half = [];
    private bool _closed;
    private bool _isCut;
    private int _count;

    public string Name => name;

    public User User => user;

    public bool IsConnected => _up is not null;

    public bool IsWelcome { get; private set; }

    /// <summary>The rooms that it is told of, and the newest event that it has of each.</summary>
    public IReadOnlyDictionary<string, long> Rooms => _rooms;

    /// <summary>Sent and not answered yet, over this connection or one before.</summary>
    public IReadOnlyCollection<string> Unanswered => _unanswered.Keys;

    /// <summary>What was acknowledged; each stands in the log once.</summary>
    public List<string> Acknowledged { get; } = [];

    public long ReadUpTo(string room) => _readUpTo.GetValueOrDefault(room);

    public void Connect(bool resumes)
    {
        var up = _up = new Pipe();
        var down = _down = new Pipe(new PipeOptions(pauseWriterThreshold: 512, resumeWriterThreshold: 256));
        (_half, _closed, _isCut, IsWelcome) = ([], false, false, false);
        _askedHere.Clear();
        _begunHere.Clear();
        _readUpTo.Clear();
        _resuming = resumes ? new(_held) : [];
        var connection = new Connection(up.Reader, down.Writer, null, null, HangUpFromWithin, world.Clock, World.Capacity);
        world.Schedule.Begin(name, () => world.Follow(name, RunAsync(connection, down, up)));
        Send($$$"""{"op":"hello","ver":1,"client":"t","auth":{"session":"{{{token}}}"},"resume":{"rooms":{{{JsonSerializer.Serialize(_resuming)}}}}}""");

        void HangUpFromWithin()
        {
            if (_up == up)
                _isCut = true;
            up.Writer.Complete();
            down.Reader.CancelPendingRead();
        }
    }

    public void HangUp()
    {
        _up!.Writer.Complete();
        _down!.Reader.Complete();
        (_up, _down) = (null, null);
        foreach (var (room, seq) in _rooms)
            _held[room] = seq;
        _rooms = [];
        IsWelcome = false;
    }

    /// <summary>Asks for a change, which must be answered once.</summary>
    public void Ask(string op, string room, string more = "")
    {
        var cid = $"{name}-{++_count}";
        _unanswered[cid] = $$"""{"op":"{{op}}","cid":"{{cid}}","room":"{{room}}"{{more.Replace("CID", cid)}}}""";
        _begunHere.Add(cid);
        Ask(cid);
    }

    public void MarkRead(string room, long seq) => Send($$"""{"op":"read","room":"{{room}}","seq":{{seq}}}""");

    /// <summary>Takes some of the bytes that are there for it; false: there were none.</summary>
    public bool Read(int atMost)
    {
        if (_down is null || !_down.Reader.TryRead(out var result))
            return false;
        var taken = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, atMost));
        _half = [.. _half, .. taken.ToArray()];
        var count = taken.Length;
        _down.Reader.AdvanceTo(taken.End);
        while (TryTake(out var opcode, out var payload))
            Take(opcode, payload);
        // The server closed: so does a client.
        if (_closed || result.IsCompleted)
            HangUp();
        return count > 0;
    }

    private async Task RunAsync(Connection connection, Pipe down, Pipe up)
    {
        await new WebSocketSession(connection, world.Context).RunAsync();
        await connection.Queue.DrainAsync();
        await down.Writer.CompleteAsync();
        await connection.DisposeAsync();
        await up.Reader.CompleteAsync();
    }

    private void Ask(string cid)
    {
        _askedHere.Add(cid);
        Send(_unanswered[cid]);
    }

    /// <summary>One masked text frame; with a mask of zeros the payload stays as it is.</summary>
    private void Send(string json)
    {
        // The server gave the connection up: what is said into it is lost.
        if (_isCut)
            return;
        var payload = Encoding.UTF8.GetBytes(json);
        var head = payload.Length < 126 ? [0x81, (byte)(0x80 | payload.Length), 0, 0, 0, 0]
            : new byte[] { 0x81, 0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length, 0, 0, 0, 0 };
        _up!.Writer.Write(head);
        _up.Writer.Write(payload);
        // No limit is set on this pipe: it never waits.
        _ = _up.Writer.FlushAsync().AsTask();
    }

    private bool TryTake(out int opcode, out byte[] payload)
    {
        (opcode, payload) = (0, []);
        if (_half.Length < 2)
            return false;
        var (start, length) = _half[1] switch
        {
            126 => (4, _half.Length < 4 ? int.MaxValue : BinaryPrimitives.ReadUInt16BigEndian(_half.AsSpan(2))),
            127 => (10, _half.Length < 10 ? int.MaxValue : (int)BinaryPrimitives.ReadUInt64BigEndian(_half.AsSpan(2))),
            var small => (2, small),
        };
        if (length > _half.Length - start)
            return false;
        opcode = _half[0] & 0xF;
        payload = _half[start..(start + length)];
        _half = _half[(start + length)..];
        return true;
    }

    private void Take(int opcode, byte[] payload)
    {
        Rule(!_closed, "something came after the close frame");
        if (opcode == 8)
        {
            _closed = true;
            world.Reached.Add($"close {BinaryPrimitives.ReadUInt16BigEndian(payload)}");
            return;
        }
        if (opcode != 1)
            return;
        using var json = JsonDocument.Parse(payload);
        var frame = json.RootElement;
        var op = frame.GetProperty("op").GetString()!;
        world.Schedule.Trace.Add($"    {name} ← {Encoding.UTF8.GetString(payload)}");
        world.Reached.Add(op switch
        {
            "reset" => $"reset {Text(frame, "reason")}",
            "error" => $"error {Text(frame, "code")}",
            "ev" => $"ev {Text(frame, "type")}",
            _ => op,
        });
        Rule(IsWelcome || op is "welcome" or "error", $"“{op}” came before the welcome");
        switch (op)
        {
            case "welcome":
                Welcome(frame);
                break;
            case "resumed":
                TakeUp(frame, held => held);
                break;
            case "partial":
                TakeUp(frame, _ => frame.GetProperty("from").GetInt64() - 1);
                break;
            case "reset":
                _held.Remove(Text(frame, "room"));
                _resuming.Remove(Text(frame, "room"));
                break;
            case "ev":
                Event(frame);
                break;
            case "room":
                var room = frame.GetProperty("room");
                var (id, head) = (Text(room, "id"), room.GetProperty("head").GetInt64());
                Rule(!_rooms.TryGetValue(id, out var last) || last == head, $"is told head {head} of a room that it has up to {last}");
                _rooms[id] = head;
                break;
            case "gone":
                Rule(_rooms.Remove(Text(frame, "room")), "is gone from a room that it was not in");
                _held.Remove(Text(frame, "room"));
                break;
            case "ok":
            case "error":
                Answer(frame, op);
                break;
            case "read":
                var (of, seq) = (Text(frame, "room"), frame.GetProperty("seq").GetInt64());
                Rule(seq > _readUpTo.GetValueOrDefault(of), "a read position did not move forward");
                _readUpTo[of] = seq;
                break;
        }
    }

    private void Welcome(JsonElement frame)
    {
        Rule(!IsWelcome, "is welcome twice");
        IsWelcome = true;
        _rooms = frame.GetProperty("rooms").EnumerateArray().ToDictionary(r => Text(r, "id"), r => r.GetProperty("head").GetInt64());
        foreach (var cid in _unanswered.Keys.ToList())
            Ask(cid);
    }

    /// <summary>The server goes on where the client stopped.</summary>
    private void TakeUp(JsonElement frame, Func<long, long> from)
    {
        var room = Text(frame, "room");
        Rule(_resuming.Remove(room, out var held), "is resumed where it did not ask");
        Rule(_rooms.TryGetValue(room, out var head) && head == frame.GetProperty("head").GetInt64(), "is resumed to another head than it was welcomed with");
        _rooms[room] = from(held);
    }

    private void Event(JsonElement frame)
    {
        var (room, seq) = (Text(frame, "room"), frame.GetProperty("seq").GetInt64());
        Rule(_rooms.TryGetValue(room, out var last), $"event {seq} came of a room that it is not in");
        Rule(seq == last + 1, $"event {seq} came after {last}");
        _rooms[room] = seq;
        world.CheckMaySee(this, room, seq);
        if (Text(frame, "type") == "post" && Text(frame.GetProperty("from"), "id") == user.Uid.ToString() && _begunHere.Contains(Text(frame, "body")))
            Rule(_answered.Contains(Text(frame, "body")), $"event {seq} came before its own ok");
    }

    private void Answer(JsonElement frame, string op)
    {
        var cid = Text(frame, "cid");
        Rule(_askedHere.Contains(cid), $"{cid} is answered over a connection that did not ask");
        Rule(_unanswered.Remove(cid), $"{cid} is answered twice");
        _answered.Add(cid);
        if (op == "ok")
            Acknowledged.Add(cid);
    }

    private void Rule(bool holds, string otherwise)
    {
        if (!holds)
            throw new BrokenRule($"{name} {otherwise}");
    }

    private static string Text(JsonElement frame, string field) => frame.GetProperty(field).GetString()!;
}
