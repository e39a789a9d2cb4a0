using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Server.Log;
using Minato.Server.Rooms;

namespace Minato.Server.Nodes;

/// <summary>What another node committed, as the outcomes that it had there: to be made known here as there, with nobody to answer.</summary>
internal static class Elsewhere
{
    /// <summary>Stands for whatever was asked for there.</summary>
    internal static readonly Command Asked = new AskedElsewhere();

    private static readonly Submission Unasked = new(Asked, lane: null);

    /// <param name="slug">What the room is called before these events; null: it has no name.</param>
    internal static CommittedBatch Batch(LogPiece piece, string? slug)
    {
        var outcomes = new Outcome[piece.Events.Count];
        // The room is as of the newest event or newer; before it was renamed it had the name that it had.
        var newest = piece.Events.Select(e => e.Event).OfType<SlugChanged>().LastOrDefault()?.Slug ?? slug;
        var room = newest is null ? piece.Room : piece.Room.Called(newest);
        for (var i = outcomes.Length - 1; i >= 0; i--)
        {
            outcomes[i] = Logged(room, piece.Events[i]);
            if (piece.Events[i].Event is SlugChanged renamed)
                room = room.Called(renamed.Was);
        }
        return new CommittedBatch([.. piece.Events.Select(_ => Unasked)], outcomes) { IsElsewhere = true };
    }

    /// <summary>Who came and went by an event: what the writer said of it when it was committed.</summary>
    internal static Logged Logged(Room room, LoggedEvent logged)
    {
        var ev = logged.Event;
        var (entered, exited) = ev switch
        {
            Joined => (ev.From, null),
            Left => (null, ev.From),
            Kicked kicked => (null, kicked.Subject),
            Banned banned => (null, banned.Subject),
            _ => ((User?)null, (User?)null),
        };
        return new Logged(room, ev.Seq, ev.Ts, ev)
        {
            Entered = entered is null ? [] : [entered],
            EnteredAtPost = logged.PostNo,
            Exited = exited,
            IsShutOut = ev is Banned,
        };
    }

    private sealed record AskedElsewhere : Command;
}
