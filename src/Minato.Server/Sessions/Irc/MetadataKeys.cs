using System.Globalization;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>The keys of which a client is told what they are set to: METADATA SUB, UNSUB, SUBS.</summary>
internal static class MetadataKeys
{
    /// <summary>Keys of one client.</summary>
    internal const int Max = 50;

    /// <summary>Keys in one reply: with the longest of them it fits in a line.</summary>
    private const int KeysOfReply = 8;

    internal static ValueTask RunAsync(IrcSession session, IrcMessage message, string subcommand)
    {
        var keys = Enumerable.Range(2, Math.Max(0, message.Count - 2)).Select(i => message[i]).ToList();
        if (subcommand == "SUBS")
            MetadataLines.Batch(session, target: null, batch => Say(session, Numeric.MetadataSubs, session.MetadataKeys, batch), "metadata-subs");
        else if (keys.Count == 0)
            session.Replies.Add(Numeric.NeedMoreParameters, "METADATA", "Not enough parameters");
        else
        {
            var valid = keys.TakeWhile(k => subcommand == "UNSUB" || TryTake(session, k)).Where(k => IsKey(session, k)).Distinct().ToList();
            if (subcommand == "UNSUB")
                session.MetadataKeys = session.MetadataKeys.Except(valid);
            Say(session, subcommand == "SUB" ? Numeric.MetadataSubOk : Numeric.MetadataUnsubOk, valid, batch: null);
            if (subcommand == "SUB" && session.IsRegistered)
                MetadataLines.OnSubscribing(session, valid);
        }
        return ValueTask.CompletedTask;
    }

    /// <summary>False, and said so: it is one too many, and what follows is not looked at.</summary>
    private static bool TryTake(IrcSession session, string key)
    {
        if (!Metadata.IsKey(key) || session.MetadataKeys.Contains(key))
            return true;
        if (session.MetadataKeys.Count >= Max)
        {
            session.Replies.Fail("METADATA", "TOO_MANY_SUBS", key, $"You have {Max.ToString(CultureInfo.InvariantCulture)} keys already");
            return false;
        }
        session.MetadataKeys = session.MetadataKeys.Add(key);
        return true;
    }

    private static bool IsKey(IrcSession session, string key)
    {
        if (Metadata.IsKey(key))
            return true;
        session.Replies.Fail("METADATA", "KEY_INVALID", Targets.Word(key), $"A key is 1 to {Metadata.MaxKey} of a-z 0-9 _ . / -");
        return false;
    }

    private static void Say(IrcSession session, Numeric numeric, IEnumerable<string> keys, string? batch)
    {
        foreach (var some in keys.Chunk(KeysOfReply))
        {
            var writer = MetadataLines.Tagged(session, batch).Begin(session.Network.Server, ((int)numeric).ToString(CultureInfo.InvariantCulture)).Word(session.ShownNick);
            foreach (var key in some)
                writer.Word(key);
            writer.End();
        }
    }
}
