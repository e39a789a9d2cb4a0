using System.Buffers;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rooms;
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
        else if (outcome is UserChanged { Was: { } was } renamed && was.Nick != renamed.User.Nick && Answers is { } answers)
        {
            answers.IsAnswered = true;
            session.LabelOfNick = label;
        }
        else if (outcome is Refused refused && Refuse is { } refuse)
        {
            // Replies belong to the session's loop: this one is written apart.
            var replies = new IrcReplies(session);
            refuse(replies, refused);
            turn.Send(session, session.Format.Framed(replies.Written));
        }
        _outcome.TrySetResult(outcome);
    }

    private void Tell(Logged logged, RoomEvent ev, Turn turn)
    {
        if (aside is not null)
            session.Network.Remember(ev, aside);
        // As everybody is told who does not know RENAME; the label is answered by ACK.
        if (ev is Joined or Created || session.Format.HasOwnWords(ev))
            return;
        if (ev is Left)
        {
            Leave(logged, turn);
            return;
        }
        // What is said to oneself alone is heard, echo or not.
        var isToSelf = logged.Room is { Kind: RoomKind.Direct, Users.Count: 1 };
        var isTalk = ev is Posted or Reacted && !isToSelf;
        byte[] own = isTalk && !session.Caps.HasFlag(IrcCaps.EchoMessage) ? [] : Answer((output, tags) => session.Format.Writer.Event(output, logged.Room, ev, tags.Label, tags.Batch));
        // An echo is another message than what one is told by oneself, and that alone has the label.
        if (isToSelf && ev is Posted && session.Caps.HasFlag(IrcCaps.EchoMessage))
        {
            turn.Send(session, own);
            return;
        }
        // As everybody gets it, where it is not to be another.
        if (own.Length > 0 && label is null && session.IsTold(logged.Room.Id))
            return;
        if (!session.SayInstead(logged.Room.Id, logged.Seq, own) && own.Length > 0)
            turn.Send(session, own);
    }

    /// <summary>What answers the command: under its label, or in the batch that is, where it has several lines or there is more to come.</summary>
    private byte[] Answer(Action<IBufferWriter<byte>, (string? Label, string? Batch)> write)
    {
        var lines = IrcFormat.Written(output => write(output, (label, null)));
        if (lines.Length == 0 || label is null || Answers is not { } answers)
            return session.Format.Framed(lines);
        answers.IsAnswered = true;
        // A message of several lines that is a batch by itself has the label where that begins.
        if (!answers.IsGathered && (lines.AsSpan().Count("\r\n"u8) == 1 || lines.AsSpan().IndexOf(" BATCH +"u8) is >= 0 and var at && at < lines.AsSpan().IndexOf("\r\n"u8)))
            return session.Format.Framed(lines);
        var (batch, opening) = answers.Gather();
        return session.Format.Framed([.. opening, .. IrcFormat.Written(output => write(output, (null, batch)))]);
    }

    /// <summary>Out before the event is told, so that the others hear the reason with it.</summary>
    private void Leave(Logged logged, Turn turn)
    {
        // As the client knows it: a new name of the same turn is told to those who stay.
        var room = session.Rooms.FirstOrDefault(r => r.Id == logged.Room.Id)?.Room ?? logged.Room;
        if (IrcNames.ChannelOf(room) is not { } channel)
            return;
        session.Exit(logged.Room.Id, aside?.Reason);
        turn.Send(session, Answer((output, tags) => session.Format.Writer.Parted(output, channel, session.You!, aside?.Reason, logged.Ts, tags.Label, tags.Batch)));
    }
}
