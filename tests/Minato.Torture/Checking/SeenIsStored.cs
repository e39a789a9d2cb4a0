using Minato.Core.Events;
using Minato.Torture.Histories;

namespace Minato.Torture.Checking;

/// <summary>What anybody was shown is what the log has, field for field.</summary>
internal sealed class SeenIsStored(Record record) : IClientCheck
{
    /// <summary>By their types in frames: all that there are, however rarely they are made here.</summary>
    internal static readonly IReadOnlyDictionary<string, EventKind> Kinds = new Dictionary<string, EventKind>()
    {
        ["create"] = EventKind.Created,
        ["post"] = EventKind.Posted,
        ["join"] = EventKind.Joined,
        ["leave"] = EventKind.Left,
        ["topic"] = EventKind.TopicChanged,
        ["edit"] = EventKind.Edited,
        ["delete"] = EventKind.Deleted,
        ["react"] = EventKind.Reacted,
        ["pin"] = EventKind.PinChanged,
        ["invite"] = EventKind.Invited,
        ["kick"] = EventKind.Kicked,
        ["ban"] = EventKind.Banned,
        ["unban"] = EventKind.Unbanned,
        ["mute"] = EventKind.Muted,
        ["unmute"] = EventKind.Unmuted,
        ["role"] = EventKind.RoleChanged,
        ["title"] = EventKind.TitleChanged,
        ["slug"] = EventKind.SlugChanged,
        ["archive"] = EventKind.ArchiveChanged,
        ["newcomers"] = EventKind.HistoryChanged,
        ["retention"] = EventKind.RetentionChanged,
        ["erase"] = EventKind.MessagesErased,
        ["posting"] = EventKind.PostingChanged,
        ["slow"] = EventKind.SlowModeChanged,
        ["transfer"] = EventKind.Transferred,
        ["restrict"] = EventKind.RestrictionsChanged,
        ["capacity"] = EventKind.MemberLimitChanged,
        ["key"] = EventKind.KeyChanged,
        ["pattern"] = EventKind.PatternChanged,
    };

    public IEnumerable<Violation> Of(IReadOnlyList<Entry> entries)
    {
        foreach (var saw in entries.OfType<Saw>())
        {
            if (record.At(saw.Room, saw.Seq) is not { } stored)
                yield return new Violation("G1", $"{saw.Actor} was shown {saw.Seq} of {saw.Room}, which the log does not have.", saw);
            else if (!Kinds.TryGetValue(saw.Type, out var kind) || kind != stored.Kind || saw.Ts != stored.Ts || saw.User != stored.User
                || saw.Type == "post" && saw.Post != stored.Post || saw.Type is "edit" or "delete" or "react" && saw.Target != stored.Target
                || saw.Subject != "-" && saw.Subject != stored.Subject)
                yield return new Violation("G3", $"{saw.Actor} was shown another {saw.Seq} of {saw.Room} than the log has: {stored}", saw);
            else if (Record.HasBody(kind) && saw.Text == "!" && !stored.Erased && !IsToBeErased(stored))
                yield return new Violation("G1", $"{saw.Actor} was shown {saw.Seq} of {saw.Room} as erased, and it is not: {stored}", saw);
            else if (Record.HasBody(kind) && saw.Text != "!" && record.TextAt(saw.Room, saw.Seq) is { } text && text != saw.Text)
                yield return new Violation("G3", $"{saw.Actor} was shown another text at {saw.Seq} of {saw.Room} than was written there, {text}.", saw);
        }
    }

    /// <summary>All that somebody wrote is erased at once for whoever asks, and in the tables a slice at a time: a power loss comes in between.</summary>
    private bool IsToBeErased(LogEvent stored) =>
        record.Rooms[stored.Room].Any(e => e.Kind == EventKind.MessagesErased && e.Subject == stored.User && e.Seq > stored.Seq);
}
