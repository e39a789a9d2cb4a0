using Minato.Core.Rights;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// METADATA target ( 'GET' key *( SP key ) | 'LIST' | 'SET' key [ :value ] | 'CLEAR' | 'SYNC' ) | METADATA '*' ( 'SUB' | 'UNSUB' ) key *( SP key ) | METADATA '*' 'SUBS'
/// <summary>https://ircv3.net/specs/extensions/metadata, draft/metadata-2</summary>
internal static class MetadataCommand
{
    internal static async ValueTask RunAsync(IrcSession session, IrcMessage message)
    {
        var subcommand = message[1].ToUpperInvariant();
        if (subcommand is "SUB" or "UNSUB" or "SUBS")
            await MetadataKeys.RunAsync(session, message, subcommand);
        else if (subcommand is not ("GET" or "LIST" or "SET" or "CLEAR" or "SYNC"))
            session.Replies.Fail("METADATA", "SUBCOMMAND_INVALID", Targets.Word(message[1]), "There is no such subcommand");
        else if (subcommand is "GET" or "SET" && message.Count < 3)
            session.Replies.Add(Numeric.NeedMoreParameters, "METADATA", "Not enough parameters");
        else if (await FindAsync(session, message[0]) is not { } target)
            session.Replies.Fail("METADATA", "INVALID_TARGET", Targets.Word(message[0]), "There is nobody of this name here, and no such channel that you are in");
        else
            await AboutAsync(session, message, subcommand, target);
    }

    private static async ValueTask AboutAsync(IrcSession session, IrcMessage message, string subcommand, MetadataTarget target)
    {
        switch (subcommand)
        {
            case "GET":
                MetadataLines.Batch(session, target.Name, batch => Get(session, message, target, batch));
                break;
            case "LIST":
                MetadataLines.Batch(session, target.Name, batch =>
                {
                    foreach (var (key, value) in session.Network.Metadata.Of(target.Id))
                        MetadataLines.Value(session, target.Name, key, value, batch);
                });
                break;
            case "SYNC":
                MetadataLines.Batch(session, target.Name, batch => MetadataLines.Sync(session, target, batch));
                break;
            case "SET" when Metadata.IsKey(message[2]):
                await SetAsync(session, target, message[2], message.Count > 3 ? message : null);
                break;
            case "SET":
                session.Replies.Fail("METADATA", "KEY_INVALID", Targets.Word(message[2]), $"A key is 1 to {Metadata.MaxKey} of a-z 0-9 _ . / -");
                break;
            default:
                await ClearAsync(session, target);
                break;
        }
    }

    /// <summary>Oneself, somebody who is here, or a channel that one is in.</summary>
    private static async ValueTask<MetadataTarget?> FindAsync(IrcSession session, string name)
    {
        if (name == "*" || (session.You is { } you && name == you.Nick))
            return new MetadataTarget(session.MetadataId, session.ShownNick, Room: null, User: session.You);
        if (!session.IsRegistered)
            return null;
        if (Targets.IsChannel(name))
            return await session.Channels.FindAsync(name) is { Room: var room } live ? new MetadataTarget(room.Uid, IrcNames.ChannelOf(room)!, live, User: null) : null;
        return await session.Services.Store.FindUserAsync(name, CancellationToken.None) is { } user && session.IsOnline(user)
            ? new MetadataTarget(user.Uid, user.Nick, Room: null, user)
            : null;
    }

    private static void Get(IrcSession session, IrcMessage message, MetadataTarget target, string? batch)
    {
        var known = session.Network.Metadata.Of(target.Id).ToDictionary();
        foreach (var key in Enumerable.Range(2, message.Count - 2).Select(i => message[i]))
            if (!Metadata.IsKey(key))
                MetadataLines.Tagged(session, batch).Begin(session.Network.Server, "FAIL").Word("METADATA").Word("KEY_INVALID").Word(Targets.Word(key)).End("There can be no such key");
            else
                MetadataLines.Value(session, target.Name, key, known.GetValueOrDefault(key), batch);
    }

    private static async ValueTask SetAsync(IrcSession session, MetadataTarget target, string key, IrcMessage? message)
    {
        var value = message?[3];
        if (!await MaySetAsync(session, target))
            session.Replies.Fail("METADATA", "KEY_NO_PERMISSION", target.Name, key, "You may not change that");
        else if (message?.Parameters[3].Length > Metadata.MaxValue)
            FailValue(session, key, $"A value is at most {Metadata.MaxValue} bytes");
        else
            switch (Set(session, target, key, value))
            {
                case Metadata.Change.NotSet:
                    session.Replies.Fail("METADATA", "KEY_NOT_SET", target.Name, key, "It is not set");
                    break;
                case Metadata.Change.TooManyKeys:
                    session.Replies.Fail("METADATA", "LIMIT_REACHED", target.Name, $"There are {Metadata.MaxKeys} keys already");
                    break;
                case Metadata.Change.NoRoom:
                    session.Replies.Fail("METADATA", "LIMIT_REACHED", target.Name, $"You have said something of {Metadata.MaxChannels} channels already, or this server keeps no more");
                    break;
                case var change:
                    MetadataLines.Value(session, target.Name, key, value, batch: null);
                    if (change == Metadata.Change.Done)
                        MetadataLines.Tell(session, target, key, value);
                    break;
            }
    }

    private static Metadata.Change Set(IrcSession session, MetadataTarget target, string key, string? value) =>
        session.Network.Metadata.Set(target.Id, key, value, session.MetadataId, session.You is not { IsGuest: false });

    /// <summary>It has another name in each version.</summary>
    private static void FailValue(IrcSession session, string key, string sentence)
    {
        if (session.Caps.HasFlag(IrcCaps.Metadata3))
            session.Replies.Fail("METADATA", "INVALID_VALUE", key, sentence);
        else
            session.Replies.Fail("METADATA", "VALUE_INVALID", sentence);
    }

    private static async ValueTask ClearAsync(IrcSession session, MetadataTarget target)
    {
        if (!await MaySetAsync(session, target))
        {
            session.Replies.Fail("METADATA", "KEY_NO_PERMISSION", target.Name, "*", "You may not change that");
            return;
        }
        MetadataLines.Batch(session, target.Name, batch =>
        {
            foreach (var (key, _) in session.Network.Metadata.Of(target.Id))
                if (Set(session, target, key, value: null) == Metadata.Change.Done)
                {
                    MetadataLines.Value(session, target.Name, key, value: null, batch);
                    MetadataLines.Tell(session, target, key, value: null);
                }
        });
    }

    /// <summary>One's own, and those of channels that one moderates.</summary>
    private static async ValueTask<bool> MaySetAsync(IrcSession session, MetadataTarget target) =>
        session.You is null || (session.MayWrite && (target.Room is { } live
            ? RightsTable.Moderates(await session.Services.Store.ReadStandingAsync(live.Id, session.You.Id, CancellationToken.None))
            : target.Id == session.MetadataId));
}
