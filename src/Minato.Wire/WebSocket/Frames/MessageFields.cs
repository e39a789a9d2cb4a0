using System.Text.Json;
using Minato.Core.Messages;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>A message as of the head; what is not so is left out.</summary>
internal static class MessageFields
{
    internal static void Write(Utf8JsonWriter json, Message message)
    {
        json.WriteStartObject();
        json.WriteNumber("seq"u8, message.Seq);
        json.WriteNumber("post"u8, message.PostNo);
        json.WriteNumber("ts"u8, message.Ts);
        json.WritePropertyName("from"u8);
        EventFields.WriteUser(json, message.From);
        EventFields.WriteBody(json, message.Body);
        EventFields.WriteThread(json, message.ReplyTo, message.ThreadRoot);
        if (message.ChangedSeq != message.Seq)
            json.WriteNumber("changed"u8, message.ChangedSeq);
        if (message.EditedAt is { } edited)
            json.WriteNumber("edited"u8, edited);
        if (message.DeletedAt is { } deleted)
            json.WriteNumber("deleted"u8, deleted);
        if (message.IsPinned)
            json.WriteBoolean("pinned"u8, true);
        if (message.Reactions.Count > 0)
            WriteReactions(json, message.Reactions);
        json.WriteEndObject();
    }

    private static void WriteReactions(Utf8JsonWriter json, IReadOnlyList<Reaction> reactions)
    {
        json.WriteStartArray("reactions"u8);
        foreach (var reaction in reactions)
        {
            json.WriteStartObject();
            json.WriteString("emoji"u8, reaction.Emoji);
            json.WriteNumber("count"u8, reaction.Count);
            if (reaction.IsMine)
                json.WriteBoolean("mine"u8, true);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
