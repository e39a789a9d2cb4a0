using Minato.Core.Users;
using Minato.Server.Rooms;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// METADATA target key visibility [ :value ]     761 client target key visibility :value     766 client target key :…
/// <summary>What clients are told of metadata: as an answer, when it changes, and of those they come upon in a channel.</summary>
internal static class MetadataLines
{
    /// <summary>Everybody may see all of it.</summary>
    private const string Visibility = "*";

    /// <summary>Lines that a client is told when it enters a channel or subscribes; of more it is told to ask: SYNC.</summary>
    private const int MaxAtOnce = 200;

    /// <summary>Lines of one SYNC: 2,000, some 200 KiB as they usually are. Of more it is said that there are more.</summary>
    internal const int MaxOfSync = 2_000;

    /// <summary>People who are looked at when somebody subscribes, in all of up to 250 channels.</summary>
    private const int MaxLookedAt = 1_000;

    /// <summary>A writer whose line is part of the batch, where there is one.</summary>
    internal static IrcWriter Tagged(IrcSession session, string? batch) => batch is null ? session.Replies.Writer : session.Replies.Writer.Tag("batch", batch);

    /// <param name="target">Null: none is named.</param>
    internal static void Batch(IrcSession session, string? target, Action<string?> write, string type = "metadata")
    {
        var batch = session.Caps.HasFlag(IrcCaps.Batch) ? session.Replies.NextBatch() : null;
        if (batch is not null)
        {
            var writer = session.Replies.Begin("BATCH").Word($"+{batch}").Word(type);
            if (target is not null)
                writer.Word(target);
            writer.End();
        }
        write(batch);
        if (batch is not null)
            session.Replies.Begin("BATCH").Word($"-{batch}").End();
    }

    /// <param name="value">Null: it is not set.</param>
    internal static void Value(IrcSession session, string target, string key, string? value, string? batch) => Value(Tagged(session, batch), session, target, key, value);

    // 760 client target key visibility :value
    internal static void InWhois(IrcSession session, User user)
    {
        if (session.Caps.HasAny(IrcCaps.Metadata))
            foreach (var (key, value) in session.Network.Metadata.Of(user.Uid))
                session.Replies.Begin(Numeric.WhoisKeyValue).Word(user.Nick).Word(key).Word(Visibility).End(value);
    }

    /// <summary>Tells of a change whoever shares a channel with its subject, or waits for them, and wants to know of this key.</summary>
    internal static void Tell(IrcSession session, MetadataTarget target, string key, string? value)
    {
        if (session.You is not { } you)
            return;
        var witnesses = new HashSet<Session>();
        if (target.Room is { } live)
            live.AddWitnesses(witnesses);
        else
        {
            foreach (var room in session.Rooms)
                room.AddWitnesses(witnesses);
            witnesses.UnionWith(session.Network.Watches.Of(you).Where(w => w.Caps.HasFlag(IrcCaps.ExtendedMonitor)));
        }
        Tell(session, witnesses, target.Name, [new(key, value)]);
    }

    /// <summary>Of oneself, whatever the keys, when one has come in.</summary>
    internal static void Own(IrcSession session)
    {
        if (session.Caps.HasAny(IrcCaps.Metadata))
            Batch(session, session.Nick, batch =>
            {
                foreach (var (key, value) in session.Network.Metadata.Of(session.MetadataId))
                    News(Tagged(session, batch), session, session.Network.FaceOf(session.You!).Mask(session.You!), session.Nick, key, value);
            });
    }

    /// <summary>All that is known of somebody, or of a channel and those in it, by the keys that the client wants to know of.</summary>
    internal static void Sync(IrcSession session, MetadataTarget target, string? batch)
    {
        var known = (target.Room is { } live ? Of(session, live, target.Name, session.MetadataKeys) : Of(session, target.Id, target.Name, session.MetadataKeys)).Take(MaxOfSync + 1).ToList();
        foreach (var (name, key, value) in known.Take(MaxOfSync))
            News(Tagged(session, batch), session, session.Network.Server, name, key, value);
        if (known.Count > MaxOfSync)
            session.Replies.Begin("WARN").Word("METADATA").Word("LIMIT_REACHED").Word(target.Name).End($"There is more than the {MaxOfSync} that were told: ask for fewer keys, or for one person");
    }

