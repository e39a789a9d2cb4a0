using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Users;
using Minato.Storage.Writing.Accounts;

namespace Minato.Storage.Writing;

/// <summary>Who is what on the server. There is an owner always, once there was one.</summary>
internal sealed class ServerRoleWriter(WriteContext context, ClientIds clientIds, AuditWriter audit)
{
    internal Outcome Apply(SetServerRole command, User actor)
    {
        if (MayNot(command, actor) is { } refusal)
            return (context.User(command.Subject) is { } known ? clientIds.FindAbout(known, actor.Id, command.Cid, Act.SetServerRole) : null)
                ?? new Refused(refusal);
        var subject = context.User(command.Subject)!;
        if (clientIds.FindAbout(subject, actor.Id, command.Cid, Act.SetServerRole) is { } first)
            return first;
        clientIds.ClaimAbout(subject.Id, actor.Id, command.Cid, Act.SetServerRole);
        if (subject.Role == command.Role)
            return new UserChanged(subject, Was: subject);
        context.Db.Statement("update users set role = ? where id = ?").Bind(1, (long)command.Role).Bind(2, subject.Id.Value).Run();
        var changed = subject with { Role = command.Role };
        context.Change(changed);
        audit.Note(actor.Kind == UserKind.System ? null : actor, "role", subject.Id, command.Role.ToString().ToLowerInvariant());
        return new UserChanged(changed, Was: subject);
    }

    /// <summary>Whether the server would have no owner without this one. Nobody becomes or ceases to be one before this transaction ends.</summary>
    internal bool IsLastOwner(UserId user) => LockOwners() is [var only] && only == user;

    private Refusal? MayNot(SetServerRole command, User actor)
    {
        var owners = LockOwners();
        // The first owner is made by the server itself. Others may have been demoted by another server since they were looked up.
        if (actor.Kind != UserKind.System && !owners.Contains(actor.Id))
            return Refusal.Forbidden;
        if (context.User(command.Subject) is not { Kind: not UserKind.System } subject)
            return Refusal.NoSuchUser;
        // Whoever has no account is a guest, and only they: what a lost session could do must end with it.
        if (subject.Kind != UserKind.Account || command.Role is not (ServerRole.Member or ServerRole.Admin or ServerRole.Owner))
            return Refusal.Forbidden;
        return command.Role != ServerRole.Owner && owners is [var only] && only == subject.Id ? Refusal.LastOwner : null;
    }

    private List<UserId> LockOwners()
    {
        var rows = context.Db.Statement(
            $"select id from users where role = 3 and kind = 2 and ended_at is null order by id{(context.Db.HasOtherWriters ? " for update" : "")}");
        var owners = new List<UserId>();
        while (rows.Step())
            owners.Add(new UserId(rows.Int64(0)));
        return owners;
    }
}
