using Minato.Core.Commands;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Server.Sessions;
using Minato.Server.Sessions.Acts;
using Minato.Wire.Http;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Http.Api;

/// <summary>Answers what is only asked over HTTP; all else as over WebSocket.</summary>
internal sealed class ApiAnswers(SessionContext context)
{
    private readonly Answers _answers = new(context);
    private readonly EventsAnswer _events = new(context);

    internal async ValueTask<Answer> FindAsync(QuestionFrame frame, User? you, CancellationToken cancel)
    {
        switch (frame)
        {
            case MeFrame:
                return Answer.Of(frames => frames.Me(you));
            case RoomListFrame list:
                return await ListAsync(list, you);
            case OneRoomFrame one:
                return await InRoomAsync(one.Room, you, room => RoomAsync(room, you));
            case MessageFrame message:
                return await InRoomAsync(message.Room, you, room => MessageAsync(message.Seq, room, you));
            case EventsFrame events:
                return await _events.FindAsync(events, reference => _answers.FindRoomAsync(reference, RoomAction.Read, you), you, cancel);
            default:
                return await _answers.FindAsync(frame, you);
        }
    }

    private async ValueTask<Answer> InRoomAsync(RoomRef reference, User? you, Func<Room, ValueTask<Answer>> find)
    {
        var (room, refusal) = await _answers.FindRoomAsync(reference, RoomAction.Read, you);
        return room is null ? Answer.No(refusal) : await find(room);
    }

    private async ValueTask<Answer> ListAsync(RoomListFrame frame, User? you)
    {
        List<(RoomView View, int? Members)> rooms = frame.IsPublic
            ? [.. (await context.Store.ListPublicRoomsAsync(you?.Id, Answers.MaxListed, CancellationToken.None)).Select(l => (l.View, (int?)l.Members))]
            : [.. (await context.Store.ListRoomsAsync(you?.Id, CancellationToken.None)).Select(v => (v, (int?)null))];
        var from = frame.After is { } after ? rooms.FindIndex(r => r.View.Room.Uid == after) + 1 : 0;
        if (from == 0 && frame.After is not null)
            return Answer.No(Refusal.NoSuchRoom);
        return Answer.Of(frames => frames.Rooms([.. rooms.Skip(from).Take(frame.Limit)], more: rooms.Count > from + frame.Limit));
    }

    private async ValueTask<Answer> RoomAsync(Room room, User? you)
    {
        var mine = await context.Store.ListRoomsAsync(you?.Id, CancellationToken.None);
        var view = mine.FirstOrDefault(v => v.Room.Id == room.Id)
            ?? new RoomView(room, await context.Store.ReadHeadAsync(room.Id, CancellationToken.None), IsMember: false, ReadSeq: 0, Unread: 0);
        return Answer.Of(frames => frames.Entered(view));
    }

    private async ValueTask<Answer> MessageAsync(long seq, Room room, User? you)
    {
        if (seq == long.MaxValue)
            return Answer.No(Refusal.NoSuchMessage);
        var page = await context.Store.ReadHistoryAsync(room.Id, you?.Id, new PageRequest(seq + 1, null, 1), CancellationToken.None);
        return page.Messages is [var message] && message.Seq == seq
            ? Answer.Of(frames => frames.Message(room.Uid, message))
            : Answer.No(Refusal.NoSuchMessage);
    }
}