    /// <summary>Of all channels that the client is in, by the keys that it has just asked for.</summary>
    internal static void OnSubscribing(IrcSession session, IReadOnlyCollection<string> keys)
    {
        var (lines, people) = (MaxAtOnce, MaxLookedAt);
        foreach (var live in session.Rooms)
        {
            if (IrcNames.ChannelOf(live.Room) is not { } channel)
                continue;
            var there = 0;
            live.LookAtRoster(users => there = users.Count);
            var isLooked = lines > 0 && there <= people;
            var known = isLooked ? Of(session, live, channel, keys).Take(lines + 1).ToList() : [];
            people -= isLooked ? there : 0;
            if (!isLooked || known.Count > lines)
                Later(session.Replies.Writer, session, channel);
            else
                foreach (var (name, key, value) in known)
                    News(session.Replies.Writer, session, session.Network.Server, name, key, value);
            lines -= Math.Min(lines, known.Count);
        }
    }

    /// <summary>When one enters a channel: what those are told who are there.</summary>
    internal static void TellOwn(IrcSession session, LiveRoom live)
    {
        var own = session.Network.Metadata.Of(session.MetadataId);
        if (own.Count == 0)
            return;
        var witnesses = new HashSet<Session>();
        live.AddWitnesses(witnesses);
        Tell(session, witnesses, session.Nick, [.. own.Select(o => new KeyValuePair<string, string?>(o.Key, o.Value))]);
    }

    /// <summary>What those are told who come into a channel, or to whom it is another one.</summary>
    internal static byte[] OnEntering(IrcSession session, LiveRoom live, string channel)
    {
        if (!session.Caps.HasAny(IrcCaps.Metadata))
            return [];
        var known = Of(session, live, channel, session.MetadataKeys).Take(MaxAtOnce + 1).ToList();
        return IrcFormat.Written(output =>
        {
            if (known.Count > MaxAtOnce)
                Later(new IrcWriter(output), session, channel);
            else
                foreach (var (name, key, value) in known)
                    News(new IrcWriter(output), session, session.Network.Server, name, key, value);
        });
    }

    /// <summary>Of a channel and of those in it.</summary>
    private static IEnumerable<(string Name, string Key, string Value)> Of(IrcSession session, LiveRoom live, string channel, IReadOnlyCollection<string> keys)
    {
        if (keys.Count == 0)
            return [];
        IReadOnlyList<User> users = [];
        live.LookAtRoster(all => users = [.. all]);
        return Of(session, live.Room.Uid, channel, keys).Concat(users.Where(u => u.Id != session.You!.Id).SelectMany(u => Of(session, u.Uid, u.Nick, keys)));
    }

    private static IEnumerable<(string Name, string Key, string Value)> Of(IrcSession session, Guid id, string name, IReadOnlyCollection<string> keys) =>
        session.Network.Metadata.Of(id).Where(k => keys.Contains(k.Key)).Select(k => (name, k.Key, k.Value));

    private static void Tell(IrcSession session, IEnumerable<Session> witnesses, string target, IReadOnlyList<KeyValuePair<string, string?>> news)
    {
        var source = session.Network.FaceOf(session.You!).Mask(session.You!);
        foreach (var witness in witnesses.OfType<IrcSession>().Where(w => w != session && w.Caps.HasAny(IrcCaps.Metadata)))
            foreach (var (key, value) in news.Where(n => witness.MetadataKeys.Contains(n.Key)))
                witness.Say(output => News(new IrcWriter(output), witness, source, target, key, value));
    }

    // 774 client target
    private static void Later(IrcWriter writer, IrcSession session, string channel) =>
        writer.Begin(session.Network.Server, "774").Word(session.Nick).Word(channel).End();

    /// <summary>What nobody asked for at this moment: in version 3 the same line as an answer.</summary>
    private static void News(IrcWriter writer, IrcSession receiver, string source, string target, string key, string? value)
    {
        if (receiver.Caps.HasFlag(IrcCaps.Metadata3))
        {
            Value(writer, receiver, target, key, value);
            return;
        }
        writer.Begin(source, "METADATA").Word(target).Word(key).Word(Visibility);
        if (value is null)
            writer.End();
        else
            writer.End(value);
    }

    private static void Value(IrcWriter writer, IrcSession receiver, string target, string key, string? value)
    {
        if (value is null)
            writer.Begin(receiver.Network.Server, "766").Word(receiver.ShownNick).Word(target).Word(key).End("is not set");
        else
            writer.Begin(receiver.Network.Server, "761").Word(receiver.ShownNick).Word(target).Word(key).Word(Visibility).End(value);
    }
}
