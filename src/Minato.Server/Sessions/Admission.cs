using System.Security.Cryptography;
using System.Text;

namespace Minato.Server.Sessions;

/// <summary>Who is let in at all. docs/security.md says which access is the default where.</summary>
internal sealed class Admission
{
    private readonly byte[]? _tokenHash;

    internal Admission(Access access, string? launchToken)
    {
        Access = access;
        _tokenHash = launchToken is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(launchToken));
    }

    internal Access Access { get; }

    /// <summary>Whether somebody without any credential may take part.</summary>
    internal bool LetsGuestsIn => Access == Access.Guests;

    /// <summary>Whether this is the launch token, where that lets in. Takes the same time whatever is wrong with it.</summary>
    internal bool Accepts(string token) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(token)), _tokenHash ?? new byte[SHA256.HashSizeInBytes])
        && _tokenHash is not null && Access == Access.Token;
}
