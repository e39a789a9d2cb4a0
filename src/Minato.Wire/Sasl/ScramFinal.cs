namespace Minato.Wire.Sasl;

// client-final-message = "c=" base64 ",r=" nonce *( "," extension ) ",p=" proof   https://www.rfc-editor.org/rfc/rfc5802#section-7
/// <summary>With what a client of SCRAM ends.</summary>
/// <param name="Unproven">All but the proof, which both sides sign.</param>
/// <param name="Binding">The header of its first message, repeated; in base64.</param>
public sealed record ScramFinal(string Unproven, string Binding, string Nonce, byte[] Proof)
{
    /// <summary>Bytes of a proof with SHA-256.</summary>
    public const int ProofBytes = 32;

    /// <summary>Null: it is none.</summary>
    public static ScramFinal? Parse(string message)
    {
        var end = message.LastIndexOf(",p=", StringComparison.Ordinal);
        if (end < 0)
            return null;
        var unproven = message[..end];
        var parts = unproven.Split(',');
        if (parts.Length < 2 || !parts[0].StartsWith("c=", StringComparison.Ordinal) || !parts[1].StartsWith("r=", StringComparison.Ordinal))
            return null;
        var proof = new byte[ProofBytes];
        return Convert.TryFromBase64String(message[(end + 3)..], proof, out var length) && length == ProofBytes
            ? new ScramFinal(unproven, parts[0][2..], parts[1][2..], proof)
            : null;
    }
}
