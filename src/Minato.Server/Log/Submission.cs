using Minato.Core.Commands;
using Minato.Server.Rooms;

namespace Minato.Server.Log;

/// <summary>A command on its way to the log, and who is told what became of it.</summary>
/// <param name="lane">Null for the server's own housekeeping.</param>
internal class Submission(Command command, Lane? lane)
{
    internal Command Command { get; } = command;

    internal Lane? Lane { get; } = lane;

    /// <summary>The one behind it in its lane; its queue owns it.</summary>
    internal Submission? Next { get; set; }

    /// <summary>Bytes that it keeps alive while it waits, roughly.</summary>
    internal int Size => 128 + (Command is Post post ? post.Body.Utf8.Length : 0);

    /// <summary>Called once, on the publisher's thread, before the command's event is queued for anybody: queue the answer on the turn and return.</summary>
    internal virtual void Complete(Outcome outcome, Turn turn)
    {
    }
}

/// <summary>A command whose outcome somebody awaits.</summary>
internal sealed class AwaitedSubmission(Command command, Lane? lane) : Submission(command, lane)
{
    private readonly TaskCompletionSource<Outcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Task<Outcome> Outcome => _outcome.Task;

    internal override void Complete(Outcome outcome, Turn turn) => _outcome.TrySetResult(outcome);
}
