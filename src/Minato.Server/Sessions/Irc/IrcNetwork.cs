using System.Collections.Concurrent;
using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>What all IRC sessions of one server share: how people look, what was said beside the log, and the formats in use.</summary>
internal sealed class IrcNetwork(TimeProvider clock) : IIrcWords
{
    /// <summary>The server's name has a dot, by which clients tell it from a nick.</summary>
    internal const string Server = "irc.minato";

    internal const string Name = "Minato";

    /// <summary>Asides that are remembered: each is needed only in the turn that makes its event known, and a turn rarely has that many.</summary>
    private const int MaxAsides = 1024;

    private readonly ConcurrentDictionary<UserId, IrcFace> _faces = new();
    private readonly ConcurrentDictionary<IrcCaps, IrcFormat> _formats = new();
    private readonly ConcurrentDictionary<(RoomId, long), IrcAside> _asides = new();
    private readonly ConcurrentQueue<(RoomId, long)> _oldest = new();

    internal DateTimeOffset Since { get; } = clock.GetUtcNow();

    internal Whowas Whowas { get; } = new();

    internal Watches Watches { get; } = new();

    internal TimeProvider Clock => clock;

    internal long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>One for each set of capabilities by which events look different: whoever agrees in them shares bytes.</summary>
    internal IrcFormat FormatFor(IrcCaps caps) => _formats.GetOrAdd(caps & IrcCaps.OfEvents, c => new IrcFormat(this, c));

    public IrcFace FaceOf(User user) => _faces.TryGetValue(user.Id, out var face) ? face : new IrcFace("u", HostOf(user), user.Nick, IsBot: false);

    /// <summary>The nick alone of one whose client has not said more yet.</summary>
    internal string MaskOf(User user) => _faces.TryGetValue(user.Id, out var face) ? face.Mask(user) : user.Nick;

    internal void SetFace(User user, string username, string realname) => _faces[user.Id] = new IrcFace(username, HostOf(user), realname, IsBot: false);

    internal void SetFace(User user, IrcFace face) => _faces[user.Id] = face;

    internal void Forget(User user) => _faces.TryRemove(user.Id, out _);

    public IrcAside? AsideOf(RoomEvent ev) => _asides.GetValueOrDefault((ev.Room, ev.Seq));

    internal void Remember(RoomEvent ev, IrcAside aside)
    {
        _asides[(ev.Room, ev.Seq)] = aside;
        _oldest.Enqueue((ev.Room, ev.Seq));
        while (_oldest.Count > MaxAsides && _oldest.TryDequeue(out var oldest))
            _asides.TryRemove(oldest, out _);
    }

    /// <summary>Of the random end of the user's id: it tells nobody where they are, and is the same tomorrow.</summary>
    private static string HostOf(User user) => $"{user.Uid.ToString("N")[^8..]}.{Server}";
}
