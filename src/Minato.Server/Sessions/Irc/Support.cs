using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>What this server can do, truly. https://modern.ircdocs.horse/#feature-advertisement</summary>
internal static class Support
{
    /// <summary>Tokens in one line.</summary>
    private const int MaxTokens = 13;

    /// <summary>Bytes of a topic that an IRC client may set: with two names of 64 bytes it fits in a line of 512.</summary>
    internal const int MaxTopic = 307;

    /// <summary>Bytes of a reason or an away message, for the same.</summary>
    internal const int MaxReason = 200;

    /// <summary>Targets of one command.</summary>
    internal const int MaxTargets = 4;

    private static readonly string[] Tokens =
    [
        $"NETWORK={IrcNetwork.Name}",
        // Names are folded by case and width in all scripts; for those of ASCII this is the same.
        "CASEMAPPING=ascii",
        $"CHANTYPES={IrcNames.ChannelTypes}",
        $"CHANMODES={IrcMasks.Modes},k,l,imnst",
        "EXCEPTS=e",
        "INVEX=I",
        $"MAXLIST={IrcMasks.Modes}:{UserPattern.MaxOfRoom}",
        $"PREFIX=({IrcModes.OfRoles}){Targets.Ranks}",
        $"STATUSMSG={Targets.Ranks}",
        $"EXTBAN=,{IrcMasks.Kinds}",
        "ACCOUNTEXTBAN=a",
        $"KEYLEN={RoomKey.MaxLength}",
        "NICKLEN=64",
        "CHANNELLEN=65",
        $"CHANLIMIT=#:{IrcChannels.Max}",
        $"TOPICLEN={MaxTopic}",
        $"KICKLEN={MaxReason}",
        $"AWAYLEN={MaxReason}",
        "USERLEN=11",
        $"NAMELEN={Registration.MaxRealname}",
        $"MODES={ChannelModes.Max}",
        $"TARGMAX=JOIN:{IrcChannels.Max},PART:{IrcChannels.Max},KICK:{MaxTargets},PRIVMSG:{MaxTargets},NOTICE:{MaxTargets},TAGMSG:{MaxTargets},NAMES:1,WHOIS:1",
        "ELIST=CMNTU",
        "BOT=B",
        $"MONITOR={Watches.Max}",
        $"CHATHISTORY={PageRequest.MaxLimit}",
        "MSGREFTYPES=msgid,timestamp",
        "WHOX",
        "UTF8ONLY",
        "LINELEN=512",
    ];

    internal static void Say(IrcReplies replies)
    {
        foreach (var tokens in Tokens.Chunk(MaxTokens))
        {
            var writer = replies.Begin(Numeric.ISupport);
            foreach (var token in tokens)
                writer.Word(token);
            writer.End("are supported by this server");
        }
    }
}
