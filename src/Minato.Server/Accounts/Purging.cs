using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Users;

namespace Minato.Server.Accounts;

/// <summary>All that somebody has said is erased, by an admin or by the operator.</summary>
internal static class Purging
{
    /// <param name="by">Null: the operator.</param>
    internal static async Task<Outcome> RunAsync(
        IAccountStore store, Func<Command, Task<Outcome>> commit, User? by, UserId subject, bool deactivate)
    {
        // What is erased is found out in the transaction; this only spares it the long walk.
        var seen = await store.FindWrittenInAsync(subject, CancellationToken.None);
        return await commit(new Purge(by, subject, deactivate, seen));
    }
}
