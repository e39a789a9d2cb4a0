using System.CommandLine;
using Minato.Server;

namespace Minato.Cli.Administration;

/// <summary><c>minato restore FILE</c>: the data as it was when the backup was made.</summary>
internal static class RestoreCommand
{
    internal static Command Build()
    {
        var file = new Argument<string>("FILE") { Description = "A file that minato backup wrote." };
        var data = AdministrationOptions.Data();
        var command = new Command("restore", "Put a backup in place of the data, while no server has it. What was there is kept beside it.") { file, data };
        command.SetAction(parsed => Run(Path.GetFullPath(parsed.GetValue(file)!), parsed.GetValue(data) ?? DataFolder.DefaultPath));
        return command;
    }

    private static int Run(string file, string data)
    {
        try
        {
            var kept = Restore.Run(data, file);
            Console.Out.WriteLine(kept is null ? $"Restored {file} to {data}." : $"Restored {file} to {data}. What was there is now {kept}.");
            return ExitCode.Done;
        }
        catch (Exception e) when (AdministrationOptions.CodeOf(e) is { } code)
        {
            Console.Error.WriteLine(e is DataInUseException ? $"minato: {e.Message} Stop it first." : $"minato: {e.Message}");
            return code;
        }
    }
}
