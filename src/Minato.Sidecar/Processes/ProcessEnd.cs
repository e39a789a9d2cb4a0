namespace Minato.Sidecar;

/// <summary>How a process ended.</summary>
/// <param name="Code">What it returned; null when a signal ended it, or when nobody can tell.</param>
/// <param name="Signal">The number of the signal that ended it, or null.</param>
public readonly record struct ProcessEnd(int? Code, int? Signal)
{
    /// <summary>As shells say it: the code, or 128 and the signal.</summary>
    public int ShellCode => Code ?? 128 + Signal.GetValueOrDefault();

    /// <summary>"with code 3", "by signal 9".</summary>
    public override string ToString() => Signal is { } signal ? $"by signal {signal}" : Code is { } code ? $"with code {code}" : "in a way that the system did not tell";
}
