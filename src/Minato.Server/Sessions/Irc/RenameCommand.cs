using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// RENAME channel channel [ reason ]   https://ircv3.net/specs/extensions/channel-rename
/// <summary>A channel gets another name, and is found by the one before as well.</summary>
internal static class RenameCommand
{
    internal static async ValueTask RunAsync(IrcSession session, IrcMessage message)
    {
        var (channel, name) = (message[0], message[1]);
        var room = await session.FindRoomAsync(channel) ?? Targets.NoRoom;
        if (!name.StartsWith('#') || Slug.Normalize(name) is not { } slug)
            Fail(session, channel, name, "A name is # and letters, digits and - _ . in any script");
        else if (channel.StartsWith('&'))
            Fail(session, channel, name, "A direct room has no other name");
        else
        {
            var reason = message[2];
            var aside = reason.Length == 0 ? null : new IrcAside(ChannelCommands.Reason(reason), IsNotice: false, []);
            if (await session.ActAsync(new SetSlug(session.You!, null, room.Id, slug), aside) is Refused refused)
                Refuse(session, channel, name, room, refused);
        }
    }

    /// <summary>
    /// JOIN by a name that a room had. Whoever knows of RENAME is told the present one and asks again; others are led there. To whom the room is none,
    /// it is as under its present name.
    /// </summary>
    internal static async ValueTask JoinAsync(IrcSession session, string channel, Room room, string key)
    {
        var standing = await session.Services.Store.ReadStandingAsync(room.Id, session.You?.Id, CancellationToken.None);
        var now = IrcNames.ChannelOf(room)!;
        if (RoomRights.Check(RoomAction.Join, room.Rules, standing) == Refusal.NoSuchRoom)
        {
            ChannelCommands.RefuseJoin(session, channel, key, new Refused(Refusal.NoSuchRoom));
            return;
        }
        if (session.Caps.HasFlag(IrcCaps.ChannelRename))
        {
            session.Replies.Fail("JOIN", "CHANNEL_RENAMED", channel, now, "The channel has been renamed");
            return;
        }
        session.Replies.Add(Numeric.LinkChannel, channel, now, "The channel has been renamed");
        if (session.Channels.Find(now) is not null)
            return;
        var join = new Join(session.You!, null, room.Id) { Key = RoomKey.TryParse(key) };
        if (await session.Channels.JoinAsync(room.Slug!, () => ChannelCommands.JoinAsync(session, join)) is { } refused)
            ChannelCommands.RefuseJoin(session, now, key, refused);
    }

    private static void Refuse(IrcSession session, string channel, string name, Room room, Refused refused)
    {
        switch (refused.Reason)
        {
            case Refusal.SlugTaken:
                session.Replies.Fail("RENAME", "CHANNEL_NAME_IN_USE", Targets.Word(channel), Targets.Word(name), "The channel name is already taken");
                break;
            case Refusal.Forbidden when room.Slug == Slug.Lobby:
                Fail(session, channel, name, "Everybody begins here, by this name");
                break;
            case Refusal.Archived or Refusal.TooMany or Refusal.RateLimited:
                Fail(session, channel, name, refused.Sentence());
                break;
            default:
                session.Replies.RefuseIn(channel, refused.Reason);
                break;
        }
    }

    private static void Fail(IrcSession session, string channel, string name, string why) =>
        session.Replies.Fail("RENAME", "CANNOT_RENAME", Targets.Word(channel), Targets.Word(name), why);
}
