using Minato.Core.Commands;
using Minato.Server.Rooms;
using Minato.Server.Sessions.Acts;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Sessions.WebSocket;

/// <summary>Answers what a client asks, at its pace; searches have one of their own besides.</summary>
internal sealed class QuestionHandler(WebSocketSession session)
{
    private readonly Answers _answers = new(session.Services);
    private TokenBucket? _searchPace;

    private TokenBucket SearchPace => _searchPace ??= new TokenBucket(session.Services.Options.SearchPace, session.Services.Clock);

    internal async ValueTask HandleAsync(QuestionFrame frame)
    {
        var answer = TooFast(frame) is { } tooFast ? new Answer(tooFast, null) : await _answers.FindAsync(frame, session.You);
        if (answer.Refused is { } refused)
        {
            session.SendError(null, frame.Rid, refused);
            return;
        }
        var frames = Frames.OfThisThread;
        answer.Write!(frames);
        // A page may be a quarter of a MiB, and twice that in JSON: whoever asks for many reads them before the next.
        await session.EnqueueWhenRoomAsync(frames.Framed());
    }

    private Refused? TooFast(QuestionFrame frame) =>
        !session.TryKeepPace(out var tooFast) ? tooFast
        : frame is SearchFrame && !SearchPace.TryTake(out var wait) ? new Refused(Refusal.RateLimited, wait)
        : null;
}
