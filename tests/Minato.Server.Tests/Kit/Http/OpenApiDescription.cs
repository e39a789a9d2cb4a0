using System.Text.Json;

namespace Minato.Server.Tests;

/// <summary>The description that the server gives of its API, to hold its answers against. Knows the parts of OpenAPI 3.0 that the description uses, and refuses others.</summary>
internal sealed class OpenApiDescription(JsonElement document)
{
    private static readonly HashSet<string> Known =
        ["type", "required", "properties", "items", "enum", "nullable", "format", "minimum", "maximum", "minLength", "maxLength", "default", "description", "minProperties", "maxProperties", "additionalProperties"];

    public JsonElement Document { get; } = document;

    public IEnumerable<(string Method, string Path)> Operations =>
        from path in Document.GetProperty("paths").EnumerateObject()
        from method in path.Value.EnumerateObject()
        select (method.Name.ToUpperInvariant(), path.Name);

    public IReadOnlyList<string> Codes =>
        [.. Document.GetProperty("components").GetProperty("schemas").GetProperty("Problem").GetProperty("properties").GetProperty("code").GetProperty("enum").EnumerateArray().Select(c => c.GetString()!)];

    /// <summary>Null: the description knows this answer and says the same of it.</summary>
    public string? Contradict(string method, string path, int status, string? contentType, JsonElement? body)
    {
        // A problem is a problem wherever it comes from; the address need not be one that there is.
        if (status >= 400)
            return contentType != "application/problem+json" ? $"A refusal of type {contentType}." : Check(Schema("Problem"), body!.Value, "problem");
        if (Find(path) is not { } item || !item.TryGetProperty(method.ToLowerInvariant(), out var operation))
            return $"{method} {path} is not described.";
        if (!operation.GetProperty("responses").TryGetProperty($"{status}", out var response))
            return $"{method} {path} is not said to answer {status}.";
        if (!response.TryGetProperty("content", out var content))
            return body is null ? null : "A body, where none is described.";
        return body is null || contentType != "application/json" ? $"No JSON, but {contentType}." : Check(content.GetProperty("application/json").GetProperty("schema"), body.Value, "answer");
    }

    public JsonElement Schema(string name) => Document.GetProperty("components").GetProperty("schemas").GetProperty(name);

    /// <summary>Addresses that are written out go before those with a blank.</summary>
    private JsonElement? Find(string path)
    {
        var segments = path.Split('?')[0].Split('/');
        return Document.GetProperty("paths").EnumerateObject()
            .Where(p => p.Name.Split('/') is var pattern && pattern.Length == segments.Length && pattern.Zip(segments).All(s => s.First.StartsWith('{') || s.First == s.Second))
            .OrderBy(p => p.Name.Count(c => c == '{')).Select(p => (JsonElement?)p.Value).FirstOrDefault();
    }

    private string? Check(JsonElement schema, JsonElement value, string where)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            return Check(Schema(reference.GetString()!.Split('/')[^1]), value, where);
        if (schema.EnumerateObject().Select(p => p.Name).FirstOrDefault(n => !Known.Contains(n)) is { } unknown)
            return $"{where}: the schema has a keyword {unknown} that this check does not know.";
        if (value.ValueKind == JsonValueKind.Null)
            return schema.TryGetProperty("nullable", out var nullable) && nullable.GetBoolean() ? null : $"{where} is null.";
        if (schema.TryGetProperty("enum", out var choices) && !choices.EnumerateArray().Any(c => JsonElement.DeepEquals(c, value)))
            return $"{where} is {value}, which is none of {choices}.";
        return schema.GetProperty("type").GetString() switch
        {
            "object" => CheckObject(schema, value, where),
            "array" => value.ValueKind != JsonValueKind.Array ? $"{where} is no list."
                : value.EnumerateArray().Select((item, i) => Check(schema.GetProperty("items"), item, $"{where}[{i}]")).FirstOrDefault(p => p is not null),
            "string" => value.ValueKind != JsonValueKind.String ? $"{where} is no string."
                : schema.TryGetProperty("format", out var format) && format.GetString() == "uuid" && !Guid.TryParseExact(value.GetString(), "D", out _) ? $"{where} is no UUID." : null,
            "integer" => value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number) ? $"{where} is no whole number."
                : schema.TryGetProperty("minimum", out var minimum) && number < minimum.GetInt64() ? $"{where} is below {minimum}." : null,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : $"{where} is neither true nor false.",
            var type => $"{where}: the schema has a type {type} that this check does not know.",
        };
    }

    /// <summary>Stricter than the description, which lets newer servers add fields: this server says nothing that is not described.</summary>
    private string? CheckObject(JsonElement schema, JsonElement value, string where)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return $"{where} is no object.";
        if (schema.TryGetProperty("required", out var required)
            && required.EnumerateArray().FirstOrDefault(r => !value.TryGetProperty(r.GetString()!, out _)) is { ValueKind: JsonValueKind.String } missing)
            return $"{where} has no {missing}.";
        // What is another standard's is described there.
        if (schema.TryGetProperty("additionalProperties", out _))
            return null;
        foreach (var property in value.EnumerateObject())
            if (!schema.GetProperty("properties").TryGetProperty(property.Name, out var known))
                return $"{where}.{property.Name} is not described.";
            else if (Check(known, property.Value, $"{where}.{property.Name}") is { } problem)
                return problem;
        return null;
    }
}
