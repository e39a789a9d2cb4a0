namespace Minato.Cli;

/// <summary>What the process ends with. Scripts rely on these.</summary>
internal static class ExitCode
{
    internal const int Done = 0;

    /// <summary>Another clear error; the message says which.</summary>
    internal const int Error = 1;

    internal const int Usage = 2;

    /// <summary>The port cannot be had.</summary>
    internal const int Port = 3;

    /// <summary>Another server has the data folder.</summary>
    internal const int DataInUse = 4;

    /// <summary>The database cannot be used, or can no longer be trusted.</summary>
    internal const int Database = 5;
}
