using System.Diagnostics.CodeAnalysis;
using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Server.Nodes;
using Minato.Server.Sessions;

namespace Minato.Server.Rooms;

/// <summary>What is told of people apart from any room's log: other names, new accounts, logins that end. The publisher's, in its turn.</summary>
internal sealed class PeopleNews(LiveRooms rooms, SessionRegistry sessions)
{
    internal static bool IsRename(Outcome outcome, [NotNullWhen(true)] out User? user)
    {
        var (now, was) = outcome switch
        {
            UserChanged changed => (changed.User, changed.Was),
            AccountChanged changed => (changed.User, changed.Was),
            _ => (null, null),
        };
        user = was is not null && was.Nick != now!.Nick ? now : null;
        return user is not null;
    }

    internal void MakeKnown(AccountChanged changed, Turn turn)
    {
        if (changed.Was is { } was && IsRename(changed, out var user))
            MakeRenameKnown(was, user, [], turn);
        if (changed is { Was.IsGuest: true, User.IsGuest: false })
            MakeSignUpKnown(changed.User, turn);
        End(changed.User, changed.Ending);
    }

    /// <summary>What is new in it to those who know them here.</summary>
    internal void MakeKnown(UserElsewhere elsewhere, Turn turn)
    {
        var (user, here) = (elsewhere.User, sessions.Of(elsewhere.User.Id));
        List<LiveRoom> theirs = [.. elsewhere.Rooms.Append(RoomId.First).Select(rooms.Find).OfType<LiveRoom>()];
        var was = here.Select(s => s.You).Concat(theirs.Select(r => r.ByOthers(user.Id))).FirstOrDefault(known => known is not null && known != user) ?? user;
        if (was.Nick != user.Nick || (elsewhere.IsRenamed && here.Count == 0))
        {
            rooms.Rename(user);
            MakeRenameKnown(was, user, theirs, turn);
        }
        else if (was.Role != user.Role)
            foreach (var session in here)
                session.OnRenamed(user, turn);
        if (was.IsGuest && !user.IsGuest)
            MakeSignUpKnown(user, turn);
        End(user, elsewhere.Ending);
    }

    /// <param name="alsoIn">Rooms in which they may be by other nodes.</param>
    internal void MakeRenameKnown(User was, User user, IReadOnlyList<LiveRoom> alsoIn, Turn turn)
    {
        var theirs = new HashSet<LiveRoom>();
        var witnesses = new HashSet<Session>();
        foreach (var session in sessions.Of(user.Id))
        {
            session.OnRenamed(user, turn);
            theirs.UnionWith(session.Rooms);
            witnesses.Add(session);
        }
        // Once for each who knows them, however many rooms they share.
        foreach (var room in theirs.Concat(alsoIn.Where(r => r.IsIn(user.Id))))
            room.AddWitnesses(witnesses);
        foreach (var witness in witnesses)
            witness.OnSomebodyRenamed(was, user, turn);
        sessions.Rename(was, user);
        theirs.UnionWith(alsoIn);
        var frames = Frames.OfThisThread;
        frames.Renamed(user);
        var bytes = frames.Framed();
        foreach (var room in theirs)
        {
            room.Rename(user);
            room.Tell(WireFormat.WebSocket, bytes, turn);
        }
    }

    /// <summary>By the name that they have by then.</summary>
    private void MakeSignUpKnown(User account, Turn turn)
    {
        var near = new HashSet<Session>();
        foreach (var room in sessions.Of(account.Id).SelectMany(s => s.Rooms).Distinct())
            room.AddWitnesses(near);
        foreach (var session in sessions.All)
            session.OnSomebodySignedUp(account, near.Contains(session), turn);
    }

    private void End(User user, Ending ending)
    {
        sessions.Hanging.End(user.Id, ending);
        foreach (var session in sessions.Of(user.Id))
            if (session.IsEndedBy(ending))
                session.EndLogin();
    }
}
