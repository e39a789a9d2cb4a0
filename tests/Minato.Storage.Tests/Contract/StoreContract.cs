using System.Security.Cryptography;
using System.Text;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;

namespace Minato.Storage.Tests.Contract;

/// <summary>What every store must do, whatever it stands on. A class for each engine says how to open one.</summary>
public abstract partial class StoreContract : IAsyncLifetime
{
    private int _hashes;

    protected ManualClock Clock { get; } = new();

    protected IStore Store { get; private set; } = null!;

    /// <summary>Opens the store; called again, the same data.</summary>
    protected abstract ValueTask<IStore> OpenAsync();

    /// <summary>What is opened next begins with nothing.</summary>
    protected abstract ValueTask ForgetAsync();

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = await OpenAsync();
    }

    protected async Task<IReadOnlyList<Outcome>> Commit(params Command[] batch)
    {
        var outcomes = await Store.CommitAsync(batch, CancellationToken.None);
        Assert.Equal(batch.Length, outcomes.Count);
        return outcomes;
    }

    protected async Task<T> Commit<T>(Command command) where T : Outcome => Assert.IsType<T>(Assert.Single(await Commit([command])));

    protected async Task<Refusal> Refused(Command command) => (await Commit<Refused>(command)).Reason;

    protected async Task<User> Guest(string nick) =>
        (await Commit<UserChanged>(new RegisterGuest(UserKind.Guest, nick, NickIsProvisional: false, NewHash()))).User;

    protected async Task<User> Visitor(string nick) =>
        (await Commit<UserChanged>(new RegisterGuest(UserKind.Visitor, nick, NickIsProvisional: false, SessionHash: null))).User;

    /// <summary>Somebody with an account, who is that on the server.</summary>
    protected async Task<User> Account(string nick, ServerRole role = ServerRole.Member)
    {
        var made = (await Commit<UserChanged>(new RegisterGuest(UserKind.Account, nick, NickIsProvisional: false, NewHash()))).User;
        return role == ServerRole.Member ? made
            : (await Commit<UserChanged>(new SetServerRole(await System(), null, made.Id, role))).User;
    }

    /// <summary>The server itself.</summary>
    protected async Task<User> System() => (await Store.FindUserAsync("minato", CancellationToken.None))!;

    protected async Task<Room> NewRoom(User owner, string slug) =>
        (await Commit<Logged>(new CreateRoom(owner, null, slug, slug.ToUpperInvariant()))).Room;

    protected async Task<Logged> Say(User from, Room room, string text, string? cid = null) =>
        await Commit<Logged>(new Post(from, cid is null ? null : Cid(cid), room.Id, Body(text)));

    protected async Task<Room> Lobby() => (await Store.FindRoomAsync(Slug.Lobby, CancellationToken.None))!;

    protected async Task<IReadOnlyList<RoomEvent>> Events(Room room, User? user, long after = 0, long upTo = long.MaxValue) =>
        await Store.ReadEventsAsync(room.Id, user?.Id, after, upTo, CancellationToken.None);

    protected async Task<MessagePage> History(Room room, User? user, long? before = null, long? after = null, int limit = PageRequest.MaxLimit) =>
        await Store.ReadHistoryAsync(room.Id, user?.Id, new PageRequest(before, after, limit), CancellationToken.None);

    protected async Task<RoomView> ViewOf(Room room, User user) =>
        (await Store.ListRoomsAsync(user.Id, CancellationToken.None)).Single(v => v.Room.Id == room.Id);

    protected async Task<RoomHead> Head(Room room) => await Store.ReadHeadAsync(room.Id, CancellationToken.None);

    protected byte[] NewHash() => SHA256.HashData(BitConverter.GetBytes(++_hashes));

    protected static ClientId Cid(string text) => ClientId.TryCreate(text, out var cid) ? cid : throw new ArgumentException(text);

    protected static MessageBody Body(string text)
    {
        Assert.Equal(BodyError.None, MessageBody.TryCreate(Encoding.UTF8.GetBytes(text), out var body));
        return body;
    }

    protected static IEnumerable<string?> Texts(MessagePage page) => page.Messages.Select(m => m.Body?.ToString());
}
