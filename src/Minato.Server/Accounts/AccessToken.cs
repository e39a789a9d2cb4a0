using System.Security.Cryptography;
using System.Text;
using Minato.Server.Sessions;

namespace Minato.Server.Accounts;

/// <summary>A personal access token: 256 random bits behind a prefix by which people and scanners see what they have found.</summary>
internal sealed record AccessToken
{
    internal const string Prefix = "mnto_";

    private AccessToken(string text) => Text = text;

    internal string Text { get; }

    internal byte[] Hash => SHA256.HashData(Encoding.ASCII.GetBytes(Text));

    internal static AccessToken New() => new(Prefix + SessionToken.New().Text);

    /// <summary>Null: none that this server could have made.</summary>
    internal static AccessToken? Parse(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) && SessionToken.Parse(text[Prefix.Length..]) is not null ? new AccessToken(text) : null;

    /// <summary>Never in a log.</summary>
    public override string ToString() => "…";
}
