using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Server.Accounts;

namespace Minato.Server.Operating;

/// <summary><c>minato token …</c>.</summary>
internal sealed class OperatorTokens(IStore store, IAccountStore accounts, Func<Command, Task<Outcome>> commit, TimeProvider clock)
{
    internal Task<OperatorAnswer> AnswerAsync(OperatorRequest request) => request.Act switch
    {
        "token.make" => MakeAsync(request),
        "token.list" => ListAsync(request),
        "token.revoke" => RevokeAsync(request),
        _ => Task.FromResult(OperatorDesk.Unknown(request)),
    };

    private async Task<OperatorAnswer> MakeAsync(OperatorRequest request)
    {
        if (Label.Normalize(request.Name ?? "") is not { } name)
            return OperatorDesk.No(Refusal.BadLabel.Sentence());
        if (!Enum.TryParse<Scope>(request.Scope, ignoreCase: true, out var scope) || !Enum.IsDefined(scope))
            return OperatorDesk.No($"A token's scope is read, write or admin, not {request.Scope}.");
        if (await OperatorDesk.FindAsync(accounts, request.User) is not { } user)
            return OperatorDesk.NoAccount();
        if (user.Kind == UserKind.Deactivated)
            return OperatorDesk.No($"The account of {user.Nick} is shut. Open it first: minato user activate {user.Nick}");
        if (request.Certificate is null)
        {
            var token = AccessToken.New();
            return await MakeAsync(request, user, name, scope, token.Hash) with { Token = token.Text };
        }
        if (CertificateFingerprint.Parse(request.Certificate) is not { } certificate)
            return OperatorDesk.No("A certificate is named by its SHA-256, 64 hexadecimal digits: openssl x509 -in FILE -noout -fingerprint -sha256");
        return await store.FindCredentialAsync(certificate.Hash, CancellationToken.None) is { } known
            ? OperatorDesk.No($"{known.User.Nick} logs in by this certificate already. Revoke that first: minato token list {known.User.Nick}")
            : await MakeAsync(request, user, name, scope, certificate.Hash);
    }

    private async Task<OperatorAnswer> MakeAsync(OperatorRequest request, User user, string name, Scope scope, byte[] hash)
    {
        var expires = request.For is { } time ? clock.GetUtcNow().ToUnixTimeMilliseconds() + time : (long?)null;
        return await commit(new IssueToken(user.Id, hash, name, scope, expires)) is Refused refused
            ? OperatorDesk.No(refused.Sentence())
            : new OperatorAnswer { Id = CredentialId.Of(hash).Value };
    }

    private async Task<OperatorAnswer> ListAsync(OperatorRequest request) =>
        await OperatorDesk.FindAsync(accounts, request.User) is not { } user ? OperatorDesk.NoAccount()
        : new OperatorAnswer { Tokens = [.. (await accounts.ListTokensAsync(user.Id, CancellationToken.None)).Select(Describe)] };

    private async Task<OperatorAnswer> RevokeAsync(OperatorRequest request) =>
        await commit(new WithdrawToken(new CredentialId(request.Token ?? default))) switch
        {
            Refused { Reason: Refusal.NoSuchCredential } => OperatorDesk.No($"There is no token {request.Token}. See minato token list NICK."),
            Refused refused => OperatorDesk.No(refused.Sentence()),
            _ => new OperatorAnswer(),
        };

    private static OperatorToken Describe(TokenInfo token) =>
        new(token.Id.Value, token.Name, token.Scope.ToString().ToLowerInvariant(), token.CreatedAt, token.UsedAt, token.ExpiresAt);
}
