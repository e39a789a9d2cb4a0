using Minato.Core.Users;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>Who was connected over IRC, for WHOWAS: the last ones, in memory.</summary>
internal sealed class Whowas
{
    /// <summary>People who are remembered; the oldest gives way.</summary>
    private const int Max = 256;

    private readonly Lock _gate = new();
    private readonly LinkedList<(User User, IrcFace Face, DateTimeOffset Until)> _gone = [];

    internal void Add(User user, IrcFace face, DateTimeOffset until)
    {
        lock (_gate)
        {
            _gone.AddFirst((user, face, until));
            if (_gone.Count > Max)
                _gone.RemoveLast();
        }
    }

    /// <summary>The newest first.</summary>
    internal List<(User User, IrcFace Face, DateTimeOffset Until)> Find(string nick, int limit)
    {
        var key = Nick.Key(nick);
        lock (_gate)
            return [.. _gone.Where(g => Nick.Key(g.User.Nick) == key).Take(limit)];
    }
}
