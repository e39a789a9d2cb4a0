using System.Buffers;
using System.Text;
using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>JOIN, PART, TOPIC, NAMES. https://modern.ircdocs.horse/#channel-operations</summary>
internal static class ChannelCommands
{
    // JOIN channel *( ',' channel ) [ key *( ',' key ) ] | JOIN 0
    internal static async ValueTask JoinAsync(IrcSession session, IrcMessage message)
    {
        if (message[0] == "0")
        {
            foreach (var room in session.Rooms)
                if (IrcNames.ChannelOf(room.Room) is { } channel)
                    await PartAsync(session, channel, reason: null);
            return;
        }
        var keys = message[1].Split(',');
        var next = 0;
        await foreach (var channel in session.TargetsAsync(message, 0, IrcChannels.Max))
        {
            await JoinAsync(session, channel, next < keys.Length ? keys[next] : "");
            next++;
        }
    }

    // PART channel *( ',' channel ) [ reason ]
    internal static async ValueTask PartAsync(IrcSession session, IrcMessage message)
    {
        await foreach (var channel in session.TargetsAsync(message, 0, IrcChannels.Max))
            await PartAsync(session, channel, message.Count > 1 ? Reason(message[1]) : null);
    }

    // TOPIC channel [ topic ]
    internal static async ValueTask TopicAsync(IrcSession session, IrcMessage message)
    {
        var channel = message[0];
        if (message.Count > 1)
        {
            await SetTopicAsync(session, channel, Encoding.UTF8.GetString(IrcText.ToBody(message.Parameters[1]).Span));
            return;
        }
        if (await session.ReadableRoomAsync(channel) is { } room)
            session.Replies.Output.Write(await TopicReply.OfAsync(session, room, IrcNames.ChannelOf(room)!));
    }

    // NAMES [ channel ]
    internal static async ValueTask NamesAsync(IrcSession session, IrcMessage message)
    {
        if (message.Count == 0)
        {
            session.Replies.Add(Numeric.EndOfNames, "*", "End of /NAMES list");
            return;
        }
        await foreach (var channel in session.TargetsAsync(message, 0, max: 1))
            await NamesAsync(session, channel);
    }

    /// <summary>A reason that fits behind everything that may stand before it.</summary>
    internal static string Reason(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Encoding.UTF8.GetString(bytes.AsSpan(0, IrcText.LengthOfPiece(bytes, Support.MaxReason)));
    }

    private static async ValueTask NamesAsync(IrcSession session, string channel)
    {
        var room = await session.FindRoomAsync(channel);
        // Of a channel that is not there, or not for this client, there are no names: the same end either way.
        if (await session.WhyNotReadAsync(room ?? Targets.NoRoom) is not null)
        {
            session.Replies.Add(Numeric.EndOfNames, Targets.Word(channel), "End of /NAMES list");
            return;
        }
        var roles = await Roles.ReadAsync(session.Services.Store, room!);
        IReadOnlyCollection<User> users = [];
        session.Services.Rooms.Find(room!.Id)?.LookAtRoster(all => users = [.. all]);
        NamesReply.Write(session.Replies.Output, session, room, IrcNames.ChannelOf(room)!, users, roles);
    }

    private static async ValueTask JoinAsync(IrcSession session, string channel, string key)
    {
        if (session.Channels.Find(channel) is not null)
            return;
        if (Slug.Normalize(channel) is not { } slug || !channel.StartsWith('#'))
            session.Replies.Add(Numeric.NoSuchChannel, Targets.Word(channel), "No such channel: a name is # and letters, digits and - _ . in any script");
        else if (session.Channels.Count >= IrcChannels.Max)
            session.Replies.Add(Numeric.TooManyChannels, channel, "You have joined too many channels");
        else if (!LinkSecret.TryFind(key, out _) && await session.Services.Store.FindRoomAsync(slug, CancellationToken.None) is { } room && Slug.Key(room.Slug!) != Slug.Key(slug))
            await RenameCommand.JoinAsync(session, channel, room, key);
        else if (await session.Channels.JoinAsync(slug, () => EnterAsync(session, slug, key)) is { } refused)
            RefuseJoin(session, channel, key, refused);
    }

