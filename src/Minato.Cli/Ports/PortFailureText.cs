using Minato.Sidecar;

namespace Minato.Cli.Ports;

/// <summary>What the commands about ports say and end with when something is wrong.</summary>
internal static class PortFailureText
{
    internal static (string Message, int Code)? From(Exception e) => e switch
    {
        PortException => (e.Message, ExitCode.Port),
        ArgumentException => (e.Message, ExitCode.Usage),
        IOException => (e.Message, ExitCode.Error),
        _ => null,
    };
}
