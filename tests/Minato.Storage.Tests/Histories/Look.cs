using Minato.Core.Messages;
using Minato.Core.Search;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Tests.Model;

namespace Minato.Storage.Tests.Histories;

/// <summary>Every reading that a store offers, for everybody and every room.</summary>
internal sealed class Look(ModelStore model, IReadOnlyList<User> people)
{
    private const int Limit = 100;

    public IEnumerable<(string What, Func<IStore, Task<string>> Read)> All()
    {
        yield return ("the directory", async s => Words.Lines(await s.ListPublicRoomsAsync(people[0].Id, Limit, default), Words.Of));
        yield return ("all heads", async s => Words.Lines(await s.ReadHeadsAsync(default, Limit, default), h => $"{h.Room.Value}: {Words.Of(h.Head)}"));
        foreach (var room in model.Rooms)
        {
            yield return ($"all changes of room {room.Id.Value}", async s => Words.Of(await s.ReadChangesAsync(room.Id, 0, int.MaxValue, default)));
            yield return (
                $"some changes of room {room.Id.Value}", async s => Words.Of(await s.ReadChangesAsync(room.Id, room.Seq / 2, (int)room.Seq / 4, default)));
            yield return ($"the members of room {room.Id.Value}", async s => Words.Lines(await s.ReadMembersAsync(room.Id, null, Limit, default), Words.Of));
            yield return (
                $"some members of room {room.Id.Value}", async s => Words.Lines(await s.ReadMembersAsync(room.Id, people[0].Uid, 2, default), Words.Of));
            yield return ($"the bans of room {room.Id.Value}", async s => Words.Lines(await s.ReadExclusionsAsync(room.Id, default), Words.Of));
            yield return ($"the patterns of room {room.Id.Value}", async s => Words.Lines(await s.ReadPatternsAsync(room.Id, default), Words.Of));
            yield return ($"the links of room {room.Id.Value}", async s => Words.Lines(await s.ReadLinksAsync(room.Id, default), Words.Of));
            yield return ($"the head of room {room.Id.Value}", async s => Words.Of(await s.ReadHeadAsync(room.Id, default)));
            yield return ($"room {room.Id.Value} by its id", async s => Words.Of(await s.FindRoomAsync(room.Room.Uid, default)));
            foreach (var slug in room.Names)
                yield return ($"#{slug}", async s => Words.Of(await s.FindRoomAsync(slug, default)));
            foreach (var read in Room(room, null))
                yield return read;
        }
        foreach (var user in people)
        {
            foreach (var read in Mine(user))
                yield return read;
            foreach (var room in model.Rooms)
                foreach (var read in Room(room, user))
                    yield return read;
        }
    }

    private static IEnumerable<(string What, Func<IStore, Task<string>> Read)> Mine(User user)
    {
        yield return ($"{user.Nick} by id", async s => Words.Of(await s.FindUserAsync(user.Uid, default)));
        yield return ($"{user.Nick} by name", async s => Words.Of(await s.FindUserAsync(user.Nick, default)));
        yield return ($"the rooms of {user.Nick}", async s => Words.Lines(await s.ListRoomsAsync(user.Id, default), Words.Of));
        yield return ($"where {user.Nick} is invited", async s => Words.Lines(await s.ReadInvitedAsync(user.Id, Limit, default), Words.Of));
        yield return ($"the mentions of {user.Nick}", async s => Words.Lines(await s.ReadMentionsAsync(user.Id, Limit, default), Words.Of));
        yield return ($"whom {user.Nick} has blocked", async s => Words.Lines(await s.ReadBlocksAsync(user.Id, default), Words.Of));
        yield return ($"the newest mentions of {user.Nick}", async s => Words.Lines(await s.ReadMentionsAsync(user.Id, 2, default), Words.Of));
    }

    private static IEnumerable<(string What, Func<IStore, Task<string>> Read)> Room(ModelRoom room, User? user)
    {
        var (id, who, seq) = (room.Id, user?.Id, room.Seq);
        var of = $"of room {id.Value} for {user?.Nick ?? "nobody"}";
        yield return ($"who set the topic {of}", async s => Words.Of(await s.ReadTopicSetterAsync(id, who, default)));
        yield return ($"the standing {of}", async s => $"{await s.ReadStandingAsync(id, who, default)}");
        yield return ($"the first of the span {of}", async s => $"{await s.ReadFirstOfSpanAsync(id, who, default)}");
        yield return ($"all events {of}", async s => Words.Lines(await s.ReadEventsAsync(id, who, 0, long.MaxValue, default), Words.Of));
        yield return ($"the middle of the events {of}", async s => Words.Lines(await s.ReadEventsAsync(id, who, seq / 3, 2 * seq / 3, default), Words.Of));
        // The newest are everybody's; a leak is more likely to show in the middle.
        var candidates = Enumerable.Range((int)seq / 2, IStore.MaxCandidates).Select(n => new Candidate(0, id, n)).ToList();
        foreach (var isEverywhere in new[] { false, true })
            yield return (
                $"what is found {of}{(isEverywhere ? ", everywhere" : "")}",
                async s => Words.Lines((await s.ReadFoundAsync(who, candidates, isEverywhere, default)).OrderBy(f => f.Message.Seq), Words.Of));
        yield return ($"the pins {of}", async s => Words.Lines(await s.ReadPinsAsync(id, who, default), Words.Of));
        if (user is { } member)
            yield return ($"the read positions {of}", async s => Words.Lines(await s.ReadPositionsAsync(id, member.Id, Limit, default), Words.Of));
        foreach (var page in new PageRequest[]
        {
            new(null, null, PageRequest.MaxLimit), new(seq / 2, null, 3), new(null, seq / 2, 3), new(null, null, 4) { Around = seq / 2 }, new(null, null, 1) { Around = seq },
        })
            yield return ($"{page} {of}", async s => Words.Of(await s.ReadHistoryAsync(id, who, page, default)));
        // The oldest threads and the newest.
        var roots = room.Messages().Select(m => m.ThreadRoot).OfType<long>().Distinct().ToList();
        foreach (var root in roots.Take(2).Concat(roots.TakeLast(2)).Distinct())
            foreach (var page in new PageRequest[] { new(null, null, Limit), new(null, root, 1) })
                yield return ($"{page} of thread {root} {of}", async s => Words.Of(await s.ReadThreadAsync(id, who, root, page, default)));
    }
}
