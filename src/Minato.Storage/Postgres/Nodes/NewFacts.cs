using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Storage.Postgres.Native;
using Minato.Storage.Reading;

namespace Minato.Storage.Postgres.Nodes;

/// <summary>What is so now, of what was said to have changed: each in one journey for all of it.</summary>
internal static class NewFacts
{
    private const string Users = $"select {UserReader.Columns}, u.ended_at is not null or u.kind = 4 from users u where u.id = any($1)";

    private const string RoomsOfUsers = "select user_id, room_id from members where user_id = any($1)";

    private const string Positions = $"""
        select p.room_id, p.seq, p.post_no, {UserReader.Columns}, {RoomReader.HeadColumns}
        from unnest($1, $2) as asked (room_id, user_id) join read_positions p using (room_id, user_id)
        join users u on u.id = p.user_id join room_heads h on h.room_id = p.room_id
        """;

    internal static IReadOnlyList<UserNow> ReadUsers(PostgresDatabase db, IReadOnlyCollection<UserId> asked)
    {
        var ids = asked.Select(u => u.Value).ToArray();
        using var questions = new Questions(db);
        questions.Add(Users, ids);
        questions.Add(RoomsOfUsers, ids);
        var users = new List<(User User, bool IsGone)>(ids.Length);
        while (questions.Step())
            users.Add((UserReader.Read(questions, 0), questions.IsTrue(UserReader.ColumnCount)));
        var rooms = new List<(UserId User, RoomId Room)>();
        while (questions.Step())
            rooms.Add((new UserId(questions.Int64(0)), new RoomId(questions.Int64(1))));
        var roomsOf = rooms.ToLookup(r => r.User, r => r.Room);
        return users.ConvertAll(u => new UserNow(u.User, u.IsGone, [.. roomsOf[u.User.Id]]));
    }

    internal static IReadOnlyList<ReadNow> ReadPositions(PostgresDatabase db, IReadOnlyCollection<(RoomId Room, UserId User)> asked)
    {
        using var questions = new Questions(db);
        questions.Add(Positions, asked.Select(a => a.Room.Value).ToArray(), asked.Select(a => a.User.Value).ToArray());
        var positions = new List<ReadNow>(asked.Count);
        while (questions.Step())
            positions.Add(new ReadNow(
                new RoomId(questions.Int64(0)), UserReader.Read(questions, 3), questions.Int64(1), questions.Int64(2),
                RoomReader.ReadHead(questions, 3 + UserReader.ColumnCount).UnreadAfter(questions.Int64(2))));
        return positions;
    }
}
