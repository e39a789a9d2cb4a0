using Minato.Core.Commands;
using Minato.Core.Messages;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Search;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Server.Rooms.Presence;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Sessions.Acts;

/// <summary>Answers what is asked of the log and of who is there. Every answer passes the rights.</summary>
internal sealed class Answers(SessionContext context)
{
    /// <summary>Rooms in one directory, people in one list.</summary>
    internal const int MaxListed = 500;

    /// <summary>Bytes of bodies in one list of mentions or pins, twice those of a page of history; at most one message more.</summary>
    private const int MaxListBytes = 256 * 1024;

    /// <summary>What is not there is asked about as what one may not know of, and refused alike.</summary>
    private static readonly RoomRules Hidden = new(RoomKind.Direct);

    private IStore Store => context.Store;

    /// <param name="you">Null: somebody who is nobody yet.</param>
    internal async ValueTask<Answer> FindAsync(QuestionFrame frame, User? you)
    {
        switch (frame)
        {
            case RoomsFrame:
                return await RoomsAsync(frame.Rid, you);
            case SearchFrame { Room: null } everywhere:
                return await SearchAsync(everywhere, room: null, you);
            case MentionsFrame mentions:
                return await MentionsAsync(mentions, you);
            case BlocksFrame:
                return await BlocksAsync(frame.Rid, you);
        }
        var (room, refusal) = await FindRoomAsync(Room(frame), Action(frame), you);
        if (room is null)
            return Answer.No(refusal);
        return frame switch
        {
            HistoryFrame history => await HistoryAsync(history, room, you),
            SearchFrame search => await SearchAsync(search, room, you),
            MembersFrame members => await MembersAsync(members, room),
            // Only members are let this far, and they are somebody.
            ReceiptsFrame => await ReceiptsAsync(frame.Rid, room, you!),
            PinsFrame => await PinsAsync(frame.Rid, room, you),
            BansFrame => await BansAsync(frame.Rid, room),
            LinksFrame => await LinksAsync(frame.Rid, room, you!),
            WhoFrame who => Who(who, room),
            _ => throw new InvalidOperationException($"No answer for {frame.GetType().Name}."),
        };
    }

    /// <summary>A room in which one may do this; else why not.</summary>
    internal async ValueTask<(Room? Room, Refusal Refusal)> FindRoomAsync(RoomRef reference, RoomAction action, User? you)
    {
        var found = await Store.FindRoomAsync(reference);
        // Asked of none, too: what is not there takes as long as what one may not know of.
        var standing = await Store.ReadStandingAsync(found?.Id ?? RoomId.First, you?.Id, CancellationToken.None);
        var refusal = RoomRights.Check(action, found?.Rules ?? Hidden, found is null ? Standing.Outsider : standing);
        return refusal is { } no ? (null, no) : (found, default);
    }

    private static RoomAction Action(QuestionFrame frame) => frame switch
    {
        ReceiptsFrame => RoomAction.MarkRead,
        LinksFrame => RoomAction.MakeLink,
        _ => RoomAction.Read,
    };

    private static RoomRef Room(QuestionFrame frame) => frame switch
    {
        HistoryFrame history => history.Room,
        WhoFrame who => who.Room,
        MembersFrame members => members.Room,
        SearchFrame { Room: { } room } => room,
        ReceiptsFrame receipts => receipts.Room,
        LinksFrame links => links.Room,
        BansFrame bans => bans.Room,
        PinsFrame pins => pins.Room,
        _ => throw new InvalidOperationException($"No answer for {frame.GetType().Name}."),
    };

    private async ValueTask<Answer> RoomsAsync(string? rid, User? you)
    {
        var listings = await Store.ListPublicRoomsAsync(you?.Id, MaxListed, CancellationToken.None);
        return Answer.Of(frames => frames.Rooms(rid, listings));
    }

    private async ValueTask<Answer> BlocksAsync(string? rid, User? you)
    {
        IReadOnlyList<User> blocks = you is null ? [] : await Store.ReadBlocksAsync(you.Id, CancellationToken.None);
        return Answer.Of(frames => frames.Blocks(rid, blocks));
    }

