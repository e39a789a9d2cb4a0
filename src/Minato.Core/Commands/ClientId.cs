namespace Minato.Core.Commands;

/// <summary>
/// A client's own id of a mutation, unique for its user: 1–64 printable ASCII characters, best a ULID, because time-ordered
/// ids keep the index of the last 30 days warm.
/// </summary>
public readonly record struct ClientId
{
    public const int MaxLength = 64;

    private ClientId(string value) => Value = value;

    public string Value { get; }

    public static bool TryCreate(string text, out ClientId cid)
    {
        cid = default;
        if (text.Length is 0 or > MaxLength || text.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return false;
        cid = new ClientId(text);
        return true;
    }

    public override string ToString() => Value;
}
