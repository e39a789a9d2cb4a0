using System.Text;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task All_messages_of_somebody_are_erased_by_one_event_and_for_everybody_from_then_on()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var hers = await Say(alice, dev, "hers @bob");
        var his = await Say(bob, dev, "his 1 @alice @everyone");
        await Commit<Logged>(new Edit(bob, null, dev.Id, his.Seq, Body("his 2 @alice @everyone")));
        await Commit<Logged>(new React(alice, null, dev.Id, his.Seq, "👍", true));
        await Commit<Logged>(new Pin(alice, null, dev.Id, his.Seq, true));
        await Commit<Logged>(new SetTopic(bob, null, dev.Id, "his topic"));
        var answer = await Commit<Logged>(new Post(alice, null, dev.Id, Body("answer"), his.Seq));
        var gone = await Say(bob, dev, "gone before");
        var deleted = await Commit<Logged>(new Delete(bob, null, dev.Id, gone.Seq));
        Clock.Advance(TimeSpan.FromMinutes(1));
        var erased = await Commit<Logged>(new EraseMessages(bob, Cid("e"), dev.Id, bob.Id));
        Assert.Equal(new MessagesErased(dev.Id, deleted.Seq + 1, Clock.NowMs, bob, bob, UpTo: deleted.Seq), erased.Event);
        await Say(bob, dev, "his 3 @alice");

        var page = (await History(dev, alice)).Messages;
        Assert.Equal(["hers @bob", null, "answer", null, "his 3 @alice"], page.Select(m => m.Body?.ToString()));
        Assert.Equal(
            new Message(his.Seq, 2, his.Ts, bob, null) { ChangedSeq = erased.Seq, EditedAt = his.Ts, DeletedAt = erased.Ts }, page[1]);
        Assert.Equal((deleted.Seq, deleted.Ts), (page[3].ChangedSeq, page[3].DeletedAt));
        var events = await Events(dev, alice, after: hers.Seq - 1);
        Assert.Equal([hers.Event, ((Posted)his.Event!) with { Body = null }], events.Take(2));
        Assert.Null(((Edited)events[2]).Body);
        Assert.Equal("his topic", events.OfType<TopicChanged>().Single().Topic);
        Assert.Contains(erased.Event, events);
        Assert.Equal(["his 3 @alice"], await MentionsOf(alice));
        Assert.Empty(await Store.ReadPinsAsync(dev.Id, alice.Id, default));
        Assert.Equal([null, "answer"], Texts(await Store.ReadThreadAsync(dev.Id, alice.Id, his.Seq, new PageRequest(null, null, 9), default)));
        foreach (var command in new Command[]
        {
            new Edit(bob, null, dev.Id, his.Seq, Body("x")), new React(alice, null, dev.Id, his.Seq, "👍", true), new Pin(alice, null, dev.Id, his.Seq, true),
        })
            Assert.Equal(Refusal.NoSuchMessage, await Refused(command));
        Assert.Null((await Commit<Logged>(new Delete(bob, null, dev.Id, his.Seq))).Event);

        // Whether the slices that remove the bodies have run is nothing that anybody could see.
        var seen = await SeenOf(dev, alice, bob);
        await ReopenAsync();
        Assert.Equal(seen, await SeenOf(dev, alice, bob));
        await Sweep();
        Assert.Equal(seen, await SeenOf(dev, alice, bob));
        await ReopenAsync();
        Assert.Equal(seen, await SeenOf(dev, alice, bob));
        await AssertRepeat(erased, new EraseMessages(bob, Cid("e"), dev.Id, bob.Id));
        Assert.Equal(["answer"], Texts(await History(dev, alice, after: answer.Seq - 1, limit: 1)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Erased_again_what_came_since_goes_as_well_and_what_is_gone_is_not_erased_twice(bool sweepsBetween)
    {
        var (alice, bob, dev) = await TwoInARoom();
        foreach (var round in Enumerable.Range(0, 3))
        {
            await Say(bob, dev, $"{round}");
            await Say(alice, dev, "hers");
            Clock.Advance(TimeSpan.FromSeconds(1));
            await Commit<Logged>(new EraseMessages(bob, null, dev.Id, bob.Id));
            // Nothing of his is left.
            Assert.Null((await Commit<Logged>(new EraseMessages(bob, null, dev.Id, bob.Id))).Event);
            if (sweepsBetween)
                await Sweep();
        }
        var messages = (await History(dev, null)).Messages;
        Assert.Equal([null, "hers", null, "hers", null, "hers"], messages.Select(m => m.Body?.ToString()));
        Assert.Equal([5L, 8L, 11L], messages.Where(m => m.Body is null).Select(m => m.ChangedSeq));
        var seen = await SeenOf(dev, alice, bob);
        await Sweep();
        await ReopenAsync();
        Assert.Equal(seen, await SeenOf(dev, alice, bob));
        // In a long room nobody looks through it for that: there is an event, and it erases nothing.
        await Commit([.. Enumerable.Range(0, 201).Select(i => new Post(alice, null, dev.Id, Body($"{i}")))]);
        Assert.NotNull((await Commit<Logged>(new EraseMessages(bob, null, dev.Id, bob.Id))).Event);
        Assert.Null((await Commit<Logged>(new EraseMessages(bob, null, dev.Id, bob.Id))).Event);
    }

    [Fact]
    public async Task Many_messages_are_erased_at_once_for_readers_and_slice_by_slice_on_the_disk()
    {
        var (alice, bob, dev) = await TwoInARoom();
        await Commit([.. Enumerable.Range(0, 450).SelectMany(i => new Command[] { new Post(alice, null, dev.Id, Body($"hers {i}")), new Post(bob, null, dev.Id, Body($"his {i}")) })]);
        await Commit<Logged>(new EraseMessages(alice, null, dev.Id, bob.Id));
        await Say(bob, dev, "anew");
        var seen = await SeenOf(dev, alice, bob);
        for (var slice = 0; slice < 5; slice++)
        {
            await Store.MaintainAsync(default);
            Assert.Equal(seen, await SeenOf(dev, alice, bob));
            await ReopenAsync();
            Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(seen, await SeenOf(dev, alice, bob));
        }
        Assert.InRange((await Store.MaintainAsync(default)).Next, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Assert.Equal(2 * 450, seen.Split('\n').Count(line => line.StartsWith("message ", StringComparison.Ordinal) && line.Contains("hers")));
        Assert.DoesNotContain("his ", seen);
        Assert.Contains("anew", seen);
    }

    [Fact]
    public async Task One_erases_ones_own_and_whoever_moderates_those_of_lower_rank_also_when_they_are_gone()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var (carol, vera) = (await Guest("carol"), await Visitor("vera"));
        await Commit<Logged>(new Join(vera, null, dev.Id));
        foreach (var user in new[] { alice, bob, carol, vera })
            await Say(user, dev, user.Nick);
        await Commit<VisitorEnded>(new EndVisitor(vera));
        foreach (var subject in new[] { alice.Id, carol.Id })
            Assert.Equal(Refusal.Forbidden, await Refused(new EraseMessages(bob, null, dev.Id, subject)));
        Assert.Equal(Refusal.NotAMember, await Refused(new EraseMessages(carol, null, dev.Id, bob.Id)));
        // One who only looks on may take back what they said.
        Assert.NotNull((await Commit<Logged>(new EraseMessages(carol, null, dev.Id, carol.Id))).Event);
        await Commit<Logged>(new SetRole(alice, null, dev.Id, bob.Id, Standing.Moderator));
        Assert.Equal(Refusal.Forbidden, await Refused(new EraseMessages(bob, null, dev.Id, alice.Id)));
        Assert.Equal(Refusal.NoSuchUser, await Refused(new EraseMessages(bob, null, dev.Id, new UserId(999))));
        Assert.Equal(Refusal.NoSuchUser, await Refused(new EraseMessages(alice, null, dev.Id, (await Events(await Lobby(), null))[0].From.Id)));
        var erased = (MessagesErased)(await Commit<Logged>(new EraseMessages(bob, null, dev.Id, vera.Id))).Event!;
        Assert.Equal(("bob", "vera"), (erased.From.Nick, erased.Subject.Nick));
        Assert.NotNull((await Commit<Logged>(new EraseMessages(alice, null, dev.Id, bob.Id))).Event);
        Assert.Equal(["alice", null, null, null], Texts(await History(dev, null)));
        await Commit<Logged>(new Ban(alice, null, dev.Id, carol.Id));
        Assert.Equal(Refusal.Forbidden, await Refused(new EraseMessages(carol, null, dev.Id, carol.Id)));
        var direct = (await Commit<Logged>(new OpenDirect(alice, null, bob.Id))).Room;
        await Say(alice, direct, "a");
        await Say(bob, direct, "b");
        Assert.Equal(Refusal.Forbidden, await Refused(new EraseMessages(alice, null, direct.Id, bob.Id)));
        Assert.NotNull((await Commit<Logged>(new EraseMessages(alice, null, direct.Id, alice.Id))).Event);
        Assert.Equal([null, "b"], Texts(await History(direct, bob)));
    }

    [Fact]
    public async Task What_was_erased_may_be_trimmed_before_it_is_swept()
    {
        var (alice, bob, dev) = await TwoInARoom();
        await Commit([.. Enumerable.Range(0, 300).Select(i => new Post(bob, null, dev.Id, Body($"{i}")))]);
        Clock.Advance(TimeSpan.FromDays(2));
        var last = await Say(bob, dev, "last");
        await Commit(new EraseMessages(bob, null, dev.Id, bob.Id), new SetRetention(alice, null, dev.Id, 1));
        await Sweep();
        await ReopenAsync();
        Assert.Equal(last.Seq, (await Head(dev)).FirstSeq);
        Assert.Equal([null], Texts(await History(dev, alice)));
        await Say(bob, dev, "anew");
        Assert.NotNull((await Commit<Logged>(new EraseMessages(bob, null, dev.Id, bob.Id))).Event);
        await Sweep();
        Assert.Equal([null, null], Texts(await History(dev, alice)));
    }

    /// <summary>All that each of them is shown of a room, in words.</summary>
    private async Task<string> SeenOf(Room room, params User[] users)
    {
        var seen = new StringBuilder();
        foreach (var user in users)
        {
            for (long? before = long.MaxValue; before is { } bound;)
            {
                var page = await History(room, user, before: bound);
                foreach (var message in page.Messages)
                    seen.Append("message ").Append(message with { Reactions = [] }).AppendJoin(',', message.Reactions).Append('\n');
                before = page.More ? page.Messages[0].Seq : null;
            }
            foreach (var ev in await Events(room, user))
                seen.Append(ev).Append('\n');
            foreach (var mention in await Store.ReadMentionsAsync(user.Id, 100, default))
                seen.Append("mention ").Append(mention.Message with { Reactions = [] }).Append('\n');
            seen.Append((await ViewOf(room, user)).Unread).Append('\n');
        }
        return seen.ToString();
    }
}
