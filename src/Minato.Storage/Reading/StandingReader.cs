using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Sql;

namespace Minato.Storage.Reading;

/// <summary>What somebody is in a room, bans and mutes that have not run out included.</summary>
/// <param name="Rank">How high they stand, muted or not.</param>
/// <param name="Until">When it may be otherwise without anybody's act, milliseconds since 1970 UTC.</param>
/// <param name="IsInvited">There is an invitation, whatever it opens.</param>
internal readonly record struct Place(Standing Standing, Rank Rank, long Until, bool IsInvited);

internal static class StandingReader
{
    private const string Sql = """
        select (select role from members where room_id = ?1 and user_id = ?2),
               (select coalesce(until, ?4) from bans where room_id = ?1 and user_id = ?2 and (until is null or until > ?3)),
               (select coalesce(until, ?4) from mutes where room_id = ?1 and user_id = ?2 and (until is null or until > ?3)),
               exists (select 1 from invites where room_id = ?1 and user_id = ?2),
               (select kind from rooms where id = ?1) = 0,
               coalesce((select role from users where id = ?2), 0)
        """;

    internal static Standing Read(Database db, (RoomId Room, UserId? User, long Now) of) =>
        of.User is { } user ? Place(db, of.Room, user, of.Now).Standing : Standing.Outsider;

    internal static Place Place(Database db, RoomId room, UserId user, long now)
    {
        var row = db.Statement(Sql).Bind(1, room.Value).Bind(2, user.Value).Bind(3, now).Bind(4, long.MaxValue);
        row.Step();
        var place = Read(row, 0);
        row.Reset();
        return place;
    }

    /// <summary>
    /// Reads from <paramref name="column"/> on: the role, the ends of a ban and of a mute that are in force, whether there is an
    /// invitation, whether the room is public, the role on the server.
    /// </summary>
    internal static Place Read(Statement row, int column)
    {
        var role = row.IsNull(column) ? Standing.Outsider : (Standing)row.Int64(column);
        var (bannedUntil, mutedUntil) = (row.Int64OrNull(column + 1), row.Int64OrNull(column + 2));
        var isPublic = row.IsTrue(column + 4);
        // In a public room an invitation opens nothing, least of all a muted one's mouth.
        var isInvited = row.IsTrue(column + 3) && (mutedUntil is null || !isPublic);
        // Of other rooms an admin knows no more than anybody.
        var onServer = isPublic && (ServerRole)row.Int64(column + 5) is >= ServerRole.Admin and var high ? high : ServerRole.Guest;
        var standing = (bannedUntil, mutedUntil, role, isInvited) switch
        {
            ({ }, _, _, _) => Standing.Banned,
            (_, { }, Standing.Outsider, false) => Standing.MutedOutsider,
            (_, { }, not Standing.Outsider, _) => Standing.Muted,
            (_, _, Standing.Outsider, _) when onServer >= ServerRole.Admin => Standing.Admin,
            _ when onServer >= ServerRole.Admin => Standing.AdminMember,
            (_, _, Standing.Outsider, true) => Standing.Invited,
            _ => role,
        };
        return new Place(standing, new Rank(role, onServer), Math.Min(bannedUntil ?? long.MaxValue, mutedUntil ?? long.MaxValue), row.IsTrue(column + 3));
    }
}
