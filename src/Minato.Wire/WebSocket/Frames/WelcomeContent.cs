using System.Text.Json;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Users;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>What the first frame tells.</summary>
/// <param name="NewSession">The session token, when it is new to the client.</param>
/// <param name="You">Null for a guest who is not durable yet; then <paramref name="Nick"/> is provisional.</param>
public sealed record WelcomeContent(
    string Server, string? NewSession, User? You, string Nick, IReadOnlyList<RoomView> Rooms, WelcomeLimits Limits)
{
    /// <summary>Whom they do not want to hear.</summary>
    public IReadOnlyList<User> Blocks { get; init; } = [];

    /// <summary>For who administers the server: how many reports are open.</summary>
    public long? OpenReports { get; init; }
}

/// <summary>The limits a client may rely on.</summary>
/// <param name="Frame">The largest message, bytes.</param>
/// <param name="InFlight">Mutations without an answer, for one connection.</param>
/// <param name="HeartbeatInterval">A client is heard at least this often.</param>
/// <param name="HeartbeatTimeout">After this much silence the connection is dead.</param>
public sealed record WelcomeLimits(int Frame, int InFlight, TimeSpan HeartbeatInterval, TimeSpan HeartbeatTimeout)
{
    private const int NameBytes = 64;

    /// <summary>The largest file, bytes; null where the server keeps none.</summary>
    public long? File { get; init; }

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("limits"u8);
        json.WriteNumber("body"u8, MessageBody.MaxBytes);
        json.WriteNumber("frame"u8, Frame);
        json.WriteNumber("nick"u8, NameBytes);
        json.WriteNumber("slug"u8, NameBytes);
        json.WriteNumber("title"u8, RoomText.MaxTitle);
        json.WriteNumber("topic"u8, RoomText.MaxTopic);
        json.WriteNumber("history"u8, PageRequest.MaxLimit);
        json.WriteNumber("inFlight"u8, InFlight);
        if (File is { } file)
            json.WriteNumber("file"u8, file);
        json.WriteEndObject();
        json.WriteStartObject("heartbeat"u8);
        json.WriteNumber("interval"u8, (long)HeartbeatInterval.TotalMilliseconds);
        json.WriteNumber("timeout"u8, (long)HeartbeatTimeout.TotalMilliseconds);
        json.WriteEndObject();
        json.WriteStartArray("capabilities"u8);
        json.WriteStringValue("history"u8);
        json.WriteStringValue("read"u8);
        json.WriteStringValue("direct"u8);
        json.WriteStringValue("mentions"u8);
        json.WriteStringValue("presence"u8);
        json.WriteStringValue("typing"u8);
        json.WriteStringValue("receipts"u8);
        json.WriteStringValue("search"u8);
        json.WriteStringValue("members"u8);
        json.WriteStringValue("links"u8);
        json.WriteStringValue("blocks"u8);
        json.WriteStringValue("reports"u8);
        json.WriteStringValue("pins"u8);
        if (File is not null)
            json.WriteStringValue("files"u8);
        json.WriteEndArray();
    }
}
