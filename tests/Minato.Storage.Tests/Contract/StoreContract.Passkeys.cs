using System.Security.Cryptography;
using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Users;

namespace Minato.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    private static Passkey NewPasskey(long count = 0, int length = 32) =>
        new(RandomNumberGenerator.GetBytes(length), RandomNumberGenerator.GetBytes(77), count, MayBeBackedUp: true, IsBackedUp: false, ["internal", "hybrid"]);

    private async Task<Passkey> AddedPasskey(User owner, string name = "laptop", long count = 0)
    {
        var passkey = NewPasskey(count);
        await Commit<Nothing>(new AddPasskey(owner, passkey, name));
        return passkey;
    }

    private StartPasskeySession Signing(User user, Passkey passkey, long count, bool isBackedUp = false) =>
        new(user, passkey.RawId, count, isBackedUp, NewSession());

    [Fact]
    public async Task A_passkey_is_kept_as_it_was_made()
    {
        var ann = await Person("ann");
        var passkey = NewPasskey(count: uint.MaxValue, length: 1_023);
        await Commit<Nothing>(new AddPasskey(ann, passkey, "鍵"));
        var (owner, found) = (await Accounts.FindPasskeyAsync(passkey.RawId, default))!.Value;
        Assert.Equal((ann.Id, passkey.Id, passkey.SignCount, true, false), (owner, found.Id, found.SignCount, found.MayBeBackedUp, found.IsBackedUp));
        Assert.Equal(passkey.RawId, found.RawId);
        Assert.Equal(passkey.PublicKey, found.PublicKey);
        Assert.Equal(passkey.Transports, found.Transports);
        var listed = Assert.Single(await Accounts.ListPasskeysAsync(ann.Id, default));
        Assert.Equal((passkey.Id, "鍵", Now, null), (listed.Passkey.Id, listed.Name, listed.CreatedAt, listed.UsedAt));
        Assert.Null(await Accounts.FindPasskeyAsync(NewHash(), default));
    }

    [Fact]
    public async Task A_passkey_opens_a_session_and_is_known_to_have_been_used()
    {
        var ann = await Person("ann");
        var passkey = await AddedPasskey(ann);
        Clock.Advance(TimeSpan.FromDays(1));
        var start = Signing(ann, passkey, 5, isBackedUp: true);
        await Commit<AccountChanged>(start);
        Assert.Equal(ann.Id, (await HolderOf(start.Session.Hash))!.Id);
        var used = Assert.Single(await Accounts.ListPasskeysAsync(ann.Id, default));
        Assert.Equal((Now, 5, true), (used.UsedAt, used.Passkey.SignCount, used.Passkey.IsBackedUp));
    }

    [Fact]
    public async Task A_signature_counts_once_and_what_never_counts_always()
    {
        var ann = await Person("ann");
        var (counts, countless) = (await AddedPasskey(ann, count: 3), await AddedPasskey(ann));
        foreach (var count in new long[] { 3, 2, 0 })
            Assert.Equal(Refusal.BadPasskey, await Refused(Signing(ann, counts, count)));
        await Commit<AccountChanged>(Signing(ann, counts, 4));
        Assert.Equal(Refusal.BadPasskey, await Refused(Signing(ann, counts, 4)));
        await Commit<AccountChanged>(Signing(ann, countless, 0));
        await Commit<AccountChanged>(Signing(ann, countless, 0));
        // One that begins to count has to go on.
        await Commit<AccountChanged>(Signing(ann, countless, 1));
        Assert.Equal(Refusal.BadPasskey, await Refused(Signing(ann, countless, 0)));
    }

    [Fact]
    public async Task A_passkey_is_nobody_else_s()
    {
        var (ann, ben) = (await Person("ann"), await Person("ben"));
        var passkey = await AddedPasskey(ann);
        Assert.Equal(Refusal.BadPasskey, await Refused(new AddPasskey(ben, passkey, "mine")));
        Assert.Equal(Refusal.BadPasskey, await Refused(new AddPasskey(ann, passkey, "twice")));
        Assert.Equal(Refusal.BadPasskey, await Refused(Signing(ben, passkey, 9)));
        Assert.Equal(Refusal.NoSuchCredential, await Refused(new RenamePasskey(ben, passkey.Id, "mine")));
        Assert.Equal(Refusal.NoSuchCredential, await Refused(new DeletePasskey(ben, passkey.Id)));
        Assert.Equal("laptop", Assert.Single(await Accounts.ListPasskeysAsync(ann.Id, default)).Name);
        Assert.Empty(await Accounts.ListPasskeysAsync(ben.Id, default));
    }

    [Fact]
    public async Task A_passkey_is_renamed_and_given_up()
    {
        var ann = await Person("ann");
        var (first, second) = (await AddedPasskey(ann, "first"), await AddedPasskey(ann, "second"));
        await Commit<Nothing>(new RenamePasskey(ann, second.Id, "phone"));
        await Commit<Nothing>(new DeletePasskey(ann, first.Id));
        Assert.Equal("phone", Assert.Single(await Accounts.ListPasskeysAsync(ann.Id, default)).Name);
        Assert.Equal(Refusal.NoSuchCredential, await Refused(new DeletePasskey(ann, first.Id)));
        Assert.Equal(Refusal.BadPasskey, await Refused(Signing(ann, first, 1)));
        // What was given up may come again.
        await Commit<Nothing>(new AddPasskey(ann, first, "first"));
    }

    [Fact]
    public async Task Passkeys_are_bounded_in_number_and_size_and_guests_have_none()
    {
        var (ann, gus) = (await Person("ann"), await Guest("gus"));
        for (var i = 0; i < Passkey.MaxOfUser; i++)
            await AddedPasskey(ann);
        Assert.Equal(Refusal.TooMany, await Refused(new AddPasskey(ann, NewPasskey(), "more")));
        var ben = await Person("ben");
        var large = NewPasskey() with { PublicKey = new byte[Passkey.MaxPublicKey + 1] };
        Assert.Equal(Refusal.BadPasskey, await Refused(new AddPasskey(ben, large, "large")));
        await Commit<Nothing>(new AddPasskey(ben, large with { PublicKey = new byte[Passkey.MaxPublicKey] }, "large"));
        Assert.Equal(Refusal.Forbidden, await Refused(new AddPasskey(gus, NewPasskey(), "none")));
    }

    [Fact]
    public async Task A_passkey_rests_with_a_shut_account_and_goes_with_a_given_password_or_the_account()
    {
        var (owner, ann) = (await Person("owner", ServerRole.Owner), await Person("ann"));
        var passkey = await AddedPasskey(ann);
        await Commit<AccountChanged>(new SetActive(owner, ann.Id, On: false));
        Assert.Equal(Refusal.BadPasskey, await Refused(Signing(ann, passkey, 1)));
        await Commit<AccountChanged>(new SetActive(owner, ann.Id, On: true));
        await Commit<AccountChanged>(Signing(ann, passkey, 1));
        await Commit<AccountChanged>(new ChangePassword(ann, "hash of ann", "new", Kept: null));
        Assert.Single(await Accounts.ListPasskeysAsync(ann.Id, default));
        await Commit<AccountChanged>(new ResetPassword(ann.Id, "given"));
        Assert.Empty(await Accounts.ListPasskeysAsync(ann.Id, default));
        passkey = await AddedPasskey(ann);
        await Commit<AccountChanged>(new DeleteAccount(ann, "given"));
        Assert.Null(await Accounts.FindPasskeyAsync(passkey.RawId, default));
        Assert.Equal(Refusal.BadPasskey, await Refused(Signing(ann, passkey, 1)));
    }

    [Fact]
    public async Task All_sessions_end_or_all_but_one()
    {
        var ann = await Person("ann");
        var (kept, other) = (NewSession(), NewSession());
        foreach (var session in new[] { kept, other })
            await Commit<AccountChanged>(new StartSession(ann, "hash of ann", null, session));
        var keptId = CredentialId.Of(kept.Hash);
        var ended = await Commit<AccountChanged>(new EndSessions(ann, null, Kept: keptId));
        Assert.False(ended.Ending.Ends(await Store.FindCredentialAsync(kept.Hash, default)));
        Assert.Equal(keptId, Assert.Single(await Accounts.ListSessionsAsync(ann.Id, default)).Id);
        Assert.Null(await HolderOf(other.Hash));
        await Commit<AccountChanged>(new EndSessions(ann, null));
        Assert.Null(await HolderOf(kept.Hash));
    }
}
