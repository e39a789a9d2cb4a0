using System.Security.Cryptography;

namespace Minato.Sidecar;

/// <summary>
/// What children carry in their environment under <see cref="Variable"/>: this process's own random number, then the launch's. Nobody else's
/// process has it, so that whoever has it is ours, whatever group or parent it has left.
/// </summary>
internal static class LaunchNonce
{
    internal const string Variable = "MINATO_LAUNCH";

    internal static string OfThisProcess { get; } = Random();

    internal static string New() => $"{OfThisProcess}-{Random()}";

    private static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
