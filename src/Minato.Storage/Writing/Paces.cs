using System.Diagnostics.CodeAnalysis;
using Minato.Core.Commands;
using Minato.Core.Users;
using Minato.Storage.Sql;

namespace Minato.Storage.Writing;

/// <summary>What is limited by the hour for each person, see <see cref="Allowance"/>. It is written down, so that a restart is no way around it.</summary>
internal sealed class Paces(WriteContext context)
{
    /// <summary>True: they may once more, and it is counted. Asked last, so that nothing is counted that is refused.</summary>
    /// <param name="tooFast">Else: with the time after which they may.</param>
    internal bool TryTake(Allowance allowance, UserId user, Act act, [NotNullWhen(false)] out Refused? tooFast)
    {
        var levelAt = LevelAt(context.Db, user, act);
        if (allowance.Take(levelAt, context.Now) is not { } next)
        {
            tooFast = new Refused(Refusal.RateLimited, allowance.Wait(levelAt, context.Now));
            return false;
        }
        context.Db.Statement("""
            insert into paces (user_id, act, level_at) values (?, ?, ?)
            on conflict (user_id, act) do update set level_at = excluded.level_at
            """).Bind(1, user.Value).Bind(2, (long)act).Bind(3, next).Run();
        tooFast = null;
        return true;
    }

    /// <summary>How long until they may once more; null: they may now. Nothing is counted.</summary>
    internal static TimeSpan? Wait(Database db, Allowance allowance, UserId user, Act act, long now) =>
        allowance.Wait(LevelAt(db, user, act), now) is { Ticks: > 0 } wait ? wait : null;

    private static long? LevelAt(Database db, UserId user, Act act)
    {
        var row = db.Statement("select level_at from paces where user_id = ? and act = ?").Bind(1, user.Value).Bind(2, (long)act);
        long? levelAt = row.Step() ? row.Int64(0) : null;
        row.Reset();
        return levelAt;
    }
}
