using Minato.Core.Storage;
using Minato.Storage.Sql;

namespace Minato.Storage.Writing.Accounts;

/// <summary>Removes sessions, tokens and invitations that have expired. They let nobody in from that moment on; this is about the rows.</summary>
internal sealed class OldCredentials(Database db, TimeProvider clock)
{
    /// <summary>Between two looks.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    private readonly Pace _pace = new(clock);

    internal void ForgetIfDue()
    {
        if (!_pace.IsDue)
            return;
        _pace.Wait(Pause);
        try
        {
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            db.Statement("delete from sessions where expires_at is not null and expires_at <= ?").Bind(1, now).Run();
            db.Statement("delete from access_tokens where expires_at is not null and expires_at <= ?").Bind(1, now).Run();
            db.Statement("delete from invitations where expires_at <= ? or uses >= max_uses").Bind(1, now).Run();
        }
        catch (SqlException e) when (e.Trouble == SqlTrouble.Broken)
        {
            throw new StoreFailedException($"Expired sessions could not be removed ({e.Message}).", e);
        }
        catch (SqlException)
        {
            // Nothing was deleted; it is tried again.
        }
    }
}
