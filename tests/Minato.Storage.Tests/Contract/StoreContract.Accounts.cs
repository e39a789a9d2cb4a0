using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Users;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    private IAccountStore Accounts => (IAccountStore)Store;

    private long Now => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<byte[]> OwnerLink()
    {
        var hash = NewHash();
        await Commit<Nothing>(new MakeOwnerLink(hash, Now + 60_000));
        return hash;
    }

    private async Task<byte[]> Invitation(User? by, ServerRole role = ServerRole.Member, int uses = 1)
    {
        var hash = NewHash();
        await Commit<Nothing>(new MakeInvitation(by, hash, role, uses, Now + 60_000));
        return hash;
    }

    private NewSession NewSession(string device = "Firefox") => new(NewHash(), device);

    private SignUp SigningUp(string nick, byte[]? invitation, User? guest = null, NewSession? session = null) =>
        new(nick, $"hash of {nick}", invitation, guest, session ?? NewSession());

    private async Task<User> Person(string nick, ServerRole role = ServerRole.Member) =>
        (await Commit<AccountChanged>(SigningUp(nick, role == ServerRole.Owner ? await OwnerLink() : await Invitation(by: null, role)))).User;

    private async Task<User?> HolderOf(byte[] hash) => (await Store.FindCredentialAsync(hash, default))?.User;

    [Fact]
    public async Task What_an_intruder_made_ends_with_the_password_that_they_knew()
    {
        var (owner, ann) = (await Person("owner", ServerRole.Owner), await Person("ann"));
        var (code, token) = (NewHash(), NewHash());
        await Commit<Nothing>(new SetRecoveryCodes(ann, [code]));
        await Commit<AccountChanged>(new ChangePassword(ann, "hash of ann", "new", Kept: null));
        Assert.Equal(Refusal.WrongLogin, await Refused(new Recover(ann, code, "theirs", NewSession())));
        await Commit<Nothing>(new SetRecoveryCodes(ann, [code]));
        await Commit<Nothing>(new MakeToken(ann, token, "mine", Scope.Write, ExpiresAt: null));
        Assert.Equal(Ending.All, (await Commit<AccountChanged>(new ResetPassword(ann.Id, "given"))).Ending);
        Assert.Equal(Refusal.WrongLogin, await Refused(new Recover(ann, code, "theirs", NewSession())));
        Assert.Null(await HolderOf(token));
        await Commit<Nothing>(new SetRecoveryCodes(ann, [code]));
        await Commit<AccountChanged>(new SetActive(owner, ann.Id, On: false));
        await Commit<AccountChanged>(new SetActive(owner, ann.Id, On: true));
        Assert.Equal(Refusal.WrongLogin, await Refused(new Recover(ann, code, "theirs", NewSession())));
    }

    [Fact]
    public async Task A_session_of_an_account_makes_no_guest_of_anybody()
    {
        var session = NewSession();
        await Commit<AccountChanged>(SigningUp("ann", await Invitation(by: null), session: session));
        Clock.Advance(TimeSpan.FromDays(91));
        Assert.Null(await HolderOf(session.Hash));
        Assert.Equal(Refusal.LoginRequired, await Refused(new RegisterGuest(UserKind.Guest, "guest-1", NickIsProvisional: true, session.Hash)));
    }

    [Fact]
    public async Task A_guest_who_signs_up_stays_the_same_and_is_a_guest_no_more()
    {
        var token = NewHash();
        var guest = (await Commit<UserChanged>(new RegisterGuest(UserKind.Guest, "guest-1", true, token))).User;
        await Say(guest, await Lobby(), "before");
        var invitation = await Invitation(by: null, uses: 9);
        var session = NewSession();
        var changed = await Commit<AccountChanged>(SigningUp("ann", invitation, guest, session));
        Assert.Equal((guest.Id, guest.Uid, UserKind.Account, "ann"), (changed.User.Id, changed.User.Uid, changed.User.Kind, changed.User.Nick));
        Assert.Equal(guest, changed.Was);
        Assert.Null(await HolderOf(token));
        Assert.Equal(changed.User, await HolderOf(session.Hash));
        Assert.Equal("ann", (await History(await Lobby(), changed.User)).Messages[^1].From.Nick);
        // Once: what is an account already is not claimed again, by whomever.
        Assert.Equal(Refusal.LoginRequired, await Refused(SigningUp("thief", invitation, guest)));
        // One's own name is not taken.
        var other = await Guest("bea");
        Assert.Equal("BEA", (await Commit<AccountChanged>(SigningUp("BEA", invitation, other))).User.Nick);
    }

    [Fact]
    public async Task A_session_begins_only_with_the_password_that_was_verified_and_ends_when_it_is_not_used()
    {
        var ann = await Person("ann");
        var session = NewSession();
        Assert.Equal(Refusal.WrongLogin, await Refused(new StartSession(ann, "another hash", null, session)));
        await Commit<AccountChanged>(new StartSession(ann, "hash of ann", "better hash", session));
        Assert.Equal("better hash", (await Accounts.FindAccountAsync("ann", default))!.PasswordHash);
        Assert.Equal(Refusal.WrongLogin, await Refused(new StartSession(ann, "hash of ann", null, NewSession())));

        Clock.Advance(TimeSpan.FromDays(89));
        await Commit<Nothing>(new NoteUse(ann, CredentialId.Of(session.Hash)));
        Assert.Equal(Now, (await Store.FindCredentialAsync(session.Hash, default))!.UsedAt);
        Clock.Advance(TimeSpan.FromDays(89));
        Assert.Equal(ann, await HolderOf(session.Hash));
        Assert.Single(await Accounts.ListSessionsAsync(ann.Id, default)); // the first one, of signing up, was never used again
        Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null(await HolderOf(session.Hash));
        Assert.Empty(await Accounts.ListSessionsAsync(ann.Id, default));
        await Store.MaintainAsync(default);
    }

    [Fact]
    public async Task Of_more_than_a_hundred_sessions_the_one_used_longest_ago_ends()
    {
        var (first, signedUp) = (NewSession(), NewSession());
        var ann = (await Commit<AccountChanged>(SigningUp("ann", await Invitation(by: null), session: signedUp))).User;
        await Commit<AccountChanged>(new StartSession(ann, "hash of ann", null, first));
        for (var i = 0; i < 98; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await Commit<AccountChanged>(new StartSession(ann, "hash of ann", null, NewSession()));
        }
        Assert.Equal(100, (await Accounts.ListSessionsAsync(ann.Id, default)).Count);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await Commit<Nothing>(new NoteUse(ann, CredentialId.Of(first.Hash)));
        var last = await Commit<AccountChanged>(new StartSession(ann, "hash of ann", null, NewSession()));
        Assert.Equal(100, (await Accounts.ListSessionsAsync(ann.Id, default)).Count);
        Assert.NotNull(await HolderOf(first.Hash));
        // Whoever is connected by the one that made room is not any more.
        Assert.True(last.Ending.Ends(Held(signedUp.Hash, ann)));
        Assert.False(last.Ending.Ends(Held(first.Hash, ann)));
    }

    [Fact]
    public async Task A_new_password_ends_all_sessions_but_the_one_it_was_set_in()
    {
        var (ann, here, there) = (await Person("ann"), NewSession(), NewSession());
        foreach (var session in new[] { here, there })
            await Commit<AccountChanged>(new StartSession(ann, "hash of ann", null, session));
        Assert.Equal(Refusal.WrongLogin, await Refused(new ChangePassword(ann, "another", "new", null)));
        var changed = await Commit<AccountChanged>(new ChangePassword(ann, "hash of ann", "new", CredentialId.Of(here.Hash)));
        Assert.Equal("new", (await Accounts.FindAccountAsync("ann", default))!.PasswordHash);
        Assert.Equal((ann, null), (await HolderOf(here.Hash), await HolderOf(there.Hash)));
        Assert.False(changed.Ending.Ends(Held(here.Hash, ann)));
        Assert.True(changed.Ending.Ends(Held(there.Hash, ann)));
        Assert.False(changed.Ending.Ends(Held(there.Hash, ann) with { IsSession = false }));
    }

    [Fact]
    public async Task What_is_asked_by_a_login_that_has_ended_or_expired_comes_to_nothing()
    {
        var (owner, session, token) = (await Person("owner", ServerRole.Owner), NewSession(), NewHash());
        await Commit<AccountChanged>(new StartSession(owner, "hash of owner", null, session));
        await Commit<Nothing>(new MakeToken(owner, token, "bot", Scope.Admin, Now + 1_000));
        // In one batch with what ends it, too.
        var post = new Post(owner, null, (await Lobby()).Id, Body("asked")) { AskedBy = session.Hash };
        var batch = await Commit([
            post, AskedBy(session.Hash), new ChangePassword(owner, "hash of owner", "new", null), AskedBy(session.Hash),
            new EndSessions(owner, null) { AskedBy = session.Hash }, new MakeInvitation(owner, NewHash(), ServerRole.Admin, 1, Now + 60_000) { AskedBy = session.Hash },
            new SetServerRole(owner, null, owner.Id, ServerRole.Owner) { AskedBy = session.Hash }, post, AskedBy(token),
        ]);
        Assert.Equal([null, null, null, .. Enumerable.Repeat<Refusal?>(Refusal.LoginRequired, 5), null], batch.Select(o => (o as Refused)?.Reason));
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Refusal.LoginRequired, await Refused(AskedBy(token)));
        Assert.Equal(Refusal.LoginRequired, await Refused(post));
        Assert.Equal(3, (await Accounts.ListTokensAsync(owner.Id, default)).Count);

        MakeToken AskedBy(byte[] hash) => new(owner, NewHash(), "lasting", Scope.Admin, null) { AskedBy = hash };
    }

    [Fact]
    public async Task Sessions_end_one_by_one_or_all_and_only_one_s_own()
    {
        var (ann, ben, session, other) = (await Person("ann"), await Person("ben"), NewSession(), NewSession());
        foreach (var s in new[] { session, other })
            await Commit<AccountChanged>(new StartSession(ann, "hash of ann", null, s));
        Assert.Equal(Refusal.NoSuchCredential, await Refused(new EndSessions(ben, CredentialId.Of(session.Hash))));
        var ended = await Commit<AccountChanged>(new EndSessions(ann, CredentialId.Of(session.Hash)));
        Assert.True(ended.Ending.Ends(Held(session.Hash, ann)));
        Assert.False(ended.Ending.Ends(Held(other.Hash, ann)));
        Assert.Equal((null, ann), (await HolderOf(session.Hash), await HolderOf(other.Hash)));
        Assert.Equal(Refusal.NoSuchCredential, await Refused(new EndSessions(ann, CredentialId.Of(session.Hash))));
        await Commit<AccountChanged>(new EndSessions(ann, null));
        Assert.Empty(await Accounts.ListSessionsAsync(ann.Id, default));
        Assert.Single(await Accounts.ListSessionsAsync(ben.Id, default));
    }

    [Fact]
    public async Task A_recovery_code_sets_a_new_password_once()
    {
        var (ann, ben) = (await Person("ann"), await Person("ben"));
        var (old, code, spare) = (NewHash(), NewHash(), NewHash());
        await Commit<Nothing>(new SetRecoveryCodes(ann, [old]));
        await Commit<Nothing>(new SetRecoveryCodes(ann, [code, spare]));
        Assert.Equal(2, await Accounts.CountRecoveryCodesAsync(ann.Id, default));
        Assert.Equal(Refusal.WrongLogin, await Refused(new Recover(ann, old, "new", NewSession())));
        Assert.Equal(Refusal.WrongLogin, await Refused(new Recover(ben, code, "new", NewSession())));
        var session = NewSession();
        var changed = await Commit<AccountChanged>(new Recover(ann, code, "new", session));
        Assert.True(changed.Ending.Ends(Held(NewHash(), ann)));
        Assert.Equal(("new", session.Device), ((await Accounts.FindAccountAsync("ann", default))!.PasswordHash, Assert.Single(await Accounts.ListSessionsAsync(ann.Id, default)).Device));
        Assert.Equal(Refusal.WrongLogin, await Refused(new Recover(ann, code, "newer", NewSession())));
        Assert.Equal(1, await Accounts.CountRecoveryCodesAsync(ann.Id, default));
    }

    [Fact]
    public async Task A_token_is_found_with_its_scope_until_it_is_revoked_or_expires()
    {
        var (ann, ben) = (await Person("ann"), await Person("ben"));
        var (bot, brief) = (NewHash(), NewHash());
        await Commit<Nothing>(new MakeToken(ann, bot, "bot", Scope.Write, null));
        await Commit<Nothing>(new MakeToken(ann, brief, "brief", Scope.Read, Now + 1_000));
        Assert.Equal(Refusal.BadUntil, await Refused(new MakeToken(ann, NewHash(), "late", Scope.Read, Now)));
        var found = (await Store.FindCredentialAsync(bot, default))!;
        Assert.Equal((ann, Scope.Write, false), (found.User, found.Scope, found.IsSession));
        Assert.Null(found.UsedAt);
        await Commit<Nothing>(new NoteUse(ann, found.Id));
        Assert.Equal([("bot", Now), ("brief", null)], (await Accounts.ListTokensAsync(ann.Id, default)).Select(t => (t.Name, t.UsedAt)).Order());
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await HolderOf(brief));
        Assert.Equal(Refusal.NoSuchCredential, await Refused(new RevokeToken(ben, found.Id)));
        Assert.True((await Commit<AccountChanged>(new RevokeToken(ann, found.Id))).Ending.Ends(found));
        Assert.Null(await HolderOf(bot));
    }

    [Fact]
    public async Task Nobody_has_more_than_a_hundred_tokens()
    {
        var ann = await Person("ann");
        await Commit([.. Enumerable.Range(0, 100).Select(i => new MakeToken(ann, NewHash(), $"bot {i}", Scope.Write, null))]);
        Assert.Equal(Refusal.TooMany, await Refused(new MakeToken(ann, NewHash(), "one more", Scope.Write, null)));
    }

    [Fact]
    public async Task A_deactivated_account_lets_nobody_in_and_comes_back_with_its_name()
    {
        var (owner, ann, session, token) = (await Person("owner", ServerRole.Owner), await Person("ann"), NewSession(), NewHash());
        await Commit<AccountChanged>(new StartSession(ann, "hash of ann", null, session));
        await Commit<Nothing>(new MakeToken(ann, token, "bot", Scope.Write, null));
        Assert.True((await Commit<AccountChanged>(new SetActive(owner, ann.Id, On: false))).Ending.Ends(null));
        await ReopenAsync();
        Assert.Equal((null, null), (await HolderOf(session.Hash), await HolderOf(token)));
        Assert.Null(await Accounts.FindAccountAsync("ann", default));
        // What was under way comes to nothing, whatever it is.
        foreach (var late in new Command[]
        {
            new Post(ann, null, (await Lobby()).Id, Body("late")), new MakeToken(ann, NewHash(), "late", Scope.Read, null), new EndSessions(ann, null),
        })
            Assert.Equal(Refusal.LoginRequired, await Refused(late));
        Assert.Equal(Refusal.WrongLogin, await Refused(new StartSession(ann, "hash of ann", null, NewSession())));
        Assert.Equal(Refusal.NickTaken, await Refused(SigningUp("ANN", await Invitation(owner))));

        await Commit<AccountChanged>(new SetActive(owner, ann.Id, On: true));
        await Commit<AccountChanged>(new StartSession(ann, "hash of ann", null, NewSession()));
        await Say(ann, await Lobby(), "again");
    }

    [Fact]
    public async Task What_a_member_or_an_admin_may_not_do_for_the_server_is_refused_and_what_is_done_is_noted()
    {
        var (owner, admin, ann) = (await Person("owner", ServerRole.Owner), await Person("admin", ServerRole.Admin), await Person("ann"));
        foreach (var act in new Command[]
        {
            new MakeInvitation(ann, NewHash(), ServerRole.Member, 1, Now + 1), new SetActive(ann, ann.Id, false), new ChangeSettings(ann, SignUpPolicy.Open, null),
            new RevokeInvitation(ann, default), new MakeInvitation(admin, NewHash(), ServerRole.Admin, 1, Now + 1), new SetActive(admin, owner.Id, false),
            new SetActive(admin, admin.Id, false), new ChangeSettings(admin, SignUpPolicy.Open, null),
            new MakeInvitation(ann with { Role = ServerRole.Owner }, NewHash(), ServerRole.Member, 1, Now + 1),
        })
            Assert.Equal(Refusal.Forbidden, await Refused(act));
        Assert.Equal(Refusal.LoginRequired, await Refused(new MakeInvitation(await Guest("guest"), NewHash(), ServerRole.Member, 1, Now + 1)));

        await Commit<AccountChanged>(new SetActive(admin, ann.Id, false));
        await Commit<AccountChanged>(new ResetPassword(ann.Id, "reset"));
        var notes = await Accounts.ReadAuditAsync(null, 2, default);
        Assert.Equal([(null, "password.reset", "ann"), ("admin", "deactivated", "ann")], notes.Select(n => (n.By?.Nick, n.Act, n.Subject?.Nick)));
        Assert.Equal("invitation.made", (await Accounts.ReadAuditAsync(notes[^1].Id, 1, default))[0].Act);
        Assert.Contains(await Accounts.ReadAuditAsync(null, 100, default), n => (n.By?.Nick, n.Act, n.Detail) is ("owner", "signed_up", "owner"));
        // Refused acts leave no note.
        Assert.DoesNotContain(await Accounts.ReadAuditAsync(null, 100, default), n => n.By?.Id == ann.Id);
    }

    [Fact]
    public async Task The_last_owner_neither_leaves_nor_is_shut_out()
    {
        var owner = await Person("owner", ServerRole.Owner);
        Assert.Equal(Refusal.LastOwner, await Refused(new DeleteAccount(owner, "hash of owner")));
        Assert.Equal(Refusal.LastOwner, await Refused(new SetActive(owner, owner.Id, On: false)));
        Assert.Equal(Refusal.LastOwner, await Refused(new SetActive(null, owner.Id, On: false)));
        var second = await Person("second", ServerRole.Owner);
        await Commit<AccountChanged>(new SetActive(owner, second.Id, On: false));
        // One who is shut out is nobody to leave it to.
        Assert.Equal(Refusal.LastOwner, await Refused(new DeleteAccount(owner, "hash of owner")));
        await Commit<AccountChanged>(new SetActive(owner, second.Id, On: true));
        await Commit<AccountChanged>(new DeleteAccount(owner, "hash of owner"));
        Assert.True(await Accounts.HasOwnerAsync(default));
    }

    private static Credential Held(byte[] hash, User user) => new(hash, user, Scope.Admin, null, null) { IsSession = true };
}
