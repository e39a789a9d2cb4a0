namespace Minato.Core.Rooms;

/// <summary>Who may post in a room. The numbers stand in the database and in events.</summary>
public enum Posting
{
    /// <summary>Whoever may speak at all.</summary>
    Everyone = 0,

    /// <summary>Announcements: speakers and whoever keeps order, and everybody reads.</summary>
    Moderators = 1,
}
