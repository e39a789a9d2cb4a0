using Minato.Core.Commands;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Server.Nodes;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Nodes;

/// <summary>Several nodes on one log: everybody is told everything in its order, once, whoever committed it and whatever overtakes what.</summary>
public sealed class FollowerTests : IDisposable
{
    private readonly ManualTime _clock = new();
    private readonly SharedLog _log = new();
    private readonly SteppedNode _here;
    private readonly SteppedNode _there;

    public FollowerTests()
    {
        (_here, _there) = (new SteppedNode(_log, _clock), new SteppedNode(_log, _clock));
        _there.Hint = _here.Link.Hints.Add;
    }

    public void Dispose()
    {
        _here.Dispose();
        _there.Dispose();
    }

    [Fact]
    public async Task What_another_node_commits_is_told_when_it_hints_at_it()
    {
        var (alice, bob) = (await _here.EnterAsync(Make.Alice), await _there.EnterAsync(Make.Bob));
        _there.Say(bob);
        _there.Write();
        _here.Follow();
        _here.Publish();
        await alice.GotAsync([1]);
    }

    [Fact]
    public async Task A_hint_that_is_lost_costs_a_second()
    {
        _there.Hint = null;
        var (alice, bob) = (await _here.EnterAsync(Make.Alice), await _there.EnterAsync(Make.Bob));
        _there.Say(bob);
        _there.Write();
        _here.Follow();
        Assert.Equal(0, _here.Rooms.Find(Make.Lobby.Id)!.Head.Seq);
        _clock.Advance(Follower.LookEvery);
        _here.Follow();
        _here.Publish();
        await alice.GotAsync([1]);
    }

    [Fact]
    public async Task An_own_event_waits_for_those_of_other_nodes_before_it_and_only_its_answer_does_not()
    {
        _there.Hint = null;
        var (alice, bob) = (await _here.EnterAsync(Make.Alice), await _there.EnterAsync(Make.Bob));
        _there.Say(bob);
        _there.Write();
        _here.Say(alice);
        _here.Write();
        _here.Publish();
        Assert.Equal(0, _here.Rooms.Find(Make.Lobby.Id)!.Head.Seq);
        _here.Follow();
        _here.Publish();
        await alice.GotAsync([SteppedNode.Answer + 2, 1, 2]);
    }

    [Fact]
    public async Task What_is_read_before_its_own_writer_has_handed_it_on_is_not_told_before_its_answer()
    {
        var (alice, bob) = (await _here.EnterAsync(Make.Alice), await _there.EnterAsync(Make.Bob));
        _there.Say(bob);
        _there.Write();
        Task? following = null;
        var read = new TaskCompletionSource();
        _log.OnRead = () => read.TrySetResult();
        _here.Committed = () =>
        {
            following = Task.Run(_here.Follow);
            read.Task.Wait(Patience.Long);
            // Long enough for one who does not wait to be there first.
            following.Wait(TimeSpan.FromMilliseconds(200));
            _here.Publish();
        };
        _here.Say(alice);
        _here.Write();
        await following!.Within("the follower");
        _here.Publish();
        await alice.GotAsync([SteppedNode.Answer + 2, 1, 2]);
    }

    [Fact]
    public async Task Whoever_is_kicked_on_another_node_hears_that_and_nothing_after_it()
    {
        var (alice, carol, bob) = (await _here.EnterAsync(Make.Alice), await _here.EnterAsync(Carol), await _there.EnterAsync(Make.Bob));
        _there.Say(bob);
        _there.Do(new Kick(Make.Bob, null, Make.Lobby.Id, Make.Alice.Id));
        _there.Say(bob);
        _there.Write();
        _here.Follow();
        _here.Publish();
        await alice.GotAsync([1, 2]);
        Assert.Equal(["exited"], alice.Told);
        await carol.GotAsync([1, 2, 3]);
    }

