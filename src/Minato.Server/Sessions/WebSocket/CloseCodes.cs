namespace Minato.Server.Sessions.WebSocket;

/// <summary>Why a WebSocket is closed; docs/protocols/websocket.md lists them.</summary>
internal static class CloseCodes
{
    internal const int Normal = 1000;
    internal const int NotText = 1003;
    internal const int Restart = 1012;
    internal const int NoHello = 4001;
    internal const int LoginRequired = 4003;
    internal const int Slow = 4008;
    internal const int Flooding = 4009;
    internal const int Silent = 4010;
}
