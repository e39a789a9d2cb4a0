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
        var rooms = await store.ListRoomsWrittenInAsync(subject, CancellationToken.None);
        var outcome = await commit(new Purge(by, subject, deactivate, rooms));
        if (outcome is Refused)
            return outcome;
        // Looking for them took a while, in which a spammer goes on: also into rooms where they had not been. Whoever was shut out meanwhile goes no further.
        var since = (await store.ListRoomsWrittenInAsync(subject, CancellationToken.None)).Except(rooms).ToList();
        return since.Count == 0 ? outcome : await commit(new Purge(by, subject, deactivate, since) { IsRest = true });
    }
}
