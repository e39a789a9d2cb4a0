using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Users;

namespace Minato.Storage.Tests.Contract;

/// <summary>Ways in: the owner's link, invitations, open doors.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task The_first_owner_comes_by_the_one_time_link_and_nobody_after_them()
    {
        Assert.False(await Accounts.HasOwnerAsync(default));
        var (stale, link) = (await OwnerLink(), await OwnerLink());
        Assert.Equal(Refusal.BadInvitation, await Refused(SigningUp("early", stale)));
        var session = NewSession("Laptop");
        var owner = (await Commit<AccountChanged>(SigningUp("ann", link, session: session))).User;
        Assert.Equal((UserKind.Account, ServerRole.Owner, "ann"), (owner.Kind, owner.Role, owner.Nick));
        Assert.Equal(Refusal.BadInvitation, await Refused(SigningUp("ben", link)));
        await ReopenAsync();
        Assert.True(await Accounts.HasOwnerAsync(default));
        Assert.Equal(owner, await HolderOf(session.Hash));
        Assert.Equal(("hash of ann", owner), ((await Accounts.FindAccountAsync("ＡＮＮ", default))!.PasswordHash, (await Accounts.FindAccountAsync(owner.Id, default))!.User));
        Assert.Equal("Laptop", Assert.Single(await Accounts.ListSessionsAsync(owner.Id, default)).Device);
    }

    [Fact]
    public async Task An_invitation_lets_in_as_many_as_it_says_until_it_expires_or_is_revoked()
    {
        var owner = await Person("owner", ServerRole.Owner);
        var twice = await Invitation(owner, uses: 2);
        foreach (var nick in new[] { "one", "two" })
            Assert.Equal(ServerRole.Member, (await Commit<AccountChanged>(SigningUp(nick, twice))).User.Role);
        Assert.Equal(Refusal.BadInvitation, await Refused(SigningUp("three", twice)));

        var revoked = await Invitation(owner);
        Assert.Equal((ServerRole.Member, "owner", 0, 1), Assert.Single(await Accounts.ListInvitationsAsync(default)) is var i ? (i.Role, i.By, i.Uses, i.MaxUses) : default);
        await Commit<Nothing>(new RevokeInvitation(owner, CredentialId.Of(revoked)));
        Assert.Equal(Refusal.BadInvitation, await Refused(SigningUp("three", revoked)));
        Assert.Equal(Refusal.NoSuchCredential, await Refused(new RevokeInvitation(owner, CredentialId.Of(revoked))));

        var late = await Invitation(owner);
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Refusal.BadInvitation, await Refused(SigningUp("three", late)));
        Assert.Equal(Refusal.BadInvitation, await Refused(SigningUp("three", NewHash())));
        Assert.Null(await Store.FindUserAsync("three", default));
        Assert.Empty(await Accounts.ListInvitationsAsync(default));
        Assert.Equal(Refusal.BadUntil, await Refused(new MakeInvitation(owner, NewHash(), ServerRole.Member, 1, Now)));
    }

    [Fact]
    public async Task An_invitation_is_as_good_as_its_maker_is_today()
    {
        var (owner, rex, admin) = (await Person("owner", ServerRole.Owner), await Person("rex", ServerRole.Owner), await Person("admin", ServerRole.Admin));
        var (asOwner, asMember, byAdmin) = (await Invitation(rex, ServerRole.Owner), await Invitation(rex), await Invitation(admin, uses: 2));
        await Commit<UserChanged>(new SetServerRole(owner, null, rex.Id, ServerRole.Admin));
        Assert.Equal(Refusal.BadInvitation, await Refused(SigningUp("rex2", asOwner)));
        await Commit<AccountChanged>(SigningUp("by-admin", byAdmin));
        await Commit(new SetActive(owner, rex.Id, On: false), new SetActive(owner, admin.Id, On: false));
        foreach (var invitation in new[] { asOwner, asMember, byAdmin })
            Assert.Equal(Refusal.BadInvitation, await Refused(SigningUp("rex2", invitation)));
        await Commit<AccountChanged>(new SetActive(owner, rex.Id, On: true));
        await Commit<AccountChanged>(SigningUp("asked-by-rex", asMember));
    }

    [Fact]
    public async Task A_refused_name_does_not_use_an_invitation_up()
    {
        await Person("Straße", ServerRole.Owner);
        var invitation = await Invitation(by: null);
        foreach (var nick in new[] { "straße", "ＳＴＲＡＳＳＥ".Replace("ＳＳＥ", "ße"), "minato" })
            Assert.Equal(Refusal.NickTaken, await Refused(SigningUp(nick, invitation)));
        await Commit<AccountChanged>(SigningUp("free", invitation));
    }

    [Theory]
    [InlineData(SignUpPolicy.Open, null, true)]
    [InlineData(SignUpPolicy.Invitation, Refusal.BadInvitation, true)]
    [InlineData(SignUpPolicy.Closed, Refusal.SignUpClosed, false)]
    public async Task Who_may_sign_up_is_the_owner_s_to_say(SignUpPolicy policy, Refusal? withoutInvitation, bool withOne)
    {
        var owner = await Person("owner", ServerRole.Owner);
        await Commit<Nothing>(new ChangeSettings(owner, policy, DepartedMessages.Erase));
        await ReopenAsync();
        Assert.Equal(new WorkspaceSettings { SignUp = policy, Departed = DepartedMessages.Erase }, await Accounts.ReadSettingsAsync(default));
        var outcome = Assert.Single(await Commit([SigningUp("anybody", invitation: null)]));
        Assert.Equal(withoutInvitation, (outcome as Refused)?.Reason);
        // Whoever may not come in is not told which names there are.
        if (policy != SignUpPolicy.Open)
            Assert.Equal(withoutInvitation, await Refused(SigningUp("owner", invitation: null)));
        Assert.Equal(withOne, Assert.Single(await Commit([SigningUp("guest", await Invitation(owner))])) is AccountChanged);
        // An owner's link opens the door in any case.
        Assert.Equal(ServerRole.Owner, (await Commit<AccountChanged>(SigningUp("second", await OwnerLink()))).User.Role);
    }
}