    [Fact]
    public async Task Who_comes_or_goes_by_an_own_command_behind_others_events_does_so_once_and_in_its_place()
    {
        var (alice, carol, bob) = (await _here.EnterAsync(Make.Alice), await _here.EnterAsync(Carol), await _there.EnterAsync(Make.Bob));
        _there.Say(bob);
        _there.Write();
        _here.Do(new Join(Carol, null, Make.Lobby.Id));
        _here.Do(new Kick(Make.Bob, null, Make.Lobby.Id, Make.Alice.Id));
        _here.Say(carol);
        _here.Write();
        _here.Publish();
        Assert.Empty(alice.Told.Concat(carol.Told));
        _here.Follow();
        _here.Publish();
        // Once more, as another look in the middle of it would find it.
        _here.Link.Hints.Add(CommitHint.Look);
        _here.Follow();
        _here.Publish();
        await alice.GotAsync([1, 2, 3]);
        await carol.GotAsync([SteppedNode.Answer + 4, 1, 2, 3, 4]);
        Assert.Equal(["exited"], alice.Told);
        Assert.Equal(["entered 2"], carol.Told);
    }

    [Fact]
    public async Task What_is_read_from_the_log_besides_is_made_known_once()
    {
        var carol = await _here.EnterAsync(Carol);
        _here.Do(new Join(Carol, null, Make.Lobby.Id));
        _here.Write();
        _here.Link.Hints.Add(new CommitHint(Make.Lobby.Id, 1));
        _here.Follow();
        _here.Publish();
        await carol.GotAsync([1]);
        Assert.Equal(["entered 1"], carol.Told);
    }

    [Fact]
    public async Task A_node_that_does_not_see_the_log_acknowledges_nothing_and_catches_up_by_itself()
    {
        var (alice, bob) = (await _here.EnterAsync(Make.Alice), await _there.EnterAsync(Make.Bob));
        _log.IsAway = true;
        _there.Say(bob);
        _there.Write();
        for (var waited = TimeSpan.Zero; waited <= NodeLink.CutOffAfter; waited += Follower.LookEvery)
        {
            Assert.Null(_here.Writer.Trouble);
            _clock.Advance(Follower.LookEvery);
            _here.Follow();
        }
        Assert.Equal(Refusal.StorageAway, _here.Writer.Trouble);
        Assert.Equal(Refusal.StorageAway, (await _here.Writer.SubmitAsync(Make.Post("x"), lane: null) as Refused)?.Reason);
        _log.IsAway = false;
        _clock.Advance(Follower.LookEvery);
        _here.Follow();
        Assert.Null(_here.Writer.Trouble);
        _here.Say(alice);
        _here.Write();
        _here.Publish();
        await alice.GotAsync([SteppedNode.Answer + 2, 1, 2]);
    }

    [Fact]
    public async Task Who_was_told_more_by_another_node_is_waited_for_until_it_is_known_here()
    {
        var (alice, bob) = (await _here.EnterAsync(Make.Alice), await _there.EnterAsync(Make.Bob));
        _there.Hint = null;
        _there.Say(bob);
        _there.Write();
        var live = alice.Places[0].Room;
        var level = _here.Rooms.CatchUpAsync(live, 1).AsTask();
        Assert.False(level.IsCompleted);
        _here.Follow();
        _here.Publish();
        Assert.Equal(1, (await level.Within("the head")).Seq);
        // Of an event that is in no log nobody hears.
        Assert.Equal(1, (await _here.Rooms.CatchUpAsync(live, 2)).Seq);
    }

    [Fact]
    public async Task Where_an_older_copy_of_the_database_took_over_everybody_comes_back_to_what_is_there()
    {
        var alice = await _here.EnterAsync(Make.Alice);
        _here.Say(alice);
        _here.Write();
        _here.Publish();
        _clock.Advance(Follower.LookEvery);
        _here.Follow();
        Assert.False(alice.IsClosing);
        _log.LoseNewest(1);
        _clock.Advance(Follower.LookEvery);
        _here.Follow();
        Assert.True(alice.IsClosing);
    }

