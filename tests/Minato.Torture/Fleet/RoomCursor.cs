namespace Minato.Torture.Fleet;

/// <summary>What a client knows of a room.</summary>
internal sealed class RoomCursor
{
    /// <summary>The newest event that it has.</summary>
    public long Last { get; set; }

    public bool IsMember { get; set; }

    public bool IsPrivate { get; init; }

    /// <summary>Messages to answer, to edit, to react to: the newest posts, whose they were.</summary>
    public List<(long Seq, string User)> Posts { get; } = [];

    public void Remember(long seq, string user)
    {
        Posts.Add((seq, user));
        if (Posts.Count > 50)
            Posts.RemoveAt(0);
    }
}
