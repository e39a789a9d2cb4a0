using Minato.Core.Accounts;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>
/// A client that is in logs in, as a guest or as another account: nobody becomes another in a room. Whoever it was goes, and the account comes, into
/// its own rooms and into the channels that the client was in. https://ircv3.net/specs/extensions/sasl-3.2
/// </summary>
internal static class Reauthentication
{
    /// <param name="own">A login of whoever it was, which ends; null: there is none, or it is not this connection's.</param>
    internal static async ValueTask RunAsync(IrcSession session, Identity identity, CredentialId? own)
    {
        var was = session.You!;
        if (!(identity.User!.Id == was.Id ? await session.RenewAsync(identity) : await SwitchAsync(session, identity)))
            session.EndLogin();
        if (own is { } login)
            await session.EndOwnAsync(was, login);
    }

    private static async ValueTask<bool> SwitchAsync(IrcSession session, Identity identity)
    {
        // What is left and entered costs as much as by a line for each.
        for (var left = session.Channels.Count; left > 0; left--)
            await session.KeepPaceAsync();
        var was = session.You!;
        var reason = $"Logged in as {identity.User!.Nick}";
        var channels = session.Rooms.Select(r => IrcNames.ChannelOf(r.Room)).OfType<string>().Order(StringComparer.Ordinal).ToList();
        foreach (var channel in channels)
            session.Format.Writer.Parted(session.Replies.Output, channel, was, reason, session.Network.Now);
        PutDown(session);
        session.Format.Writer.Renamed(session.Replies.Output, was, identity.User, session.Network.Now);
        if (session.Caps.HasFlag(IrcCaps.AccountNotify))
            session.Format.Writer.Changed(session.Replies.Output, identity.User, "ACCOUNT", identity.User.Nick, session.Network.Now);
        if (!await session.BecomeAnotherAsync(identity, reason))
            return false;
        await session.Replies.SendAsync();
        await session.Channels.ReturnAsync(keepsPace: true);
        foreach (var channel in channels.Where(c => c.StartsWith('#') && session.Channels.Find(c) is null))
        {
            await session.KeepPaceAsync();
            await ChannelCommands.JoinAsync(session, new IrcMessage(IrcTags.None, "JOIN", [System.Text.Encoding.UTF8.GetBytes(channel)]));
        }
        return true;
    }

    /// <summary>What was theirs and does not go over to another: that they were away, an operator by OPER, a bot.</summary>
    private static void PutDown(IrcSession session)
    {
        if (session.AwayMessage is not null)
            session.Replies.Add(Numeric.UnAway, "You are no longer marked as being away");
        if (session.Oper is not null)
            ModeCommands.Changed(session, "-o");
        if (session.Network.FaceOf(session.You!).IsBot)
            ModeCommands.Changed(session, "-B");
        (session.AwayMessage, session.Oper) = (null, null);
    }
}
