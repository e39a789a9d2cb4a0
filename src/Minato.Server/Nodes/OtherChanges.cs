using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Events;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Server.Log;
using Minato.Server.Rooms;
using Minato.Server.Sessions;

namespace Minato.Server.Nodes;

/// <summary>
/// What other nodes changed besides the log, read again as it is now, for those here whom it concerns. So it does not matter how often something is said to
/// have changed, nor in what order.
/// </summary>
internal sealed class OtherChanges(ICommitFeed feed, LiveRooms rooms, SessionRegistry sessions)
{
    /// <returns>To be made known; null: nobody here is concerned.</returns>
    internal async ValueTask<CommittedBatch?> ReadAsync(IReadOnlyList<NodeChange> changes, CancellationToken cancel)
    {
        var known = new List<(Command Command, Outcome Outcome)>();
        foreach (var change in changes.Where(c => c.Kind == ChangeKind.Membership && IsHere(c.User)))
            if (await MoveAsync(change, cancel) is { } moved)
                known.Add((Elsewhere.Asked, moved));
        var users = changes.Where(c => c.Kind is ChangeKind.User or ChangeKind.Name).ToLookup(c => c.User);
        if (users.Count > 0)
            foreach (var user in await feed.ReadUsersAsync([.. users.Select(u => u.Key)], cancel))
                known.Add((Elsewhere.Asked, new UserElsewhere(user.User, user.Rooms)
                {
                    IsRenamed = users[user.User.Id].Any(c => c.Kind == ChangeKind.Name),
                    Ending = await EndingAsync(user, cancel),
                }));
        foreach (var change in changes.Where(c => c.Kind == ChangeKind.Block && IsHere(c.User)))
            if (await BlockAsync(change, cancel) is { } block)
                known.Add((Elsewhere.Asked, block));
        if (changes.Any(c => c.Kind == ChangeKind.Reports) && sessions.All.Any(s => s.Administers))
            known.Add((Elsewhere.Asked, new ReportsChanged(await feed.CountOpenReportsAsync(cancel))));
        if (changes.Any(c => c.Kind == ChangeKind.SignUp))
            known.Add((new ChangeSettings(By: null, (await feed.ReadSettingsAsync(cancel)).SignUp, Departed: null), Nothing.Value));
        known.AddRange(await ReadPositionsAsync(changes, cancel));
        return known.Count == 0 ? null : new CommittedBatch([.. known.Select(k => new Submission(k.Command, lane: null))], [.. known.Select(k => k.Outcome)]);
    }

    /// <summary>Whoever was away for too long to know what changed has everybody come back, as from a restart.</summary>
    internal void SendEverybodyAway()
    {
        foreach (var session in sessions.All)
            session.SendAway();
    }

    private bool IsHere(UserId user) => sessions.Of(user).Count > 0;

    private async ValueTask<MovedElsewhere?> MoveAsync(NodeChange change, CancellationToken cancel)
    {
        if (await feed.ReadLogsAsync([(change.Room, change.Seq - 1)], limit: 1, cancel) is not [{ Events: [var logged] } piece])
            return null;
        var move = Elsewhere.Logged(piece.Room, logged);
        // Of a room's making the log does not say whom it is for.
        if (logged.Event is Created && await feed.ReadUsersAsync([change.User], cancel) is [var user])
            move = move with { Entered = [user.User] };
        var isMember = await IsMemberAsync(change, cancel);
        return isMember == move.Entered.Count > 0 ? new MovedElsewhere(move) : null;
    }

    private async ValueTask<bool> IsMemberAsync(NodeChange change, CancellationToken cancel) =>
        (await feed.ReadStandingAsync(change.Room, change.User, cancel)).IsMember();

    private async ValueTask<Ending> EndingAsync(UserNow user, CancellationToken cancel)
    {
        if (user.IsGone)
            return Ending.All;
        var here = sessions.Of(user.User.Id);
        var ended = new List<CredentialId>();
        foreach (var credential in here.Select(s => s.Credential).Concat(sessions.Hanging.CredentialsOf(user.User.Id)).OfType<Credential>().DistinctBy(c => c.Id))
            if (await feed.FindCredentialAsync(credential.Hash, cancel) is null)
                ended.Add(credential.Id);
        // A guest who has become an account elsewhere is nobody any more.
        var isOther = !user.User.IsGuest && here.Any(s => s is { Credential: null, You.IsGuest: true });
        return Ending.OfEnded(ended, withoutCredential: isOther);
    }

    private async ValueTask<BlockChanged?> BlockAsync(NodeChange change, CancellationToken cancel)
    {
        var users = await feed.ReadUsersAsync([change.User, change.Other], cancel);
        if (users.FirstOrDefault(u => u.User.Id == change.User) is not { } blocker || users.FirstOrDefault(u => u.User.Id == change.Other) is not { } subject)
            return null;
        var blocks = await feed.ReadBlocksAsync(change.User, cancel);
        return new BlockChanged(blocker.User, subject.User, On: blocks.Any(b => b.Id == change.Other), IsNew: true);
    }

    private async ValueTask<List<(Command, Outcome)>> ReadPositionsAsync(IReadOnlyList<NodeChange> changes, CancellationToken cancel)
    {
        var concerning = changes.Where(c => c.Kind == ChangeKind.Read && (IsHere(c.User) || rooms.Find(c.Room) is not null)).Select(c => (c.Room, c.User)).Distinct().ToList();
        var moved = new List<(Command, Outcome)>(concerning.Count);
        if (concerning.Count == 0)
            return moved;
        foreach (var position in await feed.ReadPositionsAsync(concerning, cancel))
            if ((rooms.Find(position.Room)?.Room ?? await FindAsync(position.Room, cancel)) is { } room)
                moved.Add((
                    new MarkRead(position.User, position.Room, position.Seq),
                    new ReadMoved(position.User.Id, room, position.Seq, position.PostNo, position.Unread)));
        return moved;
    }

    private async ValueTask<Room?> FindAsync(RoomId room, CancellationToken cancel) =>
        await feed.ReadLogsAsync([(room, 0)], limit: 0, cancel) is [var piece] ? piece.Room : null;
}