    /// <summary>Whose word comes first, another node's or one's own.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_older_copy_is_noticed_though_its_numbers_are_taken_again_before_anybody_looks(bool byOwn)
    {
        var (alice, bob) = (await _here.EnterAsync(Make.Alice), await _there.EnterAsync(Make.Bob));
        _here.Say(alice);
        _here.Say(alice);
        _here.Write();
        _log.FailOver(lost: 1);
        var (node, speaker) = byOwn ? (_here, alice) : (_there, bob);
        for (var i = 0; i < 3; i++)
            node.Say(speaker);
        node.Write();
        _here.Follow();
        _here.Publish();
        Assert.True(alice.IsClosing);
        // What was committed before is told, and what came in its place is not.
        await alice.GotAsync([SteppedNode.Answer + 1, SteppedNode.Answer + 2, 1, 2]);
        Assert.True(_here.Rooms.MayBeLost(Make.Lobby.Id, 2));
        Assert.False(_here.Rooms.MayBeLost(Make.Lobby.Id, 3));
        // Who comes now is in the room as it is, while others have not gone from what it was.
        var carol = await _here.EnterAsync(Carol);
        Assert.Equal(4, carol.Places[0].Cursor);
        _there.Say(bob);
        _there.Write();
        _here.Follow();
        _here.Publish();
        alice.Leave();
        _there.Say(bob);
        _there.Write();
        _here.Follow();
        _here.Publish();
        await carol.GotAsync([5, 6]);
    }

    [Fact]
    public async Task Of_a_standby_that_takes_over_with_everything_nobody_notices_anything()
    {
        var (alice, bob) = (await _here.EnterAsync(Make.Alice), await _there.EnterAsync(Make.Bob));
        _here.Say(alice);
        _here.Write();
        _log.FailOver(lost: 0);
        _there.Say(bob);
        _there.Write();
        _here.Follow();
        _here.Publish();
        _here.Say(alice);
        _here.Write();
        _here.Publish();
        Assert.False(alice.IsClosing);
        Assert.False(_here.Rooms.MayBeLost(Make.Lobby.Id, 0));
        Assert.False(_here.Rooms.MayBeLost(Make.Lobby.Id, 1));
        await alice.GotAsync([SteppedNode.Answer + 1, 1, 2, SteppedNode.Answer + 3, 3]);
    }

    [Fact]
    public void A_node_whose_commit_is_not_answered_takes_nothing_more_until_it_is()
    {
        _here.Link.Ask();
        for (var waited = TimeSpan.Zero; waited <= NodeLink.CutOffAfter; waited += Follower.LookEvery)
        {
            Assert.Null(_here.Writer.Trouble);
            _clock.Advance(Follower.LookEvery);
            _here.Follow();
        }
        Assert.Equal(Refusal.StorageAway, _here.Writer.Trouble);
        _here.Link.Answered();
        Assert.Null(_here.Writer.Trouble);
    }

    [Fact]
    public async Task A_room_in_which_much_was_said_lets_others_have_their_turn()
    {
        const int Said = 2_000;
        var alice = await _here.EnterAsync(Make.Alice);
        for (var i = 0; i < Said; i++)
            _log.Commit([Make.Post("x", Make.Bob)]);
        _here.Link.Hints.Add(new CommitHint(Make.Lobby.Id, Said));
        _here.Follow();
        _here.Publish();
        Assert.InRange(alice.Places[0].Room.Head.Seq, 1, Said - 1);
        _here.Follow();
        _here.Publish();
        await alice.GotAsync(Enumerable.Range(1, Said));
    }

    [Fact]
    public async Task Whoever_waits_for_a_room_that_is_not_live_is_woken_though_no_hint_comes()
    {
        Assert.True(_here.Rooms.Waiters.TryEnter(Make.Lobby.Id, out var rung));
        _here.Rooms.Waiters.Saw(Make.Lobby.Id, rung, 0);
        _clock.Advance(Follower.LookEvery);
        _here.Follow();
        Assert.False(rung.IsCompleted);
        _log.Commit([Make.Post("x")]);
        _clock.Advance(Follower.LookEvery);
        _here.Follow();
        await rung.Within("the bell");
    }

