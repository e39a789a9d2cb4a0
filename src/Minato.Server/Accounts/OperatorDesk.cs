using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Users;
using Minato.Server.Sessions;

namespace Minato.Server.Accounts;

/// <summary>Does what the operator asks for, whether a server runs or not; every act of theirs stands in the audit log, too.</summary>
/// <param name="url">Where the page is.</param>
/// <param name="findUser">By a name, or an id.</param>
internal sealed class OperatorDesk(
    IAccountStore store, Func<string, ValueTask<User?>> findUser, Func<Command, Task<Outcome>> commit, PasswordHashing hashing, string url, TimeProvider clock)
{
    private static readonly TimeSpan InvitationLife = TimeSpan.FromDays(7);

    internal async Task<OperatorAnswer> AnswerAsync(OperatorRequest request) => request.Act switch
    {
        "list" => new OperatorAnswer { Users = [.. (await store.ListAccountsAsync(CancellationToken.None)).Select(Describe)] },
        "invite" when request.Uses is < 1 or > MakeInvitation.MostUses => No($"A link is good for 1 to {MakeInvitation.MostUses} people."),
        "invite" => await LinkAsync((hash, now) => new MakeInvitation(null, hash, ServerRole.Member, request.Uses, (now + InvitationLife).ToUnixTimeMilliseconds())),
        "owner-link" => await LinkAsync((hash, now) => new MakeOwnerLink(hash, (now + OwnerLink.Lifetime).ToUnixTimeMilliseconds())),
        "password" => await SetPasswordAsync(request),
        "deactivate" => await AboutAsync(request, user => new SetActive(null, user.Id, On: false)),
        "activate" => await AboutAsync(request, user => new SetActive(null, user.Id, On: true)),
        "purge" => await PurgeAsync(request),
        _ => No($"There is no act {request.Act}."),
    };

    private async Task<OperatorAnswer> LinkAsync(Func<byte[], DateTimeOffset, Command> make)
    {
        var secret = SessionToken.New();
        return await commit(make(secret.Hash, clock.GetUtcNow())) is Refused refused
            ? No(refused.Reason.Sentence())
            : new OperatorAnswer { Link = OwnerLink.Text(url, secret.Text) };
    }

    private async Task<OperatorAnswer> SetPasswordAsync(OperatorRequest request)
    {
        if (Password.Normalize(request.Password ?? "") is not { } password)
            return No(Refusal.BadPassword.Sentence());
        return await hashing.HashAsync(password) is { } hash
            ? await AboutAsync(request, user => new ResetPassword(user.Id, hash))
            : No(Refusal.Busy.Sentence());
    }

    /// <summary>Of guests, too, who have no account: their names are those of today.</summary>
    private async Task<OperatorAnswer> PurgeAsync(OperatorRequest request) =>
        await findUser(request.User ?? "") is not { } user ? No("Nobody of that name is known. A name that was given up, or changed, is no longer theirs.")
        : await Purging.RunAsync(store, commit, by: null, user.Id, request.Deactivate) is Refused refused ? No(refused.Reason.Sentence())
        : new OperatorAnswer();

    private async Task<OperatorAnswer> AboutAsync(OperatorRequest request, Func<User, Command> make)
    {
        var accounts = await store.ListAccountsAsync(CancellationToken.None);
        var key = Nick.Normalize(request.User ?? "") is { } nick ? Nick.Key(nick) : null;
        if (accounts.FirstOrDefault(u => Nick.Key(u.Nick) == key) is not { } user)
            return No("Nobody of that name has an account. See minato user list.");
        return await commit(make(user)) is Refused refused ? No(refused.Reason.Sentence()) : new OperatorAnswer();
    }

    private static OperatorUser Describe(User user) => new(user.Nick, user.Role.ToString().ToLowerInvariant(), user.Kind != UserKind.Deactivated);

    private static OperatorAnswer No(string error) => new() { Error = error };
}
