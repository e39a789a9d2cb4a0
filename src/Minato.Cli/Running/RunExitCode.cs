namespace Minato.Cli.Running;

/// <summary>What <c>minato run</c> ends with where it is not the command's own code: as env(1), timeout(1) and shells do.</summary>
internal static class RunExitCode
{
    internal const int NotReady = 124;
    internal const int OurError = 125;
    internal const int CannotExecute = 126;
    internal const int NotFound = 127;
}
