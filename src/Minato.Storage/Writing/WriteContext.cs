using Minato.Core.Accounts;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Reading;
using Minato.Storage.Sql;

namespace Minato.Storage.Writing;

/// <summary>
/// What the writer knows of rooms and users, so that a post costs its inserts and no look-ups. It is the database's state as
/// of the open transaction: a rollback forgets all of it.
/// </summary>
internal sealed class WriteContext(Database db, TimeProvider clock)
{
    /// <summary>Rooms and users kept; past it all are forgotten and read again as needed.</summary>
    private const int MaxKept = 50_000;

    private readonly Dictionary<RoomId, WriterRoom> _rooms = [];
    private readonly Dictionary<UserId, User> _users = [];
    private readonly List<WriterRoom> _moved = [];
    private DateTimeOffset _now;
    private int _kept;

    internal Database Db { get; } = db;

    /// <summary>Whose command it is, and what their client calls them.</summary>
    internal (UserId User, string? Username) Called { get; set; }

    /// <summary>Null where each command looks for itself.</summary>
    internal LookedUp? LookedUp { get; set; }

    /// <summary>One time for the whole batch: a repeat's answer has the very ts of its event.</summary>
    internal long Now => _now.ToUnixTimeMilliseconds();

    internal void Begin()
    {
        var now = clock.GetUtcNow();
        // A clock that goes back brings back bans and mutes that had run out: what people are is read again.
        if (now < _now)
            foreach (var room in _rooms.Values)
                room.Places.Clear();
        _now = now;
    }

    internal Guid NewUid() => Guid.CreateVersion7(_now);

    internal WriterRoom? Room(RoomId id)
    {
        if (_rooms.TryGetValue(id, out var known))
            return known;
        // It is no room's, and says so of a name that is nobody's: no slower than a room that is known here.
        if (id == default)
            return null;
        if (RoomReader.ById(Db, id) is not { } room)
            return null;
        _kept++;
        return _rooms[id] = new WriterRoom(room, RoomReader.Head(Db, id)) { IsLocked = !Db.HasOtherWriters };
    }

    /// <summary>The user as of now: commands carry the one their session knew.</summary>
    internal User? User(UserId id)
    {
        if (_users.TryGetValue(id, out var known))
            return known;
        if (UserReader.ById(Db, id) is not { } user)
            return null;
        _kept++;
        return _users[id] = user;
    }

    /// <summary>Whether a login is still one.</summary>
    /// <param name="credential">SHA-256 of its secret.</param>
    internal bool IsGood(byte[] credential) => LookedUp?.Credentials is { } good
        ? good.Contains(CredentialId.Of(credential))
        : CredentialReader.Find(Db, (credential, Now)) is not null;

    /// <summary>A command about accounts may end a login that another of its batch is asked by.</summary>
    internal void ForgetCredentials()
    {
        if (LookedUp is { } known)
            known.Credentials = null;
    }

    internal void Remember(WriterRoom room)
    {
        _kept++;
        _rooms[room.Room.Id] = room;
    }

    internal void Remember(User user)
    {
        _kept++;
        _users[user.Id] = user;
    }

    /// <summary>A user is called otherwise, or has another role. Direct rooms carry their users.</summary>
    internal void Change(User user)
    {
        _users[user.Id] = user;
        foreach (var room in _rooms.Values)
            room.Forget(user.Id);
        foreach (var room in _rooms.Values.Where(r => r.Room.Users.Any(u => u.Id == user.Id)))
            room.Room = room.Room with { Users = [.. room.Room.Users.Select(u => u.Id == user.Id ? user : u)] };
    }

    internal void Forget(UserId user) => _users.Remove(user);

    internal Standing Standing(WriterRoom room, UserId user) => Place(room, user).Standing;

    /// <summary>The same with what the room's patterns make of them.</summary>
    internal Standing SpeakingStanding(WriterRoom room, User user)
    {
        var standing = Standing(room, user.Id);
        return PatternHits.Matter(standing) ? Hits(room, user).After(standing) : standing;
    }

    /// <summary>What a room's patterns make of somebody; nothing where there are none. Found once for each name that they have.</summary>
    internal PatternHits Hits(WriterRoom room, User user)
    {
        if (room.Room.Patterns == 0)
            return default;
        var username = user.Id == Called.User ? Called.Username : null;
        if (room.Hits.TryGetValue(user.Id, out var known) && known.User == user && known.Username == username)
            return known.Hits;
        room.Patterns ??= [.. PatternReader.OfRoom(Db, room.Room.Id).Select(p => (p.List, p.Pattern))];
        var hits = PatternHits.Of(room.Patterns, user, username);
        _kept++;
        room.Hits[user.Id] = (user, username, hits);
        return hits;
    }

    /// <summary>Read again when a ban or a mute may have run out, and after <see cref="WriterRoom.Forget"/>.</summary>
    internal Place Place(WriterRoom room, UserId user)
    {
        if (room.Places.TryGetValue(user, out var known) && Now < known.Until)
            return known;
        _kept++;
        return room.Places[user] = StandingReader.Place(Db, room.Room.Id, user, Now);
    }

