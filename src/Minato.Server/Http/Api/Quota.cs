using Minato.Server.Log;
using Minato.Server.Sessions;

namespace Minato.Server.Http.Api;

/// <summary>What one user, or one address from which somebody asks who is nobody yet, may do, and their way into the writer.</summary>
internal sealed class Quota(MinatoOptions options, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly TokenBucket _pace = new(options.MessagePace, clock);
    private readonly TokenBucket _searches = new(options.SearchPace, clock);

    internal Lane Lane { get; } = new();

    /// <summary>Requests under way. <see cref="Quotas"/> owns it, and the next.</summary>
    internal int UnderWay { get; set; }

    internal long LastSeen { get; set; }

    internal bool TryKeepPace(bool isSearch, out TimeSpan wait)
    {
        lock (_gate)
            return _pace.TryTake(out wait) && (!isSearch || _searches.TryTake(out wait));
    }
}
