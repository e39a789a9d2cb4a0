using System.Text.Json;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>{"ver":1,"client":C,"auth":{…},"resume":{"rooms":{R:seq}},"want":[…]}: all but <c>ver</c> may be left out.</summary>
internal static class HelloFields
{
    internal static void Write(Utf8JsonWriter json, HelloFrame hello)
    {
        json.WriteNumber("ver"u8, 1);
        if (hello.Client is { } client)
            json.WriteString("client"u8, client);
        if (hello.Session is not null || hello.Token is not null || hello.Ticket is not null)
            WriteAuth(json, hello);
        if (hello.Resume.Count > 0)
            WriteResume(json, hello.Resume);
        if (hello.Wants != Wants.None)
            WriteWants(json, hello.Wants);
    }

    private static void WriteAuth(Utf8JsonWriter json, HelloFrame hello)
    {
        json.WriteStartObject("auth"u8);
        if (hello.Session is { } session)
            json.WriteString("session"u8, session);
        if (hello.Token is { } token)
            json.WriteString("token"u8, token);
        if (hello.Ticket is { } ticket)
            json.WriteString("ticket"u8, ticket);
        json.WriteEndObject();
    }

    private static void WriteResume(Utf8JsonWriter json, IReadOnlyList<(RoomRef Room, long Seq)> rooms)
    {
        json.WriteStartObject("resume"u8);
        json.WriteStartObject("rooms"u8);
        foreach (var (room, seq) in rooms)
            json.WriteNumber(room.ToString(), seq);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteWants(Utf8JsonWriter json, Wants wants)
    {
        json.WriteStartArray("want"u8);
        if (wants.HasFlag(Wants.Presence))
            json.WriteStringValue("presence"u8);
        if (wants.HasFlag(Wants.Typing))
            json.WriteStringValue("typing"u8);
        if (wants.HasFlag(Wants.Receipts))
            json.WriteStringValue("receipts"u8);
        json.WriteEndArray();
    }
}
