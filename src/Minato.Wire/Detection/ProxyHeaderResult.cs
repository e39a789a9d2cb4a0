namespace Minato.Wire.Detection;

public enum ProxyHeaderResult
{
    /// <summary>More bytes are needed; nothing was consumed.</summary>
    Incomplete,

    /// <summary>The connection begins with something else; nothing was consumed.</summary>
    Absent,

    /// <summary>It began as a header and is none: close.</summary>
    Malformed,

    /// <summary>A whole header, which was consumed.</summary>
    Complete,
}