    /// <summary>The time of the room's next event: never below the newest one's, whatever the clock does.</summary>
    internal long NextTs(WriterRoom room) => Math.Max(Now, room.Head.Ts);

    /// <summary>Writes the envelope of the room's next event and moves the head.</summary>
    /// <param name="body">What somebody wrote, UTF-8; empty for none.</param>
    internal (long Seq, long Ts) Append(WriterRoom room, EventKind kind, UserId user, ReadOnlySpan<byte> body, Details details = default)
    {
        Lock(room);
        var (seq, ts) = (room.Head.Seq + 1, NextTs(room));
        var postNo = room.Head.PostNo + (kind == EventKind.Posted ? 1 : 0);
        Db.Deferred("insert into events (room_id, seq, kind, user_id, ts, post_no, target, subject, value) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .Bind(1, room.Room.Id.Value).Bind(2, seq).Bind(3, (long)kind).Bind(4, user.Value).Bind(5, ts).Bind(6, postNo)
            .Bind(7, details.Target).Bind(8, details.Subject?.Value).Bind(9, details.Value).Run();
        if (!body.IsEmpty)
            Db.Deferred("insert into bodies (room_id, seq, body) values (?, ?, ?)")
                .Bind(1, room.Room.Id.Value).Bind(2, seq).BindUtf8(3, body).Run();
        Move(room, room.Head with { Seq = seq, PostNo = postNo, Ts = ts });
        return (seq, ts);
    }

    internal void RaiseAclVersion(WriterRoom room) =>
        Move(room, room.Head with { AclVersion = room.Head.AclVersion + 1 });

    /// <summary>What lies below a seq is not kept any more; the room is locked.</summary>
    /// <param name="posts">The newest post below it.</param>
    internal void Trim(WriterRoom room, long firstSeq, long posts)
    {
        Db.Statement("update room_heads set first_seq = ?, trimmed_posts = ? where room_id = ?")
            .Bind(1, firstSeq).Bind(2, posts).Bind(3, room.Room.Id.Value).Run();
        room.Head = room.Head with { FirstSeq = firstSeq, TrimmedPosts = posts };
    }

    /// <summary>Writes each moved head once for the whole batch.</summary>
    internal void WriteHeads()
    {
        foreach (var room in _moved)
        {
            Db.Deferred("update room_heads set seq = ?, post_no = ?, ts = ?, acl_version = ? where room_id = ?")
                .Bind(1, room.Head.Seq).Bind(2, room.Head.PostNo).Bind(3, room.Head.Ts).Bind(4, room.Head.AclVersion)
                .Bind(5, room.Room.Id.Value).Run();
            room.HasMoved = false;
        }
        _moved.Clear();
    }

    internal void ForgetIfMany()
    {
        if (_kept > MaxKept)
            ForgetAll();
    }

    internal void ForgetAll()
    {
        _rooms.Clear();
        _users.Clear();
        LookedUp?.Clear();
        _moved.Clear();
        _kept = 0;
    }

    /// <summary>
    /// Nobody moves the head before this transaction ends. Only a room that no command names is locked as late as this; the others are, in
    /// order, before anything is decided.
    /// </summary>
    internal void Lock(WriterRoom room)
    {
        if (room.IsLocked)
            return;
        room.Head = RoomReader.HeadForUpdate(Db, room.Room.Id);
        room.IsLocked = true;
    }

    private void Move(WriterRoom room, RoomHead head)
    {
        room.Head = head;
        if (room.HasMoved)
            return;
        room.HasMoved = true;
        _moved.Add(room);
    }
}

/// <summary>What an envelope says besides who and when; each kind of event uses what it needs.</summary>
internal readonly record struct Details(long? Target = null, UserId? Subject = null, long? Value = null);

/// <summary>A room as the writer knows it.</summary>
internal sealed class WriterRoom(Room room, RoomHead head)
{
    internal Room Room { get; set; } = room;

    internal RoomHead Head { get; set; } = head;

    /// <summary>Whether nobody else can move the head before this transaction ends.</summary>
    internal bool IsLocked { get; set; }

    internal bool HasMoved { get; set; }

    internal Dictionary<UserId, Place> Places { get; } = [];

    /// <summary>Null: not read yet.</summary>
    internal IReadOnlyList<(PatternList List, UserPattern Pattern)>? Patterns { get; set; }

    /// <summary>What the patterns made of whom, by what they and their client called them then.</summary>
    internal Dictionary<UserId, (User User, string? Username, PatternHits Hits)> Hits { get; } = [];

    /// <summary>The patterns have changed: they are read again.</summary>
    internal void ForgetPatterns()
    {
        Patterns = null;
        Hits.Clear();
    }

    /// <summary>What the user is has changed: it is read again.</summary>
    internal void Forget(UserId user) => Places.Remove(user);
}