    /// <summary>
    /// Three nodes, and everything in any order: people come, speak and go, are made to leave, writers commit, hints are lost, the log is away for
    /// some. Whoever was told head h gets h+1, h+2, … and nothing else, and the answer to what they say before it.
    /// </summary>
    [Fact]
    public async Task In_whatever_order_things_happen_everybody_is_told_everything_once_and_in_order()
    {
        for (var seed = 1; seed <= 300; seed++)
            await RunAsync(new Random(seed), $"seed {seed}");
    }

    private static async Task RunAsync(Random random, string name)
    {
        var (clock, log) = (new ManualTime(), new SharedLog());
        SteppedNode[] nodes = [new(log, clock), new(log, clock), new(log, clock)];
        var everybody = new List<(ProbeSession Session, SteppedNode Node, long Head)>();
        var here = new List<(ProbeSession Session, SteppedNode Node)>();
        foreach (var node in nodes)
            node.Hint = hint =>
            {
                foreach (var other in nodes)
                    if (other != node && random.Next(3) > 0)
                        other.Link.Hints.Add(hint);
            };
        for (var step = 0; step < 150; step++)
        {
            var node = nodes[random.Next(nodes.Length)];
            switch (random.Next(12))
            {
                case 0:
                    var user = new User(new UserId(everybody.Count + 10), Guid.CreateVersion7(), UserKind.Guest, $"user{everybody.Count}");
                    var session = await node.EnterAsync(user);
                    everybody.Add((session, node, session.Places[0].Cursor));
                    here.Add((session, node));
                    break;
                case 1 when here.Count > 0:
                    var gone = here[random.Next(here.Count)];
                    gone.Session.Leave();
                    here.Remove(gone);
                    break;
                case 2 when here.Count > 0 && random.Next(3) == 0:
                    node.Do(new Kick(Make.Bob, null, Make.Lobby.Id, here[random.Next(here.Count)].Session.You!.Id));
                    break;
                case 2 or 3 or 4 when here.Count > 0:
                    var speaker = here[random.Next(here.Count)];
                    speaker.Node.Say(speaker.Session);
                    break;
                case 5 or 6:
                    node.Write();
                    break;
                case 7 or 8:
                    node.Follow();
                    break;
                case 9:
                    clock.Advance(Follower.LookEvery / 2);
                    break;
                default:
                    node.Publish();
                    break;
            }
        }
        for (var round = 0; round < 4; round++)
        {
            clock.Advance(Follower.LookEvery);
            foreach (var node in nodes)
            {
                node.Write();
                node.Publish();
                node.Follow();
                node.Publish();
            }
        }
        foreach (var (session, _, head) in everybody)
        {
            var isKicked = session.Told.Contains("exited");
            var isHere = here.Any(h => h.Session == session) && !isKicked;
            var sent = NumberFormat.Read(await session.SentAsync());
            var told = sent.Where(n => n < SteppedNode.Answer).ToList();
            Assert.True(told.SequenceEqual(Enumerable.Range((int)head + 1, told.Count)), $"{name}: after {head} came {string.Join(' ', told)}");
            Assert.True(!isHere || head + told.Count == log.Head.Seq, $"{name}: {head} and {told.Count} events are not the {log.Head.Seq} that there are");
            foreach (var answer in sent.Where(n => n > SteppedNode.Answer))
            {
                var at = Array.IndexOf(sent, answer - SteppedNode.Answer);
                Assert.True(at < 0 || at > Array.IndexOf(sent, answer), $"{name}: event {answer - SteppedNode.Answer} came before its answer");
            }
        }
        foreach (var node in nodes)
            node.Dispose();
    }

    private static readonly User Carol = new(new UserId(3), Guid.CreateVersion7(), UserKind.Guest, "carol");
}
