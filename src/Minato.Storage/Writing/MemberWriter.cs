using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Users;
using Minato.Storage.Reading;
using Minato.Storage.Sql;

namespace Minato.Storage.Writing;

/// <summary>What is done about somebody else's part in a room. Whoever is changed is looked up anew, and the room's acl version rises.</summary>
internal sealed class MemberWriter(WriteContext context, RoomActs acts, MembershipWriter members, Invitations invitations, Blocks blocks)
{
    internal Outcome Apply(Invite command, User actor) => CarryOut(
        command, actor, Act.Invite, RoomAction.Invite,
        alsoNot: (room, subject) => context.Standing(room, subject.Id) == Standing.Banned ? Refusal.Forbidden : null,
        // One by a member does less than one by a moderator, which takes its place: it passes no ban's pattern.
        isDone: (room, subject) => context.Place(room, subject.Id).Rank.IsMember
            || (invitations.LetIn(room, subject.Id)
                && (!RightsTable.Moderates(context.Standing(room, actor.Id)) || invitations.LetInByModerator(room, subject.Id))),
        write: (room, subject) =>
        {
            var (seq, ts) = Append(room, EventKind.Invited, command);
            // In place of one that lets nobody in any more.
            Of("""
                insert into invites (room_id, user_id, by_user, at) values (?1, ?2, ?3, ?4)
                on conflict (room_id, user_id) do update set by_user = excluded.by_user, at = excluded.at
                """, command).Bind(3, actor.Id.Value).Bind(4, ts).Run();
            return new Logged(room.Room, seq, ts, new Invited(room.Room.Id, seq, ts, actor, subject));
        });

    internal Outcome Apply(Kick command, User actor) => CarryOut(
        command, actor, Act.Kick, RoomAction.Kick,
        alsoNot: (_, _) => null,
        isDone: (room, subject) => !context.Place(room, subject.Id).Rank.IsMember,
        write: (room, subject) =>
        {
            var (seq, ts) = Append(room, EventKind.Kicked, command);
            members.Remove(room, subject, lastSeq: seq);
            return new Logged(room.Room, seq, ts, new Kicked(room.Room.Id, seq, ts, actor, subject)) { Exited = subject };
        });

    internal Outcome Apply(Ban command, User actor) => CarryOut(
        command, actor, Act.Ban, RoomAction.Ban,
        alsoNot: (_, _) => IsOver(command.Until) ? Refusal.BadUntil : null,
        isDone: (_, _) => IsSame("bans", command, command.Until),
        write: (room, subject) =>
        {
            var (seq, ts) = Append(room, EventKind.Banned, command, command.Until);
            Put("bans", command, ts, command.Until);
            Of("delete from invites where room_id = ?1 and user_id = ?2", command).Run();
            members.Remove(room, subject, lastSeq: seq);
            return new Logged(room.Room, seq, ts, new Banned(room.Room.Id, seq, ts, actor, subject, command.Until)) { Exited = subject, IsShutOut = true };
        });

    internal Outcome Apply(Unban command, User actor) => CarryOut(
        command, actor, Act.Unban, RoomAction.Unban,
        alsoNot: (_, _) => null,
        isDone: (_, _) => !IsInForce("bans", command),
        write: (room, subject) =>
        {
            var (seq, ts) = Append(room, EventKind.Unbanned, command);
            Of("delete from bans where room_id = ?1 and user_id = ?2", command).Run();
            return new Logged(room.Room, seq, ts, new Unbanned(room.Room.Id, seq, ts, actor, subject));
        });

    internal Outcome Apply(Mute command, User actor) => CarryOut(
        command, actor, Act.Mute, RoomAction.Mute,
        alsoNot: (_, _) => IsOver(command.Until) ? Refusal.BadUntil : null,
        isDone: (_, _) => IsSame("mutes", command, command.Until),
        write: (room, subject) =>
        {
            var (seq, ts) = Append(room, EventKind.Muted, command, command.Until);
            Put("mutes", command, ts, command.Until);
            return new Logged(room.Room, seq, ts, new Muted(room.Room.Id, seq, ts, actor, subject, command.Until));
        });

    internal Outcome Apply(Unmute command, User actor) => CarryOut(
        command, actor, Act.Unmute, RoomAction.Unmute,
        alsoNot: (_, _) => null,
        isDone: (_, _) => !IsInForce("mutes", command),
        write: (room, subject) =>
        {
            var (seq, ts) = Append(room, EventKind.Unmuted, command);
            Of("delete from mutes where room_id = ?1 and user_id = ?2", command).Run();
            return new Logged(room.Room, seq, ts, new Unmuted(room.Room.Id, seq, ts, actor, subject));
        });

