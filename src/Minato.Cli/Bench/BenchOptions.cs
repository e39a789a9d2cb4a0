namespace Minato.Cli.Bench;

/// <summary>What to load, and how.</summary>
/// <param name="Server">Null: a server of its own, in a temporary folder.</param>
/// <param name="Folder">On the disk that the server of its own writes to; null: the system's temporary folder.</param>
/// <param name="Memory">The server of its own keeps nothing.</param>
/// <param name="Time">Of all steps together.</param>
/// <param name="Size">Bytes of a message.</param>
/// <param name="Plot">Where the picture goes; null: none.</param>
internal sealed record BenchOptions(Uri? Server, string? Folder, bool Memory, int Clients, int Rooms, TimeSpan Time, int Size, string? Plot, bool Json)
{
    /// <summary>100 people: a company, a school's year, a busy public room.</summary>
    internal const int DefaultClients = 100;

    /// <summary>More than that one process would measure itself.</summary>
    internal const int MostClients = 5_000;

    internal const int DefaultSize = 100;

    /// <summary>A post's own time stands in its text.</summary>
    internal const int LeastSize = 20;

    internal const int MostSize = 10_000;

    internal static readonly TimeSpan DefaultTime = TimeSpan.FromSeconds(12);

    internal static readonly TimeSpan LongestTime = TimeSpan.FromMinutes(10);

    /// <summary>What cannot be measured so, as a sentence; null: it can.</summary>
    internal string? Wrong => this switch
    {
        { Clients: < 2 or > MostClients } => $"--clients: it is 2 to {MostClients}.",
        _ when Rooms < 1 || Rooms > Clients / 2 => "--rooms: it is 1 or more, with at least two clients in each.",
        { Size: < LeastSize or > MostSize } => $"--size: it is {LeastSize} to {MostSize} bytes.",
        _ when Time > LongestTime => "--time: it is at most 10m.",
        { Server: not null, Memory: true } or { Server: not null, Folder: not null } => "--memory and --dir are for a server of its own, so they do not go with a URL.",
        _ => null,
    };
}
