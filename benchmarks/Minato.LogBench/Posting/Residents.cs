using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;

namespace Minato.LogBench.Posting;

/// <summary>People and rooms, made by the store's own commands.</summary>
/// <param name="Owner">The first of the people, who made the rooms and is a member of all.</param>
internal sealed record Residents(User Owner, User[] People, Room[] Rooms)
{
    private const int Batch = 1_000;

    internal static async Task<Residents> MoveInAsync(IStore store, int people, int rooms, Func<int, RoomKind> kind)
    {
        var users = (await CommitAsync(store, Enumerable.Range(0, people).Select(i =>
            new RegisterGuest(UserKind.Guest, $"person-{i}", NickIsProvisional: false, SessionHash: null)))).ConvertAll(o => ((UserChanged)o).User);
        var made = (await CommitAsync(store, Enumerable.Range(0, rooms).Select(i =>
            new CreateRoom(users[0], null, $"room-{i}", $"Room {i}", kind(i))))).ConvertAll(o => ((Logged)o).Room);
        return new Residents(users[0], [.. users], [.. made]);
    }

    /// <exception cref="InvalidOperationException">One was refused.</exception>
    internal static async Task<List<Outcome>> CommitAsync(IStore store, IEnumerable<Command> commands)
    {
        var outcomes = new List<Outcome>();
        foreach (var batch in commands.Chunk(Batch))
            outcomes.AddRange(await store.CommitAsync(batch, CancellationToken.None));
        return outcomes.Find(o => o is Refused) is Refused refused ? throw new InvalidOperationException($"Refused: {refused.Reason}.", refused.Cause) : outcomes;
    }
}