    internal Outcome Apply(SetRole command, User actor) => CarryOut(
        command, actor, Act.SetRole, command.Subject == actor.Id ? RoomAction.StepDown : RoomAction.SetRole,
        alsoNot: (room, subject) => MayNotBecome(room, actor, subject, command.Role),
        isDone: (room, subject) => context.Place(room, subject.Id).Rank.InRoom == command.Role,
        write: (room, subject) =>
        {
            var was = context.Place(room, subject.Id).Rank.InRoom;
            var (seq, ts) = Append(room, EventKind.RoleChanged, command, RoleValue.Of(command.Role, was));
            members.SetRole(room, subject.Id, command.Role);
            return new Logged(room.Room, seq, ts, new RoleChanged(room.Room.Id, seq, ts, actor, subject, command.Role) { Was = was });
        });

    internal Outcome Apply(Transfer command, User actor) => CarryOut(
        command, actor, Act.Transfer, RoomAction.Transfer,
        alsoNot: (room, subject) =>
            // An admin's rank on the server is not a room's to hand over.
            actor.Kind != UserKind.System && (context.Place(room, actor.Id).Rank.InRoom != Standing.Owner || subject == actor) ? Refusal.Forbidden
            : !context.Place(room, subject.Id).Rank.IsMember || subject.Kind == UserKind.Deactivated ? Refusal.NoSuchUser : null,
        isDone: (room, subject) => actor.Kind == UserKind.System && members.OwnsAlone(room, subject.Id),
        write: (room, subject) =>
        {
            var (seq, ts) = Append(room, EventKind.Transferred, command);
            if (actor.Kind == UserKind.System)
                members.MakeModeratorsOfOwners(room);
            else
                members.SetRole(room, actor.Id, Standing.Moderator);
            members.SetRole(room, subject.Id, Standing.Owner);
            return new Logged(room.Room, seq, ts, new Transferred(room.Room.Id, seq, ts, actor, subject));
        });

    private Refusal? MayNotBecome(WriterRoom room, User actor, User subject, Standing role)
    {
        var (own, theirs) = (context.Place(room, actor.Id).Rank, context.Place(room, subject.Id).Rank);
        // What somebody is already is given by nobody: a helper may be one again.
        if (!role.IsRole() || (role.Height() > own.MayGive.Height() && role != theirs.InRoom))
            return Refusal.Forbidden;
        if (!theirs.IsMember || (subject.Kind == UserKind.Deactivated && role == Standing.Owner))
            return Refusal.NoSuchUser;
        // A visitor is about to go, and may let go of what they own before.
        var mayLetGo = subject.Id == actor.Id && subject.Kind == UserKind.Visitor;
        return theirs.InRoom == Standing.Owner && role != Standing.Owner && !mayLetGo && members.IsLastOwner(room, subject.Id) ? Refusal.LastOwner : null;
    }

    private Outcome CarryOut(
        MemberCommand command, User actor, Act act, RoomAction action,
        Func<WriterRoom, User, Refusal?> alsoNot, Func<WriterRoom, User, bool> isDone, Func<WriterRoom, User, Logged> write) => acts.CarryOut(
        command, actor, act,
        mayNot: room =>
        {
            var circumstances = new Circumstances(
                Rank: context.Place(room, actor.Id).Rank, SubjectRank: context.Place(room, command.Subject).Rank,
                IsBlocked: action == RoomAction.Invite && blocks.Has(command.Subject, actor.Id));
            if (acts.Check(action, room, actor, circumstances) is { } refusal)
                return refusal;
            return context.User(command.Subject) is { Kind: not UserKind.System } subject ? alsoNot(room, subject) : Refusal.NoSuchUser;
        },
        isDone: room => isDone(room, context.User(command.Subject)!),
        write: room =>
        {
            var logged = write(room, context.User(command.Subject)!);
            room.Forget(command.Subject);
            context.RaiseAclVersion(room);
            return logged;
        });

    private (long Seq, long Ts) Append(WriterRoom room, EventKind kind, MemberCommand command, long? value = null) =>
        context.Append(room, kind, command.Actor.Id, body: [], new Details(Subject: command.Subject, Value: value));

    private bool IsOver(long? until) => until <= context.Now;

    private void Put(string table, MemberCommand command, long at, long? until) =>
        Of($"""
            insert into {table} (room_id, user_id, by_user, at, until) values (?1, ?2, ?3, ?4, ?5)
            on conflict (room_id, user_id) do update set by_user = excluded.by_user, at = excluded.at, until = excluded.until
            """, command).Bind(3, command.Actor.Id.Value).Bind(4, at).Bind(5, until).Run();

    private bool IsInForce(string table, MemberCommand command) =>
        IsThere($"select 1 from {table} where room_id = ?1 and user_id = ?2 and (until is null or until > ?3)", command, context.Now);

    private bool IsSame(string table, MemberCommand command, long? until) =>
        IsThere($"select 1 from {table} where room_id = ?1 and user_id = ?2 and coalesce(until, 0) = ?3", command, until ?? 0);

    private Statement Of(string sql, MemberCommand command) =>
        context.Db.Statement(sql).Bind(1, command.Room.Value).Bind(2, command.Subject.Value);

    private bool IsThere(string sql, MemberCommand command, long? third = null) => Database.Finds(Of(sql, command).Bind(3, third));
}
