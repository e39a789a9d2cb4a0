using System.Text.Json;
using Minato.Core.Commands;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>The ids of a frame that was not understood, wherever in it they stand: its sender is to learn which one it was.</summary>
internal static class FrameIds
{
    /// <summary>As far as the text is JSON. An id is given back only if it is one, and there once.</summary>
    internal static (string? Cid, string? Rid) Find(ReadOnlySpan<byte> json)
    {
        var cid = new Id();
        var rid = new Id();
        try
        {
            var reader = new Utf8JsonReader(json);
            var isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
            while (isObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("cid"u8))
                    cid.Read(ref reader);
                else if (reader.ValueTextEquals("rid"u8))
                    rid.Read(ref reader);
                else
                    reader.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Broken off here, or half a surrogate pair: what was found until then stands.
        }
        return (cid.Value, rid.Value);
    }

    private struct Id
    {
        /// <summary>Bytes of an id of which every character is written as \uXXXX.</summary>
        private const int MaxSize = 6 * ClientId.MaxLength;

        private bool _isThere;

        internal string? Value { get; private set; }

        internal void Read(ref Utf8JsonReader reader)
        {
            reader.Read();
            Value = !_isThere && reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= MaxSize && ClientId.TryCreate(reader.GetString()!, out var id)
                ? id.Value
                : null;
            _isThere = true;
            reader.Skip();
        }
    }
}
