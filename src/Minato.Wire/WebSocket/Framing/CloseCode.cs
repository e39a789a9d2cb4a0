namespace Minato.Wire.WebSocket.Framing;

/// <summary>Why a connection is closed. Protocols add their own from 4000 on. https://www.rfc-editor.org/rfc/rfc6455#section-7.4</summary>
public static class CloseCode
{
    public const int Normal = 1000;
    public const int GoingAway = 1001;
    public const int ProtocolError = 1002;

    /// <summary>A kind of data this end does not take: binary frames, for minato.v1.</summary>
    public const int UnsupportedData = 1003;

    /// <summary>Never on the wire: the close frame named no code.</summary>
    public const int NoStatus = 1005;

    /// <summary>Text that is not UTF-8.</summary>
    public const int InvalidPayload = 1007;

    public const int TooBig = 1009;
    public const int InternalError = 1011;
    public const int ServiceRestart = 1012;

    /// <summary>Codes a peer may send: the registered ones but those that stand for "none was sent", libraries' and applications' own.</summary>
    public static bool MayBeSent(int code) => code is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);
}
