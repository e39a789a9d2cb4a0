using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Tests.Model;

/// <summary>Links into rooms, as docs/protocols/websocket.md says them.</summary>
internal sealed partial class ModelStore
{
    private int _links;

    public ValueTask<IReadOnlyList<RoomLink>> ReadLinksAsync(RoomId room, CancellationToken cancel) =>
        new((IReadOnlyList<RoomLink>)[.. (RoomOf(room)?.Links ?? []).Where(l => l.IsAlive(Now)).Select(AsOfNow)]);

    private Outcome MakeLink(MakeLink command, User actor, ModelRoom room, long now, Outcome? actual)
    {
        var first = AnswerTo(command);
        if (first is not null && (first.Act != nameof(MakeLink) || first.Room != room.Id))
            return new Refused(Refusal.CidConflict);
        if (Check(RoomAction.MakeLink, room, actor, now) is { } refusal)
            return new Refused(refusal);
        if (command.Until is { } until && (until <= now || until > now + (30L * 24 * 3_600_000) + 60_000))
            return new Refused(Refusal.BadUntil);
        if (command.Uses is < 1 or > 1000)
            return new Refused(Refusal.BadUses);
        if (first is not null)
        {
            // Whoever did not hear the first secret has another, as long as nobody came by it.
            var at = room.Links.FindIndex(l => l.Number == first.Seq && l.Used == 0 && now < l.Until);
            if (at < 0)
                return new Refused(Refusal.NoSuchLink);
            room.Links[at] = room.Links[at] with { Secret = command.Secret.Text };
            return new LinkMade(AsOfNow(room), AsOfNow(room.Links[at]), command.Secret);
        }
        room.Links.RemoveAll(l => !l.IsAlive(now));
        if (room.Links.Count >= 100)
            return new Refused(Refusal.TooMany);
        var link = new ModelLink(
            ++_links, command.Secret.Text, (actual as LinkMade)?.Link.Uid ?? Guid.CreateVersion7(), actor.Id, command.Until ?? now + (7L * 24 * 3_600_000), command.Uses ?? 25);
        room.Links.Add(link);
        Claim(command, room.Id, link.Number, 0);
        return new LinkMade(AsOfNow(room), AsOfNow(link), command.Secret);
    }

    private Outcome JoinByLink(JoinByLink command, User actor, long now)
    {
        if (AnswerTo(command) is { } first)
            return first.Act == nameof(JoinByLink) ? Repeat(first) : new Refused(Refusal.CidConflict);
        var room = _rooms.Find(r => r.Links.Any(l => l.Secret == command.Secret.Text && l.IsAlive(now)));
        var at = room?.Links.FindIndex(l => l.Secret == command.Secret.Text) ?? -1;
        if (room is null || Living(room.Links[at].By) is not { } maker || Check(RoomAction.MakeLink, room, maker, now) is not null
            || Check(RoomAction.JoinByLink, room, actor, now) is not (null or Refusal.AlreadyMember))
            return new Refused(Refusal.NoSuchLink);
        if (room.Members.ContainsKey(actor.Id))
            return AnswerWithHead(command, room);
        room.Links[at] = room.Links[at] with { Used = room.Links[at].Used + 1 };
        var joined = Enter(room, actor, now);
        Claim(command, room.Id, joined.Seq, joined.Ts);
        return joined with { Room = AsOfNow(room) };
    }

    private static Logged Enter(ModelRoom room, User actor, long now)
    {
        var ev = Log(room, now, (seq, ts) => new Joined(room.Id, seq, ts, actor));
        room.Enter(actor.Id, Standing.Member, from: room.Room is { Kind: RoomKind.Private, History: HistoryView.All } ? 1 : ev.Seq);
        return new Logged(room.Room, ev.Seq, ev.Ts, ev) { Entered = [actor], EnteredAtPost = room.PostNo };
    }

    private RoomLink AsOfNow(ModelLink link) => new(link.Uid, _users.Find(u => u.Id == link.By)!, link.Until, link.Uses, link.Used);
}
