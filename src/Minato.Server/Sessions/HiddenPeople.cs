using System.Collections.Frozen;
using Minato.Core.Storage;
using Minato.Core.Users;

namespace Minato.Server.Sessions;

/// <summary>Whom the person at a terminal or an IRC client does not want to hear. Those know nothing of blocks, so that words are left out on the way.</summary>
internal sealed class HiddenPeople
{
    private readonly Lock _gate = new();
    /// <summary>What was said about somebody while the list was read counts for more than the list. Null: nothing was.</summary>
    private HashSet<UserId>? _news;
    private volatile FrozenSet<UserId>? _now;

    /// <summary>Null: nobody. Looked at for each run of events, by whoever tells them.</summary>
    internal IReadOnlySet<UserId>? Now => _now;

    internal async ValueTask LoadAsync(IStore store, UserId user)
    {
        var blocks = await store.ReadBlocksAsync(user, CancellationToken.None);
        lock (_gate)
            Become([.. All, .. blocks.Select(b => b.Id).Where(id => _news?.Contains(id) != true)]);
    }

    internal void Set(UserId user, bool isHidden)
    {
        lock (_gate)
        {
            (_news ??= []).Add(user);
            var others = All.Where(u => u != user);
            Become(isHidden ? [.. others, user] : [.. others]);
        }
    }

    private IEnumerable<UserId> All => _now ?? [];

    private void Become(IReadOnlyCollection<UserId> all) => _now = all.Count == 0 ? null : all.ToFrozenSet();
}
