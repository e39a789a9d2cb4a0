using System.Text.Json;

namespace Minato.Fuzz.Models;

/// <summary>Judges a client's frame from a document of it, field by field: null, or the code of its error.</summary>
internal static class FrameModel
{
    private const string Bad = "bad_frame";

    /// <exception cref="InvalidOperationException">A string has half a surrogate pair.</exception>
    public static string? Judge(JsonElement frame)
    {
        if (frame.ValueKind != JsonValueKind.Object)
            return Bad;
        var fields = new Dictionary<string, JsonElement>();
        // All names first: one that is broken stands wherever it likes.
        foreach (var (field, _) in frame.EnumerateObject().Select(f => (f, f.Name)).ToList())
        {
            if (!IsKnown(field.Name))
                continue;
            if (!fields.TryAdd(field.Name, field.Value) || !IsOfItsType(field.Name, field.Value))
                return Bad;
        }
        if (!fields.TryGetValue("op", out var op))
            return Bad;
        return FrameShape.Of.TryGetValue(op.GetString()!, out var shape) ? JudgeShape(op.GetString()!, shape, fields) : "unknown_op";
    }

    private static string? JudgeShape(string op, string shape, Dictionary<string, JsonElement> fields)
    {
        var needed = shape.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (needed.Contains("cid"))
        {
            if (!fields.TryGetValue("cid", out var cid))
                return Bad;
            if (!IsId(cid))
                return "bad_cid";
        }
        if (needed.Any(n => !n.EndsWith('?') && !fields.ContainsKey(n)))
            return Bad;
        return needed.Select(n => n.TrimEnd('?')).Where(fields.ContainsKey).All(n => IsRight(op, n, fields[n])) && OnePageOnly(op, fields) && OneOfTwo(op, fields) ? null : Bad;
    }

    private static bool IsRight(string op, string name, JsonElement value) => name switch
    {
        "rid" => IsId(value),
        "room" => value.GetString()!.StartsWith('#') || Guid.TryParseExact(value.GetString(), "D", out _),
        "role" => value.GetString() is "member" or "speaker" or "helper" or "moderator" or "owner",
        "history" => value.GetString() is "joined" or "all",
        "posting" => value.GetString() is "everyone" or "moderators",
        "list" => value.GetString() is "ban" or "mute" or "ban_exception" or "mute_exception" or "invite_exception",
        "link" when op == "unlink" => Guid.TryParseExact(value.GetString(), "D", out _),
        "ver" => value.GetInt64() == 1,
        "limit" => value.GetInt64() >= 1 && value.GetInt64() <= FrameShape.MaxLimit(op),
        "after" when op == "history" => value.ValueKind == JsonValueKind.Number,
        "after" => value.ValueKind == JsonValueKind.String && Guid.TryParseExact(value.GetString(), "D", out _),
        _ => true,
    };

    private static bool OnePageOnly(string op, Dictionary<string, JsonElement> fields) =>
        op != "history" || new[] { "before", "after", "around" }.Count(fields.ContainsKey) <= 1;

    /// <summary>One person or several; a room or the link that says which; something to restrict or to free.</summary>
    private static bool OneOfTwo(string op, Dictionary<string, JsonElement> fields) => op switch
    {
        "direct" => fields.ContainsKey("user") != fields.ContainsKey("users"),
        "join" => fields.ContainsKey("room") != fields.ContainsKey("link"),
        "restrict" => new[] { "restrict", "free" }.Any(name => fields.TryGetValue(name, out var names) && names is { ValueKind: JsonValueKind.Array } && names.GetArrayLength() > 0),
        _ => true,
    };

    private static bool IsKnown(string name) =>
        FrameShape.Texts.Contains(name) || FrameShape.Numbers.Contains(name) || name is "on" or "users" or "restrict" or "free" or "after" or "auth" or "want" or "resume";

    private static bool IsOfItsType(string name, JsonElement value) => name switch
    {
        "on" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "after" => IsText(value) || IsNumber(value),
        "users" => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= 20 && value.EnumerateArray().All(IsText),
        "restrict" or "free" => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(v => IsText(v) && v.GetString() is "invite_only" or "topic_locked" or "unlisted" or "members_only"),
        "want" => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(IsText),
        "auth" => IsObject(value, (n, v) => n is not ("session" or "token" or "ticket") || IsText(v), onlyOnce: ["session", "token", "ticket"]),
        "resume" => IsObject(value, (n, v) => n != "rooms" || (IsObject(v, (_, seq) => IsNumber(seq), onlyOnce: null) && v.EnumerateObject().Count() <= 1_000), onlyOnce: ["rooms"]),
        _ when FrameShape.Numbers.Contains(name) => IsNumber(value),
        _ => IsText(value),
    };

    private static bool IsObject(JsonElement value, Func<string, JsonElement, bool> isRight, string[]? onlyOnce)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return false;
        var seen = new HashSet<string>();
        return value.EnumerateObject().All(p => (seen.Add(p.Name) || (onlyOnce is not null && !onlyOnce.Contains(p.Name))) && isRight(p.Name, p.Value));
    }

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String && value.GetString() is not null;

    private static bool IsNumber(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.GetRawText().All(char.IsAsciiDigit) && decimal.TryParse(value.GetRawText(), out var n) && n < 1L << 53;

    private static bool IsId(JsonElement value) => value.GetString() is { Length: > 0 and <= 64 } text && text.All(c => c is >= '!' and <= '~');
}
