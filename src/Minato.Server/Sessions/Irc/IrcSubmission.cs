using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Server.Log;
using Minato.Server.Rooms;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>
/// A command of an IRC client's. Its event comes back to the client in its place among the room's: as everybody gets it, under the command's
/// label, or not at all where it is the client's own talk and no echo was asked for.
/// </summary>
internal sealed class IrcSubmission(Command command, IrcSession session, IrcAside? aside, string? label) : Submission(command, session.Lane)
{
    private readonly TaskCompletionSource<Outcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task<Outcome> Outcome => _outcome.Task;

    /// <summary>Where it is noted that the answer comes with the event.</summary>
    internal IrcReplies? Answers { get; set; }

    /// <summary>Writes a refusal of what nobody waits for.</summary>
    internal Action<IrcReplies, Refused>? Refuse { get; init; }

    internal override void Complete(Outcome outcome, Turn turn)
    {
        if (outcome is Logged { Event: { } ev } logged)
            Tell(logged, ev, turn);
        else if (outcome is Refused refused && Refuse is { } refuse)
        {
            // Replies belong to the session's loop: this one is written apart.
            var replies = new IrcReplies(session);
            refuse(replies, refused);
            turn.Send(session, replies.Written);
        }
        _outcome.TrySetResult(outcome);
    }

    private void Tell(Logged logged, RoomEvent ev, Turn turn)
    {
        if (aside is not null)
            session.Network.Remember(ev, aside);
        if (ev is Joined or Created)
            return;
        if (ev is Left)
        {
            Leave(logged, turn);
            return;
        }
        var isTalk = ev is Posted or Reacted;
        byte[] own = isTalk && !session.Caps.HasFlag(IrcCaps.EchoMessage) ? [] : session.Format.One(logged.Room, ev, label);
        if (own.Length > 0 && Answers is { } answers)
            answers.IsAnswered = true;
        // As everybody gets it, where it is not to be another.
        if (own.Length > 0 && label is null && session.IsTold(logged.Room.Id))
            return;
        if (!session.SayInstead(logged.Room.Id, logged.Seq, own) && own.Length > 0)
            turn.Send(session, own);
    }

    /// <summary>Out before the event is told, so that the others hear the reason with it.</summary>
    private void Leave(Logged logged, Turn turn)
    {
        if (IrcNames.ChannelOf(logged.Room) is not { } channel)
            return;
        session.Exit(logged.Room.Id, aside?.Reason);
        if (Answers is { } answers)
            answers.IsAnswered = true;
        turn.Send(session, IrcFormat.Written(output => session.Format.Writer.Parted(output, channel, session.You!, aside?.Reason, logged.Ts, label)));
    }
}
