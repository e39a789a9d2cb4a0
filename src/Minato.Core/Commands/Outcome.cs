using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Core.Commands;

/// <summary>What became of a command. Whoever holds one other than <see cref="Refused"/> may rely on it being on disk.</summary>
public abstract record Outcome;

/// <summary>Nothing was changed.</summary>
/// <param name="RetryAfter">Where the same command may succeed later.</param>
public sealed record Refused(Refusal Reason, TimeSpan? RetryAfter = null) : Outcome
{
    /// <summary>What went wrong inside, for the log and for nobody else; null for an ordinary refusal.</summary>
    public Exception? Cause { get; init; }

    /// <summary>Of <see cref="Refusal.RateLimited"/>: not the pace is limited, but how often one may be wrong about who one is.</summary>
    public bool IsOfGuesses { get; init; }
}

/// <summary>A user was made, renamed, or given a role on the server.</summary>
/// <param name="Was">The user before; null for one that was made.</param>
public sealed record UserChanged(User User, User? Was = null) : Outcome;

/// <summary>A room's log holds it at <paramref name="Seq"/>.</summary>
/// <param name="Event">What to publish; null for a repeat, which gets the first answer again.</param>
public sealed record Logged(Room Room, long Seq, long Ts, RoomEvent? Event) : Outcome
{
    /// <summary>Who is in the room now and was not before.</summary>
    public IReadOnlyList<User> Entered { get; init; } = [];

    /// <summary>The newest post when they entered: where their unread posts begin.</summary>
    public long EnteredAtPost { get; init; }

    /// <summary>Who was in the room, or looked on, and is not any more.</summary>
    public User? Exited { get; init; }

    /// <summary>Whoever exited may not even look on.</summary>
    public bool IsShutOut { get; init; }
}

/// <summary>A room has another link.</summary>
/// <param name="Secret">What opens it, to be told once.</param>
public sealed record LinkMade(Room Room, RoomLink Link, LinkSecret Secret) : Outcome;

/// <summary>A visitor's end, with the events it left in rooms.</summary>
public sealed record VisitorEnded(IReadOnlyList<(Room Room, RoomEvent Event)> Events) : Outcome;

/// <summary>A read position moved.</summary>
public sealed record ReadMoved(UserId User, Room Room, long Seq, long PostNo, long Unread) : Outcome;

/// <summary>Somebody does not want to hear somebody else, or does again.</summary>
/// <param name="IsNew">False: it was so already, or this is a repeat.</param>
public sealed record BlockChanged(User Blocker, User Subject, bool On, bool IsNew) : Outcome;

/// <summary>A message was reported, or a report resolved.</summary>
/// <param name="Open">How many reports are open now.</param>
public sealed record ReportsChanged(long Open) : Outcome
{
    /// <summary>What whoever reported is told: the head of the message's room.</summary>
    public Logged? Answer { get; init; }
}

/// <summary>Done, and nothing to say about it.</summary>
public sealed record Nothing : Outcome
{
    public static readonly Nothing Value = new();
}
