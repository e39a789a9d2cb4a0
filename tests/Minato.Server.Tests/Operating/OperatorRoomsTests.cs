using Minato.Core.Commands;
using Minato.Core.Users;
using Minato.Server.Operating;
using Minato.Storage.Sqlite;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Operating;

public sealed class OperatorRoomsTests : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqliteStore _store;

    public OperatorRoomsTests() => _store = SqliteStore.Open(_folder["minato.db"], durable: false, new ManualTime());

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Who_is_in_a_direct_room_is_not_the_operators_to_see()
    {
        var (ann, bob) = (await RegisterAsync("ann"), await RegisterAsync("bob"));
        var direct = Assert.IsType<Logged>(await CommitAsync(new OpenDirect(ann, null, bob.Id))).Room;
        var closed = Assert.IsType<Logged>(await CommitAsync(new CreateRoom(ann, null, "closed", "Closed", Core.Rooms.RoomKind.Private))).Room;

        var answer = await AskAsync(direct.Uid);
        Assert.Equal("This is a direct room: it belongs to those in it, and there is nothing to administer.", answer.Error);
        Assert.Null(answer.Members);
        Assert.Equal("ann", Assert.Single((await AskAsync(closed.Uid)).Members!).Nick);
    }

    private Task<OperatorAnswer> AskAsync(Guid room) =>
        new OperatorRooms(_store, _store, CommitAsync, new ManualTime()).AnswerAsync(new OperatorRequest("room.members") { Room = $"{room}" });

    private async Task<User> RegisterAsync(string nick) =>
        Assert.IsType<UserChanged>(await CommitAsync(new RegisterGuest(UserKind.Guest, nick, NickIsProvisional: false, null))).User;

    private async Task<Outcome> CommitAsync(Command command) => (await _store.CommitAsync([command], CancellationToken.None))[0];
}
