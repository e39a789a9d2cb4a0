namespace Minato.Core.Rooms;

/// <summary>What newcomers of a room see of what was said before. The numbers stand in the database and in events.</summary>
public enum HistoryView
{
    /// <summary>What is said from their joining on, as in a group of LINE. The default of private rooms; a public one is then read by members only.</summary>
    Joined = 0,

    /// <summary>All of it, as in a channel of Slack. The default of public rooms, which anybody can read.</summary>
    All = 1,
}
