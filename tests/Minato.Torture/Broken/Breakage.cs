using Minato.Core.Commands;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Storage.Sql;
using Minato.Storage.Sqlite.Native;
using Minato.Storage.Tests.Histories;
using Minato.Torture.Power.Running;

namespace Minato.Torture.Broken;

/// <summary>A way in which a server keeps one promise less. The checker must say which.</summary>
/// <param name="Promises">One of them must be named.</param>
/// <param name="Faults">What shows it soonest.</param>
/// <param name="Bend">What stands between the server and its log; given the store and the database's file.</param>
/// <param name="AtStart">What is done to the database before each start but the first.</param>
internal sealed record Breakage(string Name, string[] Promises, string[] Faults, Func<IStore, string, IStore> Bend, Action<Database>? AtStart = null)
{
    /// <summary>Whoever made the rooms, the first after the system's own user, who sees all of the private ones.</summary>
    private static readonly UserId Keeper = new(2);

    /// <summary>What one missed of a server that was killed since is read from the store, all else from memory. A clock that is wrong does nothing to it: it lives a little longer.</summary>
    private static readonly string[] MissedBeforeKill = ["kill", "clock", "frozen-readers", "half-open"];

    public static IReadOnlyList<Breakage> All { get; } =
    [
        new("acknowledges-before-commit", ["G1"], ["kill"], EarlyStore.Over),
        new("drops-on-resume", ["G4"], MissedBeforeKill, static (store, _) => new BentStore { Inner = store, Events = e => e.Count < 3 ? e : e.Where((_, i) => i != e.Count / 2) }),
        new("swaps-two", ["G2", "G4"], MissedBeforeKill, static (store, _) => new BentStore { Inner = store, Events = e => e.Count < 2 ? e : [e[1], e[0], .. e.Skip(2)] }),
        new("does-again-what-is-sent-again", ["G2"], ["delay", "abandon"], static (store, _) => new BentStore { Inner = store, Command = c => c is Post { Cid: not null } post ? post with { Cid = null } : c }),
        new("leaks-across-a-span", ["G8"], ["abandon"], static (store, _) => new BentStore { Inner = store, EventViewer = _ => Keeper, PageViewer = _ => Keeper, FirstOfSpan = _ => 1 }),
        new("loses-a-read-position", ["read", "G1"], ["abandon"], static (store, _) => new BentStore { Inner = store, View = (view, _) => view with { ReadSeq = view.ReadSeq / 2 } }),
        new("numbers-twice-after-a-crash", ["G1"], ["kill", "clock"], static (store, _) => store, static db => db.Execute("""
            delete from messages where exists (select 1 from room_heads h where h.room_id = messages.room_id and h.seq = messages.seq and h.seq > 2);
            delete from bodies where exists (select 1 from room_heads h where h.room_id = bodies.room_id and h.seq = bodies.seq and h.seq > 2);
            delete from events where exists (select 1 from room_heads h where h.room_id = events.room_id and h.seq = events.seq and h.seq > 2);
            update room_heads set seq = seq - 1 where seq > 2;
            update room_heads set post_no = (select e.post_no from events e where e.room_id = room_heads.room_id and e.seq = room_heads.seq);
            """)),
    ];

    public static Breakage Named(string name) => All.Concat(BrokenPowerRuns.Stores).Single(b => b.Name == name);

    /// <summary>Does what is to be done before a start.</summary>
    public void Prepare(string database)
    {
        if (AtStart is null || !File.Exists(database))
            return;
        using var db = SqliteDatabase.Open(database, create: false);
        AtStart(db);
    }
}
