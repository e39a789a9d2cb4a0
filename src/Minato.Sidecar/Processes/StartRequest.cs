using System.Net.Sockets;

namespace Minato.Sidecar;

/// <summary>A program that is to be started.</summary>
/// <param name="Program">A path.</param>
/// <param name="Environment">All of it.</param>
/// <param name="Directory">Null: this process's own.</param>
/// <param name="Socket">A listening socket that the program gets as descriptor 3, with LISTEN_FDS and its own LISTEN_PID; or null.</param>
/// <param name="Streams">Where its standard streams lead.</param>
internal sealed record StartRequest(
    string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment, string? Directory, Socket? Socket, StandardStreams Streams)
{
    /// <summary>Whether it leads a group of its own. At a terminal it must not: a group in the background may not read from it.</summary>
    internal bool HasOwnGroup { get; } = Streams == StandardStreams.Captured || (Console.IsInputRedirected && Console.IsOutputRedirected && Console.IsErrorRedirected);
}

/// <summary>Where a program's standard streams lead.</summary>
public enum StandardStreams
{
    /// <summary>Output and errors to us, line by line; input from a pipe that closes when we end, however we end.</summary>
    Captured,

    /// <summary>All three are this process's own; at a terminal its process group, too, so that the terminal's keys reach both.</summary>
    Shared,

    /// <summary>As <see cref="Shared"/>, but output comes to us and is passed on: for a ready line.</summary>
    SharedButOutput,
}
