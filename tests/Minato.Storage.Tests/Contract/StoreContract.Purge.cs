using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_purge_erases_all_that_somebody_has_said_in_every_room_and_the_server_says_so_itself()
    {
        var (admin, ann, spammer) = (await Account("admin", ServerRole.Admin), await Guest("ann"), await Account("spammer"));
        var (lobby, den) = (await Lobby(), (await Commit<Logged>(new CreateRoom(ann, null, "den", "Den", RoomKind.Private))).Room);
        await Commit<Logged>(new Invite(ann, null, den.Id, spammer.Id));
        await Commit<Logged>(new Join(spammer, null, den.Id));
        var direct = (await Commit<Logged>(new OpenDirect(spammer, null, ann.Id))).Room;
        foreach (var room in new[] { lobby, den, direct })
        {
            await Say(ann, room, "stays");
            await Say(spammer, room, "spam");
        }
        var seen = await Accounts.FindWrittenInAsync(spammer.Id, default);
        var purged = await Commit<AccountChanged>(new Purge(admin, spammer.Id, Deactivate: true, seen));
        Assert.True(purged.Ending.Ends(null));
        Assert.Equal(UserKind.Deactivated, purged.User.Kind);
        Assert.All(purged.Events, e => Assert.Equal(("minato", spammer.Id), (e.Event.From.Nick, Assert.IsType<MessagesErased>(e.Event).Subject.Id)));
        Assert.Equal(3, purged.Events.Count);
        Assert.Equal(["purged admin spammer", "deactivated admin spammer"], (await Accounts.ReadAuditAsync(null, 2, default)).Select(e => $"{e.Act} {e.By?.Nick} {e.Subject?.Nick}"));
        // What was under way comes to nothing, and a second time there is nothing to do.
        Assert.Equal(Refusal.LoginRequired, await Refused(new Post(spammer, null, lobby.Id, Body("more"))));
        Assert.Empty((await Commit<AccountChanged>(new Purge(admin, spammer.Id, Deactivate: true))).Events);
        foreach (var room in new[] { lobby, den, direct })
            Assert.Equal(["stays", null], Texts(await History(room, ann)));

        // Killed now, it goes on after the next start: no reader ever sees what the slices have not got to.
        await ReopenAsync();
        Assert.Equal(["stays", null], Texts(await History(den, ann)));
        while ((await Store.MaintainAsync(default)).Next == TimeSpan.Zero)
        {
        }
        Assert.Equal(["stays", null], Texts(await History(den, ann)));
    }

    [Fact]
    public async Task A_purge_reaches_who_is_lower_and_nobody_else_and_never_oneself()
    {
        var (owner, admin, other) = (await Account("owner", ServerRole.Owner), await Account("admin", ServerRole.Admin), await Account("other", ServerRole.Admin));
        var ann = await Account("ann");
        Assert.Equal(Refusal.Forbidden, await Refused(new Purge(ann, admin.Id, false)));
        Assert.Equal(Refusal.Forbidden, await Refused(new Purge(admin, other.Id, false)));
        Assert.Equal(Refusal.Forbidden, await Refused(new Purge(admin, owner.Id, false)));
        Assert.Equal(Refusal.Forbidden, await Refused(new Purge(admin, admin.Id, false)));
        Assert.Equal(Refusal.Forbidden, await Refused(new Purge(owner, owner.Id, false)));
        Assert.Equal(Refusal.NoSuchUser, await Refused(new Purge(admin, new UserId(999), false)));
        Assert.Equal(Refusal.NoSuchUser, await Refused(new Purge(owner, (await System()).Id, false)));
        Assert.Equal(Refusal.LastOwner, await Refused(new Purge(null, owner.Id, Deactivate: true)));
        await Commit<AccountChanged>(new Purge(admin, ann.Id, false));
        await Commit<AccountChanged>(new Purge(owner, other.Id, true));
        await Commit<AccountChanged>(new Purge(null, admin.Id, false));
    }

    [Fact]
    public async Task A_guest_who_is_purged_and_shut_out_is_ended_and_one_who_is_gone_already_is_purged_all_the_same()
    {
        var (admin, guest, gone, lobby) = (await Account("admin", ServerRole.Admin), await Guest("guest"), await Visitor("gone"), await Lobby());
        await Commit<Logged>(new Join(guest, null, lobby.Id));
        await Say(guest, lobby, "spam");
        await Say(gone, lobby, "spam");
        await Commit<BlockChanged>(new BlockUser(guest, null, admin.Id, On: true));
        await Commit<VisitorEnded>(new EndVisitor(gone));
        var purged = await Commit<AccountChanged>(new Purge(admin, guest.Id, Deactivate: true));
        Assert.Equal([EventKind.MessagesErased, EventKind.Left], purged.Events.Select(e => e.Event.Kind));
        Assert.Equal(Refusal.NoSuchUser, await Refused(new Post(guest, null, lobby.Id, Body("more"))));
        Assert.Empty(await Store.ReadBlocksAsync(guest.Id, default));
        await Guest("guest");
        await Commit<AccountChanged>(new Purge(admin, gone.Id, Deactivate: true));
        Assert.All((await History(lobby, null)).Messages, m => Assert.Null(m.Body));
    }
}
