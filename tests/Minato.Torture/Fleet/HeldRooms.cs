using System.Text.Json;
using Minato.Torture.Histories;

namespace Minato.Torture.Fleet;

/// <summary>The rooms that a client of minato.v1 holds, and how far it has come in each; writes down all that it is told of them. Guarded by its client.</summary>
internal sealed class HeldRooms(string actor, Recorder recorder, bool madeThem)
{
    private readonly Dictionary<string, RoomCursor> _cursors = [];
    private readonly Dictionary<string, (bool IsPrivate, bool IsMember, long Head)> _welcomed = [];

    public IReadOnlyDictionary<string, RoomCursor> Cursors => _cursors;

    public Duties? Duties { get; } = madeThem ? new Duties() : null;

    /// <summary>Those of which it holds no message yet.</summary>
    public Queue<string> Entered { get; } = new();

    /// <param name="rooms">As a welcome has them.</param>
    public void Welcome(JsonElement rooms)
    {
        _welcomed.Clear();
        foreach (var room in rooms.EnumerateArray())
            Room(room, isWelcome: true);
    }

    /// <summary>It was told that it is in this room now.</summary>
    public void Enter(JsonElement room) => Room(room, isWelcome: false);

    public void Leave(long at, string room)
    {
        _cursors.Remove(room);
        recorder.Add(new Gone(at, actor, room));
    }

    public void Event(long at, JsonElement ev)
    {
        var room = ev.GetProperty("room").GetString()!;
        var saw = SeenEvent.Of(ev, actor, room) with { At = at };
        recorder.Add(saw);
        if (!_cursors.TryGetValue(room, out var cursor))
        {
            Complain($"An event of {room}, of which it was told nothing: {ev}");
            return;
        }
        cursor.Last = saw.Seq;
        if (saw.Type == "post")
            cursor.Remember(saw.Seq, saw.User);
        Duties?.See(saw, ev.GetProperty("from").GetProperty("nick").GetString()!);
    }

    public void Resume(long at, JsonElement word)
    {
        var (op, room) = (word.GetProperty("op").GetString()!, word.GetProperty("room").GetString()!);
        var known = _cursors.TryGetValue(room, out var cursor);
        var head = word.TryGetProperty("head", out var h) ? h.GetInt64() : 0;
        var from = op == "partial" ? word.GetProperty("from").GetInt64() : (cursor?.Last ?? 0) + 1;
        recorder.Add(new Resumed(at, actor, room, op == "reset" ? $"reset:{word.GetProperty("reason").GetString()}" : op, from, head));
        if (op == "reset")
        {
            _cursors.Remove(room);
            if (_welcomed.TryGetValue(room, out var anew))
            {
                _cursors.Add(room, new RoomCursor { IsPrivate = anew.IsPrivate, IsMember = anew.IsMember, Last = anew.Head });
                recorder.Add(new Follows(at, actor, room, anew.Head));
            }
            return;
        }
        if (!known)
            Complain($"{op} of {room}, which it did not ask for");
        else
            cursor!.Last = from - 1;
    }

    /// <summary>Writes down how far it came.</summary>
    public void End()
    {
        foreach (var (room, cursor) in _cursors)
            recorder.Add(new Ended(Recorder.Now, actor, room, cursor.Last));
    }

    private void Room(JsonElement room, bool isWelcome)
    {
        var id = room.GetProperty("id").GetString()!;
        var (head, member) = (room.GetProperty("head").GetInt64(), room.GetProperty("member").GetBoolean());
        recorder.Add(new Stood(Recorder.Now, actor, id, member, head, room.GetProperty("posts").GetInt64(), room.GetProperty("read").GetInt64(), room.GetProperty("unread").GetInt64()));
        var isPrivate = room.GetProperty("kind").GetString() == "private";
        if (isWelcome)
            _welcomed[id] = (isPrivate, member, head);
        if (!_cursors.TryGetValue(id, out var cursor))
        {
            _cursors.Add(id, cursor = new RoomCursor { IsPrivate = isPrivate, Last = head });
            recorder.Add(new Follows(Recorder.Now, actor, id, head));
            Entered.Enqueue(id);
        }
        else if (!isWelcome)
        {
            // Told anew of a room that it knows: it follows from here on, whatever it had.
            cursor.Last = head;
            recorder.Add(new Follows(Recorder.Now, actor, id, head));
        }
        cursor.IsMember = member;
    }

    private void Complain(string what) => recorder.Add(new Complained(Recorder.Now, actor, what));
}
