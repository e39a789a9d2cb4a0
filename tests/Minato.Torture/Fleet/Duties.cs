using Minato.Torture.Fleet.Irc;
using Minato.Torture.Histories;

namespace Minato.Torture.Fleet;

/// <summary>What whoever made the rooms sees to: guarded by its client.</summary>
internal sealed class Duties
{
    /// <summary>Who was banned where, by whomever: they are let in again.</summary>
    public Queue<(string Room, string User)> Banned { get; } = new();

    /// <summary>Who came last over IRC: to be made a moderator while they are there.</summary>
    public (string Room, string User)? Arrived { get; private set; }

    public void See(Saw saw, string nick)
    {
        if (saw.Type == "ban")
            Banned.Enqueue((saw.Room, saw.Subject));
        else if (saw.Type == "join" && IrcActor.IsNick(nick))
            Arrived = (saw.Room, saw.User);
    }

    public (string Room, string User) TakeArrived()
    {
        var taken = Arrived!.Value;
        Arrived = null;
        return taken;
    }
}
