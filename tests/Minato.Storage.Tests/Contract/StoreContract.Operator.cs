using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;

namespace Minato.Storage.Tests.Contract;

/// <summary>What the operator does in rooms and about tokens, in the name of the server itself.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task The_operator_gives_a_room_that_nobody_owns_to_a_member_and_takes_one_from_its_owners()
    {
        var (system, lobby, ann, ben) = (await System(), await Lobby(), await Guest("ann"), await Guest("ben"));
        Assert.Equal(Refusal.NoSuchUser, await Refused(new Transfer(system, null, lobby.Id, ann.Id)));
        await Commit(new Join(ann, null, lobby.Id), new Join(ben, null, lobby.Id));
        var given = await Commit<Logged>(new Transfer(system, null, lobby.Id, ann.Id));
        Assert.Equal((system, ann), Assert.IsType<Transferred>(given.Event) is var ev ? (ev.From, ev.Subject) : default);
        await Commit<Logged>(new SetRole(ann, null, lobby.Id, ben.Id, Standing.Owner));
        await Commit<Logged>(new Transfer(system, null, lobby.Id, ben.Id));
        await ReopenAsync();
        Assert.Equal([new Member(ann, Standing.Moderator), new Member(ben, Standing.Owner)], await Store.ReadMembersAsync(lobby.Id, null, 10, default));
        // It is so already.
        Assert.Null((await Commit<Logged>(new Transfer(system, null, lobby.Id, ben.Id))).Event);
        Assert.Equal(Refusal.Forbidden, await Refused(new Archive(ann, null, lobby.Id, On: true)));
    }

    [Fact]
    public async Task The_operator_makes_rooms_for_others_and_only_public_ones_for_nobody()
    {
        var (system, ann) = (await System(), await Guest("ann"));
        Assert.Equal(Refusal.Forbidden, await Refused(new CreateRoom(system, null, "hidden", "Hidden", RoomKind.Private)));
        Assert.Equal(Refusal.NoSuchUser, await Refused(new CreateRoom(system, null, "hidden", "Hidden", RoomKind.Private) { Owner = system.Id }));
        var made = await Commit<Logged>(new CreateRoom(system, null, "hidden", "Hidden", RoomKind.Private) { Owner = ann.Id });
        Assert.Equal([ann], made.Entered);
        Assert.Equal(system, made.Event!.From);
        Assert.Equal([new Member(ann, Standing.Owner)], await Store.ReadMembersAsync(made.Room.Id, null, 10, default));
        Assert.Equal(1, (await ViewOf(made.Room, ann)).Head.Seq);
        var open = await Commit<Logged>(new CreateRoom(system, null, "open", "Open"));
        Assert.Empty(await Store.ReadMembersAsync(open.Room.Id, null, 10, default));
        // Who makes a room owns it, whatever they say.
        var own = await Commit<Logged>(new CreateRoom(ann, null, "own", "Own") { Owner = system.Id });
        Assert.Equal([new Member(ann, Standing.Owner)], await Store.ReadMembersAsync(own.Room.Id, null, 10, default));
    }

    [Fact]
    public async Task The_operator_keeps_order_in_rooms_takes_no_part_and_leaves_direct_ones_alone()
    {
        var (system, ann, ben) = (await System(), await Guest("ann"), await Guest("ben"));
        var room = (await Commit<Logged>(new CreateRoom(ann, null, "hidden", "Hidden", RoomKind.Private))).Room;
        Assert.Equal(ann, (await Commit<Logged>(new Ban(system, null, room.Id, ann.Id, Now + 1_000))).Exited);
        Assert.Equal(Standing.Banned, await Store.ReadStandingAsync(room.Id, ann.Id, default));
        await Commit<Logged>(new Unban(system, null, room.Id, ann.Id));
        await Commit<Logged>(new Archive(system, null, room.Id, On: true));
        Assert.Equal(Refusal.Archived, await Refused(new Ban(system, null, room.Id, ben.Id)));
        Assert.NotNull((await Commit<Logged>(new Archive(system, null, room.Id, On: false))).Event);
        var direct = (await Commit<Logged>(new OpenDirect(ann, null, ben.Id))).Room;
        foreach (var act in new Command[]
        {
            new Archive(system, null, direct.Id, On: true), new Ban(system, null, direct.Id, ann.Id), new Post(system, null, room.Id, Body("x")),
            new Join(system, null, room.Id), new Kick(system, null, room.Id, ann.Id), new EraseMessages(system, null, room.Id, ann.Id),
            new Rename(system, null, "other"), new OpenDirect(system, null, ann.Id), new SetTitle(system, null, room.Id, "x"),
        })
            Assert.Equal(Refusal.Forbidden, await Refused(act));
    }

    [Fact]
    public async Task What_the_operator_does_in_rooms_is_noted_and_a_hidden_room_has_no_name_there()
    {
        var (system, ann) = (await System(), await Guest("ann"));
        var hidden = (await Commit<Logged>(new CreateRoom(system, null, "hidden", "Hidden", RoomKind.Private) { Owner = ann.Id })).Room;
        await Commit<Logged>(new Ban(system, null, hidden.Id, ann.Id));
        await Commit<Logged>(new Ban(system, null, hidden.Id, ann.Id));
        var open = (await Commit<Logged>(new CreateRoom(system, null, "open", "Open"))).Room;
        await Commit<Logged>(new Archive(system, null, open.Id, On: true));
        await Refused(new Archive(ann, null, open.Id, On: false));
        Assert.Equal(
            [("room.archived", null, $"{open.Uid} #open"), ("room.made", null, $"{open.Uid} #open"), ("room.banned", ann, $"{hidden.Uid}"), ("room.made", ann, $"{hidden.Uid}")],
            (await Accounts.ReadAuditAsync(null, 100, default)).Select(n => (n.Act, n.Subject, n.Detail)));
        Assert.All(await Accounts.ReadAuditAsync(null, 100, default), n => Assert.Null(n.By));
    }

    [Fact]
    public async Task Rooms_of_every_kind_are_listed_by_their_counts_in_pages()
    {
        var (ann, ben) = (await Guest("ann"), await Guest("ben"));
        var hidden = (await Commit<Logged>(new CreateRoom(ann, null, "hidden", "Hidden", RoomKind.Private))).Room;
        await Say(ann, hidden, "one");
        var direct = (await Commit<Logged>(new OpenDirect(ann, null, ben.Id))).Room;
        await Commit<Logged>(new Archive(ann, null, hidden.Id, On: true));
        var first = await Accounts.ListEveryRoomAsync(null, 2, default);
        var second = await Accounts.ListEveryRoomAsync(first[^1].Room.Uid, 2, default);
        Assert.Equal(
            [(RoomKind.Public, 0, 1, 0, false), (RoomKind.Private, 1, 3, 1, true), (RoomKind.Direct, 2, 1, 0, false)],
            first.Concat(second).Select(r => (r.Room.Kind, r.Members, (int)r.Head.Seq, (int)r.Head.PostNo, r.Room.Archived)));
        Assert.Equal(direct.Uid, second[0].Room.Uid);
        Assert.Empty(second[0].Room.Users);
    }

    [Fact]
    public async Task The_operator_issues_tokens_and_ends_them_by_their_ids()
    {
        var (owner, ann) = (await Person("owner", ServerRole.Owner), await Person("ann"));
        var (hash, other) = (NewHash(), NewHash());
        await Commit<Nothing>(new IssueToken(ann.Id, hash, "bot", Scope.Write, Now + 1_000));
        await Commit<Nothing>(new IssueToken(ann.Id, other, "other", Scope.Read, null));
        Assert.Equal((ann, Scope.Write), (await Store.FindCredentialAsync(hash, default)) is { } found ? (found.User, found.Scope) : default);
        Assert.Equal(Refusal.BadUntil, await Refused(new IssueToken(ann.Id, NewHash(), "late", Scope.Write, Now)));
        Assert.Equal(Refusal.NoSuchUser, await Refused(new IssueToken((await Guest("guest")).Id, NewHash(), "bot", Scope.Write, null)));
        var ended = await Commit<AccountChanged>(new WithdrawToken(CredentialId.Of(hash)));
        Assert.Equal((ann.Id, true), (ended.User.Id, ended.Ending.Ends(Held(hash, ann) with { IsSession = false })));
        Assert.False(ended.Ending.Ends(Held(other, ann) with { IsSession = false }));
        Assert.Equal(Refusal.NoSuchCredential, await Refused(new WithdrawToken(CredentialId.Of(hash))));
        Assert.Equal((null, ann), (await HolderOf(hash), await HolderOf(other)));
        Assert.Equal(
            [("token.revoked", ann, $"{CredentialId.Of(hash)} bot"), ("token.made", ann, $"{CredentialId.Of(other)} read other"), ("token.made", ann, $"{CredentialId.Of(hash)} write bot")],
            (await Accounts.ReadAuditAsync(null, 3, default)).Select(n => (n.Act, n.Subject, n.Detail)));
        // Nobody's to give but the operator's.
        Assert.Equal(Refusal.Forbidden, AdministrationRights.Check(new IssueToken(owner.Id, hash, "x", Scope.Read, null), ServerRole.Owner));
        Assert.Equal(Refusal.Forbidden, AdministrationRights.Check(new WithdrawToken(default), ServerRole.Owner));
    }

    [Fact]
    public async Task What_a_token_was_made_of_may_be_one_again_when_its_time_is_over()
    {
        var (ann, ben, hash) = (await Person("ann"), await Person("ben"), NewHash());
        await Commit<Nothing>(new IssueToken(ann.Id, hash, "laptop", Scope.Write, Now + 1_000));
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(await HolderOf(hash));
        await Commit<Nothing>(new IssueToken(ben.Id, hash, "laptop", Scope.Read, null));
        Assert.Equal(ben, await HolderOf(hash));
        Assert.Empty(await Accounts.ListTokensAsync(ann.Id, default));
    }

    [Fact]
    public async Task The_audit_log_names_people_as_they_are_called_today_and_by_ids_that_stay()
    {
        var (owner, ann) = (await Person("owner", ServerRole.Owner), await Person("ann"));
        await Commit<AccountChanged>(new SetActive(owner, ann.Id, On: false));
        await Commit<UserChanged>(new Rename(owner, null, "boss"));
        await Person("second");
        var note = (await Accounts.ReadAuditAsync(null, 100, default)).Single(n => n.Act == "deactivated");
        Assert.Equal((owner.Uid, "boss", ann.Uid, "ann"), (note.By!.Uid, note.By.Nick, note.Subject!.Uid, note.Subject.Nick));
    }
}
