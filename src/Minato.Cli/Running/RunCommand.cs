using System.CommandLine;
using System.CommandLine.Parsing;
using Minato.Sidecar;

namespace Minato.Cli.Running;

/// <summary><c>minato run -- COMMAND … {port}</c>: the arguments, and what they mean.</summary>
internal static class RunCommand
{
    internal static Command Build()
    {
        var words = new Argument<string[]>("COMMAND")
        {
            Description = "The command and its arguments, after --. In them {port}, {host}, {url}, {fd} and {ready_file} are filled in; {{port}} stays {port}. Without any, PORT stands in its environment.",
            Arity = ArgumentArity.OneOrMore,
        };
        var ready = new Option<ReadyProbe?>("--ready")
        {
            Description = "How it shows that it is ready: tcp, http, http:/PATH, line:REGEX, file, file:PATH, notify, none. A regex with a group (?<port>…) lets it choose its port. [default: tcp]",
            HelpName = "PROBE",
            CustomParser = ParseProbe,
        };
        var timeout = new Option<TimeSpan?>("--timeout") { Description = "How long it may take to be ready. [default: 30s]", HelpName = "TIME", CustomParser = Duration.Parse };
        var handOff = new Option<HandOff?>("--hand-off")
        {
            Description = "How it gets its port: inherit (with {fd}), report (with a group), hold, reserve. [default: the best that the command allows]",
            HelpName = "WAY",
            CustomParser = ParseHandOff,
        };
        var sticky = new Option<string?>("--sticky") { Description = "The same port for this key each time, as an app's name.", HelpName = "KEY" };
        var prefer = new Option<int?>("--prefer") { Description = "Take this port if it can be had.", HelpName = "N" };
        var strict = new Option<bool>("--strict") { Description = "Fail where the preferred port, or the key's, cannot be had." };
        var owner = new Option<string?>("--owner") { Description = "Who may listen: ours, the command and what it starts; or any, for docker and sudo. [default: ours]", HelpName = "ours|any", CustomParser = ParseOwner };
        var restart = new Option<RestartPolicy?>("--restart")
        {
            Description = "Start it again when it fails: no, on-failure. Up to 5 times a minute, with pauses that grow. [default: no]",
            HelpName = "no|on-failure",
            CustomParser = ParseRestart,
        };
        var json = new Option<bool>("--json") { Description = "Say on stderr, in JSON, where it serves or why not." };
        var command = new Command("run", "Start a command on a free port, and say where it serves once it does.") { words };
        foreach (var option in new Option[] { ready, timeout, handOff, sticky, prefer, strict, restart, owner, json })
            command.Options.Add(option);
        command.SetAction((parsed, _) => CommandRun.RunAsync(
            new SidecarOptions
            {
                Program = parsed.GetValue(words)![0],
                Arguments = parsed.GetValue(words)![1..],
                Ready = parsed.GetValue(ready),
                ReadyTimeout = parsed.GetValue(timeout) ?? TimeSpan.FromSeconds(30),
                HandOff = parsed.GetValue(handOff),
                Port = new PortLeaseOptions { StickyKey = parsed.GetValue(sticky), Preferred = parsed.GetValue(prefer), Strict = parsed.GetValue(strict) },
                AnyOwner = parsed.GetValue(owner) == "any",
                // Output that a probe must see comes through us; otherwise nothing stands between the command and its terminal.
                Streams = parsed.GetValue(ready) is { } probe && probe.NeedsOutput ? StandardStreams.SharedButOutput : StandardStreams.Shared,
            },
            parsed.GetValue(restart),
            parsed.GetValue(json)));
        return command;
    }

    private static ReadyProbe? ParseProbe(ArgumentResult result)
    {
        try
        {
            return ReadyProbe.Parse(result.Tokens[0].Value);
        }
        catch (FormatException e)
        {
            result.AddError(e.Message);
            return null;
        }
    }

    private static HandOff? ParseHandOff(ArgumentResult result)
    {
        switch (result.Tokens[0].Value)
        {
            case "inherit":
                return HandOff.Inherit;
            case "report":
                return HandOff.Report;
            case "hold":
                return HandOff.Hold;
            case "reserve":
                return HandOff.Reserve;
            default:
                result.AddError($"--hand-off {result.Tokens[0].Value}: it is inherit, report, hold or reserve.");
                return null;
        }
    }

    private static string? ParseOwner(ArgumentResult result)
    {
        if (result.Tokens[0].Value is "ours" or "any")
            return result.Tokens[0].Value;
        result.AddError($"--owner {result.Tokens[0].Value}: it is ours or any.");
        return null;
    }

    private static RestartPolicy? ParseRestart(ArgumentResult result)
    {
        if (result.Tokens[0].Value is not ("no" or "on-failure"))
            result.AddError($"--restart {result.Tokens[0].Value}: it is no or on-failure.");
        return result.Tokens[0].Value == "on-failure" ? new RestartPolicy() : null;
    }
}
