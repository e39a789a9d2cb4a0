using System.Text.Json;
using Minato.Core.Rights;
using Minato.Core.Rooms;

namespace Minato.Wire.WebSocket.Frames;

/// <summary>One JSON object of a server's frame, read field by field by the type that the protocol gives it. Fields not asked for are passed over.</summary>
internal readonly struct JsonFields
{
    private readonly JsonElement _object;

    internal JsonFields(JsonElement element) =>
        _object = element.ValueKind == JsonValueKind.Object ? element : throw new JsonException("Not an object.");

    internal string Text(string name) => OptionalText(name) ?? throw Missing(name);

    internal string? OptionalText(string name) =>
        !_object.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw new JsonException($"\"{name}\" is not a string.");

    internal Guid Id(string name) => OptionalId(name) ?? throw Missing(name);

    internal Guid? OptionalId(string name) =>
        OptionalText(name) is not { } text ? null
        : Guid.TryParseExact(text, "D", out var id) ? id
        : throw new JsonException($"\"{name}\" is not a UUID.");

    /// <summary>Null where the field says null; absent, it is an error.</summary>
    internal Guid? IdOrNull(string name) => _object.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Null ? null : Id(name);

    /// <summary>A sequence number, a count, a time or a duration.</summary>
    internal long Number(string name) => OptionalNumber(name) ?? throw Missing(name);

    internal long? OptionalNumber(string name) =>
        !_object.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= 0 ? number
        : throw new JsonException($"\"{name}\" is not a whole number from 0 on.");

    internal TimeSpan Duration(string name) => OptionalDuration(name) ?? throw Missing(name);

    /// <summary>A day is more than any server asks for, and keeps arithmetic on times far from its limits.</summary>
    internal TimeSpan? OptionalDuration(string name) =>
        OptionalNumber(name) is { } ms ? TimeSpan.FromMilliseconds(Math.Min(ms, 86_400_000)) : null;

    internal bool Flag(string name) => OptionalFlag(name) ?? throw Missing(name);

    internal bool? OptionalFlag(string name) => !_object.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new JsonException($"\"{name}\" is neither true nor false."),
    };

    internal T Object<T>(string name, Func<JsonFields, T> read) =>
        _object.TryGetProperty(name, out var value) ? read(new JsonFields(value)) : throw Missing(name);

    internal T? OptionalObject<T>(string name, Func<JsonFields, T> read)
        where T : class => _object.TryGetProperty(name, out var value) ? read(new JsonFields(value)) : null;

    internal IReadOnlyList<T> List<T>(string name, Func<JsonFields, T> read) => OptionalList(name, read) ?? throw Missing(name);

    internal IReadOnlyList<T>? OptionalList<T>(string name, Func<JsonFields, T> read) =>
        Array(name) is { } array ? [.. array.EnumerateArray().Select(item => read(new JsonFields(item)))] : null;

    /// <summary>Absent: none.</summary>
    internal IReadOnlyList<Guid> OptionalIds(string name) => Array(name) is not { } array ? []
        : [.. array.EnumerateArray().Select(item => item.TryGetGuid(out var id) ? id : throw new JsonException($"\"{name}\" is not a list of UUIDs."))];

    /// <summary>Unlike <see cref="Texts"/> it passes over nothing.</summary>
    internal IReadOnlyList<string>? OptionalTexts(string name) => Array(name) is not { } array ? null
        : [.. array.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw new JsonException($"\"{name}\" is not a list of strings."))];

    internal IReadOnlyList<string> Texts(string name) =>
        [.. (Array(name) ?? throw Missing(name)).EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];

    /// <summary>One that only a newer server knows is read as a member's, of whom nothing more is promised.</summary>
    internal Standing Role(string name) => Text(name) switch
    {
        "speaker" => Standing.Speaker,
        "helper" => Standing.Helper,
        "moderator" => Standing.Moderator,
        "owner" => Standing.Owner,
        _ => Standing.Member,
    };

    internal Standing? OptionalRole(string name) => OptionalText(name) is null ? null : Role(name);

    /// <summary>Absent: a guest, as from an older server.</summary>
    internal ServerRole ServerRole(string name) => OptionalText(name) switch
    {
        "member" => Core.Rights.ServerRole.Member,
        "admin" => Core.Rights.ServerRole.Admin,
        "owner" => Core.Rights.ServerRole.Owner,
        _ => Core.Rights.ServerRole.Guest,
    };

    internal Posting? OptionalPosting(string name) => OptionalText(name) switch
    {
        null => null,
        "everyone" => Posting.Everyone,
        "moderators" => Posting.Moderators,
        _ => throw new JsonException($"\"{name}\" is neither everyone nor moderators."),
    };

    internal HistoryView? OptionalHistory(string name) => OptionalText(name) switch
    {
        null => null,
        "joined" => HistoryView.Joined,
        "all" => HistoryView.All,
        _ => throw new JsonException($"\"{name}\" is neither joined nor all."),
    };

    private JsonElement? Array(string name) =>
        !_object.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Array ? value
        : throw new JsonException($"\"{name}\" is not a list.");

    internal static JsonException Missing(string name) => new($"\"{name}\" is missing.");
}
