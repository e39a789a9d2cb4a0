using System.CommandLine;
using Minato.Server;

namespace Minato.Cli.Administration;

/// <summary><c>minato reindex</c>: the search index from nothing, while people go on talking and searching.</summary>
internal static class ReindexCommand
{
    internal static Command Build()
    {
        var data = AdministrationOptions.Data();
        var command = new Command("reindex", "Build the search index anew, while the server runs or at its next start.") { data };
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(data) ?? DataFolder.DefaultPath, cancel));
        return command;
    }

    private static async Task<int> RunAsync(string data, CancellationToken cancel)
    {
        try
        {
            var progress = new Progress();
            var isDone = await Reindex.RunAsync(data, progress.Show, cancel);
            progress.End();
            Console.Out.WriteLine(isDone ? "The search index is whole." : "No server runs here: the next one builds the search index.");
            return ExitCode.Done;
        }
        catch (Exception e) when (AdministrationOptions.CodeOf(e) is { } code)
        {
            Console.Error.WriteLine($"minato: {e.Message}");
            return code;
        }
    }
}
