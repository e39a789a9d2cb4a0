using Minato.Core.Commands;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Server.Sessions;

namespace Minato.Server.Tests.Matrix;

/// <summary>
/// A room, one who is something in it, and others whom it may be about. It is made by commands, so that a thousand scenes take no longer
/// than what is asked in them.
/// </summary>
internal sealed class MatrixScene
{
    private static int _scenes;

    private readonly RunningServer _server;
    private readonly int _number = Interlocked.Increment(ref _scenes);
    private RoomHead _head;

    private MatrixScene(RunningServer server) => _server = server;

    /// <summary>By which the actor logs in; a person at a terminal has none.</summary>
    public SessionToken Session { get; } = SessionToken.New();

    public User Actor { get; private set; } = null!;

    /// <summary>A plain member: below whoever moderates.</summary>
    public User Subject { get; private set; } = null!;

    /// <summary>Owns the room, and the server: above whoever there is.</summary>
    public User Top { get; private set; } = null!;

    public Room Room { get; private set; } = null!;

    /// <summary>The seq of the actor's message, if they could ever write one.</summary>
    public long OwnMessage { get; private set; }

    public long OthersMessage { get; private set; }

    public Guid OwnLink { get; private set; }

    public Guid OthersLink { get; private set; }

    /// <summary>Lets in whoever a link can let in.</summary>
    public LinkSecret Secret { get; } = LinkSecret.New();

    /// <param name="role">What the actor is on the server.</param>
    /// <param name="terminal">Somebody at a terminal, who is there already.</param>
    /// <param name="ownsRoom">As the rank of an admin who is a member.</param>
    public static async Task<MatrixScene> CreateAsync(
        RunningServer server, string kind, Standing standing, ServerRole role = ServerRole.Guest, User? terminal = null, bool ownsRoom = false)
    {
        var scene = new MatrixScene(server);
        scene.Top = await scene.PersonAsync("top", SessionToken.New(), ServerRole.Owner);
        scene.Subject = await scene.PersonAsync("subject", SessionToken.New(), ServerRole.Guest);
        scene.Actor = terminal ?? await scene.PersonAsync("actor", scene.Session, ServerRole.Guest);
        if (RightsMatrixTests.IsDirect(kind))
            await scene.OpenDirectAsync(kind, isIn: standing != Standing.Outsider);
        else
            await scene.OpenRoomAsync(kind, standing, ownsRoom);
        if (role >= ServerRole.Admin)
            scene.Actor = (await server.DoAsync<UserChanged>(new SetServerRole(scene.Top, null, scene.Actor.Id, role))).User;
        scene._head = await server.Store.ReadHeadAsync(scene.Room.Id, CancellationToken.None);
        return scene;
    }

    /// <summary>What was refused left nothing in the log, and changed nobody's rights.</summary>
    public async Task AssertUntouchedAsync() => Assert.Equal(_head, await _server.Store.ReadHeadAsync(Room.Id, CancellationToken.None));

    private async Task OpenDirectAsync(string kind, bool isIn)
    {
        UserId[] others = (kind, isIn) switch { ("group", true) => [Top.Id, Actor.Id], ("group", false) => [Top.Id, (await PersonAsync("third", SessionToken.New(), ServerRole.Guest)).Id], (_, true) => [Actor.Id], _ => [Top.Id] };
        Room = (await _server.DoAsync<Logged>(new OpenDirect(Subject, null, others))).Room;
        OthersMessage = await SayAsync(Subject);
        OwnMessage = isIn ? await SayAsync(Actor) : OthersMessage;
        (OwnLink, OthersLink) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        if (kind == "blocked")
            await _server.DoAsync<BlockChanged>(new BlockUser(Subject, null, isIn ? Actor.Id : Top.Id, On: true));
    }

    private async Task OpenRoomAsync(string kind, Standing standing, bool ownsRoom)
    {
        var roomKind = kind == "private" ? RoomKind.Private : RoomKind.Public;
        Room = (await _server.DoAsync<Logged>(new CreateRoom(Top, null, $"r{_number}", "Room", roomKind, HistoryView.All))).Room;
        foreach (var user in new[] { Subject, Actor })
        {
            await _server.DoAsync<Logged>(new Invite(Top, null, Room.Id, user.Id));
            await _server.DoAsync<Logged>(new Join(user, null, Room.Id));
        }
        OthersMessage = await SayAsync(Subject);
        OwnMessage = await SayAsync(Actor);
        OthersLink = (await _server.DoAsync<LinkMade>(new MakeLink(Top, null, Room.Id, Secret))).Link.Uid;
        OwnLink = (await _server.DoAsync<LinkMade>(new MakeLink(Actor, null, Room.Id, LinkSecret.New()))).Link.Uid;
        if (kind == "announcements")
            await _server.DoAsync<Logged>(new SetPosting(Top, null, Room.Id, Posting.Moderators));
        if (kind == "hidden past")
            await _server.DoAsync<Logged>(new SetHistory(Top, null, Room.Id, HistoryView.Joined));
        var restriction = kind switch
        {
            "by invitation" => Restrictions.InviteOnly,
            "for members" => Restrictions.MembersOnly,
            "topic locked" => Restrictions.TopicLocked,
            _ => Restrictions.None,
        };
        if (restriction != Restrictions.None)
            await _server.DoAsync<Logged>(new Restrict(Top, null, Room.Id, restriction, Restrictions.None));
        if (kind == "with a key")
            await _server.DoAsync<Logged>(new SetKey(Top, null, Room.Id, RoomKey.TryParse("sesame")));
        await PlaceAsync(standing, ownsRoom);
    }

    /// <summary>The actor is a member so far, and becomes what is asked for.</summary>
    private async Task PlaceAsync(Standing standing, bool ownsRoom)
    {
        if (standing is Standing.Muted or Standing.MutedOutsider)
            await _server.DoAsync<Logged>(new Mute(Top, null, Room.Id, Actor.Id));
        if (standing is Standing.Speaker or Standing.Helper or Standing.Moderator)
            await _server.DoAsync<Logged>(new SetRole(Top, null, Room.Id, Actor.Id, standing));
        if (standing == Standing.Owner || ownsRoom)
            await _server.DoAsync<Logged>(new SetRole(Top, null, Room.Id, Actor.Id, Standing.Owner));
        if (standing == Standing.Banned)
            await _server.DoAsync<Logged>(new Ban(Top, null, Room.Id, Actor.Id));
        if (standing is Standing.Outsider or Standing.Invited or Standing.MutedOutsider or Standing.Admin)
            await _server.DoAsync<Logged>(new Leave(Actor, null, Room.Id));
        if (standing == Standing.Invited)
            await _server.DoAsync<Logged>(new Invite(Top, null, Room.Id, Actor.Id));
    }

    private async Task<User> PersonAsync(string name, SessionToken session, ServerRole role)
    {
        var person = (await _server.DoAsync<UserChanged>(new RegisterGuest(UserKind.Account, $"{name}{_number}", NickIsProvisional: false, session.Hash))).User;
        // Roles are given by the server itself.
        return role == ServerRole.Guest ? person : (await _server.DoAsync<UserChanged>(
            new SetServerRole((await _server.Store.FindUserAsync("minato", CancellationToken.None))!, null, person.Id, role))).User;
    }

    private async Task<long> SayAsync(User user) =>
        (await _server.DoAsync<Logged>(new Post(user, null, Room.Id, MessageBody.FromStore("said"u8.ToArray())))).Seq;
}
