using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Minato.Sidecar;

namespace Minato.Cli.Ports;

/// <summary><c>minato port</c>: a free port for whoever cannot be handed one in a better way.</summary>
internal static class PortCommand
{
    internal static Command Build()
    {
        var sticky = new Option<string?>("--sticky") { Description = "The same port for this key each time, as an app's name.", HelpName = "KEY" };
        var prefer = new Option<int?>("--prefer") { Description = "Take this port if it can be had.", HelpName = "N", CustomParser = ParsePort };
        var strict = new Option<bool>("--strict") { Description = "Fail where the preferred port, or the key's, cannot be had." };
        var hold = new Option<TimeSpan?>("--hold") { Description = "Keep the port leased for this long, in the background: 60s, 5m.", HelpName = "TIME", CustomParser = Duration.Parse };
        var holdHere = new Option<TimeSpan?>(Holding.Option) { Hidden = true, CustomParser = Duration.Parse };
        var json = new Option<bool>("--json") { Description = "Answer in JSON." };
        var command = new Command("port", "Print a free port that nobody else is given. To start a program on one, minato run is better.");
        foreach (var option in new Option[] { sticky, prefer, strict, hold, holdHere, json })
            command.Options.Add(option);
        command.Subcommands.Add(WhoCommand.Build());
        command.SetAction((parsed, cancel) =>
        {
            var wanted = new PortLeaseOptions { StickyKey = parsed.GetValue(sticky), Preferred = parsed.GetValue(prefer), Strict = parsed.GetValue(strict) };
            return parsed.GetValue(holdHere) is { } time ? Holding.HoldAsync(wanted, time, cancel) : RunAsync(wanted, parsed.GetValue(hold), parsed.GetValue(json));
        });
        return command;
    }

    private static int? ParsePort(ArgumentResult result)
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535)
            return port;
        result.AddError($"--prefer {result.Tokens[0].Value}: a port is a number from 1 to 65535.");
        return null;
    }

    private static async Task<int> RunAsync(PortLeaseOptions wanted, TimeSpan? hold, bool json)
    {
        try
        {
            var port = hold is { } time ? await Holding.StartAsync(wanted, time) : LeaseForAMoment(wanted);
            Console.Out.WriteLine(json ? string.Create(CultureInfo.InvariantCulture, $"{{\"v\":1,\"port\":{port}}}") : port.ToString(CultureInfo.InvariantCulture));
            if (hold is null && !Console.IsErrorRedirected)
                Console.Error.WriteLine("minato: nothing keeps this port from here on. --hold 60s does for a while; minato run -- COMMAND {port} starts a program on one and makes sure that it is the one who got it.");
            return ExitCode.Done;
        }
        catch (Exception e) when (PortFailureText.From(e) is { } failure)
        {
            Console.Error.WriteLine($"minato: {failure.Message}");
            return failure.Code;
        }
    }

    private static int LeaseForAMoment(PortLeaseOptions wanted)
    {
        using var lease = Port.Reserve(wanted);
        return lease.Port;
    }
}
