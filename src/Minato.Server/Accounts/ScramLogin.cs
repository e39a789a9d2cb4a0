using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Minato.Core.Accounts;
using Minato.Wire.Sasl;

namespace Minato.Server.Accounts;

// server-first = "r=" nonce ",s=" salt ",i=" iterations ; server-final = "v=" signature     https://www.rfc-editor.org/rfc/rfc5802#section-7
/// <summary>One login by SCRAM, between its first message and its last.</summary>
/// <param name="account">Null: nobody's.</param>
/// <param name="verifier">Null: the account has none, or there is none.</param>
/// <param name="decoy">Shown in its place.</param>
internal sealed class ScramLogin(ScramFirst first, Account? account, ScramVerifier? verifier, ScramVerifier decoy)
{
    private readonly string _nonce = first.Nonce + Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
    private readonly ScramVerifier _shown = verifier ?? decoy;
    private string _signed = "";

    internal string Nick => first.Name;

    internal Account? Account => account;

    internal string Challenge => string.Create(CultureInfo.InvariantCulture, $"r={_nonce},s={Convert.ToBase64String(_shown.Salt)},i={_shown.Iterations}");

    /// <summary>By which the server proves itself, once the client has.</summary>
    internal string Proof => $"v={Convert.ToBase64String(_shown.Sign(_signed))}";

    /// <summary>Whether the client knows the password.</summary>
    internal bool IsProven { get; private set; }

    internal bool Prove(ScramFinal final)
    {
        _signed = $"{first.Bare},{Challenge},{final.Unproven}";
        var isRight = _shown.Accepts(final.Proof, _signed);
        return IsProven = isRight && verifier is not null && account is not null && final.Nonce == _nonce
            && final.Binding == Convert.ToBase64String(Encoding.UTF8.GetBytes(first.Header));
    }
}
