using System.CommandLine;
using Minato.Cli.Administration;
using Minato.Cli.Bench;
using Minato.Cli.Ports;
using Minato.Cli.Running;
using Minato.Cli.Serving;

namespace Minato.Cli;

/// <summary>The commands of <c>minato</c>: a table of contents.</summary>
internal static class MinatoCommandLine
{
    internal static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("Minato (港): a chat server in one executable. Browsers, telnet and WebSocket clients meet on one port.");
        ServeCommand.Configure(root);
        root.Subcommands.Add(ServeCommand.Build());
        root.Subcommands.Add(PortCommand.Build());
        root.Subcommands.Add(RunCommand.Build());
        root.Subcommands.Add(UserCommand.Build());
        root.Subcommands.Add(RoomCommand.Build());
        root.Subcommands.Add(TokenCommand.Build());
        root.Subcommands.Add(AuditCommand.Build());
        root.Subcommands.Add(BackupCommand.Build());
        root.Subcommands.Add(ReindexCommand.Build());
        root.Subcommands.Add(RestoreCommand.Build());
        root.Subcommands.Add(MoveCommand.Build());
        root.Subcommands.Add(BenchCommand.Build());

        var parsed = root.Parse(ParentOption.Split(args));
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                Console.Error.WriteLine($"minato: {error.Message}");
            Console.Error.WriteLine("minato: see minato --help");
            return ExitCode.Usage;
        }
        // Signals are the commands' own: a server drains before it ends.
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }
}
