using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Reading;

namespace Minato.Storage.Writing.Accounts;

/// <summary>All that a spammer has said goes, in rooms that whoever does it does not know of, too: each room's log says that the server did it.</summary>
internal sealed class PurgeWriter(
    WriteContext context, ErasureWriter erasures, MembershipWriter members, Blocks blocks, ActivityWriter activity, CredentialWriter credentials,
    AuditWriter audit)
{
    internal Outcome Apply(Purge command)
    {
        var subject = context.User(command.Subject) ?? UserReader.EvenEnded(context.Db, command.Subject);
        if (subject is not { Kind: not UserKind.System })
            return new Refused(Refusal.NoSuchUser);
        var changed = new AccountChanged(subject);
        // First: what is refused erases nothing.
        if (command.Deactivate && Shut(command, subject) is var shut)
        {
            if (shut is not AccountChanged isShut)
                return shut;
            changed = isShut;
        }
        var erased = erasures.EraseAll(UserReader.System(context.Db), subject.Id, command.Seen);
        audit.Note(command.By, "purged", subject.Id);
        return changed with { Events = [.. erased, .. changed.Events] };
    }

    private Outcome Shut(Purge command, User subject) => subject.Kind switch
    {
        UserKind.Account or UserKind.Deactivated => activity.Apply(new SetActive(command.By, subject.Id, On: false)),
        _ when context.User(subject.Id) is null => new AccountChanged(subject),
        _ => EndGuest(subject),
    };

    /// <summary>A guest has no account to shut: they leave every room, and nobody comes back as them.</summary>
    private AccountChanged EndGuest(User guest)
    {
        blocks.RemoveAllOf(guest.Id);
        List<(Room, RoomEvent)> events = members.ExitAll(guest);
        credentials.EndEverything(guest);
        context.Db.Statement("update users set ended_at = ? where id = ?").Bind(1, context.Now).Bind(2, guest.Id.Value).Run();
        context.Forget(guest.Id);
        return new AccountChanged(guest) { Ending = Ending.All, Events = events };
    }
}
