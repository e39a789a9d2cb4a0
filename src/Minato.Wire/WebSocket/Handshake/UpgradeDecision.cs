namespace Minato.Wire.WebSocket.Handshake;

/// <summary>The answer to an upgrade: <see cref="Accepted"/> or <see cref="Refused"/>.</summary>
public abstract record UpgradeDecision
{
    private UpgradeDecision()
    {
    }

    /// <param name="AcceptKey">The value of <c>Sec-WebSocket-Accept</c>; empty over HTTP/2, which has none.</param>
    /// <param name="Protocol">The value of <c>Sec-WebSocket-Protocol</c>; empty at <c>/irc</c> where none was offered: IRC in text messages.</param>
    public sealed record Accepted(string AcceptKey, string Protocol) : UpgradeDecision;

    /// <param name="Status">400, 403, 405 or 426.</param>
    /// <param name="Reason">A sentence for the developer who reads the answer, ASCII; plain text, never HTML.</param>
    /// <param name="Headers">What this status must carry besides.</param>
    public sealed record Refused(int Status, string Reason, IReadOnlyList<HttpHeader> Headers) : UpgradeDecision;
}
