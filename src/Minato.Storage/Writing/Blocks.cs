using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Sql;

namespace Minato.Storage.Writing;

/// <summary>Who does not want to hear whom, as of the open transaction.</summary>
internal sealed class Blocks(WriteContext context)
{
    /// <summary>Whether the two of a direct room have nothing to say to each other, whichever of them it was.</summary>
    internal bool Sever(Room room)
    {
        if (room is not { Kind: RoomKind.Direct, Users: [{ Id: var one }, { Id: var other }] })
            return false;
        // The direct rooms of a batch were looked up, so that a message between two costs no question of its own.
        return context.LookedUp is { } known
            ? known.Blocks.Contains((one, other)) || known.Blocks.Contains((other, one))
            : Has(one, other) || Has(other, one);
    }

    internal bool Has(UserId user, UserId blocked) => Database.Finds(Of("select 1 from blocks where user_id = ?1 and blocked_id = ?2", user, blocked));

    internal bool IsFull(UserId user) => Database.Finds(context.Db
        .Statement("select 1 where (select count(*) from blocks where user_id = ?) >= ?").Bind(1, user.Value).Bind(2, BlockList.Max));

    internal void Add(UserId user, UserId blocked)
    {
        Of("insert into blocks (user_id, blocked_id, at) values (?1, ?2, ?3) on conflict do nothing", user, blocked).Bind(3, context.Now).Run();
        context.LookedUp?.Blocks.Add((user, blocked));
    }

    internal void Remove(UserId user, UserId blocked)
    {
        Of("delete from blocks where user_id = ?1 and blocked_id = ?2", user, blocked).Run();
        context.LookedUp?.Blocks.Remove((user, blocked));
    }

    /// <summary>Whoever is gone hides nobody any more; others go on hiding what they said.</summary>
    internal void RemoveAllOf(UserId user) => context.Db.Statement("delete from blocks where user_id = ?").Bind(1, user.Value).Run();

    private Statement Of(string sql, UserId user, UserId blocked) => context.Db.Statement(sql).Bind(1, user.Value).Bind(2, blocked.Value);
}
