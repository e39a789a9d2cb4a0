namespace Minato.Core.Rooms;

/// <summary>What newcomers of a private room see of what was said before. The numbers stand in the database and in events.</summary>
public enum HistoryView
{
    /// <summary>What is said from their joining on, as in a group of LINE. The default.</summary>
    Joined = 0,

    /// <summary>All of it, as in a channel of Slack.</summary>
    All = 1,
}
