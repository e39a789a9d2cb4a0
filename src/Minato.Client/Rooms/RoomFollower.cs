using Minato.Wire.WebSocket.Frames;

namespace Minato.Client;

/// <summary>
/// What is held of the rooms: where each stands, and what of a connection's frames is told. Events are told in the order of their log, each once;
/// a gap ends the connection, so that the next one resumes. Belongs to the loop that reads the connection.
/// </summary>
/// <param name="tell">False: the update was let go, and so must be what it says; the next connection brings it again.</param>
internal sealed class RoomFollower(ClientState state, Func<Update, Mark[], ValueTask<bool>> tell)
{
    /// <summary>Rooms in one <c>resume</c>, as the server allows.</summary>
    private const int MaxResume = 1_000;

    private readonly Dictionary<Guid, long> _last = new(state.Cursors);
    private readonly Dictionary<Guid, Repair> _repairs = [];
    private readonly RepairedChanges _changes = new();
    private HashSet<Guid> _unasked = [];
    private Dictionary<Guid, RoomInfo> _rooms = [];

    /// <summary>As last told, by id; a new one each time.</summary>
    internal IReadOnlyDictionary<Guid, RoomInfo> Rooms { get; private set; } = new Dictionary<Guid, RoomInfo>();

    internal RepairQuestions Questions { get; } = new();

    internal IReadOnlyList<(RoomRef Room, long Seq)> Resume()
    {
        _repairs.Clear();
        Questions.Clear();
        _unasked = [.. _last.Keys.Skip(MaxResume)];
        return [.. _last.Take(MaxResume).Select(c => (new RoomRef(c.Key, null), c.Value))];
    }

    internal async ValueTask WelcomeAsync(WelcomeFrame frame)
    {
        _rooms = frame.Rooms.ToDictionary(r => r.Id);
        Rooms = new Dictionary<Guid, RoomInfo>(_rooms);
        Mark[] fresh = [.. frame.Rooms.Where(r => !_last.ContainsKey(r.Id)).Select(r => new Mark(r.Id, r.Head))];
        await TellAsync(new Welcomed(frame.You, frame.Rooms) { Blocks = frame.Blocks }, fresh);
        foreach (var room in _unasked)
            await ResetAsync(room, "unasked");
    }

    /// <summary>False: an event is missing before this one.</summary>
    internal async ValueTask<bool> EventAsync(EventFrame ev)
    {
        if (_repairs.TryGetValue(ev.Room, out var repair))
        {
            repair.Hold(ev);
            return true;
        }
        if (!_last.TryGetValue(ev.Room, out var last) || ev.Seq <= last)
            return true;
        if (ev.Seq > last + 1)
            return false;
        if (_changes.Has(ev))
            _last[ev.Room] = ev.Seq;
        else
            await TellAsync(new Happened(ev), new Mark(ev.Room, ev.Seq));
        return true;
    }

    internal void Partial(PartialFrame frame)
    {
        if (!_last.TryGetValue(frame.Room, out var last) || frame.From <= last + 1)
            return;
        var repair = new Repair(frame.Room, last, frame.From);
        _repairs[frame.Room] = repair;
        Questions.Add(repair);
    }

    /// <summary>False: an event is missing behind the hole.</summary>
    internal async ValueTask<bool> RepairAsync(HistoryAnswer page)
    {
        if (Questions.Take(page.Rid) is not { } repair || !_repairs.ContainsKey(repair.Room))
            return true;
        var repaired = repair.Fill(page);
        if (!await TellAsync(repaired, new Mark(repair.Room, repaired.UpTo)))
            return true;
        repair.Filled(repaired);
        _changes.Remember(page, repair);
        if (!repair.IsFilled)
        {
            Questions.Add(repair);
            return true;
        }
        return await ReleaseAsync(repair);
    }

    /// <summary>The hole cannot be filled: the room is not for us any more, and what is held of it is to be forgotten.</summary>
    internal async ValueTask GiveUpAsync(Repair repair)
    {
        _repairs.Remove(repair.Room);
        await ResetAsync(repair.Room, "unknown");
    }

    internal ValueTask ResetAsync(ResetFrame frame) =>
        Guid.TryParse(frame.Room, out var room) ? ResetAsync(room, frame.Reason) : ValueTask.CompletedTask;

    internal async ValueTask EnterAsync(RoomInfo room)
    {
        _rooms[room.Id] = room;
        Rooms = new Dictionary<Guid, RoomInfo>(_rooms);
        await TellAsync(new RoomEntered(room), _last.ContainsKey(room.Id) ? [] : [new Mark(room.Id, room.Head)]);
    }

    internal async ValueTask GoneAsync(Guid room)
    {
        _rooms.Remove(room);
        Rooms = new Dictionary<Guid, RoomInfo>(_rooms);
        _repairs.Remove(room);
        await TellAsync(new RoomLeft(room), new Mark(room, null));
    }

    private async ValueTask<bool> ReleaseAsync(Repair repair)
    {
        _repairs.Remove(repair.Room);
        foreach (var ev in repair.Held)
            if (!await EventAsync(ev))
                return false;
        return true;
    }

    private async ValueTask ResetAsync(Guid room, string reason)
    {
        _repairs.Remove(room);
        if (!_last.ContainsKey(room))
            return;
        var head = _rooms.TryGetValue(room, out var info) ? info.Head : (long?)null;
        await TellAsync(new RoomReset(room, reason, head), new Mark(room, head));
    }

    private async ValueTask<bool> TellAsync(Update update, params Mark[] marks)
    {
        if (!await tell(update, marks))
            return false;
        foreach (var mark in marks)
            if (mark.Seq is { } seq)
                _last[mark.Room] = seq;
            else
                _last.Remove(mark.Room);
        return true;
    }
}
