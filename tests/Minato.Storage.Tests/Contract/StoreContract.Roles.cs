using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Every_act_about_a_member_is_an_event_is_replayed_and_is_answered_again()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var (id, carol, until) = (dev.Id, await Guest("carol"), Clock.NowMs + 60_000);
        var acts = new (Func<ClientId?, Command> Command, Func<long, RoomEvent> Event)[]
        {
            (c => new Invite(alice, c, id, carol.Id), s => new Invited(id, s, Clock.NowMs, alice, carol)),
            (c => new Mute(alice, c, id, bob.Id, until), s => new Muted(id, s, Clock.NowMs, alice, bob, until)),
            (c => new Mute(alice, c, id, bob.Id), s => new Muted(id, s, Clock.NowMs, alice, bob, null)),
            (c => new Unmute(alice, c, id, bob.Id), s => new Unmuted(id, s, Clock.NowMs, alice, bob)),
            (c => new SetRole(alice, c, id, bob.Id, Standing.Moderator), s => new RoleChanged(id, s, Clock.NowMs, alice, bob, Standing.Moderator) { Was = Standing.Member }),
            (c => new Kick(alice, c, id, bob.Id), s => new Kicked(id, s, Clock.NowMs, alice, bob)),
            (c => new Ban(alice, c, id, bob.Id, until), s => new Banned(id, s, Clock.NowMs, alice, bob, until)),
            (c => new Ban(alice, c, id, bob.Id), s => new Banned(id, s, Clock.NowMs, alice, bob, null)),
            (c => new Unban(alice, c, id, bob.Id), s => new Unbanned(id, s, Clock.NowMs, alice, bob)),
            (c => new SetTitle(alice, c, id, "港"), s => new TitleChanged(id, s, Clock.NowMs, alice, "港")),
            (c => new SetSlug(alice, c, id, "港"), s => new SlugChanged(id, s, Clock.NowMs, alice, "港", "dev")),
            (c => new Archive(alice, c, id, On: true), s => new ArchiveChanged(id, s, Clock.NowMs, alice, true)),
            (c => new Archive(alice, c, id, On: false), s => new ArchiveChanged(id, s, Clock.NowMs, alice, false)),
        };
        var answers = new List<Logged>();
        foreach (var (command, expected) in acts)
        {
            var version = (await Head(dev)).AclVersion;
            var logged = await Commit<Logged>(command(Cid($"{answers.Count}")));
            Assert.Equal(expected(logged.Seq), logged.Event);
            if (logged.Event is not (TitleChanged or SlugChanged))
                Assert.True((await Head(dev)).AclVersion > version, $"{logged.Event!.Kind} left the acl version as it was.");
            Assert.Null((await Commit<Logged>(command(null))).Event);
            answers.Add(logged);
        }
        await ReopenAsync();
        Assert.Equal(answers.Select(a => a.Event!), await Events(dev, alice, after: answers[0].Seq - 1));
        Assert.Equal(("港", false), ((await Store.FindRoomAsync("dev", default))!.Title, (await Store.FindRoomAsync("dev", default))!.Archived));
        foreach (var (act, answer) in acts.Zip(answers))
            await AssertRepeat(answer, act.Command(Cid($"{answers.IndexOf(answer)}")));
        Assert.Equal(answers[^1].Seq, (await Head(dev)).Seq);
    }

    [Fact]
    public async Task Somebody_banned_is_out_and_neither_joins_nor_reads_nor_posts_until_the_ban_ends()
    {
        var (alice, bob, dev) = await TwoInARoom();
        await Say(alice, dev, "hello");
        var banned = await Commit<Logged>(new Ban(alice, null, dev.Id, bob.Id, Clock.NowMs + 1000));
        Assert.Equal((bob, true), (banned.Exited, banned.IsShutOut));
        Assert.Equal(Standing.Banned, await Store.ReadStandingAsync(dev.Id, bob.Id, default));
        foreach (var command in new Command[] { new Join(bob, null, dev.Id), new Post(bob, null, dev.Id, Body("x")), new Leave(bob, null, dev.Id) })
            Assert.Equal(Refusal.Forbidden, await Refused(command));
        Assert.Equal(Refusal.Forbidden, await Refused(new Invite(alice, null, dev.Id, bob.Id)));
        Assert.Empty((await History(dev, bob)).Messages);
        Assert.Empty(await Events(dev, bob));
        Assert.DoesNotContain(await Store.ListRoomsAsync(bob.Id, default), v => v.Room.Id == dev.Id);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Standing.Outsider, await Store.ReadStandingAsync(dev.Id, bob.Id, default));
        Assert.NotEmpty((await History(dev, bob)).Messages);
        await Commit<Logged>(new Join(bob, null, dev.Id));
        Assert.Equal(Refusal.BadUntil, await Refused(new Ban(alice, null, dev.Id, bob.Id, Clock.NowMs)));
    }

    /// <summary>Whoever reads and whoever writes go by the same clock: one shut out of reading must not be able to post.</summary>
    [Fact]
    public async Task A_ban_that_had_run_out_is_in_force_again_when_the_clock_goes_back()
    {
        var (alice, bob, dev) = await TwoInARoom();
        await Commit<Logged>(new Ban(alice, null, dev.Id, bob.Id, Clock.NowMs + 1000));
        Clock.Now += TimeSpan.FromSeconds(1);
        await Say(bob, dev, "over");
        Clock.Now -= TimeSpan.FromSeconds(1);
        Assert.Equal(Standing.Banned, await Store.ReadStandingAsync(dev.Id, bob.Id, default));
        Assert.Equal(Refusal.Forbidden, await Refused(new Post(bob, null, dev.Id, Body("back"))));
    }

    [Fact]
    public async Task A_ban_also_shuts_out_one_who_only_looked_on()
    {
        var (alice, bob) = (await Guest("alice"), await Guest("bob"));
        var dev = await NewRoom(alice, "dev");
        var banned = await Commit<Logged>(new Ban(alice, null, dev.Id, bob.Id));
        Assert.Equal(bob, banned.Exited);
        Assert.Equal([Slug.Lobby], (await Store.ListRoomsAsync(bob.Id, default)).Select(v => v.Room.Slug));
        Assert.Empty(await Events(dev, bob));
        Assert.NotEmpty(await Events(dev, null));
    }

    [Fact]
    public async Task Somebody_muted_reads_and_says_nothing_not_even_from_outside()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var said = await Say(bob, dev, "mine");
        await Commit<Logged>(new Mute(alice, null, dev.Id, bob.Id, Clock.NowMs + 1000));
        foreach (var left in new[] { false, true })
        {
            if (left)
                await Commit<Logged>(new Leave(bob, null, dev.Id));
            Assert.Equal(left ? Standing.MutedOutsider : Standing.Muted, await Store.ReadStandingAsync(dev.Id, bob.Id, default));
            foreach (var command in new Command[]
            {
                new Post(bob, null, dev.Id, Body("x")), new Edit(bob, null, dev.Id, said.Seq, Body("x")), new React(bob, null, dev.Id, said.Seq, "👍", true),
            })
                Assert.Equal(Refusal.Forbidden, await Refused(command));
            Assert.Single((await History(dev, bob)).Messages);
        }
        await Commit<Logged>(new Invite(alice, null, dev.Id, bob.Id));
        Assert.Equal(Refusal.Forbidden, await Refused(new Post(bob, null, dev.Id, Body("x"))));
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull((await Say(bob, dev, "again")).Event);
    }

    [Fact]
    public async Task A_private_room_is_entered_by_invitation_and_does_not_exist_for_others()
    {
        var (alice, bob, carol) = (await Guest("alice"), await Guest("bob"), await Guest("carol"));
        var den = (await Commit<Logged>(new CreateRoom(alice, null, "den", "Den", RoomKind.Private))).Room;
        Assert.Equal(RoomKind.Private, den.Kind);
        Assert.DoesNotContain(await Store.ListPublicRoomsAsync(bob.Id, 9, default), l => l.View.Room.Id == den.Id);
        foreach (var command in new Command[]
        {
            new Join(bob, null, den.Id), new Post(bob, null, den.Id, Body("x")), new Leave(bob, null, den.Id), new Invite(bob, null, den.Id, carol.Id),
            new Kick(bob, null, den.Id, alice.Id), new SetTitle(bob, null, den.Id, "x"), new Archive(bob, null, den.Id, true),
        })
            Assert.Equal(Refusal.NoSuchRoom, await Refused(command));
        await Commit<Logged>(new Invite(alice, null, den.Id, bob.Id));
        Assert.Equal(Refusal.NoSuchRoom, await Refused(new Post(bob, null, den.Id, Body("x"))));
        Assert.Equal(Refusal.NoSuchRoom, await Refused(new Join(carol, null, den.Id)));
        Assert.Equal([bob], (await Commit<Logged>(new Join(bob, null, den.Id))).Entered);
        // An invitation is used once.
        await Commit<Logged>(new Leave(bob, null, den.Id));
        Assert.Equal(Refusal.NoSuchRoom, await Refused(new Join(bob, null, den.Id)));
        // Banned: not even that it exists.
        await Commit<Logged>(new Ban(alice, null, den.Id, bob.Id));
        Assert.Equal(Refusal.NoSuchRoom, await Refused(new Join(bob, null, den.Id)));
        Assert.Empty(await Events(den, bob));
    }

    [Fact]
    public async Task Who_left_a_private_room_and_came_back_sees_both_spans_and_not_what_lay_between()
    {
        var (alice, bob) = (await Guest("alice"), await Guest("bob"));
        var den = (await Commit<Logged>(new CreateRoom(alice, null, "den", "Den", RoomKind.Private))).Room;
        await Say(alice, den, "before");
        await LetIn();
        var seen = await Say(alice, den, "first");
        await Commit<Logged>(new Kick(alice, null, den.Id, bob.Id));
        var unseen = await Say(alice, den, "between");
        await LetIn();
        await Say(alice, den, "second");
        Assert.Equal(["first", "second"], Texts(await History(den, bob)));
        Assert.Equal(["before", "first", "between", "second"], Texts(await History(den, alice)));
        var kinds = (await Events(den, bob)).Select(e => e.Kind);
        Assert.Equal([EventKind.Joined, EventKind.Posted, EventKind.Kicked, EventKind.Joined, EventKind.Posted], kinds);
        var joined = (await Events(den, bob)).Last(e => e is Joined).Seq;
        Assert.Equal(joined, await Store.ReadFirstOfSpanAsync(den.Id, bob.Id, default));
        Assert.Equal(1, await Store.ReadFirstOfSpanAsync(den.Id, alice.Id, default));
        Assert.Equal(1, await Store.ReadFirstOfSpanAsync((await Lobby()).Id, null, default));
        // What one cannot see one cannot answer, either.
        Assert.Equal(Refusal.NoSuchMessage, await Refused(new Post(bob, null, den.Id, Body("x"), unseen.Seq)));
        Assert.Equal(Refusal.NoSuchMessage, await Refused(new React(bob, null, den.Id, unseen.Seq, "👍", true)));
        Assert.NotNull((await Commit<Logged>(new React(bob, null, den.Id, seen.Seq, "👍", true))).Event);

        async Task LetIn()
        {
            await Commit<Logged>(new Invite(alice, null, den.Id, bob.Id));
            await Commit<Logged>(new Join(bob, null, den.Id));
        }
    }

    [Fact]
    public async Task Rank_is_over_lower_ranks_only_and_never_given_above_one_s_own()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var (carol, dave) = (await Guest("carol"), await Guest("dave"));
        await Commit(new Join(carol, null, dev.Id), new Join(dave, null, dev.Id));
        Assert.Equal(Refusal.Forbidden, await Refused(new Kick(bob, null, dev.Id, carol.Id)));
        await Commit(new SetRole(alice, null, dev.Id, bob.Id, Standing.Moderator), new SetRole(alice, null, dev.Id, dave.Id, Standing.Moderator));
        foreach (var command in new Command[]
        {
            new Kick(bob, null, dev.Id, alice.Id), new Ban(bob, null, dev.Id, dave.Id), new Mute(bob, null, dev.Id, bob.Id),
            new SetRole(bob, null, dev.Id, carol.Id, Standing.Owner), new SetRole(bob, null, dev.Id, dave.Id, Standing.Member),
            new SetRole(bob, null, dev.Id, bob.Id, Standing.Owner), new SetRole(alice, null, dev.Id, bob.Id, Standing.Banned), new Archive(bob, null, dev.Id, true),
        })
            Assert.Equal(Refusal.Forbidden, await Refused(command));
        Assert.Equal(Refusal.NoSuchUser, await Refused(new Kick(bob, null, dev.Id, new UserId(999))));
        Assert.Equal(Refusal.NoSuchUser, await Refused(new SetRole(bob, null, dev.Id, (await Guest("eve")).Id, Standing.Member)));
        await Commit<Logged>(new SetRole(bob, null, dev.Id, carol.Id, Standing.Moderator));
        // A muted moderator keeps the rank, and with it the protection from equals.
        await Commit<Logged>(new Mute(alice, null, dev.Id, carol.Id));
        Assert.Equal(Refusal.Forbidden, await Refused(new Kick(bob, null, dev.Id, carol.Id)));
        Assert.Equal(Refusal.Forbidden, await Refused(new SetTopic(carol, null, dev.Id, "x")));
        await Commit<Logged>(new SetRole(bob, null, dev.Id, bob.Id, Standing.Member));
        Assert.Equal(Standing.Member, await Store.ReadStandingAsync(dev.Id, bob.Id, default));
    }

    [Fact]
    public async Task The_last_owner_cannot_step_down()
    {
        var (alice, bob, dev) = await TwoInARoom();
        Assert.Equal(Refusal.LastOwner, await Refused(new SetRole(alice, null, dev.Id, alice.Id, Standing.Member)));
        await Commit<Logged>(new SetRole(alice, null, dev.Id, bob.Id, Standing.Owner));
        await Commit<Logged>(new SetRole(alice, null, dev.Id, alice.Id, Standing.Moderator));
        Assert.Equal(Refusal.LastOwner, await Refused(new SetRole(bob, null, dev.Id, bob.Id, Standing.Member)));
    }

    [Fact]
    public async Task The_last_owner_who_leaves_leaves_the_room_to_who_has_moderated_it_longest()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var (carol, dave, vera) = (await Guest("carol"), await Guest("dave"), await Visitor("vera"));
        // A visitor came first and moderates, and will be gone soon; dave moderates and came before carol, who does, too.
        await Commit(new Join(vera, null, dev.Id), new Join(dave, null, dev.Id), new Join(carol, null, dev.Id));
        foreach (var moderator in new[] { vera, carol, dave })
            await Commit<Logged>(new SetRole(alice, null, dev.Id, moderator.Id, Standing.Moderator));

        var left = await Commit<Logged>(new Leave(alice, Cid("1"), dev.Id));
        Assert.Equal(dave, Assert.IsType<Left>(left.Event).Heir);
        Assert.Equal(left.Event, (await Events(dev, bob))[^1]);
        Assert.Equal(Standing.Owner, await Store.ReadStandingAsync(dev.Id, dave.Id, default));
        Assert.Equal(left.Seq, (await Commit<Logged>(new Leave(alice, Cid("1"), dev.Id))).Seq);

        // Without a moderator who stays, the member who came first: bob, who was there before.
        await Commit<Logged>(new Leave(carol, null, dev.Id));
        Assert.Equal(bob, Assert.IsType<Left>((await Commit<Logged>(new Leave(dave, null, dev.Id))).Event).Heir);
        // And a visitor if there is nobody else; the very last one leaves it to nobody.
        Assert.Equal(vera, Assert.IsType<Left>((await Commit<Logged>(new Leave(bob, null, dev.Id))).Event).Heir);
        Assert.Null(Assert.IsType<Left>(Assert.Single((await Commit<VisitorEnded>(new EndVisitor(vera))).Events).Event).Heir);
    }

    [Fact]
    public async Task An_owner_among_others_leaves_the_room_to_nobody()
    {
        var (alice, bob, dev) = await TwoInARoom();
        await Commit<Logged>(new SetRole(alice, null, dev.Id, bob.Id, Standing.Owner));
        Assert.Null(Assert.IsType<Left>((await Commit<Logged>(new Leave(alice, null, dev.Id))).Event).Heir);
    }

    [Fact]
    public async Task A_room_is_handed_over_in_one_step_by_its_owner()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var carol = await Guest("carol");
        Assert.Equal(Refusal.Forbidden, await Refused(new Transfer(bob, null, dev.Id, bob.Id)));
        Assert.Equal(Refusal.Forbidden, await Refused(new Transfer(alice, null, dev.Id, alice.Id)));
        Assert.Equal(Refusal.NoSuchUser, await Refused(new Transfer(alice, null, dev.Id, carol.Id)));
        var handed = await Commit<Logged>(new Transfer(alice, Cid("1"), dev.Id, bob.Id));
        Assert.Equal(new Transferred(dev.Id, handed.Seq, handed.Ts, alice, bob), handed.Event);
        Assert.Equal(handed.Event, (await Events(dev, bob))[^1]);
        Assert.Equal(
            [(alice, Standing.Moderator), (bob, Standing.Owner)],
            (await Store.ReadMembersAsync(dev.Id, null, 10, default)).Select(m => (m.User, m.Role)));
        Assert.Equal(handed.Seq, (await Commit<Logged>(new Transfer(alice, Cid("1"), dev.Id, bob.Id))).Seq);
        Assert.Equal(Refusal.Forbidden, await Refused(new Transfer(alice, null, dev.Id, bob.Id)));
    }

    [Fact]
    public async Task An_admin_keeps_order_in_public_rooms_and_is_like_anybody_in_others()
    {
        var (owner, admin) = (await Account("olga", ServerRole.Owner), await Account("ada", ServerRole.Admin));
        var (alice, bob, dev) = await TwoInARoom();
        var said = await Say(bob, dev, "spam");
        await Commit<Logged>(new Delete(admin, null, dev.Id, said.Seq));
        await Commit<Logged>(new SetTitle(admin, null, dev.Id, "In order"));
        await Commit<Logged>(new Ban(admin, null, dev.Id, bob.Id));
        // A room's owner is below, and its last one can be kept from nothing but losing the role to nobody.
        await Commit<Logged>(new Mute(admin, null, dev.Id, alice.Id));
        Assert.Equal(Refusal.LastOwner, await Refused(new SetRole(admin, null, dev.Id, alice.Id, Standing.Member)));
        await Commit<Logged>(new Unmute(admin, null, dev.Id, alice.Id));
        Assert.Equal(Refusal.Forbidden, await Refused(new Kick(alice, null, dev.Id, admin.Id)));
        Assert.Equal(Refusal.Forbidden, await Refused(new Ban(admin, null, dev.Id, owner.Id)));
        Assert.Equal(Standing.Admin, await Store.ReadStandingAsync(dev.Id, admin.Id, default));

        var den = (await Commit<Logged>(new CreateRoom(alice, null, "den", "Den", RoomKind.Private))).Room;
        var direct = (await Commit<Logged>(new OpenDirect(alice, null, bob.Id))).Room;
        foreach (var hidden in new[] { den, direct })
            foreach (var command in new Command[] { new Post(admin, null, hidden.Id, Body("x")), new Join(admin, null, hidden.Id), new Kick(owner, null, hidden.Id, alice.Id) })
                Assert.Equal(Refusal.NoSuchRoom, await Refused(command));
        // As a member of a private room they are one, and its owner is above them.
        await Commit(new Invite(alice, null, den.Id, admin.Id), new Join(admin, null, den.Id));
        Assert.Equal(Refusal.Forbidden, await Refused(new SetTitle(admin, null, den.Id, "x")));
        await Commit<Logged>(new Kick(alice, null, den.Id, admin.Id));
    }

    [Fact]
    public async Task Whoever_loses_the_role_of_an_admin_loses_what_it_let_them_do()
    {
        var (owner, admin) = (await Account("olga", ServerRole.Owner), await Account("ada", ServerRole.Admin));
        var (_, bob, dev) = await TwoInARoom();
        await Commit<Logged>(new Mute(admin, null, dev.Id, bob.Id));
        // In one batch, so that nothing is looked up in between.
        var outcomes = await Commit(new SetServerRole(owner, null, admin.Id, ServerRole.Member), new Unmute(admin, null, dev.Id, bob.Id));
        Assert.Equal(Refusal.NotAMember, Assert.IsType<Refused>(outcomes[1]).Reason);
    }

    [Fact]
    public async Task A_ban_holds_for_an_admin_until_it_is_ended()
    {
        var (alice, _, dev) = await TwoInARoom();
        var ada = await Account("ada");
        await Commit<Logged>(new Ban(alice, null, dev.Id, ada.Id));
        await Commit<UserChanged>(new SetServerRole(await System(), null, ada.Id, ServerRole.Admin));
        Assert.Equal(Refusal.Forbidden, await Refused(new Unban(ada, null, dev.Id, ada.Id)));
        Assert.Empty((await History(dev, ada)).Messages);
    }

    [Fact]
    public async Task An_archived_room_is_read_and_left_and_brought_back_by_its_owner()
    {
        var (alice, bob, dev) = await TwoInARoom();
        var said = await Say(bob, dev, "x");
        await Commit<Logged>(new Archive(alice, null, dev.Id, On: true));
        foreach (var command in new Command[]
        {
            new Post(bob, null, dev.Id, Body("x")), new Delete(bob, null, dev.Id, said.Seq), new Kick(alice, null, dev.Id, bob.Id), new SetTopic(alice, null, dev.Id, "x"),
        })
            Assert.Equal(Refusal.Archived, await Refused(command));
        Assert.Equal(Refusal.Forbidden, await Refused(new Archive(bob, null, dev.Id, On: false)));
        Assert.Single((await History(dev, bob)).Messages);
        await Commit<Logged>(new Leave(bob, null, dev.Id));
        await Commit<Logged>(new Archive(alice, null, dev.Id, On: false));
        await Say(alice, dev, "back");
    }
}
