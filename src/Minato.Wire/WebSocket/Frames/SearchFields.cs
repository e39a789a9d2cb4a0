using System.Text.Json;
using Minato.Core.Rooms;
using Minato.Core.Search;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>What a search found, the newest first; each room once.</summary>
internal static class SearchFields
{
    internal static void Write(Utf8JsonWriter json, SearchPage page)
    {
        json.WriteBoolean("complete"u8, page.IsComplete);
        if (page.Next is { } next)
            json.WriteNumber("next"u8, next);
        json.WriteStartArray("rooms"u8);
        foreach (var room in page.Results.Select(r => r.Found.Room).DistinctBy(r => r.Id))
            WriteRoom(json, room);
        json.WriteEndArray();
        json.WriteStartArray("results"u8);
        foreach (var result in page.Results)
            WriteResult(json, result);
        json.WriteEndArray();
    }

    private static void WriteRoom(Utf8JsonWriter json, Room room)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, room.Uid);
        json.WriteString("kind"u8, EventFields.Kind(room.Kind));
        if (room.Slug is { } slug)
            json.WriteString("slug"u8, slug);
        json.WriteString("title"u8, room.Title);
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, SearchResult result)
    {
        json.WriteStartObject();
        json.WriteString("room"u8, result.Found.Room.Uid);
        json.WritePropertyName("message"u8);
        MessageFields.Write(json, result.Found.Message);
        json.WriteStartArray("snippet"u8);
        foreach (var part in result.Snippet)
        {
            json.WriteStartObject();
            json.WriteString("text"u8, part.Text);
            if (part.IsHit)
                json.WriteBoolean("hit"u8, true);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
