using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Users;
using Minato.Storage.Reading;

namespace Minato.Storage.Writing.Accounts;

/// <summary>Invitations to the server, and the one-time link for an owner, which is one.</summary>
internal sealed class InvitationWriter(WriteContext context, AuditWriter audit)
{
    /// <summary>Invitations that may be used at once.</summary>
    internal const int MaxInvitations = 1_000;

    internal Outcome Apply(MakeInvitation command)
    {
        if (command.ExpiresAt <= context.Now)
            return new Refused(Refusal.BadUntil);
        context.Db.Statement("delete from invitations where expires_at <= ? or uses >= max_uses").Bind(1, context.Now).Run();
        if (context.Db.Scalar("select count(*) from invitations") >= MaxInvitations)
            return new Refused(Refusal.TooMany);
        Insert(command.Hash, command.Role, command.By, command.ExpiresAt, command.MaxUses);
        audit.Note(command.By, "invitation.made", detail: $"{CredentialId.Of(command.Hash)} {Name(command.Role)} {command.MaxUses}");
        return Nothing.Value;
    }

    internal Outcome Apply(MakeOwnerLink command)
    {
        context.Db.Statement("delete from invitations where by_user is null and role = ?").Bind(1, (long)ServerRole.Owner).Run();
        Insert(command.Hash, ServerRole.Owner, by: null, command.ExpiresAt, maxUses: 1);
        audit.Note(by: null, "owner_link.made");
        return Nothing.Value;
    }

    internal Outcome Apply(RevokeInvitation command)
    {
        if (InvitationReader.Hashes(context.Db).FirstOrDefault(h => CredentialId.Of(h) == command.Invitation) is not { } hash)
            return new Refused(Refusal.NoSuchCredential);
        context.Db.Statement("delete from invitations where token_hash = ?").BindBlob(1, hash).Run();
        audit.Note(command.By, "invitation.revoked", detail: command.Invitation.ToString());
        return Nothing.Value;
    }

    /// <summary>Uses an invitation once. Null: it is used up, expired, or none.</summary>
    internal ServerRole? TryUse(byte[] hash)
    {
        // One statement, so that of two who come at once by the last use, whatever server they came to, one gets in.
        var row = context.Db.Statement(
            $"update invitations set uses = uses + 1 where {InvitationReader.IsGood} returning role")
            .BindBlob(1, hash).Bind(2, context.Now);
        ServerRole? role = row.Step() ? (ServerRole)row.Int64(0) : null;
        row.Reset();
        return role;
    }

    /// <summary>The first owner is there: no link of the same kind is left lying about.</summary>
    internal void EndOwnerLinks() =>
        context.Db.Statement("delete from invitations where by_user is null and role = ?").Bind(1, (long)ServerRole.Owner).Run();

    private void Insert(byte[] hash, ServerRole role, User? by, long expiresAt, int maxUses) => context.Db
        .Statement("insert into invitations (token_hash, role, by_user, created_at, expires_at, max_uses) values (?, ?, ?, ?, ?, ?)")
        .BindBlob(1, hash).Bind(2, (long)role).Bind(3, by?.Id.Value).Bind(4, context.Now).Bind(5, expiresAt).Bind(6, maxUses).Run();

    private static string Name(ServerRole role) => role.ToString().ToLowerInvariant();
}
