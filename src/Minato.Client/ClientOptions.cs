using Minato.Wire.WebSocket.Frames;

namespace Minato.Client;

/// <summary>How a client is to behave. The defaults suit a bot on the same machine as well as one across an ocean.</summary>
public sealed record ClientOptions
{
    /// <summary>The program's name and version, as the server hears it.</summary>
    public string Name { get; init; } = "minato-client/0.1.0";

    /// <summary>The launch token, where the server asks for one (<c>--access token</c>). Null: come as a guest.</summary>
    public string? Token { get; init; }

    /// <summary>
    /// Where session, cursors and outbox are kept; null: in memory, so that the next start is somebody new. The client disposes of it.
    /// </summary>
    public IClientStore? Store { get; init; }

    /// <summary>What is to be told beside the log. Nothing: who asks for nothing is disturbed by nothing.</summary>
    public Wants Wants { get; init; }

    /// <summary>How long <see cref="MinatoClient.ConnectAsync"/> tries, and one attempt may take: 15 s, as the browser client's.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a question waits for its answer, reconnecting included: 30 s, so that one restart of the server fits.</summary>
    public TimeSpan QuestionTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Updates that wait for whoever reads: 1,024, as many events as the server keeps of a room for those who return.</summary>
    public int MaxUpdates { get; init; } = 1_024;

    /// <summary>Mutations without an answer: 1,000, which is 50 s at the server's pace of 20 a second. More are refused at once.</summary>
    public int MaxOutbox { get; init; } = 1_000;

    /// <summary>The clock of timeouts, heartbeat and backoff.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>From 0 to 1, for the jitter.</summary>
    internal Func<double> Random { get; init; } = System.Random.Shared.NextDouble;

    /// <summary>Null: a WebSocket.</summary>
    internal IClientTransport? Transport { get; init; }
}
