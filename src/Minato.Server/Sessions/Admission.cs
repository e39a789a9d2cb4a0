namespace Minato.Server.Sessions;

/// <summary>Who is let in at all. docs/security.md says which access is the default where.</summary>
internal sealed class Admission(Access access, string? launchToken)
{
    private readonly Secret? _token = launchToken is null ? null : new Secret(launchToken);

    internal Access Access { get; } = access;

    /// <summary>Whether somebody without any credential may take part.</summary>
    internal bool LetsGuestsIn => Access == Access.Guests;

    /// <summary>Whether this is the launch token, where that lets in.</summary>
    internal bool Accepts(string token) => _token is not null && _token.Is(token) && Access == Access.Token;
}
