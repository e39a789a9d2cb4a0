using Minato.Core.Users;

namespace Minato.Server.Sessions.Irc;

/// <summary>
/// The times that clients gave with MARKREAD. What is kept is how far somebody has read, a message; the time that stood for it is told again as
/// it was given, for as long as that is the last message read. In memory: after a restart it is the time of the message.
/// </summary>
internal sealed class ReadTimes
{
    /// <summary>Positions that are remembered; the one that was marked first gives way: 10,000, some hundred bytes each.</summary>
    private const int Max = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(UserId, Guid), (long Seq, long Ts)> _given = [];
    private readonly Queue<(UserId, Guid)> _oldest = new();

    /// <param name="place">A room's id, or that of somebody with whom nothing was said yet.</param>
    /// <param name="ts">Milliseconds since 1970 UTC. It only ever moves forward.</param>
    internal void Give(UserId user, Guid place, long seq, long ts)
    {
        lock (_gate)
        {
            if (!_given.TryGetValue((user, place), out var known))
                _oldest.Enqueue((user, place));
            else if ((seq, ts).CompareTo(known) <= 0)
                return;
            _given[(user, place)] = (seq, ts);
            if (_given.Count > Max)
                _given.Remove(_oldest.Dequeue());
        }
    }

    /// <summary>Null: another position was marked, or none.</summary>
    internal long? Of(UserId user, Guid place, long seq)
    {
        lock (_gate)
            return _given.TryGetValue((user, place), out var known) && known.Seq == seq ? known.Ts : null;
    }
}
