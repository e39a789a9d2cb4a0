using System.Text;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Postgres;
using Minato.Tests.Kit;
using Npgsql;

namespace Minato.Storage.Tests.Postgres;

/// <summary>Eight writers on one database at once: what each is told, and what the log says afterwards.</summary>
public sealed class ContentionTests(PostgresServer server) : IAsyncLifetime
{
    private const int Writers = 8;

    private readonly string _database = server.NewDatabaseWithSchema();
    private readonly List<PostgresStore> _stores = [];

    public async ValueTask InitializeAsync()
    {
        // At once, too: one makes the lobby, the others find it.
        _stores.AddRange(await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() => PostgresStore.Open(_database, TimeProvider.System)))));
    }

    /// <summary>A deadlock would be resolved by trying again, and cost everybody a second: locks in order mean that there is none.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
            await store.DisposeAsync();
        using var connection = new NpgsqlConnection(_database);
        connection.Open();
        using var deadlocks = new NpgsqlCommand("select pg_stat_get_db_deadlocks(oid) from pg_database where datname = current_database()", connection);
        Assert.Equal(0L, deadlocks.ExecuteScalar());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public async Task Rooms_stay_gapless_whatever_writers_and_orders(int rooms)
    {
        const int batches = 30;
        var (people, places) = (await People(Writers), await Rooms(rooms));
        var told = await AllWriters(async (store, number) =>
        {
            var random = new Random(number);
            var posts = new List<Logged>();
            for (var batch = 0; batch < batches; batch++)
            {
                // Rooms in any order, as commands come: a lock taken in that order would meet another's.
                var commands = Enumerable.Range(0, 12).Select(i => Post(people[number], places[random.Next(rooms)], $"{number}.{batch}.{i}")).ToArray();
                posts.AddRange((await store.CommitAsync(commands, default)).Cast<Logged>());
            }
            return posts;
        });
        foreach (var room in places)
        {
            var events = await _stores[0].ReadEventsAsync(room, null, 0, long.MaxValue, default);
            Assert.Equal(Enumerable.Range(1, events.Count).Select(n => (long)n), events.Select(e => e.Seq));
            var posts = events.OfType<Posted>().ToList();
            Assert.Equal(Enumerable.Range(1, posts.Count).Select(n => (long)n), posts.Select(p => p.PostNo));
            Assert.Equal(events.Select(e => e.Ts).Order(), events.Select(e => e.Ts));
            Assert.Equal(
                told.SelectMany(t => t).Where(l => l.Room.Id == room).Select(l => (l.Seq, ((Posted)l.Event!).Body!.Value.ToString())).Order(),
                posts.Select(p => (p.Seq, p.Body!.Value.ToString())));
            Assert.Equal((events.Count, posts.Count), ((int, int))(await _stores[0].ReadHeadAsync(room, default) is var head ? (head.Seq, head.PostNo) : default));
        }
    }

    [Fact]
    public async Task A_name_that_many_want_at_once_is_ones_and_that_of_a_room_that_was_renamed_is_nobodys()
    {
        var people = await People(Writers);
        var rooms = new List<RoomId>();
        foreach (var (person, i) in people.Select((p, i) => (p, i)))
            rooms.Add(((Logged)(await _stores[0].CommitAsync([new CreateRoom(person, null, $"old-{i}", "x")], default))[0]).Room.Id);
        for (var round = 0; round < 10; round++)
        {
            // Half of them make a room of a name that the other half give up at this moment, and all want one.
            var outcomes = await AllWriters(async (store, number) => (await store.CommitAsync(number % 2 == 0
                ? [new SetSlug(people[number], null, rooms[number], $"wanted-{round}")]
                : [new CreateRoom(people[number], null, round == 0 ? $"old-{number - 1}" : $"wanted-{round - 1}", "x"), new CreateRoom(people[number], null, $"wanted-{round}", "x")], default)).ToList());
            var all = outcomes.SelectMany(o => o).ToList();
            Assert.Single(all, o => o is Logged { Event: SlugChanged or Created });
            Assert.All(all.OfType<Refused>(), r => Assert.Equal(Refusal.SlugTaken, r.Reason));
        }
    }

    [Fact]
    public async Task What_several_writers_are_sent_at_once_is_there_once_and_answered_alike()
    {
        var (person, places) = ((await People(1))[0], await Rooms(3));
        var random = new Random(7);
        // Each command goes to two to four writers, in batches of any make-up.
        var commands = Enumerable.Range(0, 200).Select(i => Post(person, places[i % 3], $"text {i}", $"cid-{i}")).ToList();
        var parts = Enumerable.Range(0, Writers).Select(_ => new List<Post>()).ToList();
        foreach (var command in commands)
            foreach (var part in parts.OrderBy(_ => random.Next()).Take(random.Next(2, 5)))
                part.Add(command);
        var told = await AllWriters(async (store, number) =>
        {
            var answers = new List<(string Cid, Logged Answer)>();
            foreach (var batch in parts[number].OrderBy(_ => random.Next()).Chunk(9))
                answers.AddRange(batch.Zip((await store.CommitAsync(batch, default)).Cast<Logged>(), (p, l) => (p.Cid!.Value.Value, l)));
            return answers;
        });
        foreach (var answers in told.SelectMany(t => t).GroupBy(t => t.Cid))
        {
            Assert.Single(answers.Select(a => (a.Answer.Room.Id, a.Answer.Seq, a.Answer.Ts)).Distinct());
            Assert.Single(answers, a => a.Answer.Event is not null);
        }
        foreach (var room in places)
            Assert.Equal(
                commands.Where(c => c.Room == room).Select(c => c.Body.ToString()).Order(),
                (await _stores[0].ReadEventsAsync(room, null, 0, long.MaxValue, default)).OfType<Posted>().Select(p => p.Body!.Value.ToString()).Order());
    }

    [Fact]
    public async Task One_client_id_in_two_rooms_at_once_is_a_conflict_for_the_later()
    {
        var (person, places) = ((await People(1))[0], await Rooms(Writers));
        for (var round = 0; round < 20; round++)
        {
            var outcomes = await AllWriters(async (store, number) =>
                (await store.CommitAsync([Post(person, places[number], "once", $"same-{round}"), Post(person, places[number], "beside it")], default)).ToArray());
            Assert.Single(outcomes, o => o[0] is Logged);
            Assert.All(outcomes.Where(o => o[0] is not Logged), o => Assert.Equal(Refusal.CidConflict, Assert.IsType<Refused>(o[0]).Reason));
            Assert.All(outcomes, o => Assert.IsType<Logged>(o[1]));
        }
    }

    [Fact]
    public async Task A_name_goes_to_one_and_the_others_are_told()
    {
        var people = await People(Writers);
        for (var round = 0; round < 20; round++)
        {
            var rename = await AllWriters(async (store, number) => (await store.CommitAsync([new Rename(people[number], null, $"wanted{round}")], default))[0]);
            Assert.Single(rename, o => o is UserChanged);
            Assert.All(rename.OfType<Refused>(), r => Assert.Equal(Refusal.NickTaken, r.Reason));
            var create = await AllWriters(async (store, number) => (await store.CommitAsync([new CreateRoom(people[number], null, $"room{round}", "")], default))[0]);
            Assert.Single(create, o => o is Logged);
            Assert.All(create.OfType<Refused>(), r => Assert.Equal(Refusal.SlugTaken, r.Reason));
            var direct = await AllWriters(async (store, number) =>
                (Logged)(await store.CommitAsync([new OpenDirect(people[number % 2], null, people[1 - (number % 2)].Id)], default))[0]);
            Assert.Single(direct.Select(d => d.Room.Id).Distinct());
        }
    }

    [Fact]
    public async Task A_right_that_another_writer_took_away_is_gone_for_the_next_post()
    {
        var people = await People(2);
        var room = (Logged)(await _stores[0].CommitAsync([new CreateRoom(people[0], null, "ours", "")], default))[0];
        // The second writer knows the author as one who may.
        Assert.IsType<Logged>((await _stores[1].CommitAsync([Post(people[1], room.Room.Id, "before")], default))[0]);
        await _stores[0].CommitAsync([new Ban(people[0], null, room.Room.Id, people[1].Id)], default);
        Assert.Equal(Refusal.Forbidden, Assert.IsType<Refused>((await _stores[1].CommitAsync([Post(people[1], room.Room.Id, "after")], default))[0]).Reason);
    }

    [Fact]
    public async Task Visitors_who_end_while_others_post_leave_every_room_once()
    {
        var (people, places) = (await People(Writers), await Rooms(6));
        await AllWriters(async (store, number) =>
        {
            for (var round = 0; round < 10; round++)
            {
                var visitor = ((UserChanged)(await store.CommitAsync([new RegisterGuest(UserKind.Visitor, $"v{number}-{round}", false, null)], default))[0]).User;
                await store.CommitAsync([.. places.Select(room => new Join(visitor, null, room))], default);
                var ended = (await store.CommitAsync([Post(people[number], places[number % 6], "meanwhile"), new EndVisitor(visitor)], default))[1];
                Assert.Equal(places.ToHashSet(), [.. Assert.IsType<VisitorEnded>(ended).Events.Select(e => e.Room.Id)]);
            }
            return true;
        });
        foreach (var room in places)
        {
            var events = await _stores[0].ReadEventsAsync(room, null, 0, long.MaxValue, default);
            Assert.Equal(Enumerable.Range(1, events.Count).Select(n => (long)n), events.Select(e => e.Seq));
            Assert.Equal(events.OfType<Joined>().Count(), events.OfType<Left>().Count());
        }
    }

    private Task<T[]> AllWriters<T>(Func<PostgresStore, int, Task<T>> work) =>
        Task.WhenAll(_stores.Select((store, number) => Task.Run(() => work(store, number))));

    private async Task<List<User>> People(int count)
    {
        var people = new List<User>();
        for (var i = 0; i < count; i++)
            people.Add(((UserChanged)(await _stores[0].CommitAsync([new RegisterGuest(UserKind.Guest, $"person{i}", false, Guid.NewGuid().ToByteArray())], default))[0]).User);
        return people;
    }

    private async Task<List<RoomId>> Rooms(int count)
    {
        var owner = ((UserChanged)(await _stores[0].CommitAsync([new RegisterGuest(UserKind.Guest, "owner", false, null)], default))[0]).User;
        var made = await _stores[0].CommitAsync([.. Enumerable.Range(0, count).Select(i => new CreateRoom(owner, null, $"place{i}", ""))], default);
        return [.. made.Cast<Logged>().Select(l => l.Room.Id)];
    }

    private static Post Post(User from, RoomId room, string text, string? cid = null) =>
        new(from, cid is null ? null : ClientId.TryCreate(cid, out var id) ? id : throw new ArgumentException(cid), room,
            MessageBody.TryCreate(Encoding.UTF8.GetBytes(text), out var body) == BodyError.None ? body : throw new ArgumentException(text));
}
