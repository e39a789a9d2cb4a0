using System.Text.Json;
using Minato.Core.Rooms;
using Minato.Wire.Http;

namespace Minato.Wire.WebSocket.Frames;

// A frame is I-JSON: https://www.rfc-editor.org/rfc/rfc7493#section-2 — no name twice, no half of a surrogate pair, no number past 2^53 − 1.
/// <summary>
/// The known fields of one frame, each of the right JSON type and there at most once: of two, different readers would believe different
/// ones. Unknown ones are passed over.
/// </summary>
/// <param name="request">
/// What an HTTP request is about, null for a frame: of a <c>change</c> of a room, <c>archived</c>, <c>retention</c>, <c>slow</c> and <c>capacity</c> are known, too, of a <c>ticket</c> the
/// <c>person</c>, of what is about accounts what stands in <c>FrameFields.Accounts.cs</c>.
/// </param>
internal sealed partial class FrameFields(string? request = null)
{
    /// <summary>Rooms in one <c>resume</c>: more than anybody is in, and few enough to look up.</summary>
    private const int MaxResume = 1_000;

    /// <summary>People in one <c>users</c>: more than a direct room has, so that it is the room that says how many.</summary>
    private const int MaxUsers = 20;

    /// <summary>Levels of arrays and objects; the frames of the page have four.</summary>
    private const int MaxDepth = 32;

    /// <summary>Bytes of a known field's name, each of its characters written as \uXXXX.</summary>
    private const int MaxName = 6 * 10;

    /// <summary>2^53 − 1, the last whole number that every reader of JSON holds exactly.</summary>
    private const long MaxNumber = (1L << 53) - 1;

    private bool? _auth;
    private bool? _want;
    private bool? _resume;

    internal string? Op { get; private set; }
    internal string? Cid { get; private set; }
    internal string? Rid { get; private set; }
    internal string? Room { get; private set; }
    internal string? Nick { get; private set; }
    internal string? Person { get; private set; }
    internal string? Kind { get; private set; }
    internal string? Slug { get; private set; }
    internal string? Title { get; private set; }
    internal string? Topic { get; private set; }
    internal string? History { get; private set; }
    internal long? Days { get; private set; }
    internal string? User { get; private set; }
    internal List<string>? Users { get; private set; }
    internal string? Link { get; private set; }
    internal string? Posting { get; private set; }
    internal long? Seconds { get; private set; }
    internal string? Key { get; private set; }
    internal string? Pattern { get; private set; }
    internal long? Members { get; private set; }
    internal Restrictions? Restrict { get; private set; }
    internal Restrictions? Free { get; private set; }
    internal long? Uses { get; private set; }
    internal string? Role { get; private set; }
    internal long? Until { get; private set; }
    internal string? Emoji { get; private set; }
    internal bool? On { get; private set; }
    internal long? ReplyTo { get; private set; }
    internal string? Query { get; private set; }
    internal string? Reason { get; private set; }
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
    internal string? Ticket { get; private set; }
    internal bool? Archived { get; private set; }

    /// <summary>Whether it was said how long the room keeps what is said; <see cref="Days"/> is null for: for ever.</summary>
    internal bool HasRetention { get; private set; }

    /// <summary>The same of the key.</summary>
    internal bool HasKey { get; private set; }

    /// <summary>The same of how many it takes, with <see cref="Members"/>.</summary>
    internal bool HasCapacity { get; private set; }

    /// <summary>The same of slow mode, with <see cref="Seconds"/>.</summary>
    internal bool HasSlow { get; private set; }
    internal Wants Wants { get; private set; }
    internal OrderedDictionary<string, long> Resume { get; } = [];

