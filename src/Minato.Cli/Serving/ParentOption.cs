namespace Minato.Cli.Serving;

/// <summary>
/// <c>--exit-with-parent</c> stands alone or as <c>--exit-with-parent=PID</c>, but never takes the next argument: that may be the address.
/// </summary>
internal static class ParentOption
{
    internal const string PidOption = "--exit-with-parent-pid";

    private const string WithPid = "--exit-with-parent=";

    internal static string[] Split(string[] args) =>
        Array.ConvertAll(args, a => a.StartsWith(WithPid, StringComparison.Ordinal) ? $"{PidOption}={a[WithPid.Length..]}" : a);
}
