using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Users;
using Minato.Storage.Reading;

namespace Minato.Storage.Writing.Accounts;

/// <summary>Passkeys are added, used and given up. Whether a signature is right was found out before; that it was not made twice is found out here.</summary>
internal sealed class PasskeyWriter(WriteContext context, CredentialWriter credentials)
{
    internal Outcome Apply(StartPasskeySession command)
    {
        if (AccountReader.ById(context.Db, command.User.Id) is not { User: { } user })
            return new Refused(Refusal.BadPasskey);
        // One statement, so that of two signatures with one count, whatever server they came to, one opens a session.
        // https://www.w3.org/TR/webauthn-3/#sctn-sign-counter: who has never counted stays at 0.
        context.Db.Statement("""
            update passkeys set sign_count = ?, is_backed_up = ?, used_at = ?
            where raw_id = ? and user_id = ? and (sign_count < ? or (sign_count = 0 and ? = 0))
            """).Bind(1, command.SignCount).Bind(2, command.IsBackedUp ? 1 : 0).Bind(3, context.Now).BindBlob(4, command.RawId)
            .Bind(5, user.Id.Value).Bind(6, command.SignCount).Bind(7, command.SignCount).Run();
        return context.Db.Changes == 0
            ? new Refused(Refusal.BadPasskey)
            : new AccountChanged(user) { Ending = Ending.Of(credentials.Start(user, command.Session)) };
    }

    internal Outcome Apply(AddPasskey command, User actor)
    {
        var passkey = command.Passkey;
        if (passkey.PublicKey.Length > Passkey.MaxPublicKey)
            return new Refused(Refusal.BadPasskey);
        if (PasskeyReader.OfUser(context.Db, actor.Id).Count >= Passkey.MaxOfUser)
            return new Refused(Refusal.TooMany);
        context.Db.Statement("""
            insert into passkeys (raw_id, user_id, name, public_key, sign_count, may_be_backed_up, is_backed_up, transports, created_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
            """).BindBlob(1, passkey.RawId).Bind(2, actor.Id.Value).Bind(3, command.Name).BindBlob(4, passkey.PublicKey).Bind(5, passkey.SignCount)
            .Bind(6, passkey.MayBeBackedUp ? 1 : 0).Bind(7, passkey.IsBackedUp ? 1 : 0).Bind(8, string.Join(' ', passkey.Transports)).Bind(9, context.Now).Run();
        return context.Db.Changes == 0 ? new Refused(Refusal.BadPasskey) : Nothing.Value;
    }

    internal Outcome Apply(RenamePasskey command, User actor)
    {
        if (Find(actor, command.Passkey) is not { } rawId)
            return new Refused(Refusal.NoSuchCredential);
        context.Db.Statement("update passkeys set name = ? where raw_id = ?").Bind(1, command.Name).BindBlob(2, rawId).Run();
        return Nothing.Value;
    }

    internal Outcome Apply(DeletePasskey command, User actor)
    {
        if (Find(actor, command.Passkey) is not { } rawId)
            return new Refused(Refusal.NoSuchCredential);
        context.Db.Statement("delete from passkeys where raw_id = ?").BindBlob(1, rawId).Run();
        return Nothing.Value;
    }

    private byte[]? Find(User owner, CredentialId id) =>
        PasskeyReader.OfUser(context.Db, owner.Id).FirstOrDefault(p => p.Passkey.Id == id)?.Passkey.RawId;
}
