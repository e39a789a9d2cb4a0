using System.Globalization;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>WHOIS and WHOWAS. https://modern.ircdocs.horse/#whois-message</summary>
internal static class WhoisCommands
{
    // WHOIS [ server ] nick
    internal static async ValueTask WhoisAsync(IrcSession session, IrcMessage message)
    {
        var nick = message.Count > 1 ? message[1] : message[0];
        if (nick.Length == 0)
        {
            session.Replies.Add(Numeric.NoNicknameGiven, "No nickname given");
            return;
        }
        if (await session.Services.Store.FindUserAsync(nick, CancellationToken.None) is { } user && session.IsOnline(user))
            await SayAsync(session, user);
        else
            session.Replies.Add(Numeric.NoSuchNick, Targets.Word(nick), "No such nick");
        session.Replies.Add(Numeric.EndOfWhois, Targets.Word(nick), "End of /WHOIS list");
    }

    // WHOWAS nick [ count ]
    internal static ValueTask WhowasAsync(IrcSession session, IrcMessage message)
    {
        var nick = message[0];
        if (nick.Length == 0)
        {
            session.Replies.Add(Numeric.NoNicknameGiven, "No nickname given");
            return ValueTask.CompletedTask;
        }
        var limit = int.TryParse(message[1], out var count) && count > 0 ? count : int.MaxValue;
        var found = session.Network.Whowas.Find(nick, limit);
        foreach (var (user, face, until) in found)
        {
            session.Replies.Begin(Numeric.WhowasUser).Word(user.Nick).Word(face.Username).Word(face.Host).Word("*").End(face.Realname);
            session.Replies.Begin(Numeric.WhoisServer).Word(user.Nick).Word(session.Network.Server).End(until.ToString("u", CultureInfo.InvariantCulture));
        }
        if (found.Count == 0)
            session.Replies.Add(Numeric.WasNoSuchNick, Targets.Word(nick), "There was no such nickname");
        session.Replies.Add(Numeric.EndOfWhowas, Targets.Word(nick), "End of WHOWAS");
        return ValueTask.CompletedTask;
    }

    private static async ValueTask SayAsync(IrcSession session, User user)
    {
        var replies = session.Replies;
        var face = session.Network.FaceOf(user);
        replies.Begin(Numeric.WhoisUser).Word(user.Nick).Word(face.Username).Word(face.Host).Word("*").End(face.Realname);
        await ChannelsAsync(session, user);
        replies.Begin(Numeric.WhoisServer).Word(user.Nick).Word(session.Network.Server).End(IrcNetwork.Name);
        if (session.Network.IsOperator(user))
            replies.Add(Numeric.WhoisOperator, user.Nick, user.Role switch
            {
                ServerRole.Owner => "is an owner of this server",
                ServerRole.Admin => "is an admin of this server",
                _ => "is an operator of this server",
            });
        if (IrcEventWriter.AccountOf(user) is { } account)
            replies.Begin(Numeric.WhoisAccount).Word(user.Nick).Word(account).End("is logged in as");
        if (face.IsBot)
            replies.Add(Numeric.WhoisBot, user.Nick, "is a bot");
        MetadataLines.InWhois(session, user);
        if (session.Network.AwayMessageOf(user) is { } away)
            replies.Add(Numeric.Away, user.Nick, away);
    }

    /// <summary>Of the rooms that somebody is in those that the client is in as well, or may look at.</summary>
    private static async ValueTask ChannelsAsync(IrcSession session, User user)
    {
        var names = new List<string>();
        var theirs = session.Services.Sessions.Of(user.Id).SelectMany(s => s.Rooms).DistinctBy(r => r.Id).Where(r => r.IsIn(user.Id)).Select(r => r.Room);
        foreach (var room in theirs)
        {
            if (IrcNames.ChannelOf(room) is not { } channel || !await session.MayReadAsync(room)
                || (room.Restrictions.HasFlag(Restrictions.Unlisted) && session.Channels.Find(channel) is null))
                continue;
            var roles = await Roles.ReadAsync(session.Services.Store, room);
            names.Add(roles.PrefixOf(user) + channel);
        }
        NameLines.Write(() => session.Replies.Begin(Numeric.WhoisChannels).Word(user.Nick), names);
    }
}
