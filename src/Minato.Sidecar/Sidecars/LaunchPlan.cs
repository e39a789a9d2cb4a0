using System.Collections;
using System.Globalization;

namespace Minato.Sidecar;

/// <summary>What the options come to: checked once, the same for each attempt.</summary>
internal sealed record LaunchPlan(SidecarOptions Options, string Program, HandOff HandOff, ReadyProbe Ready)
{
    /// <summary>What was meant for this process alone: its own sockets and reports, and Minato's secrets. Whoever means them for the program names them.</summary>
    private static readonly string[] s_notInherited =
        ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES", "NOTIFY_SOCKET", "PORT", "MINATO_READY_FILE", "MINATO_TOKEN", "MINATO_METRICS_TOKEN"];

    /// <exception cref="SidecarException">There is no such program.</exception>
    /// <exception cref="ArgumentException">The options do not go together; the message says which.</exception>
    internal static LaunchPlan Make(SidecarOptions options)
    {
        string?[] texts = [.. options.Arguments, .. options.Environment.Values];
        var asksForSocket = CommandTemplate.AsksFor("fd", texts);
        var handOff = options.HandOff
            ?? (asksForSocket ? HandOff.Inherit : options.Ready is LineProbe { MayReport: true } ? HandOff.Report : HandOff.Reserve);
        var ready = options.Ready ?? (handOff == HandOff.Inherit ? ReadyProbe.None : ReadyProbe.Tcp);
        if (asksForSocket && handOff != HandOff.Inherit)
            throw new ArgumentException("{fd} stands in the command, but the socket is not inherited.", nameof(options));
        if (handOff is HandOff.Inherit or HandOff.Hold && !OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException($"{handOff} is there on Linux only. Use Report or Reserve.");
        if (handOff == HandOff.Report && !ready.MayReport)
            throw new ArgumentException("With Report the program says its port: its probe is a line with a group (?<port>…) or (?<url>…), or a ready file.", nameof(options));
        if (ready.NeedsOutput && options.Streams == StandardStreams.Shared)
            throw new ArgumentException("A ready line can only be seen where the output comes to us: SharedButOutput, or Captured.", nameof(options));
        return new LaunchPlan(options, ProgramPath.Find(options.Program, options.WorkingDirectory), handOff, ready);
    }

    internal StartRequest Fill(PortGrant grant, LaunchFolder folder)
    {
        var values = grant.Values(Options.Address, folder);
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!, StringComparer.Ordinal);
        foreach (var name in s_notInherited)
            environment.Remove(name);
        if (grant.HandOff != HandOff.Report)
            environment["PORT"] = values["port"]!;
        if (grant.Socket is not null)
            environment["LISTEN_FDS"] = "1";
        if (folder.NotifySocket is not null)
            environment["NOTIFY_SOCKET"] = folder.NotifyPath;
        if (Ready is FileProbe { Path: null })
            environment["MINATO_READY_FILE"] = folder.ReadyFile;
        foreach (var (name, value) in Options.Environment)
        {
            if (value is null)
                environment.Remove(name);
            else
                environment[name] = CommandTemplate.Fill(value, values);
        }
        return new StartRequest(
            Program, [.. Options.Arguments.Select(a => CommandTemplate.Fill(a, values))], environment, Options.WorkingDirectory, grant.Socket, Options.Streams);
    }

    internal string Seconds => Options.ReadyTimeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
}
