using System.Text.Json.Nodes;
using Minato.Torture.Histories;

namespace Minato.Torture.Fleet;

/// <summary>What a client does next, drawn by lot: mostly it talks.</summary>
/// <param name="duties">Of whoever made the rooms; null for all others.</param>
internal sealed class Acts(string actor, Random random, FleetOptions options, Duties? duties)
{
    /// <summary>Bans at once, but for those that others than the keeper add.</summary>
    private const int MaxBanned = 5;

    private int _made;

    /// <summary>The next mutation; null where the lot fell on something that cannot be done now.</summary>
    /// <param name="me">One's own id; null: nobody yet.</param>
    public (JsonObject Frame, Sent Sent)? Next(IReadOnlyDictionary<string, RoomCursor> rooms, string? me)
    {
        var cid = $"{actor}.{++_made}";
        // First of all everybody goes everywhere.
        if (_made <= options.Rooms.Length + options.Links.Length)
            return Enter(cid, _made - 1);
        if (duties is { Arrived: not null } && random.Next(3) == 0)
            return Promote(cid, duties.TakeArrived());
        var lot = random.Next(100);
        if (lot < 5 || rooms.Count == 0)
            return Enter(cid, random.Next(options.Rooms.Length + options.Links.Length));
        var (room, cursor) = rooms.ElementAt(random.Next(rooms.Count));
        if (cursor.IsPrivate && !cursor.IsMember)
            return Enter(cid, random.Next(options.Rooms.Length + options.Links.Length));
        var mine = cursor.Posts.Where(p => p.User == me).Select(p => p.Seq).ToList();
        var any = cursor.Posts.Count > 0 ? cursor.Posts[random.Next(cursor.Posts.Count)] : default;
        if (duties is not null && lot is >= 30 and < 60)
            return Moderate(cid, lot, room, cursor, me, duties.Banned);
        return lot switch
        {
            < 60 => Make("send", cid, room, 0, ("body", Body(cid))),
            < 66 when any.Seq > 0 => Make("send", cid, room, 0, ("body", Body(cid)), ("replyTo", any.Seq)),
            < 74 when any.Seq > 0 => Make("react", cid, room, any.Seq, ("seq", any.Seq), ("emoji", random.Next(2) == 0 ? "👍" : "🎉"), ("on", random.Next(3) > 0)),
            < 84 when mine.Count > 0 => Edit(cid, room, mine[random.Next(mine.Count)]),
            < 88 when mine.Count > 0 => Delete(cid, room, mine[random.Next(mine.Count)]),
            < 89 when me is not null => About(Make("erase", cid, room, 0, ("user", me)), me),
            < 92 when cursor.IsMember => Make("topic", cid, room, 0, ("topic", $"{cid} 話題")),
            < 95 when cursor.IsMember && duties is null && options.Links.Length + options.Rooms.Length > 1 => Make("leave", cid, room, 0),
            _ => Make("send", cid, room, 0, ("body", Body(cid))),
        };
    }

    /// <summary>Whoever made the rooms throws people out, and lets those who are banned back in after a while.</summary>
    private (JsonObject, Sent)? Moderate(string cid, int lot, string room, RoomCursor cursor, string? me, Queue<(string Room, string User)> banned)
    {
        if (banned.Count > 0 && lot < 50)
        {
            var (at, user) = banned.Dequeue();
            return About(Make("ban", cid, at, 0, ("user", user), ("on", false)), user);
        }
        var others = cursor.Posts.Where(p => p.User != me).Select(p => p.User).ToList();
        if (others.Count == 0 || !cursor.IsMember)
            return null;
        var subject = others[random.Next(others.Count)];
        return lot switch
        {
            < 54 => About(Make("kick", cid, room, 0, ("user", subject)), subject),
            < 58 when banned.Count < MaxBanned => About(Make("ban", cid, room, 0, ("user", subject)), subject),
            < 59 => About(Make("erase", cid, room, 0, ("user", subject)), subject),
            _ => null,
        };
    }

    /// <summary>People at IRC clients are gone soon, and throw people out until then.</summary>
    private (JsonObject, Sent) Promote(string cid, (string Room, string User) guest) =>
        About(Make("role", cid, guest.Room, 0, ("user", guest.User), ("role", "moderator")), guest.User);

    private static (JsonObject, Sent) About((JsonObject Frame, Sent Sent) act, string subject) => (act.Frame, act.Sent with { Subject = subject });

    private (JsonObject, Sent) Enter(string cid, int at)
    {
        if (at < options.Rooms.Length)
            return Make("join", cid, options.Rooms[at], 0);
        var byLink = Make("join", cid, "-", 0, ("link", options.Links[at - options.Rooms.Length]));
        byLink.Frame.Remove("room");
        return byLink;
    }

    private (JsonObject, Sent) Edit(string cid, string room, long seq) => Make("edit", cid, room, seq, ("seq", seq), ("body", Body(cid)));

    private (JsonObject, Sent) Delete(string cid, string room, long seq) => Make("delete", cid, room, seq, ("seq", seq));

    private string Body(string cid) => BodyText.Of(cid, random.Next(12) == 0 ? random.Next(1000) : random.Next(12), lines: random.Next(8) == 0);

    private (JsonObject Frame, Sent Sent) Make(string op, string cid, string room, long target, params (string, JsonNode)[] fields)
    {
        var frame = new JsonObject { ["op"] = op, ["cid"] = cid, ["room"] = room };
        foreach (var (name, value) in fields)
            frame[name] = value;
        return (frame, new Sent(0, actor, cid, op, room, target, "-"));
    }
}
