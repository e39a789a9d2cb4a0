using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Postgres.Native;
using Minato.Storage.Reading;
using Minato.Storage.Writing;

namespace Minato.Storage.Postgres;

/// <summary>
/// What a batch needs to know, in two journeys for all its commands: first the heads, locked in order, as a statement of its own —
/// what waited for another writer sees, afterwards, what that one committed — then everything else.
/// </summary>
internal sealed class BatchLookUp(PostgresDatabase db)
{
    private const string Heads =
        $"select h.room_id, {RoomReader.HeadColumns} from room_heads h where h.room_id = any($1) order by h.room_id for update";

    private const string Users = $"select {UserReader.Columns} from users u where u.id = any($1) and u.ended_at is null";

    private const string Rooms = $"select {RoomReader.Columns} from rooms r where r.id = any($1)";

    private const string UsersOfDirectRooms = $"""
        select distinct s.room_id, {UserReader.Columns}
        from rooms r join member_spans s on s.room_id = r.id join users u on u.id = s.user_id
        where r.id = any($1) and r.kind = 2 order by s.room_id, u.id
        """;

    private const string Blocks = """
        select k.user_id, k.blocked_id
        from rooms r join member_spans s on s.room_id = r.id join member_spans t on t.room_id = r.id
        join blocks k on k.user_id = s.user_id and k.blocked_id = t.user_id
        where r.id = any($1) and r.kind = 2
        """;

    private const string Places = """
        select p.room_id, p.user_id, m.role, case when b.at is not null then coalesce(b.until, $3) end,
               case when u.at is not null then coalesce(u.until, $3) end, i.at is not null, r.kind = 0, coalesce(w.role, 0)
        from unnest($1, $2) as p (room_id, user_id)
        join rooms r on r.id = p.room_id
        left join members m on m.room_id = p.room_id and m.user_id = p.user_id
        left join bans b on b.room_id = p.room_id and b.user_id = p.user_id and (b.until is null or b.until > $4)
        left join mutes u on u.room_id = p.room_id and u.user_id = p.user_id and (u.until is null or u.until > $4)
        left join invites i on i.room_id = p.room_id and i.user_id = p.user_id
        left join users w on w.id = p.user_id
        """;

    private const string Answers = """
        select c.user_id, c.cid, c.act, c.room_id, c.seq, c.ts
        from unnest($1, $2) as asked (user_id, cid) join client_ids c using (user_id, cid)
        """;

    private const string ReadPositions = """
        select p.room_id, p.user_id, p.seq
        from unnest($1, $2) as asked (room_id, user_id) join read_positions p using (room_id, user_id)
        """;

    private const string PostNumbers = """
        select e.room_id, e.seq, e.post_no from unnest($1, $2) as asked (room_id, seq) join events e using (room_id, seq)
        """;

    internal void Load(WriteContext context, IReadOnlyList<Command> batch)
    {
        // Others write, too: nothing that was known before this transaction can be relied upon.
        context.ForgetAll();
        var lookedUp = context.LookedUp ??= new LookedUp();
        if (batch.Count == 0)
            return;
        var asked = new BatchNeeds(batch);
        AddRoomsOfVisitors(asked);
        AddRoomsOfLinks(asked);
        AddDirectRooms(asked);
        var heads = LockHeads(asked);
        using var questions = new Questions(db);
        questions.Add(Users, asked.Users.ToArray());
        questions.Add(Rooms, asked.Rooms.ToArray());
        questions.Add(UsersOfDirectRooms, asked.Rooms.ToArray());
        questions.Add(Blocks, asked.Rooms.ToArray());
        questions.Add(Places, First(asked.Places), Second(asked.Places), long.MaxValue, context.Now);
        questions.Add(Answers, asked.Cids.Select(c => c.User).ToArray(), asked.Cids.Select(c => c.Cid.Value).ToArray());
        questions.Add(ReadPositions, First(asked.Readers), Second(asked.Readers));
        questions.Add(PostNumbers, First(asked.Read), Second(asked.Read));

        while (questions.Step())
            context.Remember(UserReader.Read(questions, 0));
        var rooms = ReadRooms(questions, heads);
        foreach (var room in rooms.Values)
            context.Remember(room);
        while (questions.Step())
            lookedUp.Blocks.Add((new UserId(questions.Int64(0)), new UserId(questions.Int64(1))));
        while (questions.Step())
            rooms[questions.Int64(0)].Places[new UserId(questions.Int64(1))] = StandingReader.Read(questions, 2);
        while (questions.Step())
            if (ClientId.TryCreate(questions.Text(1), out var cid))
                lookedUp.Answers[(new UserId(questions.Int64(0)), cid)] = new FirstAnswer(
                    (Act)questions.Int64(2), new RoomId(questions.Int64(3)), questions.Int64(4), questions.Int64(5));
        while (questions.Step())
            lookedUp.ReadPositions[(new RoomId(questions.Int64(0)), new UserId(questions.Int64(1)))] = questions.Int64(2);
        while (questions.Step())
            lookedUp.PostNumbers[(new RoomId(questions.Int64(0)), questions.Int64(1))] = questions.Int64(2);
    }

