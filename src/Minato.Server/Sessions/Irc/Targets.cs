using System.Text;
using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>The rooms and people that a client names.</summary>
internal static class Targets
{
    internal static bool IsChannel(string name) => name.Length > 0 && IrcNames.ChannelTypes.Contains(name[0]);

    /// <summary>The signs before nicks, the highest first. https://modern.ircdocs.horse/#statusmsg-parameter</summary>
    internal const string Ranks = "~@%+";

    /// <summary>Whether it is a channel, or some of one: <c>@#dev</c> those who moderate it.</summary>
    internal static bool IsOfChannel(string target) => IsChannel(SplitRank(target).Channel);

    // target = [ rank ] channel
    /// <summary>Null: all of the channel.</summary>
    internal static (char? Rank, string Channel) SplitRank(string target) =>
        target.Length > 1 && Ranks.Contains(target[0]) && IsChannel(target[1..]) ? (target[0], target[1..]) : (null, target);

    /// <summary>
    /// The targets of a command's list, each at the pace of a command of its own: what one line asks for many times costs as many. 407 says
    /// which one was the first too many, 461 that there is none.
    /// </summary>
    internal static async IAsyncEnumerable<string> TargetsAsync(this IrcSession session, IrcMessage message, int parameter, int max)
    {
        var targets = message[parameter].Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (targets.Length == 0)
            session.Replies.Add(Numeric.NeedMoreParameters, message.Command, "Not enough parameters");
        for (var i = 0; i < Math.Min(targets.Length, max); i++)
        {
            if (i > 0)
                await session.KeepPaceAsync();
            yield return targets[i];
        }
        if (targets.Length > max)
            session.Replies.Add(Numeric.TooManyTargets, Word(targets[max]), "Too many targets");
    }

    /// <summary>The room of this channel, whether one may know of it or not; null: there is none.</summary>
    internal static async ValueTask<Room?> FindRoomAsync(this IrcSession session, string channel)
    {
        if (session.Channels.Find(channel) is { } live)
            return live.Room;
        if (!channel.StartsWith('#') || Slug.Normalize(channel) is not { } slug || await session.Services.Store.FindRoomAsync(slug, CancellationToken.None) is not { } room)
            return null;
        // By a name that it had.
        return session.Rooms.FirstOrDefault(r => r.Id == room.Id)?.Room ?? room;
    }

    /// <summary>
    /// The room, if the client may read it; else null, and said so. What is not there is looked up like what one may not know of, and is answered
    /// in the same words.
    /// </summary>
    internal static async ValueTask<Room?> ReadableRoomAsync(this IrcSession session, string channel)
    {
        var room = await session.FindRoomAsync(channel);
        var refusal = await session.WhyNotReadAsync(room ?? NoRoom);
        if (refusal is null)
            return room;
        session.Replies.RefuseIn(channel, refusal.Value);
        return null;
    }

    /// <summary>A channel's present name, where the client used one that it had; to whom the room is none, no other name is said than their own.</summary>
    internal static async ValueTask<string> NameOfAsync(this IrcSession session, Room room, string used) =>
        await session.WhyNotReadAsync(room) is Refusal.NoSuchRoom ? used : IrcNames.ChannelOf(room)!;

    /// <summary>As what a command goes to the log where no room is: it is refused there, like one that the client may not know of.</summary>
    internal static readonly Room NoRoom = new(default, default, RoomKind.Private, Slug: null, "", "", Archived: false);

    /// <summary>Who is of this name, connected or not; null, and said so: nobody.</summary>
    internal static async ValueTask<User?> FindUserAsync(this IrcSession session, string nick)
    {
        if (await session.Services.Store.FindUserAsync(nick, CancellationToken.None) is { Kind: not UserKind.System } user)
            return user;
        session.Replies.Add(Numeric.NoSuchNick, Word(nick), "No such nick or channel");
        return null;
    }

    internal static bool IsOnline(this IrcSession session, User user) => session.Services.Sessions.Of(user.Id).Count > 0;

    /// <summary>A refusal of what was wanted in a channel, by the number that clients know for it.</summary>
    internal static void RefuseIn(this IrcReplies replies, string channel, Refusal refusal)
    {
        channel = Word(channel);
        switch (refusal)
        {
            case Refusal.NoSuchRoom:
                replies.Add(Numeric.NoSuchChannel, channel, "No such channel");
                break;
            case Refusal.NotAMember:
                replies.Add(Numeric.NotOnChannel, channel, "You're not on that channel");
                break;
            case Refusal.Forbidden:
                replies.Add(Numeric.ChannelOperatorNeeded, channel, "You may not do that here");
                break;
            default:
                replies.Add(Numeric.UnknownError, channel, refusal.Sentence());
                break;
        }
    }

    /// <summary>Bytes of a word of a client's that a reply repeats: two of them leave room for what the reply says. Twice the longest name.</summary>
    private const int MaxWord = 128;

    /// <summary>What a client said, where a parameter must be a word.</summary>
    internal static string Word(string text)
    {
        if (text.Length == 0 || text.Contains(' ') || text.StartsWith(':'))
            return "*";
        var bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length <= MaxWord ? text : Encoding.UTF8.GetString(bytes.AsSpan(0, IrcText.LengthOfPiece(bytes, MaxWord)));
    }
}
