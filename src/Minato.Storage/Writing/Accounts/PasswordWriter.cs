using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Users;
using Minato.Storage.Reading;

namespace Minato.Storage.Writing.Accounts;

/// <summary>
/// Passwords and the codes that stand in for them. Whether one is right was found out before, which takes long; that it still is the
/// same one is found out here.
/// </summary>
internal sealed class PasswordWriter(WriteContext context, CredentialWriter credentials, AuditWriter audit)
{
    internal Outcome Apply(StartSession command)
    {
        if (Verified(command.User, command.Verified) is not { } user)
            return new Refused(Refusal.WrongLogin);
        if (command.Rehashed is { } rehashed)
            context.Db.Statement("update accounts set password = ? where user_id = ?").Bind(1, rehashed).Bind(2, user.Id.Value).Run();
        return new AccountChanged(user) { Ending = Ending.Of(credentials.Start(user, command.Session)) };
    }

    internal Outcome Apply(Recover command)
    {
        // First, and for nobody, too: a wrong code takes as long whoever it is said to be of.
        context.Db.Statement("delete from recovery_codes where code_hash = ? and user_id = ?").BindBlob(1, command.Code).Bind(2, command.User.Id.Value).Run();
        if (context.Db.Changes == 0 || AccountReader.ById(context.Db, command.User.Id) is not { User: { } user })
            return new Refused(Refusal.WrongLogin);
        Set(user, command.PasswordHash);
        credentials.EndAll(user);
        credentials.Start(user, command.Session);
        return new AccountChanged(user) { Ending = Ending.OfSessions() };
    }

    internal Outcome Apply(ChangePassword command, User actor)
    {
        if (Verified(actor, command.Verified) is null)
            return new Refused(Refusal.WrongLogin);
        Set(actor, command.PasswordHash);
        // Whoever knew the old one may have made codes of their own.
        credentials.DeleteOf("recovery_codes", actor);
        credentials.EndAll(actor, command.Kept);
        return new AccountChanged(actor) { Ending = Ending.OfSessions(command.Kept) };
    }

    internal Outcome Apply(ResetPassword command)
    {
        if (context.User(command.Subject) is not { Kind: UserKind.Account or UserKind.Deactivated } subject)
            return new Refused(Refusal.NoSuchUser);
        Set(subject, command.PasswordHash);
        // It is asked for when somebody else may have been in: nothing that they could have made is left.
        credentials.DeleteOf("recovery_codes", subject);
        credentials.DeleteOf("access_tokens", subject);
        credentials.DeleteOf("passkeys", subject);
        credentials.EndAll(subject);
        audit.Note(command.By, "password.reset", subject.Id);
        return new AccountChanged(subject) { Ending = Ending.All };
    }

    internal Outcome Apply(SetRecoveryCodes command, User actor)
    {
        credentials.DeleteOf("recovery_codes", actor);
        foreach (var code in command.Codes)
            context.Db.Statement("insert into recovery_codes (code_hash, user_id) values (?, ?)").BindBlob(1, code).Bind(2, actor.Id.Value).Run();
        return Nothing.Value;
    }

    private User? Verified(User user, string hash) =>
        AccountReader.ById(context.Db, user.Id) is { } account && account.PasswordHash == hash ? account.User : null;

    private void Set(User user, string hash) => context.Db
        .Statement("update accounts set password = ?, password_changed_at = ? where user_id = ?")
        .Bind(1, hash).Bind(2, context.Now).Bind(3, user.Id.Value).Run();
}
