using Minato.Wire.WebSocket.Frames;

namespace Minato.Client;

/// <summary>How a program names a room: by its id, or as <c>"#slug"</c>. Both are taken wherever a room is asked for.</summary>
public readonly record struct RoomName
{
    private RoomName(RoomRef reference) => Ref = reference;

    internal RoomRef Ref { get; }

    public static implicit operator RoomName(Guid room) => new(new RoomRef(room, null));

    /// <exception cref="FormatException">It is neither a room's id nor <c>#slug</c>.</exception>
    public static implicit operator RoomName(string text) =>
        new(RoomRef.Parse(text) ?? throw new FormatException($"\"{text}\" is no room. Write #slug, or the room's id."));

    public override string ToString() => Ref.ToString();
}
