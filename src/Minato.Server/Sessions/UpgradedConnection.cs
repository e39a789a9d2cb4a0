using Minato.Server.Sessions.Irc;
using Minato.Server.Sessions.WebSocket;
using Minato.Wire.WebSocket.Framing;
using Minato.Wire.WebSocket.Handshake;

namespace Minato.Server.Sessions;

/// <summary>A connection that has become a WebSocket, and speaks what was agreed on.</summary>
internal static class UpgradedConnection
{
    /// <param name="protocol">As the policy accepted it.</param>
    /// <param name="cookie">The session that the server's own page brought with the upgrade; null: none. IRC takes none: who it is, its client says.</param>
    internal static Task RunAsync(Connection connection, SessionContext context, string protocol, string? cookie) => protocol == UpgradePolicy.Protocol
        ? new WebSocketSession(connection, context, cookie).RunAsync()
        : new IrcSession(connection, context, protocol == UpgradePolicy.IrcBinary ? Opcode.Binary : Opcode.Text).RunAsync();
}
