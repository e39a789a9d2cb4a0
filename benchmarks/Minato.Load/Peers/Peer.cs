namespace Minato.Load.Peers;

/// <summary>A server to measure.</summary>
/// <param name="Family">Peers of one family are compared: they send the same bytes over the same protocol.</param>
/// <param name="Dialect">What the generator speaks with it.</param>
/// <param name="Command">What starts it on <c>{port}</c>, given a folder of its own.</param>
/// <param name="IsDurable">Whether what it acknowledges is on disk.</param>
/// <param name="AtOnce">Clients that come in together: ngircd forgets some of a hundred, and inspircd takes a second for each lot.</param>
internal sealed record Peer(string Name, Family Family, string Dialect, Func<string, string[]> Command, bool IsDurable = false, int AtOnce = 128)
{
    internal bool IsFloor => ReferenceEquals(this, Family.Floor);

    /// <summary>Shown in another colour, and in no other way unlike the others.</summary>
    internal bool IsOurs => Name.StartsWith("Minato", StringComparison.Ordinal);
}

/// <summary>Peers beside the floor.</summary>
internal sealed class Family
{
    private Family(string name, string title, string floorDialect, params Func<Family, Peer>[] peers)
    {
        (Name, Title) = (name, title);
        Floor = new Peer(floorDialect == "irc" ? "C floor, IRC" : "C floor", this, floorDialect, _ => [Tree.Native("floor"), "{port}"]);
        Peers = [Floor, .. peers.Select(p => p(this))];
    }

    internal static Family[] All { get; } =
    [
        new("websocket", "WebSocket", "relay",
            f => new Peer("Minato, durable", f, "minato", Minato, IsDurable: true),
            f => new Peer("Minato, --memory", f, "minato", MinatoInMemory),
            f => new Peer("ASP.NET WebSocket", f, "relay", _ => Sample("websocket")),
            f => new Peer("SignalR", f, "signalr", _ => Sample("signalr")),
            f => new Peer("ws (Node)", f, "relay", _ => ["node", Path.Combine(Tree.Peers, "ws", "chat.js"), "{port}"])),
        new("irc", "IRC, and Minato's plain lines", "irc",
            f => new Peer("Minato, IRC, durable", f, "irc", Minato, IsDurable: true),
            f => new Peer("Minato, IRC, --memory", f, "irc", MinatoInMemory),
            f => new Peer("Minato, lines, durable", f, "lines", Minato, IsDurable: true),
            f => new Peer("inspircd", f, "irc", folder => Configured("inspircd", "--nofork --runasroot --nopid --config", folder)),
            f => new Peer("ngircd", f, "irc", folder => Configured("ngircd", "--nodaemon --config", folder), AtOnce: 8)),
    ];

    /// <summary>Of its files.</summary>
    internal string Name { get; }

    internal string Title { get; }

    internal Peer Floor { get; }

    internal Peer[] Peers { get; }

    private static string[] Minato(string folder) => [Tree.Executable, "serve", "127.0.0.1:{port}", "--no-rate-limits", "--data", Path.Combine(folder, "data")];

    private static string[] MinatoInMemory(string folder) => [Tree.Executable, "serve", "127.0.0.1:{port}", "--no-rate-limits", "--memory"];

    private static string[] Sample(string name) => [Tree.Samples, name, "{port}"];

    /// <summary>These servers know their port from a file only: a shell writes it and becomes the server.</summary>
    private static string[] Configured(string program, string arguments, string folder) =>
    [
        "sh", "-c", $"sed \"s|PORT|$1|; s|DIR|$2|\" \"$3\" >\"$2/conf\" && exec {program} {arguments} \"$2/conf\"",
        "sh", "{port}", folder, Path.Combine(Tree.Peers, $"{program}.conf"),
    ];
}
