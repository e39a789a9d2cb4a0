using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Server.Accounts;
using Minato.Server.Sessions;
using Minato.Server.Sessions.Acts;

namespace Minato.Server.Operating;

/// <summary><c>minato user …</c>.</summary>
internal sealed class OperatorUsers(
    IStore store, IAccountStore accounts, Func<Command, Task<Outcome>> commit, PasswordHashing hashing, string url, TimeProvider clock)
{
    private static readonly TimeSpan InvitationLife = TimeSpan.FromDays(7);

    internal async Task<OperatorAnswer> AnswerAsync(OperatorRequest request) => request.Act switch
    {
        "user.list" => new OperatorAnswer { Users = [.. (await accounts.ListAccountsAsync(CancellationToken.None)).Select(Describe)] },
        "user.invite" when request.Uses is < 1 or > MakeInvitation.MostUses => OperatorDesk.No($"A link is good for 1 to {MakeInvitation.MostUses} people."),
        "user.invite" => await LinkAsync((hash, now) => new MakeInvitation(null, hash, ServerRole.Member, request.Uses, (now + InvitationLife).ToUnixTimeMilliseconds())),
        "user.owner-link" => await LinkAsync((hash, now) => new MakeOwnerLink(hash, (now + OwnerLink.Lifetime).ToUnixTimeMilliseconds())),
        "user.password" => await SetPasswordAsync(request),
        "user.deactivate" => await AboutAsync(request, user => new SetActive(null, user.Id, On: false)),
        "user.activate" => await AboutAsync(request, user => new SetActive(null, user.Id, On: true)),
        "user.purge" => await PurgeAsync(request),
        _ => OperatorDesk.Unknown(request),
    };

    /// <summary>Of guests, too, who have no account: their names are those of today.</summary>
    private async Task<OperatorAnswer> PurgeAsync(OperatorRequest request) =>
        await store.FindUserAsync(request.User ?? "") is not { } user ? OperatorDesk.No("Nobody of that name is known. A name that was given up, or changed, is no longer theirs.")
        : await Purging.RunAsync(accounts, commit, by: null, user.Id, request.Deactivate) is Refused refused ? OperatorDesk.No(refused.Sentence())
        : new OperatorAnswer();

    private async Task<OperatorAnswer> LinkAsync(Func<byte[], DateTimeOffset, Command> make)
    {
        var secret = SessionToken.New();
        return await commit(make(secret.Hash, clock.GetUtcNow())) is Refused refused
            ? OperatorDesk.No(refused.Sentence())
            : new OperatorAnswer { Link = OwnerLink.Text(url, secret.Text) };
    }

    private async Task<OperatorAnswer> SetPasswordAsync(OperatorRequest request)
    {
        if (Password.Normalize(request.Password ?? "", hashing.Least) is not { } password)
            return OperatorDesk.No(Refusal.BadPassword.Sentence());
        return await hashing.HashAsync(password) is { } hash
            ? await AboutAsync(request, user => new ResetPassword(user.Id, hash))
            : OperatorDesk.No(Refusal.Busy.Sentence());
    }

    private async Task<OperatorAnswer> AboutAsync(OperatorRequest request, Func<User, Command> make)
    {
        if (await OperatorDesk.FindAsync(accounts, request.User) is not { } user)
            return OperatorDesk.NoAccount();
        return await commit(make(user)) is Refused refused ? OperatorDesk.No(refused.Sentence()) : new OperatorAnswer();
    }

    private static OperatorUser Describe(User user) => new(user.Nick, user.Role.ToString().ToLowerInvariant(), user.Kind != UserKind.Deactivated);
}
