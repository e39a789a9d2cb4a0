namespace Minato.Sidecar;

/// <summary>When a program that ended is started again.</summary>
public sealed record RestartPolicy
{
    /// <summary>Also where it ended with code 0; else only where it failed: another code, or a signal.</summary>
    public bool AfterSuccess { get; init; }

    /// <summary>100 ms before the first restart, as systemd's RestartSec; doubled each time, with up to a half less by chance.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>10 s at most.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Who has run for 10 s is well again: the pause is the first one, as Docker's.</summary>
    public TimeSpan Stable { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>5 restarts within <see cref="BudgetTime"/>; then it is given up.</summary>
    public int Budget { get; init; } = 5;

    /// <summary>60 s.</summary>
    public TimeSpan BudgetTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Called with each end after which it is to be started again, and with the pause until then.</summary>
    public Action<ProcessEnd, TimeSpan>? OnPause { get; init; }

    /// <summary>Called when it is ready again.</summary>
    public Action<Sidecar>? OnStartedAgain { get; init; }

    /// <summary>For tests: a pause is over, and nothing is started yet.</summary>
    internal Action? OnPauseOver { get; init; }

    internal bool Wants(ProcessEnd end) => AfterSuccess || end.Code != 0;

    /// <param name="failures">In a row, from 1 on.</param>
    internal TimeSpan Pause(int failures)
    {
        var whole = Math.Min(LongestPause.TotalMilliseconds, FirstPause.TotalMilliseconds * Math.Pow(2, Math.Min(failures - 1, 30)));
        return TimeSpan.FromMilliseconds(whole * (1 - Random.Shared.NextDouble() / 2));
    }
}
