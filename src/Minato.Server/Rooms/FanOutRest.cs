using System.Diagnostics;

namespace Minato.Server.Rooms;

/// <summary>
/// A pause between two turns under load. What a turn costs is a send for each receiver, whatever rides on it: where several events of a room rode on one turn,
/// more will ride on the next if it begins a little later. A lone message, and whoever speaks after a silence, never waits.
/// </summary>
internal sealed class FanOutRest
{
    /// <summary>Of the turn's own time: a quarter is given back as soon as a third more rides along.</summary>
    private const int Part = 4;

    /// <summary>Milliseconds.</summary>
    private const int Longest = 4;

    private long _began;
    private bool _isFull;

    internal void Begin() => (_began, _isFull) = (Stopwatch.GetTimestamp(), false);

    /// <summary>So many events of one room are told in this turn.</summary>
    internal void Tell(int events) => _isFull |= events > 1;

    internal void Rest()
    {
        if (MillisecondsAfter(Stopwatch.GetElapsedTime(_began), _isFull) is > 0 and var pause)
            Thread.Sleep(pause);
    }

    /// <summary>Less than a millisecond is none: the system wakes nobody sooner.</summary>
    internal static int MillisecondsAfter(TimeSpan turn, bool isFull) => isFull ? Math.Min((int)turn.TotalMilliseconds / Part, Longest) : 0;
}
