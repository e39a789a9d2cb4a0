using System.Text.Json.Serialization;

namespace Minato.Server;

/// <summary>What became of it: what is not null.</summary>
public sealed record OperatorAnswer
{
    /// <summary>Why not, as a sentence.</summary>
    [JsonPropertyName("error")]
    public string? Error { get; init; }

    /// <summary>The link that was made: a secret.</summary>
    [JsonPropertyName("link")]
    public string? Link { get; init; }

    /// <summary>The token that was made: a secret.</summary>
    [JsonPropertyName("token")]
    public string? Token { get; init; }

    /// <summary>Of what was made: a room's or a token's.</summary>
    [JsonPropertyName("id")]
    public Guid? Id { get; init; }

    [JsonPropertyName("users")]
    public IReadOnlyList<OperatorUser>? Users { get; init; }

    [JsonPropertyName("rooms")]
    public IReadOnlyList<OperatorRoom>? Rooms { get; init; }

    [JsonPropertyName("members")]
    public IReadOnlyList<OperatorMember>? Members { get; init; }

    [JsonPropertyName("tokens")]
    public IReadOnlyList<OperatorToken>? Tokens { get; init; }

    [JsonPropertyName("audit")]
    public IReadOnlyList<OperatorNote>? Audit { get; init; }

    /// <summary>Whether there is another page.</summary>
    [JsonPropertyName("more")]
    public bool? More { get; init; }
}

/// <summary>Somebody with an account.</summary>
/// <param name="Role"><c>member</c>, <c>admin</c> or <c>owner</c>.</param>
public sealed record OperatorUser(
    [property: JsonPropertyName("nick")] string Nick, [property: JsonPropertyName("role")] string Role, [property: JsonPropertyName("active")] bool Active);

/// <summary>A room by its counts. Only a public one has a name here.</summary>
/// <param name="Kind"><c>public</c>, <c>private</c> or <c>direct</c>.</param>
/// <param name="Head">The newest event's number.</param>
/// <param name="Posts">How many there ever were.</param>
public sealed record OperatorRoom(
    [property: JsonPropertyName("id")] Guid Id, [property: JsonPropertyName("kind")] string Kind, [property: JsonPropertyName("slug")] string? Slug,
    [property: JsonPropertyName("title")] string? Title, [property: JsonPropertyName("members")] int Members, [property: JsonPropertyName("head")] long Head,
    [property: JsonPropertyName("posts")] long Posts, [property: JsonPropertyName("archived")] bool Archived);

/// <param name="Role"><c>member</c>, <c>speaker</c>, <c>helper</c>, <c>moderator</c> or <c>owner</c>.</param>
public sealed record OperatorMember(
    [property: JsonPropertyName("id")] Guid Id, [property: JsonPropertyName("nick")] string Nick, [property: JsonPropertyName("role")] string Role);

/// <param name="Scope"><c>read</c>, <c>write</c> or <c>admin</c>.</param>
/// <param name="Created">Milliseconds since 1970 UTC, as all times here.</param>
/// <param name="Used">Within the hour; null: never yet.</param>
/// <param name="Expires">Null: never.</param>
public sealed record OperatorToken(
    [property: JsonPropertyName("id")] Guid Id, [property: JsonPropertyName("name")] string Name, [property: JsonPropertyName("scope")] string Scope,
    [property: JsonPropertyName("created")] long Created, [property: JsonPropertyName("used")] long? Used, [property: JsonPropertyName("expires")] long? Expires);

/// <summary>An entry of the audit log, with ids that stay and names as they are today, as over HTTP.</summary>
/// <param name="By">Null: the operator.</param>
public sealed record OperatorNote(
    [property: JsonPropertyName("id")] long Id, [property: JsonPropertyName("at")] long At, [property: JsonPropertyName("by")] string? By,
    [property: JsonPropertyName("byId")] Guid? ById, [property: JsonPropertyName("act")] string Act, [property: JsonPropertyName("subject")] string? Subject,
    [property: JsonPropertyName("subjectId")] Guid? SubjectId, [property: JsonPropertyName("detail")] string? Detail);

/// <summary>As the control socket and --json have it.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OperatorRequest))]
[JsonSerializable(typeof(OperatorAnswer))]
public sealed partial class OperatorJson : JsonSerializerContext;
