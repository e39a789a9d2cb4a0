using System.Text;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Reading;
using Minato.Storage.Sql;

namespace Minato.Storage.Writing;

/// <summary>What rooms are called and were called: a name that has led to a room never leads to another one.</summary>
internal sealed class SlugWriter(WriteContext context, ClientIds clientIds, RoomActs acts, Paces paces)
{
    internal Outcome Apply(SetSlug command, User actor)
    {
        Refused? tooFast = null;
        var outcome = CarryOut(command, actor, room => !IsNew(command, actor, room) || paces.TryTake(Allowance.Slugs, actor.Id, Act.SetSlug, out tooFast));
        return outcome is Refused { Reason: Refusal.RateLimited } ? tooFast! : outcome;
    }

    /// <summary>The room that a name leads to, whether it has it now or had it; null: none.</summary>
    internal RoomId? RoomOf(string slug)
    {
        var row = context.Db.Statement(RoomReader.NamedSql).Bind(1, Slug.Key(slug));
        RoomId? room = row.Step() && row.Int64OrNull(0) is { } id ? new RoomId(id) : null;
        row.Reset();
        return room;
    }

    /// <summary>From now on the name is this room's. Another's keeps it: then the row breaks the schema, and the command is refused alone.</summary>
    internal void Keep(string slug, RoomId room)
    {
        if (!IsKept(slug, room))
            context.Db.Statement("insert into room_slugs (slug_key, room_id) values (?, ?)").Bind(1, Slug.Key(slug)).Bind(2, room.Value).Run();
    }

    /// <param name="mayNow">Asked last, and counted.</param>
    private Outcome CarryOut(SetSlug command, User actor, Predicate<WriterRoom> mayNow) => acts.CarryOut(
        command, actor, Act.SetSlug,
        mayNot: room => acts.Check(RoomAction.SetSlug, room, actor) ?? WhyNot(room.Room, command.Slug) ?? (mayNow(room) ? null : Refusal.RateLimited),
        isDone: room => room.Room.Slug == command.Slug,
        write: room =>
        {
            var was = room.Room.Slug!;
            var (seq, ts) = context.Append(room, EventKind.SlugChanged, actor.Id, Encoding.UTF8.GetBytes(SlugsInBody.Text(command.Slug, was)));
            var called = room.Room.Called(command.Slug);
            // As the room was made, so its first event says it: the very first name stays.
            context.Db.Statement("update rooms set slug = ?2, slug_key = ?3, title = ?4, first_slug = coalesce(first_slug, slug) where id = ?1")
                .Bind(1, room.Room.Id.Value).Bind(2, command.Slug).Bind(3, Slug.Key(command.Slug)).Bind(4, called.Title).Run();
            // The one that it goes by until now may be missing where a server of an older version made the room.
            Keep(was, room.Room.Id);
            Keep(command.Slug, room.Room.Id);
            room.Room = called;
            return new Logged(room.Room, seq, ts, new SlugChanged(room.Room.Id, seq, ts, actor, command.Slug, was));
        });

    /// <summary>Neither done already nor answered before.</summary>
    private bool IsNew(SetSlug command, User actor, WriterRoom room) =>
        room.Room.Slug != command.Slug && clientIds.Find(actor.Id, command.Cid, Act.SetSlug, command.Room) is null;

    private Refusal? WhyNot(Room room, string slug)
    {
        // Everybody begins in the lobby, and every client finds it by its name.
        if (room.Slug == Slug.Lobby)
            return Refusal.Forbidden;
        if (RoomOf(slug) is { } taken)
            return taken == room.Id ? null : Refusal.SlugTaken;
        return Count(room.Id) > Slug.MaxEarlier ? Refusal.TooMany : null;
    }

    private bool IsKept(string slug, RoomId room) => Database.Finds(
        context.Db.Statement("select 1 from room_slugs where slug_key = ? and room_id = ?").Bind(1, Slug.Key(slug)).Bind(2, room.Value));

    /// <summary>How many names lead to it, the present one among them.</summary>
    private long Count(RoomId room)
    {
        var row = context.Db.Statement("select count(*) from room_slugs where room_id = ?").Bind(1, room.Value);
        row.Step();
        var count = row.Int64(0);
        row.Reset();
        return count;
    }
}