    private async ValueTask<Answer> HistoryAsync(HistoryFrame frame, Room room, User? you)
    {
        var page = frame.Thread is { } root
            ? await Store.ReadThreadAsync(room.Id, you?.Id, root, frame.Page, CancellationToken.None)
            : await Store.ReadHistoryAsync(room.Id, you?.Id, frame.Page, CancellationToken.None);
        return Answer.Of(frames => frames.History(frame.Rid, room.Uid, page));
    }

    private async ValueTask<Answer> SearchAsync(SearchFrame frame, Room? room, User? you)
    {
        if (!SearchQuery.TryParse(frame.Query, out var query))
            return Answer.No(Refusal.BadQuery);
        var page = await context.Search.FindAsync(you?.Id, new SearchRequest(query, room?.Id, frame.Before, frame.Limit), CancellationToken.None);
        return Answer.Of(frames => frames.Search(frame.Rid, page));
    }

    private Answer Who(WhoFrame frame, Room room)
    {
        var here = context.Rooms.Find(room.Id)?.Here(frame.After, MaxListed) ?? new HerePage([], false, 0);
        return Answer.Of(frames => frames.Who(frame.Rid, room.Uid, here.Users, here.Count, here.More));
    }

    private async ValueTask<Answer> MembersAsync(MembersFrame frame, Room room)
    {
        var members = await Store.ReadMembersAsync(room.Id, frame.After, frame.Limit + 1, CancellationToken.None);
        return Answer.Of(frames => frames.Members(frame.Rid, room.Uid, [.. members.Take(frame.Limit)], more: members.Count > frame.Limit));
    }

    private async ValueTask<Answer> ReceiptsAsync(string? rid, Room room, User you)
    {
        var positions = await Store.ReadPositionsAsync(room.Id, you.Id, MaxListed, CancellationToken.None);
        return Answer.Of(frames => frames.Receipts(rid, room.Uid, positions));
    }

    /// <summary>Like the members, they are what the room is now: told to whoever reads it, also of those who were shut out before one came.</summary>
    private async ValueTask<Answer> BansAsync(string? rid, Room room)
    {
        var all = await Store.ReadExclusionsAsync(room.Id, CancellationToken.None);
        IReadOnlyList<ListedPattern> patterns = room.Patterns == 0 ? [] : await Store.ReadPatternsAsync(room.Id, CancellationToken.None);
        return Answer.Of(frames => frames.Bans(rid, room.Uid, all, patterns));
    }

    /// <summary>One's own, and all of them for whoever may revoke them.</summary>
    private async ValueTask<Answer> LinksAsync(string? rid, Room room, User you)
    {
        var standing = await Store.ReadStandingAsync(room.Id, you.Id, CancellationToken.None);
        var links = await Store.ReadLinksAsync(room.Id, CancellationToken.None);
        var seesAll = RoomRights.Check(RoomAction.RevokeLink, room.Rules, standing) is null;
        return Answer.Of(frames => frames.Links(rid, room.Uid, [.. links.Where(l => seesAll || l.By.Id == you.Id)]));
    }

    private async ValueTask<Answer> MentionsAsync(MentionsFrame frame, User? you)
    {
        IReadOnlyList<Mention> found = you is null ? [] : await Store.ReadMentionsAsync(you.Id, frame.Limit + 1, CancellationToken.None);
        var fit = Fitting([.. found.Take(frame.Limit).Select(m => m.Message)]);
        return Answer.Of(frames => frames.Mentions(frame.Rid, [.. found.Take(fit)], more: fit < found.Count));
    }

    private async ValueTask<Answer> PinsAsync(string? rid, Room room, User? you)
    {
        var pinned = await Store.ReadPinsAsync(room.Id, you?.Id, CancellationToken.None);
        var fit = Fitting(pinned);
        return Answer.Of(frames => frames.Pins(rid, room.Uid, pinned.Take(fit), more: fit < pinned.Count));
    }

    /// <summary>How many of the messages, from the first on, one frame may have.</summary>
    private static int Fitting(IReadOnlyList<Message> messages)
    {
        var fit = 0;
        for (var bytes = 0; fit < messages.Count && bytes < MaxListBytes; fit++)
            bytes += messages[fit].Body?.Utf8.Length ?? 0;
        return fit;
    }
}
