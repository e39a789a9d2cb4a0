using Minato.Core.Events;

namespace Minato.Server.Sessions.Irc;

/// <summary>A piece of a room's log.</summary>
/// <param name="Events">What is in it and may be seen, oldest first; maybe nothing that this client is told.</param>
/// <param name="Rest">Where what was asked for goes on behind it; null: nowhere.</param>
internal readonly record struct Stretch(IReadOnlyList<RoomEvent> Events, Stretch.Bounds? Rest)
{
    /// <summary>Seqs, both exclusive.</summary>
    internal readonly record struct Bounds(long After, long Before)
    {
        internal bool IsEmpty => Before - After <= 1;
    }
}
