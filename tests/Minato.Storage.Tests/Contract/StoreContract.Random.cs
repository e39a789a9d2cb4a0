using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Theory]
    [InlineData(1)]
    [InlineData(20_260_401)]
    [InlineData(null)]
    public async Task Thousands_of_random_commands_come_out_as_in_a_model_of_lists(int? fixedSeed)
    {
        var seed = fixedSeed ?? Environment.TickCount;
        try
        {
            await RunRandomly(new Random(seed));
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Seed {seed}: {e.Message}", e);
        }
    }

    private async Task RunRandomly(Random random)
    {
        var model = new Model();
        var people = new List<User>();
        foreach (var nick in new[] { "ann", "bob", "cy", "dee" })
            people.Add(await Guest(nick));
        people.Add(await Visitor("vera"));
        people.Add(await Visitor("victor"));
        people.ForEach(u => model.Users.Add(u.Id, u));
        foreach (var slug in new[] { "one", "two", "three" })
        {
            var made = await Commit<Logged>(new CreateRoom(people[0], null, slug, ""));
            var room = new ModelRoom(made.Room.Id, isDirect: false);
            room.Events.Add(made.Event!);
            room.Enter(people[0].Id);
            model.Rooms.Add(room.Id, room);
        }

        var sent = new List<Command>();
        for (var round = 0; round < 250; round++)
        {
            Clock.Now += TimeSpan.FromMilliseconds(random.Next(-500, 1000));
            var batch = Enumerable.Range(0, random.Next(1, 20)).Select(_ => Next(random, people, model, sent)).ToArray();
            sent.AddRange(batch);
            var outcomes = await Commit(batch);
            for (var i = 0; i < batch.Length; i++)
                Assert.Equal($"{round}.{i} {batch[i]} → {model.Apply(batch[i], Clock.NowMs, outcomes[i])}", $"{round}.{i} {batch[i]} → {Model.Describe(outcomes[i])}");
            if (round % 50 == 49)
                await AssertSame(model, people);
            // Reopening ends visitors, as the model's would.
            if (round == 200)
            {
                await ReopenAsync();
                foreach (var visitor in model.Users.Values.Where(u => u.Kind == UserKind.Visitor).OrderBy(u => u.Id.Value).ToList())
                    model.Apply(new EndVisitor(visitor), Clock.NowMs, Nothing.Value);
                await AssertSame(model, people);
            }
        }
    }

    private static Command Next(Random random, List<User> people, Model model, List<Command> sent)
    {
        if (sent.Count > 0 && random.Next(5) == 0)
            return sent[random.Next(sent.Count)];
        var actor = people[random.Next(people.Count)];
        var room = random.Next(50) == 0 ? new RoomId(999) : model.Rooms.Keys.ElementAt(random.Next(model.Rooms.Count));
        ClientId? cid = random.Next(4) switch { 0 => null, 1 => Cid($"few-{random.Next(40)}"), _ => Cid($"many-{random.Next(1_000_000)}") };
        return random.Next(100) switch
        {
            < 45 => new Post(actor, cid, room, Body($"text {random.Next(1000)}")),
            < 60 => new Join(actor, cid, room),
            < 70 => new Leave(actor, cid, room),
            < 76 => new SetTopic(actor, cid, room, random.Next(3) == 0 ? "" : $"topic {random.Next(100)}"),
            < 90 => new MarkRead(actor, room, random.Next(-1, (int)(model.Rooms.TryGetValue(room, out var known) ? known.Seq : 0) + 3)),
            < 94 => new OpenDirect(actor, cid, people[random.Next(people.Count)].Id),
            < 99 => new Rename(actor, cid, new[] { "ann", "Ann", "bob", "eve", "EVE", "zoe" }[random.Next(6)]),
            _ => random.Next(4) == 0 ? new EndVisitor(actor) : new MarkRead(actor, room, 1),
        };
    }

    private async Task AssertSame(Model model, List<User> people)
    {
        foreach (var room in model.Rooms.Values)
        {
            var head = await Store.ReadHeadAsync(room.Id, default);
            Assert.Equal((room.Seq, room.PostNo, room.Ts), (head.Seq, head.PostNo, head.Ts));
            foreach (var user in people)
            {
                // Events carry who somebody is by now.
                var seen = room.SeenBy(user.Id).Select(e => e with { From = Now(e.From) }).ToList();
                Assert.Equal(seen, await Store.ReadEventsAsync(room.Id, user.Id, 0, long.MaxValue, default));
                await AssertSameHistory(room, user, seen.OfType<Posted>().ToList());
            }
        }
        foreach (var user in people.Where(u => model.Users.ContainsKey(u.Id)))
        {
            var views = (await Store.ListRoomsAsync(user.Id, default)).Where(v => v.IsMember).ToList();
            Assert.Equal(
                model.Rooms.Values.Where(r => r.Members.Contains(user.Id)).Select(r => (r.Id.Value, r.ReadSeq[user.Id], r.UnreadOf(user.Id))).Order(),
                views.Select(v => (v.Room.Id.Value, v.ReadSeq, v.Unread)).Order());
            Assert.Equal(model.Users[user.Id], await Store.FindUserAsync(user.Uid, default));
        }

        User Now(User user) => model.Users.TryGetValue(user.Id, out var now) ? now : Store.FindUserAsync(user.Uid, default).AsTask().Result!;
    }

    private async Task AssertSameHistory(ModelRoom room, User user, List<Posted> posts)
    {
        var pages = new List<long>();
        long? before = null;
        for (var more = true; more;)
        {
            var page = await Store.ReadHistoryAsync(room.Id, user.Id, new(before, null, 37), default);
            pages.InsertRange(0, page.Messages.Select(m => m.Seq));
            Assert.All(page.Messages, m => Assert.Equal(m.Body, posts[(int)m.PostNo - 1].Body));
            more = page.More;
            before = page.Messages.Count > 0 ? page.Messages[0].Seq : null;
        }
        Assert.Equal(posts.Select(p => p.Seq), pages);
    }
}
