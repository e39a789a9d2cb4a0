using System.CommandLine;
using Minato.Server;

namespace Minato.Cli.Administration;

/// <summary>What administrative commands have in common.</summary>
internal static class AdministrationOptions
{
    internal static Option<string?> Data() => new("--data") { Description = $"The data folder. [default: {DataFolder.DefaultPath}]", HelpName = "DIR" };

    internal static Option<string?> Postgres() => new("--postgres")
    {
        Description = "Where a server that does not run keeps its data, as serve has it: postgres://user@host/database. A running one is found by its data folder.",
        HelpName = "CONNECTION",
    };

    /// <summary>The exit code of an error that is said in a sentence; null for one that is a bug.</summary>
    internal static int? CodeOf(Exception e) => e switch
    {
        DataInUseException => ExitCode.DataInUse,
        DatabaseException => ExitCode.Database,
        IOException or UnauthorizedAccessException => ExitCode.Error,
        _ => null,
    };
}
