using System.CommandLine;
using Minato.Server;

namespace Minato.Cli.Administration;

/// <summary><c>minato reload</c>: the running server becomes what its executable is now, or another one.</summary>
internal static class ReloadCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    internal static Command Build()
    {
        var data = AdministrationOptions.Data();
        var executable = new Option<string?>("--executable") { Description = "The new version. [default: what stands now where the running one was started from]", HelpName = "FILE" };
        var within = new Option<TimeSpan?>("--within")
        {
            Description = $"How long it may take to get ready, and to migrate the data, during which posts wait. [default: {Patience.TotalSeconds:0}s]",
            HelpName = "TIME",
            CustomParser = Duration.Parse,
        };
        var command = new Command("reload", "Let the running server become another version, with its port, pid and arguments. Clients come back by themselves; what cannot take over is not let.")
        {
            executable, within, data,
        };
        command.SetAction((parsed, cancel) => RunAsync(
            parsed.GetValue(data) ?? DataFolder.DefaultPath,
            parsed.GetValue(executable) is { } file ? Path.GetFullPath(file) : null,
            parsed.GetValue(within) ?? Patience,
            cancel));
        return command;
    }

    private static async Task<int> RunAsync(string data, string? executable, TimeSpan patience, CancellationToken cancel)
    {
        try
        {
            var (version, pid) = await Reload.RunAsync(data, executable, patience, cancel);
            Console.Out.WriteLine($"Minato {version} serves (pid {pid}).");
            return ExitCode.Done;
        }
        catch (Exception e) when (AdministrationOptions.CodeOf(e) is { } code)
        {
            Console.Error.WriteLine($"minato: {e.Message}");
            return code;
        }
    }
}
