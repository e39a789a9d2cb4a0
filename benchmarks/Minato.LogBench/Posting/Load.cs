namespace Minato.LogBench.Posting;

/// <summary>Who posts, and how eagerly.</summary>
/// <param name="Senders">Lanes, each with a user of its own.</param>
/// <param name="Window">Posts under way from each: 1, or as many as a session may have.</param>
/// <param name="Think">Mean time between an answer and the next post; exponential.</param>
internal sealed record Load(int Senders, int Window, TimeSpan Think = default)
{
    internal const int Rooms = 100;

    internal int UnderWay => Senders * Window;

    /// <summary>So many that all rooms are in use, however few the senders are.</summary>
    internal int RoomsEach => Math.Max(4, Rooms / Senders);
}
