using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Users;
using Minato.Storage.Reading;

namespace Minato.Storage.Writing.Accounts;

/// <summary>Personal access tokens.</summary>
internal sealed class TokenWriter(WriteContext context)
{
    /// <summary>Tokens of one user: a hundred bots and scripts.</summary>
    internal const int MaxTokens = 100;

    internal Outcome Apply(MakeToken command, User actor)
    {
        if (command.ExpiresAt <= context.Now)
            return new Refused(Refusal.BadUntil);
        if (CredentialReader.TokenHashes(context.Db, actor.Id).Count >= MaxTokens)
            return new Refused(Refusal.TooMany);
        context.Db.Statement("insert into access_tokens (token_hash, user_id, name, scope, created_at, expires_at) values (?, ?, ?, ?, ?, ?)")
            .BindBlob(1, command.Hash).Bind(2, actor.Id.Value).Bind(3, command.Name).Bind(4, (long)command.Scope)
            .Bind(5, context.Now).Bind(6, command.ExpiresAt).Run();
        return Nothing.Value;
    }

    internal Outcome Apply(RevokeToken command, User actor)
    {
        if (CredentialReader.TokenHashes(context.Db, actor.Id).FirstOrDefault(h => CredentialId.Of(h) == command.Token) is not { } hash)
            return new Refused(Refusal.NoSuchCredential);
        context.Db.Statement("delete from access_tokens where token_hash = ?").BindBlob(1, hash).Run();
        return new AccountChanged(actor) { Ending = Ending.Of(command.Token) };
    }
}
