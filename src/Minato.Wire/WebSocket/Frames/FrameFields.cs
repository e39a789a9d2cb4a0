using System.Globalization;
using System.Text.Json;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>The known fields of one frame, each of the right JSON type and there at most once. Unknown ones are passed over.</summary>
/// <param name="isChange">Whether it is what a request wants changed about a room: then <c>archived</c> and <c>retention</c> are known, too.</param>
internal sealed class FrameFields(bool isChange = false)
{
    /// <summary>Rooms in one <c>resume</c>: more than anybody is in, and few enough to look up.</summary>
    private const int MaxResume = 1_000;

    internal string? Op { get; private set; }
    internal string? Cid { get; private set; }
    internal string? Rid { get; private set; }
    internal string? Room { get; private set; }
    internal string? Nick { get; private set; }
    internal string? Kind { get; private set; }
    internal string? Slug { get; private set; }
    internal string? Title { get; private set; }
    internal string? Topic { get; private set; }
    internal string? History { get; private set; }
    internal long? Days { get; private set; }
    internal string? User { get; private set; }
    internal string? Role { get; private set; }
    internal long? Until { get; private set; }
    internal string? Emoji { get; private set; }
    internal bool? On { get; private set; }
    internal long? ReplyTo { get; private set; }
    internal string? Query { get; private set; }
    internal byte[]? Body { get; private set; }
    internal long? Seq { get; private set; }
    internal long? Before { get; private set; }
    internal long? After { get; private set; }

    /// <summary>The same field where it is a string: it names a user, not a message.</summary>
    internal string? AfterUser { get; private set; }
    internal long? Around { get; private set; }
    internal long? Thread { get; private set; }
    internal long? Limit { get; private set; }
    internal long? Wait { get; private set; }
    internal string? List { get; private set; }
    internal long? Ver { get; private set; }
    internal string? Session { get; private set; }
    internal string? Token { get; private set; }
    internal bool? Archived { get; private set; }

    /// <summary>Whether it was said how long the room keeps what is said; <see cref="Days"/> is null for: for ever.</summary>
    internal bool HasRetention { get; private set; }
    internal Wants Wants { get; private set; }
    internal List<(string Room, long Seq)> Resume { get; } = [];

