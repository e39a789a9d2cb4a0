using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Users;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_role_on_the_server_is_an_owner_s_to_give_and_lasts()
    {
        var (owner, alice) = (await Account("olga", ServerRole.Owner), await Account("alice"));
        Assert.Equal(ServerRole.Member, alice.Role);
        var changed = await Commit<UserChanged>(new SetServerRole(owner, Cid("1"), alice.Id, ServerRole.Admin));
        Assert.Equal((alice, alice with { Role = ServerRole.Admin }), (changed.Was, changed.User));

        await ReopenAsync();
        Assert.Equal(changed.User, await Store.FindUserAsync("alice", default));
        Assert.Equal(changed.User, (await Say(alice, await Lobby(), "hello")).Event!.From);
        Assert.Equal(changed.User, (await History(await Lobby(), null)).Messages[0].From);
    }

    [Fact]
    public async Task Nobody_but_an_owner_or_the_server_itself_gives_roles()
    {
        await Account("olga", ServerRole.Owner);
        var (admin, member, guest) = (await Account("ada", ServerRole.Admin), await Account("max"), await Guest("gus"));
        foreach (var actor in new[] { admin, member, guest })
            foreach (var role in Enum.GetValues<ServerRole>())
                Assert.Equal(Refusal.Forbidden, await Refused(new SetServerRole(actor, null, member.Id, role)));
        Assert.Equal(ServerRole.Member, (await Store.FindUserAsync("max", default))!.Role);
    }

    [Fact]
    public async Task Who_has_no_account_is_a_guest_and_nobody_else_is()
    {
        var (owner, guest, visitor, alice) = (await Account("olga", ServerRole.Owner), await Guest("gus"), await Visitor("vera"), await Account("alice"));
        foreach (var role in Enum.GetValues<ServerRole>())
        {
            Assert.Equal(Refusal.Forbidden, await Refused(new SetServerRole(owner, null, guest.Id, role)));
            Assert.Equal(Refusal.Forbidden, await Refused(new SetServerRole(owner, null, visitor.Id, role)));
        }
        Assert.Equal(Refusal.Forbidden, await Refused(new SetServerRole(owner, null, alice.Id, ServerRole.Guest)));
        Assert.Equal(Refusal.Forbidden, await Refused(new SetServerRole(owner, null, alice.Id, (ServerRole)4)));
        Assert.Equal(Refusal.NoSuchUser, await Refused(new SetServerRole(owner, null, new UserId(999), ServerRole.Admin)));
        Assert.Equal(Refusal.NoSuchUser, await Refused(new SetServerRole(owner, null, (await System()).Id, ServerRole.Admin)));
    }

    [Fact]
    public async Task The_last_owner_of_the_server_stays_one()
    {
        var (olga, otto) = (await Account("olga", ServerRole.Owner), await Account("otto"));
        Assert.Equal(Refusal.LastOwner, await Refused(new SetServerRole(olga, null, olga.Id, ServerRole.Admin)));
        Assert.Equal(Refusal.LastOwner, await Refused(new SetServerRole(await System(), null, olga.Id, ServerRole.Member)));
        await Commit<UserChanged>(new SetServerRole(olga, null, otto.Id, ServerRole.Owner));
        // In one batch, both at once: the second of them is the last.
        var outcomes = await Commit(
            new SetServerRole(olga, null, otto.Id, ServerRole.Member), new SetServerRole(otto, null, olga.Id, ServerRole.Member),
            new SetServerRole(olga, null, olga.Id, ServerRole.Member));
        Assert.Equal(ServerRole.Member, Assert.IsType<UserChanged>(outcomes[0]).User.Role);
        Assert.Equal(Refusal.Forbidden, Assert.IsType<Refused>(outcomes[1]).Reason);
        Assert.Equal(Refusal.LastOwner, Assert.IsType<Refused>(outcomes[2]).Reason);
    }

    [Fact]
    public async Task A_role_that_was_given_is_not_given_again_by_a_repeat()
    {
        var (owner, alice, bob) = (await Account("olga", ServerRole.Owner), await Account("alice"), await Account("bob"));
        var give = new SetServerRole(owner, Cid("1"), alice.Id, ServerRole.Admin);
        await Commit<UserChanged>(give);
        await Commit<UserChanged>(new SetServerRole(owner, Cid("2"), alice.Id, ServerRole.Member));
        var again = await Commit<UserChanged>(give);
        Assert.Equal((ServerRole.Member, again.User), (again.User.Role, again.Was));
        Assert.Equal(Refusal.CidConflict, await Refused(give with { Subject = bob.Id }));
        Assert.Equal(Refusal.CidConflict, await Refused(new Rename(owner, Cid("1"), "olivia")));
    }
}
