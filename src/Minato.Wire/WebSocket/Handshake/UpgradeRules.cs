namespace Minato.Wire.WebSocket.Handshake;

/// <summary>What the operator decided about upgrades.</summary>
/// <param name="Hosts">The names this server answers to.</param>
/// <param name="ExtraOrigins">Origins let in besides the page's own, compared exactly: <c>https://chat.example.org</c>.</param>
/// <param name="RefuseForwarded">
/// Whether a request that a proxy has touched is refused: where guests are let in because only this machine can connect,
/// a proxy would let in everybody.
/// </param>
public sealed record UpgradeRules(HostPolicy Hosts, IReadOnlyList<string> ExtraOrigins, bool RefuseForwarded);
