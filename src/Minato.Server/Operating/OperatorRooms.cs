using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;

namespace Minato.Server.Operating;

/// <summary><c>minato room …</c>: acts of the server itself, in whose name they stand in the rooms' logs. What was said is shown nowhere.</summary>
internal sealed class OperatorRooms(IStore store, IAccountStore accounts, Func<Command, Task<Outcome>> commit, TimeProvider clock)
{
    internal Task<OperatorAnswer> AnswerAsync(OperatorRequest request) => request.Act switch
    {
        "room.list" => ListAsync(request),
        "room.create" => CreateAsync(request),
        "room.members" => InAsync(request, room => MembersAsync(room, request)),
        "room.archive" => InAsync(request, room => DoAsync(system => new Archive(system, null, room.Id, On: true))),
        "room.unarchive" => InAsync(request, room => DoAsync(system => new Archive(system, null, room.Id, On: false))),
        "room.transfer" => AboutAsync(request, TransferAsync),
        "room.ban" => AboutAsync(request, (room, user) => DoAsync(system => new Ban(system, null, room.Id, user.Id, Until(request)))),
        "room.unban" => AboutAsync(request, (room, user) => DoAsync(system => new Unban(system, null, room.Id, user.Id))),
        _ => Task.FromResult(OperatorDesk.Unknown(request)),
    };

    private async Task<OperatorAnswer> ListAsync(OperatorRequest request)
    {
        var rooms = await accounts.ListEveryRoomAsync(request.After, request.Limit, CancellationToken.None);
        return new OperatorAnswer { Rooms = [.. rooms.Select(Describe)], More = rooms.Count == request.Limit };
    }

    private async Task<OperatorAnswer> CreateAsync(OperatorRequest request)
    {
        if (Slug.Normalize(request.Room ?? "") is not { } slug)
            return OperatorDesk.No(Refusal.BadSlug.Sentence());
        if (RoomText.Normalize(request.Title ?? slug, RoomText.MaxTitle) is not { } title)
            return OperatorDesk.No(Refusal.BadTitle.Sentence());
        if (request is { IsPrivate: true, User: null })
            return OperatorDesk.No("A private room needs somebody who is in it: name its owner with --owner NICK.");
        var owner = request.User is { } name ? await store.FindUserAsync(name, CancellationToken.None) : null;
        if (request.User is not null && owner is null)
            return Nobody(request);
        return await DoAsync(system => new CreateRoom(system, null, slug, title, request.IsPrivate ? RoomKind.Private : RoomKind.Public) { Owner = owner?.Id });
    }

    private async Task<OperatorAnswer> MembersAsync(Room room, OperatorRequest request)
    {
        var members = await store.ReadMembersAsync(room.Id, request.After, request.Limit, CancellationToken.None);
        return new OperatorAnswer
        {
            Members = [.. members.Select(m => new OperatorMember(m.User.Uid, m.User.Nick, m.Role.ToString().ToLowerInvariant()))],
            More = members.Count == request.Limit,
        };
    }

    private async Task<OperatorAnswer> TransferAsync(Room room, User user)
    {
        if (user.Kind == UserKind.Deactivated)
            return OperatorDesk.No($"The account of {user.Nick} is shut. Open it first: minato user activate {user.Nick}");
        // Who is no member cannot be handed it; whether they still are one is asked once more where it is done.
        var answer = await DoAsync(system => new Transfer(system, null, room.Id, user.Id));
        return answer.Error == Refusal.NoSuchUser.Sentence()
            ? OperatorDesk.No($"{user.Nick} is not a member of this room. They join it first; then it can be theirs.")
            : answer;
    }

    private async Task<OperatorAnswer> InAsync(OperatorRequest request, Func<Room, Task<OperatorAnswer>> act)
    {
        var room = Guid.TryParse(request.Room, out var uid)
            ? await store.FindRoomAsync(uid, CancellationToken.None)
            : await store.FindRoomAsync(request.Room ?? "", CancellationToken.None);
        if (room is null)
            return OperatorDesk.No($"There is no room {request.Room}. See minato room list.");
        return room.Kind == RoomKind.Direct
            ? OperatorDesk.No("This is a direct room: it belongs to those in it, and there is nothing to administer.")
            : await act(room);
    }

    private Task<OperatorAnswer> AboutAsync(OperatorRequest request, Func<Room, User, Task<OperatorAnswer>> act) => InAsync(
        request, async room => await store.FindUserAsync(request.User ?? "", CancellationToken.None) is { Kind: not UserKind.System } user ? await act(room, user) : Nobody(request));

    private async Task<OperatorAnswer> DoAsync(Func<User, Command> make)
    {
        var system = await store.FindUserAsync(User.SystemNick, CancellationToken.None)
            ?? throw new InvalidOperationException("The store has no user of the server's own.");
        return await commit(make(system)) switch
        {
            Logged logged => new OperatorAnswer { Id = logged.Room.Uid },
            Refused refused => OperatorDesk.No(refused.Sentence()),
            var outcome => throw new InvalidOperationException($"An act in a room ended as {outcome}."),
        };
    }

    private long? Until(OperatorRequest request) => request.For is { } time ? clock.GetUtcNow().ToUnixTimeMilliseconds() + time : null;

    private static OperatorAnswer Nobody(OperatorRequest request) => OperatorDesk.No($"Nobody is called {request.User}.");

    private static OperatorRoom Describe(RoomSummary summary)
    {
        var room = summary.Room;
        var isPublic = room.Kind == RoomKind.Public;
        return new OperatorRoom(
            room.Uid, room.Kind.ToString().ToLowerInvariant(), isPublic ? room.Slug : null, isPublic ? room.Title : null,
            summary.Members, summary.Head.Seq, summary.Head.PostNo, room.Archived);
    }
}
