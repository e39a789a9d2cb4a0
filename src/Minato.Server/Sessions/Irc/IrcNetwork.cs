using System.Collections.Concurrent;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Wire.Irc;
using Minato.Wire.WebSocket.Framing;

namespace Minato.Server.Sessions.Irc;

/// <summary>What all IRC sessions of one server share: how people look, what was said beside the log, and the formats in use.</summary>
/// <param name="server">The server's name.</param>
internal sealed class IrcNetwork(TimeProvider clock, SessionRegistry sessions, string server) : IIrcWords
{
    /// <summary>The name of a server that was given none.</summary>
    internal const string UsualServer = "irc.minato";

    internal const string Name = "Minato";

    /// <summary>Asides that are remembered: each is needed only in the turn that makes its event known, and a turn rarely has that many.</summary>
    private const int MaxAsides = 1024;

    private readonly ConcurrentDictionary<UserId, IrcFace> _faces = new();
    private readonly ConcurrentDictionary<(IrcCaps, Opcode?), IrcFormat> _formats = new();
    private readonly ConcurrentDictionary<(RoomId, long), IrcAside> _asides = new();
    private readonly ConcurrentQueue<(RoomId, long)> _oldest = new();

    /// <summary>It has a dot, by which clients tell it from a nick.</summary>
    internal string Server => server;

    /// <summary>Empty until it is known where the server listens: paths then stand for themselves.</summary>
    public string Origin { get; internal set; } = "";

    internal DateTimeOffset Since { get; } = clock.GetUtcNow();

    internal Whowas Whowas { get; } = new();

    internal Watches Watches { get; } = new();

    internal ReadTimes ReadTimes { get; } = new();

    internal Metadata Metadata { get; } = new();

    internal TimeProvider Clock => clock;

    private (RoomId Room, long Seq, IReadOnlyDictionary<UserId, Standing> Roles)? _roles;

    /// <summary>Who has a role in a room as of an event, read once for all who are told of the same. On the publisher's thread.</summary>
    internal async ValueTask<IReadOnlyDictionary<UserId, Standing>> ReadRolesAsync(IStore store, Room room, long seq)
    {
        if (_roles is not { } known || known.Room != room.Id || known.Seq != seq)
            _roles = known = (room.Id, seq, await Roles.ReadAsync(store, room));
        return known.Roles;
    }

    internal long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>One for each set of capabilities by which events look different, and each kind of message on a WebSocket: whoever agrees in them shares bytes.</summary>
    internal IrcFormat FormatFor(IrcCaps caps, Opcode? frames) => _formats.GetOrAdd((caps & IrcCaps.OfEvents, frames), f => new IrcFormat(this, f.Item1, f.Item2));

    public IrcFace FaceOf(User user) => _faces.TryGetValue(user.Id, out var face) ? face : new IrcFace(UserPattern.UsualUsername, UserPattern.HostOf(user), user.Nick, IsBot: false);

    /// <summary>The nick alone of one whose client has not said more yet.</summary>
    internal string MaskOf(User user) => _faces.TryGetValue(user.Id, out var face) ? face.Mask(user) : user.Nick;

    internal void SetFace(User user, string username, string realname) => _faces[user.Id] = new IrcFace(username, UserPattern.HostOf(user), realname, IsBot: false);

    internal void SetFace(User user, IrcFace face) => _faces[user.Id] = face;

    internal void Forget(User user)
    {
        _faces.TryRemove(user.Id, out _);
        Metadata.Forget(user.Uid);
    }

    /// <summary>What was said with somebody's AWAY; null: they are here. Of several IRC clients of one user one that is here is enough.</summary>
    public string? AwayMessageOf(User user)
    {
        var clients = sessions.Of(user.Id);
        return clients.Count > 0 && clients.All(s => s is IrcSession { AwayMessage: not null }) ? ((IrcSession)clients[0]).AwayMessage : null;
    }

    /// <summary>Whether somebody administers the server, or has come with the password of one who does: OPER.</summary>
    internal bool IsOperator(User user) => user.Role >= ServerRole.Admin || sessions.Of(user.Id).Any(s => s is IrcSession { Oper: not null });

    public IrcAside? AsideOf(RoomEvent ev) => _asides.GetValueOrDefault((ev.Room, ev.Seq));

    internal void Remember(RoomEvent ev, IrcAside aside)
    {
        _asides[(ev.Room, ev.Seq)] = aside;
        _oldest.Enqueue((ev.Room, ev.Seq));
        while (_oldest.Count > MaxAsides && _oldest.TryDequeue(out var oldest))
            _asides.TryRemove(oldest, out _);
    }
}
