using System.Text.Json;
using Minato.Core.Rooms;

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

    private void ReadKey(ref Utf8JsonReader reader)
    {
        Once("key", HasKey ? true : null);
        HasKey = true;
        if (reader.TokenType != JsonTokenType.Null)
            Key = Text(ref reader, "key", before: null);
    }

    private void ReadCapacity(ref Utf8JsonReader reader)
    {
        Once("capacity", HasCapacity ? true : null);
        HasCapacity = true;
        if (reader.TokenType != JsonTokenType.Null)
            Members = Number(ref reader, "capacity", before: null);
    }

    private static Restrictions ReadRestrictions(ref Utf8JsonReader reader, scoped ReadOnlySpan<char> name, Restrictions? before)
    {
        Once(name, before);
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Bad($"\"{name}\" is not a list.");
        var all = Restrictions.None;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            all |= RestrictionNames.Parse(Text(ref reader, name, before: null))
                ?? throw Bad($"\"{name}\" names invite_only, topic_locked, unlisted and members_only.");
        return all;
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
