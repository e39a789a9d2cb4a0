using System.Text.Json.Serialization;

namespace Minato.Server;

/// <summary>What the operator wants done.</summary>
/// <param name="Act"><c>list</c>, <c>invite</c>, <c>password</c>, <c>deactivate</c>, <c>activate</c>, <c>purge</c> or <c>owner-link</c>.</param>
/// <param name="User">The name of the one whom it is about.</param>
/// <param name="Password">The new one.</param>
/// <param name="Deactivate">Whether who is purged is shut out as well.</param>
/// <param name="Uses">How many may come by an invitation.</param>
public sealed record OperatorRequest(
    [property: JsonPropertyName("act")] string Act,
    [property: JsonPropertyName("user")] string? User = null,
    [property: JsonPropertyName("password")] string? Password = null,
    [property: JsonPropertyName("uses")] int Uses = 1,
    [property: JsonPropertyName("deactivate")] bool Deactivate = false)
{
    /// <summary>People who may come by one invitation; at least one may.</summary>
    public const int MostUses = Core.Accounts.MakeInvitation.MostUses;

    /// <summary>Never in a log.</summary>
    public override string ToString() => Act;
}

/// <summary>What became of it.</summary>
public sealed record OperatorAnswer
{
    /// <summary>Why not, as a sentence.</summary>
    [JsonPropertyName("error")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary>The link that was made: a secret.</summary>
    [JsonPropertyName("link")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Link { get; init; }

    [JsonPropertyName("users")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OperatorUser>? Users { get; init; }
}

/// <summary>Somebody with an account.</summary>
/// <param name="Role"><c>member</c>, <c>admin</c> or <c>owner</c>.</param>
public sealed record OperatorUser(
    [property: JsonPropertyName("nick")] string Nick, [property: JsonPropertyName("role")] string Role, [property: JsonPropertyName("active")] bool Active);

/// <summary>As the control socket and --json have it.</summary>
[JsonSerializable(typeof(OperatorRequest))]
[JsonSerializable(typeof(OperatorAnswer))]
public sealed partial class OperatorJson : JsonSerializerContext;
