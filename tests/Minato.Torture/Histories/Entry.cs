namespace Minato.Torture.Histories;

/// <summary>One thing that one client did, was told or saw. One line each in the file of its fleet (<see cref="EntryLine"/>).</summary>
/// <param name="At">Of the machine's monotonic clock, nanoseconds: comparable between all processes of a run.</param>
/// <param name="Actor">Which client.</param>
internal abstract record Entry(long At, string Actor);

/// <summary>The client learnt who it is.</summary>
/// <param name="User">Its id; over IRC the last eight digits of it, of which its host name is made.</param>
internal sealed record Began(long At, string Actor, string User) : Entry(At, Actor);

/// <summary>A connection is up, or a request is answered again; and it is down.</summary>
/// <param name="At">When the first byte of it was sent: what was made known before that holds for all of it.</param>
/// <param name="Node">To which of the servers, from 1.</param>
internal sealed record Connected(long At, string Actor, int Node = 1) : Entry(At, Actor);

internal sealed record Lost(long At, string Actor) : Entry(At, Actor);

/// <summary>A mutation left for the server, for the first time or again under the same id.</summary>
/// <param name="Room">Its id or slug; "-" where it names none.</param>
/// <param name="Target">The message that it is about; 0 for none.</param>
/// <param name="Subject">The user whom it is about; "-" for nobody.</param>
internal sealed record Sent(long At, string Actor, string Cid, string Op, string Room, long Target, string Subject) : Entry(At, Actor);

internal sealed record Acked(long At, string Actor, string Cid, string Room, long Seq) : Entry(At, Actor);

internal sealed record Refused(long At, string Actor, string Cid, string Code) : Entry(At, Actor);

/// <summary>From <paramref name="Head"/> on the room's events come to this client: a welcome or a <c>room</c> frame said so.</summary>
internal sealed record Follows(long At, string Actor, string Room, long Head) : Entry(At, Actor);

/// <summary>What follows the welcome for a room whose newest event was <paramref name="From"/> - 1: <c>resumed</c>, <c>partial</c> or <c>reset</c>.</summary>
internal sealed record Resumed(long At, string Actor, string Room, string Word, long From, long Head) : Entry(At, Actor);

internal sealed record Gone(long At, string Actor, string Room) : Entry(At, Actor);

/// <summary>An event of a room.</summary>
/// <param name="Post">0 where it is none.</param>
/// <param name="Text">The id that its body names: under it, it was sent. "-": it has none; "!": it came as erased.</param>
internal sealed record Saw(long At, string Actor, string Room, long Seq, string Type, long Post, long Ts, string User, string Text, long Target, string Subject) : Entry(At, Actor);

/// <summary>A page of history was asked for and came, as of <paramref name="Head"/>; its messages follow as <see cref="Held"/>.</summary>
internal sealed record Page(long At, string Actor, string Room, long Head, long AskedAt) : Entry(At, Actor);

internal sealed record Held(long At, string Actor, string Room, long Head, long Seq, long Post, long Ts, string User, string Text, bool Deleted) : Entry(At, Actor);

/// <summary>A room as a welcome has it: one's read position and what lies unread after it.</summary>
internal sealed record Stood(long At, string Actor, string Room, bool Member, long Head, long Posts, long Read, long Unread) : Entry(At, Actor);

/// <summary>The server said how far one has read.</summary>
internal sealed record ReadTo(long At, string Actor, string Room, long Seq, long Unread) : Entry(At, Actor);

/// <summary>The server said that one's read position is there, and on disk.</summary>
internal sealed record Marked(long At, string Actor, string Room, long Seq) : Entry(At, Actor);

/// <summary>The session under which the client has done something that lasts.</summary>
internal sealed record Known(long At, string Actor, string Session) : Entry(At, Actor);

/// <summary>A file was taken, to be had at <paramref name="Path"/> by whoever uploaded it.</summary>
internal sealed record Uploaded(long At, string Actor, string Path, string Print) : Entry(At, Actor)
{
    /// <summary>Enough to tell one content from another.</summary>
    public static string Fingerprint(byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
}

/// <summary>The database was copied to this file, below the root of the disk.</summary>
/// <param name="Began">When it was asked for.</param>
internal sealed record BackedUp(long At, string Actor, string File, long Began) : Entry(At, Actor);

/// <summary>That copy was said to stand in place of the database.</summary>
internal sealed record Restored(long At, string Actor) : Entry(At, Actor);

/// <summary>At the end, when nobody posts any more and everything was waited for: the newest event that came.</summary>
internal sealed record Ended(long At, string Actor, string Room, long Seq) : Entry(At, Actor);

/// <summary>A line that somebody at a terminal typed, and one that came.</summary>
internal sealed record Typed(long At, string Actor, string Room, string Text) : Entry(At, Actor);

internal sealed record Line(long At, string Actor, string Room, string Text) : Entry(At, Actor);

/// <summary>A message that somebody at an IRC client heard as it was said.</summary>
/// <param name="Text">The id that its first line names.</param>
internal sealed record Heard(long At, string Actor, string Room, long Seq, long Ts, string Text) : Entry(At, Actor);

/// <summary>One of a page of CHATHISTORY, which is what was asked for at <paramref name="AskedAt"/>.</summary>
/// <param name="After">The message after which the page begins; -1: it is the newest, wherever it begins.</param>
internal sealed record Recalled(long At, string Actor, string Room, long AskedAt, long After, long Seq, long Ts, string Text) : Entry(At, Actor);

/// <summary>A page that was asked for at <paramref name="AskedAt"/> was empty: there was nothing after this message.</summary>
internal sealed record CaughtUp(long At, string Actor, string Room, long AskedAt, long Seq) : Entry(At, Actor);

/// <summary>A rule that the client itself saw broken.</summary>
internal sealed record Complained(long At, string Actor, string What) : Entry(At, Actor);

/// <summary>Something was done to the server, the network or the clients, from this moment to <paramref name="Until"/>.</summary>
/// <param name="Node">To which of the servers; 0: to all of them, or to none.</param>
internal sealed record Struck(long At, string Actor, string Fault, long Until, int Node = 0) : Entry(At, Actor);
