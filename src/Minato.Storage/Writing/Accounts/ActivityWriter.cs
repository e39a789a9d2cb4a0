using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Users;

namespace Minato.Storage.Writing.Accounts;

/// <summary>Accounts are shut and opened again.</summary>
internal sealed class ActivityWriter(WriteContext context, ServerRoleWriter roles, CredentialWriter credentials, AuditWriter audit)
{
    internal Outcome Apply(SetActive command)
    {
        if (context.User(command.Subject) is not { Kind: UserKind.Account or UserKind.Deactivated } subject)
            return new Refused(Refusal.NoSuchUser);
        var kind = command.On ? UserKind.Account : UserKind.Deactivated;
        if (subject.Kind == kind)
            return new AccountChanged(subject);
        if (!command.On && subject.Role == ServerRole.Owner && roles.IsLastOwner(subject.Id))
            return new Refused(Refusal.LastOwner);
        if (!command.On)
            foreach (var table in (ReadOnlySpan<string>)["sessions", "access_tokens", "recovery_codes"])
                credentials.DeleteOf(table, subject);
        context.Db.Statement("update users set kind = ? where id = ?").Bind(1, (long)kind).Bind(2, subject.Id.Value).Run();
        var changed = subject with { Kind = kind };
        context.Change(changed);
        audit.Note(command.By, command.On ? "reactivated" : "deactivated", subject.Id);
        return new AccountChanged(changed, subject) { Ending = command.On ? Ending.None : Ending.All };
    }
}
