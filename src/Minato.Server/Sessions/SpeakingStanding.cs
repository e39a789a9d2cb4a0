using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;

namespace Minato.Server.Sessions;

/// <summary>What somebody is in a room as far as they speak in it, for what is said beside the log: as the log would have it, patterns included.</summary>
internal static class SpeakingStanding
{
    /// <param name="username">What the client calls its person; null: nothing.</param>
    internal static async ValueTask<Standing> ReadAsync(IStore store, Room room, User user, string? username)
    {
        var standing = await store.ReadStandingAsync(room.Id, user.Id, CancellationToken.None);
        if (room.Patterns == 0 || !PatternHits.Matter(standing))
            return standing;
        var patterns = await store.ReadPatternsAsync(room.Id, CancellationToken.None);
        return PatternHits.Of(patterns.Select(p => (p.List, p.Pattern)), user, username).After(standing);
    }
}
