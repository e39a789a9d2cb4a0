namespace Minato.Wire.Sasl;

// client-first-message = gs2-header "n=" name ",r=" nonce *( "," extension )      https://www.rfc-editor.org/rfc/rfc5802#section-7
// gs2-header = ( "n" | "y" ) "," [ "a=" authzid ] ","                             "p=…" binds to TLS, which SCRAM-SHA-256 without -PLUS does not
/// <summary>With what a client of SCRAM begins.</summary>
/// <param name="Header">As it was sent: its last message repeats it.</param>
/// <param name="Bare">What is behind the header, which both sides sign.</param>
/// <param name="Authorize">As whom to act; null: as oneself.</param>
public sealed record ScramFirst(string Header, string Bare, string Name, string? Authorize, string Nonce)
{
    /// <summary>Characters of a nonce: libraries send 18 to 48.</summary>
    public const int MaxNonce = 128;

    /// <summary>Null: it is none.</summary>
    public static ScramFirst? Parse(string message)
    {
        var parts = message.Split(',');
        if (parts.Length < 4 || parts[0] is not ("n" or "y") || !(parts[1].Length == 0 || parts[1].StartsWith("a=", StringComparison.Ordinal)))
            return null;
        // An extension that must be understood stands in place of the name, and is not.
        if (!parts[2].StartsWith("n=", StringComparison.Ordinal) || !parts[3].StartsWith("r=", StringComparison.Ordinal))
            return null;
        var header = $"{parts[0]},{parts[1]},";
        var authorize = parts[1].Length == 0 ? null : Unescape(parts[1][2..]);
        var nonce = parts[3][2..];
        return Unescape(parts[2][2..]) is { Length: > 0 } name && (parts[1].Length == 0 || authorize is not null) && IsNonce(nonce)
            ? new ScramFirst(header, message[header.Length..], name, authorize, nonce)
            : null;
    }

    // saslname: "=2C" stands for a comma and "=3D" for an equals sign; nothing else begins with one
    private static string? Unescape(string name)
    {
        for (var at = name.IndexOf('='); at >= 0; at = name.IndexOf('=', at + 1))
            if (string.CompareOrdinal(name, at, "=2C", 0, 3) != 0 && string.CompareOrdinal(name, at, "=3D", 0, 3) != 0)
                return null;
        return name.Replace("=2C", ",", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
    }

    private static bool IsNonce(string nonce) => nonce.Length is > 0 and <= MaxNonce && nonce.All(c => c is > ' ' and <= '~');
}
