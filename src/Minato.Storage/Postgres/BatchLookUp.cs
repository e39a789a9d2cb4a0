using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Postgres.Native;
using Minato.Storage.Reading;
using Minato.Storage.Writing;

namespace Minato.Storage.Postgres;

/// <summary>
/// What a batch needs to know, in a handful of questions for all its commands: first the heads, locked in order, as a statement
/// of its own — what waited for another writer sees, afterwards, what that one committed — then everything else.
/// </summary>
internal sealed class BatchLookUp(PostgresDatabase db)
{
    private const string Heads =
        "select room_id, seq, post_no, ts, first_seq, acl_version from room_heads where room_id = any(?1) order by room_id for update";

    private const string Rooms = $"select {RoomReader.Columns} from rooms r where r.id = any(?1)";

    private const string DirectRooms =
        $"select s.room_id, {UserReader.Columns} from member_spans s join users u on u.id = s.user_id where s.room_id = any(?1) order by s.room_id, u.id";

    private const string Users = $"select {UserReader.Columns} from users u where u.id = any(?1) and u.ended_at is null";

    private const string Answers = """
        select c.user_id, c.cid, c.act, c.room_id, c.seq, c.ts
        from unnest(?1, ?2) as asked (user_id, cid) join client_ids c using (user_id, cid)
        """;

    private const string Places = """
        select r.id, p.user_id, m.role, case when b.at is not null then coalesce(b.until, ?3) end,
               case when u.at is not null then coalesce(u.until, ?3) end, i.at is not null, r.kind = 0
        from unnest(?1, ?2) as p (room_id, user_id)
        join rooms r on r.id = p.room_id
        left join members m on m.room_id = p.room_id and m.user_id = p.user_id
        left join bans b on b.room_id = p.room_id and b.user_id = p.user_id and (b.until is null or b.until > ?4)
        left join mutes u on u.room_id = p.room_id and u.user_id = p.user_id and (u.until is null or u.until > ?4)
        left join invites i on i.room_id = p.room_id and i.user_id = p.user_id
        """;

    internal void Load(WriteContext context, IReadOnlyList<Command> batch)
    {
        // Others write, too: nothing that was known before this transaction can be relied upon.
        context.ForgetAll();
        var answers = context.Answers ??= [];
        if (batch.Count == 0)
            return;
        var asked = new Asked(batch);
        AddRoomsOfVisitors(asked);
        var heads = LockHeads(asked);
        LoadUsers(context, asked);
        LoadRooms(context, asked, heads);
        LoadPlaces(context, asked);
        LoadAnswers(answers, asked);
    }

    /// <summary>Whoever ends leaves every room.</summary>
    private void AddRoomsOfVisitors(Asked asked)
    {
        if (asked.Ending.Count == 0)
            return;
        var rows = db.Query("select room_id from members where user_id = any(?1)").Bind(1, [.. asked.Ending]);
        while (rows.Step())
            asked.Rooms.Add(rows.Int64(0));
    }

    private Dictionary<long, RoomHead> LockHeads(Asked asked)
    {
        var heads = new Dictionary<long, RoomHead>(asked.Rooms.Count);
        if (asked.Rooms.Count == 0)
            return heads;
        var rows = db.Query(Heads).Bind(1, [.. asked.Rooms]);
        while (rows.Step())
            heads[rows.Int64(0)] = RoomReader.ReadHead(rows, 1);
        return heads;
    }

    private void LoadUsers(WriteContext context, Asked asked)
    {
        if (asked.Users.Count == 0)
            return;
        var rows = db.Query(Users).Bind(1, [.. asked.Users]);
        while (rows.Step())
            context.Remember(UserReader.Read(rows, 0));
    }

    private void LoadRooms(WriteContext context, Asked asked, Dictionary<long, RoomHead> heads)
    {
        if (heads.Count == 0)
            return;
        var rows = db.Query(Rooms).Bind(1, [.. asked.Rooms]);
        var direct = new Dictionary<long, Room>();
        while (rows.Step())
        {
            var room = RoomReader.Read(rows, 0);
            if (room.Kind == RoomKind.Direct)
                direct.Add(room.Id.Value, room with { Users = new List<User>(2) });
            else
                context.Remember(new WriterRoom(room, heads[room.Id.Value]) { IsLocked = true });
        }
        if (direct.Count == 0)
            return;
        rows = db.Query(DirectRooms).Bind(1, [.. direct.Keys]);
        while (rows.Step())
            ((List<User>)direct[rows.Int64(0)].Users).Add(UserReader.Read(rows, 1));
        foreach (var room in direct.Values)
            context.Remember(new WriterRoom(room, heads[room.Id.Value]) { IsLocked = true });
    }

    private void LoadPlaces(WriteContext context, Asked asked)
    {
        if (asked.Places.Count == 0)
            return;
        var rows = db.Query(Places).Bind(1, [.. asked.Places.Select(p => p.Room)]).Bind(2, [.. asked.Places.Select(p => p.User)])
            .Bind(3, long.MaxValue).Bind(4, context.Now);
        while (rows.Step())
            if (context.Room(new RoomId(rows.Int64(0))) is { } room)
                room.Places[new UserId(rows.Int64(1))] = StandingReader.Read(rows, 2);
    }

    private void LoadAnswers(Dictionary<(UserId, ClientId), FirstAnswer> answers, Asked asked)
    {
        if (asked.Cids.Count == 0)
            return;
        var rows = db.Query(Answers).Bind(1, [.. asked.Cids.Select(c => c.User)]).Bind(2, [.. asked.Cids.Select(c => c.Cid.Value)]);
        while (rows.Step())
            if (ClientId.TryCreate(rows.Text(1), out var cid))
                answers[(new UserId(rows.Int64(0)), cid)] = new FirstAnswer(
                    (Act)rows.Int64(2), new RoomId(rows.Int64(3)), rows.Int64(4), rows.Int64(5));
    }

    /// <summary>What the commands of a batch name.</summary>
    private sealed class Asked
    {
        internal Asked(IReadOnlyList<Command> batch)
        {
            foreach (var command in batch)
                if (command is UserCommand { Actor.Id: var actor } known)
                    Add(known, actor.Value);
        }

        /// <summary>Whose heads are locked, in the order of their ids.</summary>
        internal SortedSet<long> Rooms { get; } = [];

        internal HashSet<long> Users { get; } = [];

        internal HashSet<(long Room, long User)> Places { get; } = [];

        internal HashSet<(long User, ClientId Cid)> Cids { get; } = [];

        internal List<long> Ending { get; } = [];

        private void Add(UserCommand command, long actor)
        {
            Users.Add(actor);
            if (command.Cid is { } cid)
                Cids.Add((actor, cid));
            if (command is RoomCommand { Room: var room })
            {
                Rooms.Add(room.Value);
                Places.Add((room.Value, actor));
            }
            switch (command)
            {
                case MemberCommand { Room: var about, Subject: var subject }:
                    Users.Add(subject.Value);
                    Places.Add((about.Value, subject.Value));
                    break;
                case OpenDirect direct:
                    Users.Add(direct.Other.Value);
                    break;
                case EndVisitor:
                    Ending.Add(actor);
                    break;
            }
        }
    }
}