    /// <summary>Joins the room of this name, or makes it. A key is what else opens a private room: the secret of a link into it.</summary>
    private static async ValueTask<Outcome> EnterAsync(IrcSession session, string slug, string key)
    {
        if (LinkSecret.TryFind(key, out var secret))
            return await session.ActAsync(new JoinByLink(session.You!, null, secret));
        var store = session.Services.Store;
        if (await store.FindRoomAsync(slug, CancellationToken.None) is { } known)
            return await JoinAsync(session, new Join(session.You!, null, known.Id) { Key = RoomKey.TryParse(key) });
        var made = await session.ActAsync(new CreateRoom(session.You!, null, slug, Title: slug));
        // Somebody else made it at this very moment.
        return made is Refused { Reason: Refusal.SlugTaken } && await store.FindRoomAsync(slug, CancellationToken.None) is { } room
            ? await session.ActAsync(new Join(session.You!, null, room.Id))
            : made;
    }

    internal static async ValueTask<Outcome> JoinAsync(IrcSession session, Join join)
    {
        var (keys, address) = (session.Services.Accounts.Keys, session.Connection.Peer?.Address);
        if (keys.Begin(join, address) is { } tooMany)
            return tooMany;
        var outcome = await session.ActAsync(join);
        keys.End(join, address, outcome);
        return outcome;
    }

    internal static void RefuseJoin(IrcSession session, string channel, string key, Refused refused)
    {
        switch (refused.Reason)
        {
            case Refusal.InviteOnly or Refusal.NoSuchRoom or Refusal.NoSuchLink or Refusal.SlugTaken:
                session.Replies.Add(Numeric.InviteOnlyChannel, channel, "Cannot join channel (+i)");
                break;
            case Refusal.WrongKey:
                session.Replies.Add(Numeric.BadChannelKey, channel, "Cannot join channel (+k)");
                break;
            case Refusal.RateLimited when key.Length > 0:
                session.Replies.Add(Numeric.BadChannelKey, channel, $"Cannot join channel (+k). {refused.Sentence()}");
                break;
            case Refusal.RoomFull:
                session.Replies.Add(Numeric.ChannelIsFull, channel, "Cannot join channel (+l)");
                break;
            case Refusal.Forbidden when session.MayWrite:
                session.Replies.Add(Numeric.BannedFromChannel, channel, "Cannot join channel (+b)");
                break;
            default:
                session.Replies.RefuseIn(channel, refused.Reason);
                break;
        }
    }

    private static async ValueTask PartAsync(IrcSession session, string channel, string? reason)
    {
        if (await session.Channels.FindAsync(channel) is not { } live)
        {
            var refusal = await session.WhyNotReadAsync(await session.FindRoomAsync(channel) ?? Targets.NoRoom);
            session.Replies.RefuseIn(channel, refusal == Refusal.NoSuchRoom ? Refusal.NoSuchRoom : Refusal.NotAMember);
            return;
        }
        var aside = reason is null ? null : new IrcAside(reason, IsNotice: false, []);
        if (await session.ActAsync(new Leave(session.You!, null, live.Id), aside) is Refused refused)
            session.Replies.RefuseIn(channel, refused.Reason);
    }

    private static async ValueTask SetTopicAsync(IrcSession session, string channel, string text)
    {
        if (RoomText.Normalize(text, Support.MaxTopic) is not { } topic)
        {
            session.Replies.Fail("TOPIC", "INVALID_PARAMS", Targets.Word(channel), $"A topic is one line of at most {Support.MaxTopic} bytes");
            return;
        }
        var room = await session.FindRoomAsync(channel) ?? Targets.NoRoom;
        if (await session.ActAsync(new SetTopic(session.You!, null, room.Id, topic)) is Refused refused)
            session.Replies.RefuseIn(channel, refused.Reason);
    }
}
