using System.Text.Json;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>Fields about rooms that are more than a text or a number.</summary>
internal sealed partial class FrameFields
{
    private void ReadRetention(ref Utf8JsonReader reader)
    {
        Once("retention", HasRetention ? true : null);
        HasRetention = true;
        if (reader.TokenType != JsonTokenType.Null)
            Days = Number(ref reader, "retention", before: null);
    }

    private void ReadSlow(ref Utf8JsonReader reader)
    {
        Once("slow", HasSlow ? true : null);
        HasSlow = true;
        if (reader.TokenType != JsonTokenType.Null)
            Seconds = Number(ref reader, "slow", Seconds);
    }

    private void ReadUsers(ref Utf8JsonReader reader)
    {
        Once("users", Users);
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Bad("\"users\" is not a list.");
        Users = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Users.Count == MaxUsers)
                throw Bad($"\"users\" names more than {MaxUsers}.");
            Users.Add(Text(ref reader, "users", before: null));
        }
    }
}
