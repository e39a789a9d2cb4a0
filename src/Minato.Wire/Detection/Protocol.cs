namespace Minato.Wire.Detection;

/// <summary>What a connection speaks, as far as its first bytes say.</summary>
public enum Protocol
{
    /// <summary>More bytes, or the end of input, are needed.</summary>
    Undecided,

    /// <summary>A TLS handshake; what is inside is detected again after it.</summary>
    Tls,

    /// <summary>HTTP/1.x.</summary>
    Http,

    /// <summary>The preface of HTTP/2, which is spoken only inside TLS and where it was agreed on there.</summary>
    Http2,

    /// <summary>An IRC client registers.</summary>
    Irc,

    /// <summary>Lines of text, by a person at a terminal or by a script.</summary>
    Lines,

    /// <summary>Nothing we can serve (half a request, a PROXY header of somebody who is not trusted): close.</summary>
    Refused,
}