    /// <summary>What was read before an exception stands: the id that the answer belongs to may be among it.</summary>
    /// <exception cref="JsonException">Not JSON, or nested too deep.</exception>
    /// <exception cref="InvalidOperationException">A string has half a surrogate pair.</exception>
    /// <exception cref="FrameException">Not one object, or a field of the wrong type or twice.</exception>
    internal void Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw Bad("A frame is one JSON object.");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            ReadField(ref reader);
        if (reader.Read())
            throw Bad("Something follows the JSON object.");
    }

    private void ReadField(ref Utf8JsonReader reader)
    {
        Span<char> characters = stackalloc char[MaxName];
        var isShort = reader.ValueSpan.Length <= MaxName;
        ReadOnlySpan<char> name = isShort ? characters[..reader.CopyString(characters)] : default;
        // Only so that half a surrogate pair is wrong in every name.
        if (!isShort && reader.ValueIsEscaped)
            reader.GetString();
        reader.Read();
        switch (name)
        {
            case "archived" when request == "change": Archived = Flag(ref reader, name, Archived); break;
            case "retention" when request == "change": ReadRetention(ref reader); break;
            case "slow" when request == "change": ReadSlow(ref reader); break;
            case "op": Op = Text(ref reader, name, Op); break;
            case "cid": Cid = Text(ref reader, name, Cid); break;
            case "rid": Rid = Text(ref reader, name, Rid); break;
            case "room": Room = Text(ref reader, name, Room); break;
            case "nick": Nick = Text(ref reader, name, Nick); break;
            case "person" when request == "ticket": Person = Text(ref reader, name, Person); break;
            case "kind": Kind = Text(ref reader, name, Kind); break;
            case "slug": Slug = Text(ref reader, name, Slug); break;
            case "title": Title = Text(ref reader, name, Title); break;
            case "topic": Topic = Text(ref reader, name, Topic); break;
            case "history": History = Text(ref reader, name, History); break;
            case "days": Days = Number(ref reader, name, Days); break;
            case "user": User = Text(ref reader, name, User); break;
            case "users": ReadUsers(ref reader); break;
            case "link": Link = Text(ref reader, name, Link); break;
            case "posting": Posting = Text(ref reader, name, Posting); break;
            case "seconds": Seconds = Number(ref reader, name, Seconds); break;
            case "key" when request == "change": ReadKey(ref reader); break;
            case "capacity" when request == "change": ReadCapacity(ref reader); break;
            case "key": Key = Text(ref reader, name, Key); break;
            case "list": List = Text(ref reader, name, List); break;
            case "pattern": Pattern = Text(ref reader, name, Pattern); break;
            case "members": Members = Number(ref reader, name, Members); break;
            case "restrict": Restrict = ReadRestrictions(ref reader, name, Restrict); break;
            case "free": Free = ReadRestrictions(ref reader, name, Free); break;
            case "uses": Uses = Number(ref reader, name, Uses); break;
            case "role": Role = Text(ref reader, name, Role); break;
            case "until": Until = Number(ref reader, name, Until); break;
            case "emoji": Emoji = Text(ref reader, name, Emoji); break;
            case "on": On = Flag(ref reader, name, On); break;
            case "replyTo": ReplyTo = Number(ref reader, name, ReplyTo); break;
            case "query": Query = Text(ref reader, name, Query); break;
            case "reason": Reason = Text(ref reader, name, Reason); break;
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
            default:
                if (request is null || !AccountRequests.Knows(request) || !TryReadAccountField(ref reader, name))
                    reader.Skip();
                break;
        }
    }

    private void ReadAuth(ref Utf8JsonReader reader)
    {
        Enter(ref reader, "auth", _auth);
        _auth = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (name == "session")
                Session = Text(ref reader, name, Session);
            else if (name == "token")
                Token = Text(ref reader, name, Token);
            else if (name == "ticket")
                Ticket = Text(ref reader, name, Ticket);
            else
                reader.Skip();
        }
    }

    private void ReadResume(ref Utf8JsonReader reader)
    {
        Enter(ref reader, "resume", _resume);
        _resume = true;
        bool? rooms = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var isRooms = reader.ValueTextEquals("rooms"u8);
            reader.Read();
            if (isRooms)
            {
                Enter(ref reader, "rooms", rooms);
                rooms = true;
                ReadRooms(ref reader);
            }
            else
                reader.Skip();
        }
    }

    private void ReadRooms(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var room = reader.GetString()!;
            reader.Read();
            if (!Resume.TryAdd(room, Number(ref reader, "rooms", before: null)))
                throw Bad("\"rooms\" names a room twice.");
            if (Resume.Count > MaxResume)
                throw Bad($"\"resume\" names more than {MaxResume} rooms.");
        }
    }

    /// <summary>What this server cannot tell is passed over.</summary>
    private void ReadWants(ref Utf8JsonReader reader)
    {
        Once("want", _want);
        _want = true;
        if (reader.TokenType != JsonTokenType.StartArray)
            throw Bad("\"want\" is not a list.");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            Wants |= Text(ref reader, "want", before: null) switch
            {
                "presence" => Wants.Presence,
                "typing" => Wants.Typing,
                "receipts" => Wants.Receipts,
                _ => Wants.None,
            };
    }

    private static void Enter(ref Utf8JsonReader reader, string name, bool? before)
    {
        Once(name, before);
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Bad($"\"{name}\" is not an object.");
    }

    private static string Text(ref Utf8JsonReader reader, scoped ReadOnlySpan<char> name, object? before)
    {
        Once(name, before);
        if (reader.TokenType != JsonTokenType.String)
            throw Bad($"\"{name}\" is not a string.");
        return reader.GetString()!;
    }

    private static byte[] Bytes(ref Utf8JsonReader reader, scoped ReadOnlySpan<char> name, byte[]? before)
    {
        Once(name, before);
        if (reader.TokenType != JsonTokenType.String)
            throw Bad($"\"{name}\" is not a string.");
        if (!reader.ValueIsEscaped)
            return reader.ValueSpan.ToArray();
        var unescaped = new byte[reader.ValueSpan.Length];
        return unescaped[..reader.CopyString(unescaped)];
    }

    private static long Number(ref Utf8JsonReader reader, scoped ReadOnlySpan<char> name, object? before)
    {
        Once(name, before);
        // Digits only: 1.0, 1e3 and -0 are whole numbers to some readers and none to others.
        if (reader.TokenType != JsonTokenType.Number || reader.ValueSpan.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            || !reader.TryGetInt64(out var value) || value > MaxNumber)
            throw Bad($"\"{name}\" is not a whole number from 0 to 2^53 - 1, in digits.");
        return value;
    }

    private static bool Flag(ref Utf8JsonReader reader, scoped ReadOnlySpan<char> name, bool? before)
    {
        Once(name, before);
        return reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            _ => throw Bad($"\"{name}\" is neither true nor false."),
        };
    }

    private static FrameException Bad(string message) => new("bad_frame", message);

    private static void Once(scoped ReadOnlySpan<char> name, object? before)
    {
        if (before is not null)
            throw Bad($"\"{name}\" is there twice.");
    }
}
