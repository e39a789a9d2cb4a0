using System.Text.Json;
using Minato.Core.Rooms;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>What a room restricts, in the protocol's words.</summary>
internal static class RestrictionNames
{
    private static readonly (Restrictions One, string Name)[] All =
    [
        (Restrictions.InviteOnly, "invite_only"),
        (Restrictions.TopicLocked, "topic_locked"),
        (Restrictions.Unlisted, "unlisted"),
        (Restrictions.MembersOnly, "members_only"),
    ];

    /// <summary>Null: there is none of that name.</summary>
    internal static Restrictions? Parse(string name) => Array.Find(All, r => r.Name == name) is { Name: not null } known ? known.One : null;

    /// <summary>A list of them, unless it is empty.</summary>
    internal static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> field, Restrictions restrictions)
    {
        if (restrictions == Restrictions.None)
            return;
        json.WriteStartArray(field);
        foreach (var (one, name) in All)
            if (restrictions.HasFlag(one))
                json.WriteStringValue(name);
        json.WriteEndArray();
    }

    internal static Restrictions Read(JsonFields fields, string field) =>
        (fields.OptionalTexts(field) ?? []).Aggregate(Restrictions.None, (all, name) => all | (Parse(name) ?? Restrictions.None));
}
