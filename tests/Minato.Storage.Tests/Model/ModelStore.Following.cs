using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Core.Search;
using Minato.Core.Users;

namespace Minato.Tests.Model;

/// <summary>What the search index and whoever else follows the log can read.</summary>
internal sealed partial class ModelStore
{
    public ValueTask<IReadOnlyList<(RoomId Room, RoomHead Head)>> ReadHeadsAsync(RoomId after, int limit, CancellationToken cancel) =>
        new((IReadOnlyList<(RoomId, RoomHead)>)[.. _rooms.Where(r => r.Id.Value > after.Value).OrderBy(r => r.Id.Value).Take(limit).Select(r => (r.Id, HeadOf(r)))]);

    public ValueTask<LogStretch> ReadChangesAsync(RoomId room, long after, int events, CancellationToken cancel)
    {
        var known = RoomOf(room)!;
        var upTo = Math.Min(known.Seq, after + events);
        var changed = known.Events.Where(e => e.Seq > after && e.Seq <= upTo).SelectMany(Changed).ToHashSet();
        var messages = known.Messages().Where(m => changed.Contains(m.Seq)).Select(m => new ChangedMessage(m.Seq, m.Ts, m.Body)).ToList();
        return new(new LogStretch(Mark(after), known.Seq, new RoomChanges(room, Mark(upTo), messages)));

        LogMark Mark(long seq) => new(seq, known.Events.Find(e => e.Seq == seq)?.Ts ?? 0);

        IEnumerable<long> Changed(RoomEvent ev) => ev switch
        {
            Posted => [ev.Seq],
            Reacted or PinChanged => [], // leave what is said as it is
            MessageEvent about => [about.Target],
            MessagesErased erased => known.Messages().Where(m => m.From.Id == erased.Subject.Id && m.Seq <= erased.UpTo).Select(m => m.Seq),
            _ => [],
        };
    }

    public ValueTask<IReadOnlyList<FoundMessage>> ReadFoundAsync(UserId? user, IReadOnlyList<Candidate> candidates, bool isEverywhere, CancellationToken cancel) =>
        new((IReadOnlyList<FoundMessage>)
        [
            .. from candidate in candidates
               let room = RoomOf(candidate.Room)
               where room is not null && MayFind(room, user) && (!isEverywhere || !room.Room.Restrictions.HasFlag(Restrictions.Unlisted) || IsMember(room, user)) && room.Shows(user, candidate.Seq, Now)
               from message in room.Messages()
               where message.Seq == candidate.Seq && message.Body is not null
               select new FoundMessage(AsOfNow(room) with { Users = [] }, message with { From = Today(message.From) }),
        ]);
}
