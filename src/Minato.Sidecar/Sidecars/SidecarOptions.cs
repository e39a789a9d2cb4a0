using System.Net;

namespace Minato.Sidecar;

/// <summary>What to start, and how.</summary>
public sealed record SidecarOptions
{
    /// <summary>A name to be found in PATH, or a path.</summary>
    public required string Program { get; init; }

    /// <summary>
    /// In each, <c>{port}</c>, <c>{host}</c>, <c>{url}</c>, <c>{fd}</c> and <c>{ready_file}</c> are filled in; <c>{{port}}</c> stays <c>{port}</c>.
    /// </summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Added to this process's own environment, with the same placeholders; null takes a variable away. PORT is set where the port is known.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Null: this process's own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Null: <see cref="HandOff.Inherit"/> where <c>{fd}</c> is asked for, <see cref="HandOff.Report"/> where the probe has a group for it, else <see cref="HandOff.Reserve"/>.</summary>
    public HandOff? HandOff { get; init; }

    /// <summary>Null: <see cref="ReadyProbe.Tcp"/>; nothing with <see cref="HandOff.Inherit"/>, whose socket listens from the start.</summary>
    public ReadyProbe? Ready { get; init; }

    /// <summary>30 s from the start until ready: a framework that compiles first needs ten.</summary>
    public TimeSpan ReadyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>10 s between asking to end and ending by force, as Docker's.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where the program listens: 127.0.0.1 or ::1.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Which port is leased, with <see cref="HandOff.Hold"/> and <see cref="HandOff.Reserve"/>.</summary>
    public PortLeaseOptions Port { get; init; } = new();

    /// <summary>True lets anybody listen on the port: for docker and sudo, whose listener is never ours.</summary>
    public bool AnyOwner { get; init; }

    /// <summary>Where the program's standard streams lead.</summary>
    public StandardStreams Streams { get; init; }

    /// <summary>Called with each line that it writes, one after the other; while it runs, the program may have to wait.</summary>
    public Action<string>? OnLine { get; init; }

    /// <summary>Called when the program runs, with what passes a signal on to it: for whoever must not wait until it is ready. Once for each attempt.</summary>
    public Action<Action<int>>? OnStarted { get; init; }

    /// <summary>The clock of every timeout.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
