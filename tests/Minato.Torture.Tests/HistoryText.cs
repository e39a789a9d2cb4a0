using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Torture.Checking;
using Minato.Torture.Histories;

namespace Minato.Torture.Tests;

/// <summary>A history as a test writes it: entries as they stand in a file, and a log of posts whose times are their seqs.</summary>
internal static class HistoryText
{
    public static string[] Rooms { get; } = [Room(1), Room(2), Room(3)];

    /// <summary>The first room is "one".</summary>
    public static string Room(int number) => new Guid(number, 0, 0, new byte[8]).ToString();

    /// <summary>Posts of <c>p1</c> to <c>pN</c>, each room's own (<c>r2p1</c>), by somebody, who sent them.</summary>
    public static StoredLog Log(int posts, params long[] erased) => new(
        [.. Rooms.Select(r => new LogRoom(r, RoomKind.Public, r[^4..], HistoryView.All, posts, posts))],
        [.. Rooms.SelectMany(r => Enumerable.Range(1, posts).Select(i => new LogEvent(
            r, i, i, EventKind.Posted, "u", i, 0, null, erased.Contains(i) ? null : Text(r, i), erased.Contains(i))))]);

    /// <summary>The same with a first room that is private, where the member whose id ends in 7 came and went.</summary>
    public static StoredLog Private(StoredLog log, params (long Seq, EventKind Kind)[] moves)
    {
        var member = "00000000-0000-0000-0000-000000000007";
        return new StoredLog(
            [.. log.Rooms.Select((r, i) => i == 0 ? r with { Kind = RoomKind.Private, History = HistoryView.Joined } : r)],
            [.. log.Events.Select(e => e.Room == Rooms[0] && moves.FirstOrDefault(m => m.Seq == e.Seq) is { Seq: > 0 } move
                ? e with { Kind = move.Kind, User = member, Subject = move.Kind == EventKind.Joined ? null : member, Text = null } : e)]);
    }

    public static string Text(string room, long seq) => $"r{Array.IndexOf(Rooms, room) + 1}p{seq}";

    public static IEnumerable<string> Senders(int posts) => Rooms.SelectMany(r => Enumerable.Range(1, posts).Select(i => $"0 f9s9 sent {Text(r, i)} send {r} 0 -"));

    public static History Of(StoredLog log, IEnumerable<string> lines) => new([.. lines.Select(EntryLine.Read)], log);

    public static Checking.Record Record(this History history) => new([history.Entries], history.Log);

    /// <summary>What one promise says of all its clients.</summary>
    public static IEnumerable<Violation> Held(this Checking.Record record, Func<Checking.Record, IClientCheck> promise) => record.Actors.SelectMany(promise(record).Of);

    public static List<string> Violations(StoredLog log, params string[] lines) => [.. Of(log, lines).Record().Held(r => new IrcClients(r)).Select(v => $"{v.Promise}: {v.What}")];
}
