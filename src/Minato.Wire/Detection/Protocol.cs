namespace Minato.Wire.Detection;

/// <summary>What a connection speaks, as far as its first bytes say.</summary>
public enum Protocol
{
    /// <summary>More bytes, or the end of input, are needed.</summary>
    Undecided,

    /// <summary>A TLS handshake; what is inside is detected again after it.</summary>
    Tls,

    /// <summary>HTTP/1.x, or the preface of cleartext HTTP/2, which the HTTP server itself refuses.</summary>
    Http,

    /// <summary>An IRC client registers.</summary>
    Irc,

    /// <summary>Lines of text, by a person at a terminal or by a script.</summary>
    Lines,

    /// <summary>Nothing we can serve: close.</summary>
    Refused,
}
