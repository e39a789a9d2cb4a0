using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Storage.Writing.Accounts;

/// <summary>Notes what the operator does in rooms. A room that is not public has no name there: admins read the audit log, and are not to know of it.</summary>
internal sealed class OperatorNotes(AuditWriter audit)
{
    internal void Note(CreateRoom command, Room room) => Note("room.made", room, command.Owner);

    internal void Note(RoomCommand command, Room room) => Note(
        command switch
        {
            Archive { On: true } => "room.archived",
            Archive => "room.unarchived",
            Ban => "room.banned",
            Unban => "room.unbanned",
            Transfer => "room.transferred",
            _ => throw new InvalidOperationException($"The operator does no {command.GetType().Name}."),
        },
        room, (command as MemberCommand)?.Subject);

    private void Note(string act, Room room, UserId? subject) =>
        audit.Note(by: null, act, subject, room.Kind == RoomKind.Public ? $"{room.Uid} #{room.Slug}" : room.Uid.ToString());
}
