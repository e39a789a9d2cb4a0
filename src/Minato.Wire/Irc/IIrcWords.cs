using Minato.Core.Events;
using Minato.Core.Users;

namespace Minato.Wire.Irc;

/// <summary>What IRC says of people and events and the log does not keep: known while somebody is there to say it.</summary>
public interface IIrcWords
{
    IrcFace FaceOf(User user);

    /// <summary>Where the server is reached, as <c>https://chat.example.org</c>: what stands before a path of its own.</summary>
    string Origin { get; }

    /// <summary>What somebody said with AWAY; null: they are here.</summary>
    string? AwayMessageOf(User user);

    /// <summary>Null: nothing was said with it, or it is long ago.</summary>
    IrcAside? AsideOf(RoomEvent ev);
}

/// <summary>What an IRC client said with something that became an event. Those who are there hear it; the log has the event alone.</summary>
/// <param name="Reason">Of a KICK.</param>
/// <param name="IsNotice">Whether a message came as NOTICE: no program answers one.</param>
/// <param name="Tags">Client-only tags, with their plus.</param>
public sealed record IrcAside(string? Reason, bool IsNotice, IReadOnlyList<KeyValuePair<string, string>> Tags)
{
    /// <summary>Bytes of the body, ascending, before which its sender's client had cut a line that was too long for one message.</summary>
    public IReadOnlyList<int> Cuts { get; init; } = [];
}
