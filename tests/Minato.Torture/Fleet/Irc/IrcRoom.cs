using System.Globalization;

namespace Minato.Torture.Fleet.Irc;

/// <summary>What an IRC client knows of a channel, over all its connections; of a private one over one, because on the next it is somebody else.</summary>
/// <param name="keys">Secrets that let in; none: everybody may come.</param>
internal sealed class IrcRoom(string channel, string[] keys)
{
    private string _key = "";

    public string Channel => channel;

    public bool IsPrivate => keys.Length > 0;

    /// <summary>Whether it goes there on this connection.</summary>
    public bool IsMeant { get; private set; }

    /// <summary>The room's, a UUID; null: it has seen no message yet.</summary>
    public string? Id { get; set; }

    /// <summary>The newest message up to which history has led it, and its id. What it only heard does not count: something may lie before it.</summary>
    public long Last { get; private set; }

    public string? LastId { get; private set; }

    /// <summary>Whether its JOIN was answered by one: a server whose disk is full lets nobody in, and what is said from outside comes back all the same.</summary>
    public bool IsIn { get; set; }

    /// <summary>Whether it may throw people out.</summary>
    public bool IsModerator { get; set; }

    /// <summary>Of the last who spoke there.</summary>
    public List<string> Nicks { get; } = [];

    /// <summary>There was nothing more, when it last asked, or nothing for it.</summary>
    public bool IsAtEnd { get; set; }

    /// <summary>Another connection. Into a private room it goes on some of them, so that others are there who are not.</summary>
    public void Begin(Random random)
    {
        (IsAtEnd, IsIn, IsModerator, IsMeant) = (false, false, false, !IsPrivate || random.Next(2) == 0);
        if (!IsPrivate)
            return;
        (Last, LastId) = (0, null);
        _key = $" join={keys[random.Next(keys.Length)]}";
    }

    /// <summary>What lets it in.</summary>
    public string Join => $"JOIN {channel}{_key}";

    public void Advance(long seq, string id)
    {
        if (seq > Last)
            (Last, LastId) = (seq, id);
    }

    public void Spoke(string nick)
    {
        Nicks.Add(nick);
        if (Nicks.Count > 20)
            Nicks.RemoveAt(0);
    }

    // msgid = room '-' seq, the room's UUID without dashes
    public static string RoomOf(string id) => Guid.ParseExact(id.Split('-')[0], "N").ToString();

    public static long SeqOf(string id) => long.Parse(id.Split('-')[1], CultureInfo.InvariantCulture);
}

/// <summary>A page of history that was asked for.</summary>
/// <param name="After">The message after which it begins; −1: the newest page.</param>
internal sealed record IrcPage(IrcRoom Room, long AskedAt, long After)
{
    /// <summary>Messages that have come of it.</summary>
    public int Count { get; set; }
}
