using System.Text.Json.Serialization;

namespace Minato.Server;

/// <summary>What the operator wants done or known. Each act takes what it needs of the rest.</summary>
/// <param name="Act"><c>user.list</c>, <c>room.archive</c>, …: the words of the command line.</param>
public sealed record OperatorRequest([property: JsonPropertyName("act")] string Act)
{
    /// <summary>People who may come by one invitation; at least one may.</summary>
    public const int MostUses = Core.Accounts.MakeInvitation.MostUses;

    /// <summary>Rooms, members or acts in one answer; the next page is asked for by <see cref="After"/> or <see cref="Before"/>.</summary>
    public const int MostListed = 1_000;

    /// <summary>The name of the one whom it is about.</summary>
    [JsonPropertyName("user")]
    public string? User { get; init; }

    /// <summary>The new one.</summary>
    [JsonPropertyName("password")]
    public string? Password { get; init; }

    /// <summary>Whether who is purged is shut out as well.</summary>
    [JsonPropertyName("deactivate")]
    public bool Deactivate { get; init; }

    /// <summary>How many may come by an invitation.</summary>
    [JsonPropertyName("uses")]
    public int Uses { get; init; } = 1;

    /// <summary>A room's slug or id.</summary>
    [JsonPropertyName("room")]
    public string? Room { get; init; }

    /// <summary>A new room's; null: its slug.</summary>
    [JsonPropertyName("title")]
    public string? Title { get; init; }

    [JsonPropertyName("private")]
    public bool IsPrivate { get; init; }

    /// <summary>What a token is called, to know it again.</summary>
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary><c>read</c>, <c>write</c> or <c>admin</c>.</summary>
    [JsonPropertyName("scope")]
    public string? Scope { get; init; }

    /// <summary>SHA-256 of a client's certificate, in hexadecimal digits, which is to do for a token. Null: a new secret does.</summary>
    [JsonPropertyName("certificate")]
    public string? Certificate { get; init; }

    /// <summary>The id under which a token is listed.</summary>
    [JsonPropertyName("token")]
    public Guid? Token { get; init; }

    /// <summary>When a ban or a token ends, in milliseconds from now; null: never.</summary>
    [JsonPropertyName("for")]
    public long? For { get; init; }

    /// <summary>The last one of the page before.</summary>
    [JsonPropertyName("after")]
    public Guid? After { get; init; }

    /// <summary>The same of the audit log, which is listed from its end.</summary>
    [JsonPropertyName("before")]
    public long? Before { get; init; }

    [JsonPropertyName("limit")]
    public int Limit { get; init; } = MostListed;

    /// <summary>Never in a log.</summary>
    public override string ToString() => Act;
}
