using Minato.Core.Commands;
using Minato.Core.Events;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Who_left_a_direct_room_of_three_stays_out_whoever_opens_it_and_comes_back_by_opening_it()
    {
        var (ann, bob, cy) = (await Guest("ann"), await Guest("bob"), await Guest("cy"));
        var room = (await Commit<Logged>(new OpenDirect(ann, null, bob.Id, cy.Id))).Room;
        await Say(ann, room, "first");
        Assert.Equal(cy.Id, (await Commit<Logged>(new Leave(cy, Cid("1"), room.Id))).Exited?.Id);
        Assert.Equal(room.Id, (await Commit<Logged>(new OpenDirect(bob, null, cy.Id, ann.Id))).Room.Id);
        await Say(bob, room, "without cy");
        Assert.Equal(Refusal.NoSuchRoom, await Refused(new Post(cy, null, room.Id, Body("x"))));
        Assert.Equal(Refusal.NoSuchRoom, await Refused(new Join(cy, null, room.Id)));
        Assert.DoesNotContain(await Store.ListRoomsAsync(cy.Id, default), v => v.Room.Id == room.Id);

        var back = await Commit<Logged>(new OpenDirect(cy, Cid("2"), ann.Id, bob.Id));
        Assert.Equal((room.Id, true), (back.Room.Id, back.Event is Joined));
        Assert.Equal(cy.Id, Assert.Single(back.Entered).Id);
        await Say(ann, room, "with cy");
        Assert.Equal(["first", "with cy"], Texts(await History(room, cy)));
        Assert.Equal(["first", "without cy", "with cy"], Texts(await History(room, ann)));
        await ReopenAsync();
        // Each of them once, however often they came.
        Assert.Equal([ann.Id, bob.Id, cy.Id], (await ViewOf(room, cy)).Room.Users.Select(u => u.Id));
        // Sent again, neither leaves or comes once more.
        Assert.Null((await Commit<Logged>(new Leave(cy, Cid("1"), room.Id))).Event);
        Assert.Null((await Commit<Logged>(new OpenDirect(cy, Cid("2"), ann.Id, bob.Id))).Event);
    }

    [Fact]
    public async Task Nobody_leaves_a_direct_room_of_two_or_of_one()
    {
        var (ann, bob) = (await Guest("ann"), await Guest("bob"));
        foreach (var others in new[] { bob.Id, ann.Id })
            Assert.Equal(Refusal.Forbidden, await Refused(new Leave(ann, null, (await Commit<Logged>(new OpenDirect(ann, null, others))).Room.Id)));
    }

    [Fact]
    public async Task Direct_rooms_that_were_not_there_are_made_at_a_pace_and_those_that_are_are_found()
    {
        var ann = await Guest("ann");
        var others = new List<Core.Users.User>();
        for (var n = 0; n < 22; n++)
            others.Add(await Guest($"guest{n}"));
        var made = await Commit([.. others.Select(o => new OpenDirect(ann, null, o.Id))]);
        Assert.Equal(20, made.Count(o => o is Logged));
        Assert.All(made.Skip(20), o => Assert.Equal(new Refused(Refusal.RateLimited, TimeSpan.FromMinutes(3)), o));
        await ReopenAsync();
        Assert.Null((await Commit<Logged>(new OpenDirect(ann, null, others[0].Id))).Event);
        Assert.Equal(Refusal.RateLimited, await Refused(new OpenDirect(ann, null, others[20].Id)));
        // Others have a pace of their own; and an hour has twenty.
        await Commit<Logged>(new OpenDirect(others[20], null, ann.Id));
        Clock.Now += TimeSpan.FromMinutes(3);
        await Commit<Logged>(new OpenDirect(ann, null, others[21].Id));
        Assert.Equal(Refusal.RateLimited, await Refused(new OpenDirect(ann, null, others[0].Id, others[1].Id)));
        // Nobody waits for a clock that went back.
        Clock.Now -= TimeSpan.FromDays(9);
        await Commit<Logged>(new OpenDirect(ann, null, others[0].Id, others[1].Id));
    }
}
