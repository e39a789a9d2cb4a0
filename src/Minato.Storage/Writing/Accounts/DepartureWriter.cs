using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Users;
using Minato.Storage.Reading;

namespace Minato.Storage.Writing.Accounts;

/// <summary>Somebody leaves for good. Their id stays, for what they said stands under it; nothing else leads to them any more.</summary>
internal sealed class DepartureWriter(
    WriteContext context, MembershipWriter members, ErasureWriter erasures, ReportWriter reports, Blocks blocks, ServerRoleWriter roles,
    CredentialWriter credentials, AuditWriter audit)
{
    internal Outcome Apply(DeleteAccount command, User actor)
    {
        if (AccountReader.ById(context.Db, actor.Id) is not { } account || account.PasswordHash != command.Verified)
            return new Refused(Refusal.WrongLogin);
        if (actor.Role == ServerRole.Owner && roles.IsLastOwner(actor.Id))
            return new Refused(Refusal.LastOwner);
        var erases = SettingsReader.Read(context.Db).Departed == DepartedMessages.Erase;
        var events = erases ? erasures.EraseAll(actor, actor.Id, command.WrittenIn) : [];
        if (erases)
            reports.EraseWordsOf(actor.Id);
        blocks.RemoveAllOf(actor.Id);
        events.AddRange(members.ExitAll(actor));
        credentials.EndEverything(actor);
        var gone = actor with { Nick = $"deleted-{actor.Uid.ToString("N")[^6..]}", Role = ServerRole.Guest };
        context.Db.Statement("update users set nick = ?, nick_key = ?, role = ?, ended_at = ? where id = ?")
            .Bind(1, gone.Nick).Bind(2, Nick.Key(gone.Nick)).Bind(3, (long)gone.Role).Bind(4, context.Now).Bind(5, gone.Id.Value).Run();
        context.Change(gone);
        context.Forget(gone.Id);
        audit.Note(gone, "deleted", gone.Id, "by themselves");
        return new AccountChanged(gone, actor) { Ending = Ending.All, Events = events };
    }
}
