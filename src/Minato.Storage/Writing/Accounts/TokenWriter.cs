using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Users;
using Minato.Storage.Reading;
using Minato.Storage.Sql;

namespace Minato.Storage.Writing.Accounts;

/// <summary>Personal access tokens.</summary>
internal sealed class TokenWriter(WriteContext context, AuditWriter audit)
{
    /// <summary>Tokens of one user: a hundred bots and scripts.</summary>
    internal const int MaxTokens = 100;

    internal Outcome Apply(MakeToken command, User actor) =>
        Insert(actor, command.Hash, command.Name, command.Scope, command.ExpiresAt) is { } refusal ? new Refused(refusal) : Nothing.Value;

    internal Outcome Apply(IssueToken command)
    {
        if (context.User(command.Subject) is not { Kind: UserKind.Account } subject)
            return new Refused(Refusal.NoSuchUser);
        if (Insert(subject, command.Hash, command.Name, command.Scope, command.ExpiresAt) is { } refusal)
            return new Refused(refusal);
        audit.Note(command.By, "token.made", subject.Id, $"{CredentialId.Of(command.Hash)} {command.Scope.ToString().ToLowerInvariant()} {command.Name}");
        return Nothing.Value;
    }

    internal Outcome Apply(RevokeToken command, User actor)
    {
        if (CredentialReader.TokenHashes(context.Db, actor.Id).FirstOrDefault(h => CredentialId.Of(h) == command.Token) is not { } hash)
            return new Refused(Refusal.NoSuchCredential);
        Delete(hash);
        return new AccountChanged(actor) { Ending = Ending.Of(command.Token) };
    }

    internal Outcome Apply(WithdrawToken command)
    {
        if (CredentialReader.TokenOf(context.Db, command.Token) is not { } token || context.User(token.Holder) is not { } holder)
            return new Refused(Refusal.NoSuchCredential);
        Delete(token.Hash);
        audit.Note(command.By, "token.revoked", holder.Id, $"{command.Token} {token.Name}");
        return new AccountChanged(holder) { Ending = Ending.Of(command.Token) };
    }

    private Refusal? Insert(User user, byte[] hash, string name, Scope scope, long? expiresAt)
    {
        if (expiresAt <= context.Now)
            return Refusal.BadUntil;
        // A certificate is entered again by the same hash, once its time was over.
        context.Db.Statement("delete from access_tokens where token_hash = ? and expires_at <= ?").BindBlob(1, hash).Bind(2, context.Now).Run();
        if (Database.Finds(context.Db.Statement("select 1 from access_tokens where token_hash = ?").BindBlob(1, hash)))
            return Refusal.Forbidden;
        if (CredentialReader.TokenHashes(context.Db, user.Id).Count >= MaxTokens)
            return Refusal.TooMany;
        context.Db.Statement("insert into access_tokens (token_hash, user_id, name, scope, created_at, expires_at) values (?, ?, ?, ?, ?, ?)")
            .BindBlob(1, hash).Bind(2, user.Id.Value).Bind(3, name).Bind(4, (long)scope).Bind(5, context.Now).Bind(6, expiresAt).Run();
        return null;
    }

    private void Delete(byte[] hash) => context.Db.Statement("delete from access_tokens where token_hash = ?").BindBlob(1, hash).Run();
}
