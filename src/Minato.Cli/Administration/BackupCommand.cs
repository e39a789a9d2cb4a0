using System.CommandLine;
using Minato.Server;

namespace Minato.Cli.Administration;

/// <summary><c>minato backup FILE</c>: a consistent copy, whether a server has the data or not.</summary>
internal static class BackupCommand
{
    internal static Command Build()
    {
        var file = new Argument<string>("FILE") { Description = "Where to write the copy; it must not exist yet." };
        var data = AdministrationOptions.Data();
        var command = new Command("backup", "Copy the data to one file, also while the server runs.") { file, data };
        command.SetAction((parsed, cancel) => RunAsync(Path.GetFullPath(parsed.GetValue(file)!), parsed.GetValue(data) ?? DataFolder.DefaultPath, cancel));
        return command;
    }

    private static async Task<int> RunAsync(string file, string data, CancellationToken cancel)
    {
        try
        {
            var progress = new Progress();
            await Backup.RunAsync(data, file, progress.Show, cancel);
            progress.End();
            Console.Out.WriteLine($"Wrote {file} ({new FileInfo(file).Length / 1024} KiB).");
            return ExitCode.Done;
        }
        catch (Exception e) when (AdministrationOptions.CodeOf(e) is { } code)
        {
            Console.Error.WriteLine($"minato: {e.Message}");
            return code;
        }
    }
}
