using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Search;
using Minato.Server.Rooms;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Sessions.WebSocket;

/// <summary>Answers searches, which have a pace of their own.</summary>
internal sealed class SearchHandler(WebSocketSession session)
{
    private readonly TokenBucket _pace = new(session.Services.Options.SearchPace, session.Services.Clock);

    /// <param name="room">Null: every room that one may see.</param>
    internal async ValueTask HandleAsync(SearchFrame frame, Room? room)
    {
        if (!_pace.TryTake(out var wait))
            session.SendError(null, frame.Rid, new Refused(Refusal.RateLimited, wait));
        else if (!SearchQuery.TryParse(frame.Query, out var query))
            session.SendError(null, frame.Rid, new Refused(Refusal.BadQuery));
        else
        {
            var request = new SearchRequest(query, room?.Id, frame.Before, frame.Limit);
            var page = await session.Services.Search.FindAsync(session.You?.Id, request, CancellationToken.None);
            var frames = Frames.OfThisThread;
            frames.Search(frame.Rid, page);
            await session.EnqueueWhenRoomAsync(frames.Framed());
        }
    }
}