    /// <summary>Whoever ends leaves every room.</summary>
    private void AddRoomsOfVisitors(BatchNeeds asked)
    {
        if (asked.Ending.Count == 0)
            return;
        using var questions = new Questions(db);
        questions.Add("select room_id from members where user_id = any($1)", asked.Ending.ToArray());
        while (questions.Step())
            asked.Rooms.Add(questions.Int64(0));
    }

    /// <summary>What a link leads to is only known by its row.</summary>
    private void AddRoomsOfLinks(BatchNeeds asked)
    {
        if (asked.Links.Count == 0)
            return;
        using var questions = new Questions(db);
        foreach (var (secret, _) in asked.Links)
            questions.Add("select room_id, by_user from room_links where secret_hash = $1", secret.Hash);
        foreach (var (_, user) in asked.Links)
            while (questions.Step())
            {
                asked.Rooms.Add(questions.Int64(0));
                asked.Users.Add(questions.Int64(1));
                asked.Places.Add((questions.Int64(0), user));
                asked.Places.Add((questions.Int64(0), questions.Int64(1)));
            }
    }

    /// <summary>Whoever opens a direct room that they have left enters it.</summary>
    private void AddDirectRooms(BatchNeeds asked)
    {
        if (asked.Opening.Count == 0)
            return;
        using var questions = new Questions(db);
        foreach (var (key, _) in asked.Opening)
            questions.Add("select id from rooms where direct_key = any($1)", (object)new[] { key });
        foreach (var (_, user) in asked.Opening)
            while (questions.Step())
            {
                asked.Rooms.Add(questions.Int64(0));
                asked.Places.Add((questions.Int64(0), user));
            }
    }

    private Dictionary<long, RoomHead> LockHeads(BatchNeeds asked)
    {
        using var questions = new Questions(db);
        questions.Add(Heads, asked.Rooms.ToArray());
        var heads = new Dictionary<long, RoomHead>(asked.Rooms.Count);
        while (questions.Step())
            heads[questions.Int64(0)] = RoomReader.ReadHead(questions, 1);
        return heads;
    }

    private static Dictionary<long, WriterRoom> ReadRooms(Questions questions, Dictionary<long, RoomHead> heads)
    {
        var rooms = new Dictionary<long, WriterRoom>();
        while (questions.Step())
        {
            var room = RoomReader.Read(questions, 0);
            rooms.Add(room.Id.Value, new WriterRoom(room, heads[room.Id.Value]) { IsLocked = true });
        }
        while (questions.Step())
        {
            var direct = rooms[questions.Int64(0)];
            direct.Room = direct.Room with { Users = [.. direct.Room.Users, UserReader.Read(questions, 1)] };
        }
        return rooms;
    }

    private static long[] First(HashSet<(long First, long Second)> pairs) => [.. pairs.Select(p => p.First)];

    private static long[] Second(HashSet<(long First, long Second)> pairs) => [.. pairs.Select(p => p.Second)];
}
