using System.Collections.Concurrent;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Server.Rooms;

namespace Minato.Server.Nodes.Here;

/// <summary>
/// Tells other nodes who is here and who types, and those here what other nodes tell. It is told beside the log and may be lost, so that each node says
/// everything again now and then. Of the one who follows changes, on its thread.
/// </summary>
internal sealed class HereTeller(ICommitFeed feed, LiveRooms rooms, NodeLink link, TimeProvider clock)
{
    /// <summary>Between two times that everything is said again.</summary>
    internal static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(15);

    /// <summary>Payloads heard and not looked at; past it they are lost, and made up for by the next refresh.</summary>
    private const int MaxHeard = 10_000;

    private readonly ConcurrentQueue<string> _heard = new();
    private readonly OthersHere _others = new(clock);
    private readonly Dictionary<RoomId, HashSet<UserId>> _told = [];
    private long _refreshedAt;
    private bool _isAsked = true;

    /// <summary>Called by whoever listens.</summary>
    internal void Hear(string payload)
    {
        if (_heard.Count < MaxHeard)
            _heard.Enqueue(payload);
        link.Beside.AddWhisper();
    }

    /// <summary>It hears again, or for the first time: what others said meanwhile is asked for.</summary>
    internal void Ask() => Say([Whisper.Ask]);

    /// <summary>Says what has changed here since the last time; everything when it is time, or was asked for.</summary>
    /// <param name="isDue">False: only if it was asked for.</param>
    internal void Tell(bool isDue)
    {
        if (!isDue && !_isAsked)
            return;
        var isAll = _isAsked || clock.GetElapsedTime(_refreshedAt) >= RefreshEvery;
        if (isAll)
            (_refreshedAt, _isAsked) = (clock.GetTimestamp(), false);
        var whispers = new List<Whisper>();
        var here = rooms.Loaded.ToDictionary(r => r.Id, r => r.HereByOwn());
        foreach (var (room, users) in here)
            if (isAll)
                whispers.Add(new Whisper(WhisperKind.Here, room, [.. users]));
            else
                AddChange(whispers, room, users);
        foreach (var room in _told.Keys.Where(r => !here.ContainsKey(r)).ToList())
        {
            whispers.Add(new Whisper(WhisperKind.Here, room, []));
            _told.Remove(room);
        }
        while (link.Typed.TryDequeue(out var typed))
            whispers.Add(new Whisper(WhisperKind.Types, typed.Room, [typed.User]));
        foreach (var (room, users) in here)
            _told[room] = users;
        Say(whispers);
    }

    /// <summary>Makes known here what others said, and that some of them are gone.</summary>
    internal async Task MakeKnownAsync(CancellationToken cancel)
    {
        var types = new List<Whisper>();
        while (_heard.TryDequeue(out var payload))
        {
            var (node, whispers) = Whisper.Read(payload);
            _others.Take(node, whispers.Where(w => w.Kind is not (WhisperKind.Ask or WhisperKind.Types)));
            types.AddRange(whispers.Where(w => w.Kind == WhisperKind.Types));
            _isAsked |= whispers.Exists(w => w.Kind == WhisperKind.Ask);
        }
        _others.Expire();
        var timeline = feed.Timeline;
        var changes = rooms.Loaded.ConvertAll(room => new Change(room, _others.In(room.Id)));
        var users = await UsersAsync(changes.SelectMany(c => c.Arrived).Concat(types.SelectMany(t => t.Users)).Distinct().ToList(), cancel);
        // A standby took over, and may know others by these numbers: those who are here are found anew the next time.
        if (feed.Timeline != timeline || link.Past is { IsInDoubt: true })
            return;
        foreach (var change in changes.Where(c => c.Arrived.Count + c.Gone.Count > 0))
            change.Room.ChangeHereByOthers(change.Arrived.Where(users.ContainsKey).Select(u => users[u]), change.Gone);
        foreach (var typing in types)
            if (rooms.Find(typing.Room) is { } live)
                foreach (var user in typing.Users.Where(users.ContainsKey))
                    live.TypeElsewhere(users[user]);
    }

    private async ValueTask<Dictionary<UserId, User>> UsersAsync(List<UserId> users, CancellationToken cancel) =>
        users.Count == 0 ? [] : (await feed.ReadUsersAsync(users, cancel)).Where(u => !u.IsGone).ToDictionary(u => u.User.Id, u => u.User);

    private void AddChange(List<Whisper> whispers, RoomId room, HashSet<UserId> users)
    {
        var told = _told.GetValueOrDefault(room) ?? [];
        if (users.Where(u => !told.Contains(u)).ToList() is { Count: > 0 } came)
            whispers.Add(new Whisper(WhisperKind.Came, room, came));
        if (told.Where(u => !users.Contains(u)).ToList() is { Count: > 0 } went)
            whispers.Add(new Whisper(WhisperKind.Went, room, went));
    }

    private void Say(IEnumerable<Whisper> whispers)
    {
        foreach (var payload in Whisper.Write(link.Name, whispers))
            feed.Whisper(payload);
    }

    private sealed class Change
    {
        internal Change(LiveRoom room, HashSet<UserId> others)
        {
            var known = room.HereByOthers();
            (Room, Arrived, Gone) = (room, [.. others.Where(u => !known.Contains(u))], [.. known.Where(u => !others.Contains(u))]);
        }

        internal LiveRoom Room { get; }

        internal List<UserId> Arrived { get; }

        internal List<UserId> Gone { get; }
    }
}
