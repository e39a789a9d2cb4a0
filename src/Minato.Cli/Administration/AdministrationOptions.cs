using System.CommandLine;
using Minato.Server;

namespace Minato.Cli.Administration;

/// <summary>What administrative commands have in common.</summary>
internal static class AdministrationOptions
{
    internal static Option<string?> Data() => new("--data") { Description = $"The data folder. [default: {DataFolder.DefaultPath}]", HelpName = "DIR" };

    /// <summary>The exit code of an error that is said in a sentence; null for one that is a bug.</summary>
    internal static int? CodeOf(Exception e) => e switch
    {
        DataInUseException => ExitCode.DataInUse,
        DatabaseException => ExitCode.Database,
        IOException or UnauthorizedAccessException => ExitCode.Error,
        _ => null,
    };
}