    /// <summary>What was read before an exception stands: the id that the answer belongs to may be among it.</summary>
    /// <exception cref="JsonException">Not one JSON object, or a field of the wrong type or twice.</exception>
    internal void Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 32 });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("A frame is one JSON object.");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            ReadField(ref reader);
        if (reader.Read())
            throw new JsonException("Something follows the JSON object.");
    }

    /// <summary>Takes a value that is no JSON: a part of an address, or a header. The JSON must not say it again.</summary>
    /// <exception cref="JsonException">Not of the field's type, or there already.</exception>
    internal void Set(string name, string text)
    {
        switch (name)
        {
            case "cid": Cid = Given(name, text, Cid); break;
            case "room": Room = Given(name, text, Room); break;
            case "user": User = Given(name, text, User); break;
            case "emoji": Emoji = Given(name, text, Emoji); break;
            case "query": Query = Given(name, text, Query); break;
            case "seq": Seq = GivenNumber(name, text, Seq); break;
            case "before": Before = GivenNumber(name, text, Before); break;
            case "after" when IsNumber(text, out _): After = GivenNumber(name, text, After ?? (object?)AfterUser); break;
            case "after": AfterUser = Given(name, text, AfterUser ?? (object?)After); break;
            case "around": Around = GivenNumber(name, text, Around); break;
            case "thread": Thread = GivenNumber(name, text, Thread); break;
            case "limit": Limit = GivenNumber(name, text, Limit); break;
            case "wait": Wait = GivenNumber(name, text, Wait); break;
            case "list": List = Given(name, text, List); break;
            default: throw new ArgumentOutOfRangeException(nameof(name), name, "No address says this.");
        }
    }

    /// <summary>What the address itself says by its method.</summary>
    internal void TurnOn(bool on) => On = on;

    private void ReadField(ref Utf8JsonReader reader)
    {
        var name = reader.GetString()!;
        reader.Read();
        switch (name)
        {
            case "archived" when isChange: Archived = Flag(ref reader, name, Archived); break;
            case "retention" when isChange: ReadRetention(ref reader); break;
            case "op": Op = Text(ref reader, name, Op); break;
            case "cid": Cid = Text(ref reader, name, Cid); break;
            case "rid": Rid = Text(ref reader, name, Rid); break;
            case "room": Room = Text(ref reader, name, Room); break;
            case "nick": Nick = Text(ref reader, name, Nick); break;
            case "kind": Kind = Text(ref reader, name, Kind); break;
            case "slug": Slug = Text(ref reader, name, Slug); break;
            case "title": Title = Text(ref reader, name, Title); break;
            case "topic": Topic = Text(ref reader, name, Topic); break;
            case "history": History = Text(ref reader, name, History); break;
            case "days": Days = Number(ref reader, name, Days); break;
            case "user": User = Text(ref reader, name, User); break;
            case "role": Role = Text(ref reader, name, Role); break;
            case "until": Until = Number(ref reader, name, Until); break;
            case "emoji": Emoji = Text(ref reader, name, Emoji); break;
            case "on": On = Flag(ref reader, name, On); break;
            case "replyTo": ReplyTo = Number(ref reader, name, ReplyTo); break;
            case "query": Query = Text(ref reader, name, Query); break;
            case "body": Body = Bytes(ref reader, name, Body); break;
            case "seq": Seq = Number(ref reader, name, Seq); break;
            case "before": Before = Number(ref reader, name, Before); break;
            case "after" when reader.TokenType == JsonTokenType.String: AfterUser = Text(ref reader, name, AfterUser ?? (object?)After); break;
            case "after": After = Number(ref reader, name, After ?? (object?)AfterUser); break;
            case "around": Around = Number(ref reader, name, Around); break;
            case "thread": Thread = Number(ref reader, name, Thread); break;
            case "limit": Limit = Number(ref reader, name, Limit); break;
            case "ver": Ver = Number(ref reader, name, Ver); break;
            case "auth": ReadAuth(ref reader); break;
            case "want": ReadWants(ref reader); break;
            case "resume": ReadResume(ref reader); break;
            default: reader.Skip(); break;
        }
    }

    private void ReadRetention(ref Utf8JsonReader reader)
    {
        Once("retention", HasRetention ? true : null);
        HasRetention = true;
        if (reader.TokenType != JsonTokenType.Null)
            Days = Number(ref reader, "retention", before: null);
    }

    private void ReadAuth(ref Utf8JsonReader reader)
    {
        Enter(ref reader, "auth");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (name == "session")
                Session = Text(ref reader, name, Session);
            else if (name == "token")
                Token = Text(ref reader, name, Token);
            else
                reader.Skip();
        }
    }

    private void ReadResume(ref Utf8JsonReader reader)
    {
        Enter(ref reader, "resume");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var isRooms = reader.ValueTextEquals("rooms"u8);
            reader.Read();
            if (!isRooms)
            {
                reader.Skip();
                continue;
            }
            Enter(ref reader, "rooms");
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var room = reader.GetString()!;
                reader.Read();
                Resume.Add((room, Number(ref reader, room, null)));
                if (Resume.Count > MaxResume)
                    throw new JsonException($"\"resume\" names more than {MaxResume} rooms.");
            }
        }
    }

    /// <summary>What this server cannot tell is passed over.</summary>
    private void ReadWants(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("\"want\" is not a list.");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            Wants |= Text(ref reader, "want", before: null) switch
            {
                "presence" => Wants.Presence,
                "typing" => Wants.Typing,
                "receipts" => Wants.Receipts,
                _ => Wants.None,
            };
    }

    private static void Enter(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException($"\"{name}\" is not an object.");
    }

    private static string Text(ref Utf8JsonReader reader, string name, object? before)
    {
        Once(name, before);
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException($"\"{name}\" is not a string.");
        return reader.GetString()!;
    }

    private static byte[] Bytes(ref Utf8JsonReader reader, string name, byte[]? before)
    {
        Once(name, before);
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException($"\"{name}\" is not a string.");
        if (!reader.ValueIsEscaped)
            return reader.ValueSpan.ToArray();
        var unescaped = new byte[reader.ValueSpan.Length];
        return unescaped[..reader.CopyString(unescaped)];
    }

    private static long Number(ref Utf8JsonReader reader, string name, object? before)
    {
        Once(name, before);
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var value) || value < 0)
            throw new JsonException($"\"{name}\" is not a whole number from 0 on.");
        return value;
    }

    private static bool Flag(ref Utf8JsonReader reader, string name, bool? before)
    {
        Once(name, before);
        return reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            _ => throw new JsonException($"\"{name}\" is neither true nor false."),
        };
    }

    private static string Given(string name, string text, object? before)
    {
        Once(name, before);
        return text;
    }

    private static long GivenNumber(string name, string text, object? before)
    {
        Once(name, before);
        return IsNumber(text, out var value) ? value : throw new JsonException($"\"{name}\" is not a whole number from 0 on.");
    }

    private static bool IsNumber(string text, out long value) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static void Once(string name, object? before)
    {
        if (before is not null)
            throw new JsonException($"\"{name}\" is there twice.");
    }
}
