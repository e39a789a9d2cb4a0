namespace Minato.Server.Sessions.WebSocket;

/// <summary>The protocol's own reasons for closing, besides those of the RFC; docs/protocols/websocket.md lists them.</summary>
internal static class CloseCodes
{
    internal const int NoHello = 4001;
    internal const int LoginRequired = 4003;
    internal const int Slow = 4008;
    internal const int Flooding = 4009;
    internal const int Silent = 4010;
}
