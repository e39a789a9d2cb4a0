using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Users;
using Minato.Storage.Reading;

namespace Minato.Storage.Writing.Accounts;

/// <summary>Somebody new, or a guest who stays.</summary>
internal sealed class SignUpWriter(
    WriteContext context, UserWriter users, CredentialWriter credentials, InvitationWriter invitations, AuditWriter audit)
{
    internal Outcome Apply(SignUp command)
    {
        // The door first: who may not come in does not learn which names there are.
        if (Door(command) is { } closed)
            return new Refused(closed);
        var guest = command.Guest is { } stated ? context.User(stated.Id) : null;
        if (guest is { IsGuest: false } || (guest is null && command.Guest is not null))
            return new Refused(Refusal.LoginRequired);
        if (users.IsTaken(command.Nick) && (guest is null || Nick.Key(guest.Nick) != Nick.Key(command.Nick)))
            return new Refused(Refusal.NickTaken);
        var role = command.Invitation is { } hash ? invitations.TryUse(hash) : ServerRole.Member;
        if (role is null)
            return new Refused(Refusal.BadInvitation);
        var user = Make(command, guest, role.Value);
        context.Db.Statement("insert into accounts (user_id, password, password_changed_at, created_at) values (?, ?, ?, ?)")
            .Bind(1, user.Id.Value).Bind(2, command.PasswordHash).Bind(3, context.Now).Bind(4, context.Now).Run();
        credentials.EndAll(user);
        credentials.Start(user, command.Session);
        if (role == ServerRole.Owner)
            invitations.EndOwnerLinks();
        if (role > ServerRole.Member)
            audit.Note(user, "signed_up", user.Id, role.ToString()!.ToLowerInvariant());
        return new AccountChanged(user, guest) { Ending = guest is null ? Ending.None : Ending.All };
    }

    private Refusal? Door(SignUp command)
    {
        var policy = SettingsReader.Read(context.Db).SignUp;
        if (command.Invitation is not { } hash)
            return policy == SignUpPolicy.Open ? null : policy == SignUpPolicy.Closed ? Refusal.SignUpClosed : Refusal.BadInvitation;
        return InvitationReader.RoleOf(context.Db, hash, context.Now) switch
        {
            null => policy == SignUpPolicy.Closed ? Refusal.SignUpClosed : Refusal.BadInvitation,
            ServerRole.Owner => null,
            _ => policy == SignUpPolicy.Closed ? Refusal.SignUpClosed : null,
        };
    }

    private User Make(SignUp command, User? guest, ServerRole role)
    {
        var user = (guest ?? users.Insert(UserKind.Account, command.Nick)) with { Kind = UserKind.Account, Nick = command.Nick, Role = role };
        context.Db.Statement("update users set kind = ?, nick = ?, nick_key = ?, role = ? where id = ?")
            .Bind(1, (long)user.Kind).Bind(2, user.Nick).Bind(3, Nick.Key(user.Nick)).Bind(4, (long)role).Bind(5, user.Id.Value).Run();
        context.Change(user);
        return user;
    }
}
