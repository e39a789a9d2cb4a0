using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Wire.Http;

/// <summary>What a request wants changed about a room: one thing, because each is an event of its own with an answer of its own.</summary>
internal static class RoomChange
{
    internal static MutationFrame Build(ClientId cid, RoomRef room, FrameFields f)
    {
        var changes = new List<MutationFrame>(1);
        if (f.Title is { } title)
            changes.Add(new TitleFrame(cid, room, title));
        if (f.Slug is { } slug)
            changes.Add(new SlugFrame(cid, room, slug));
        if (f.Topic is { } topic)
            changes.Add(new TopicFrame(cid, room, topic));
        if (f.Archived is { } archived)
            changes.Add(new ArchiveFrame(cid, room, archived));
        if (ClientFrameReader.History(f) is { } history)
            changes.Add(new NewcomersFrame(cid, room, history));
        if (f.HasRetention)
            changes.Add(new RetentionFrame(cid, room, f.Days));
        if (ClientFrameReader.Posting(f) is { } posting)
            changes.Add(new PostingFrame(cid, room, posting));
        if (f.HasSlow)
            changes.Add(new SlowFrame(cid, room, f.Seconds));
        if (f.Restrict is not null || f.Free is not null)
            changes.Add(new RestrictFrame(cid, room, f.Restrict ?? Restrictions.None, f.Free ?? Restrictions.None));
        if (f.HasCapacity)
            changes.Add(new CapacityFrame(cid, room, f.Members));
        if (f.HasKey)
            changes.Add(new KeyFrame(cid, room, f.Key));
        return changes.Count == 1
            ? changes[0]
            : throw new FrameException(
                "bad_frame", "Change one of \"title\", \"slug\", \"topic\", \"archived\", \"history\", \"retention\", \"posting\", \"slow\", \"restrict\" with \"free\", \"capacity\" and \"key\" at a time: each is an event of its own.");
    }
}
