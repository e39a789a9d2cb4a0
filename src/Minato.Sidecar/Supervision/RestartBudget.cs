namespace Minato.Sidecar;

/// <summary>Counts restarts: how long to wait before the next one, and when to give up.</summary>
internal sealed class RestartBudget(RestartPolicy policy, TimeProvider time)
{
    private readonly Queue<long> _restarts = new();
    private int _failures;

    /// <summary>The pause before the next restart; null when there have been too many.</summary>
    /// <param name="lived">How long the last one ran.</param>
    internal TimeSpan? Take(TimeSpan lived)
    {
        var now = time.GetTimestamp();
        while (_restarts.TryPeek(out var first) && time.GetElapsedTime(first, now) > policy.BudgetTime)
            _restarts.Dequeue();
        if (_restarts.Count >= policy.Budget)
            return null;
        _restarts.Enqueue(now);
        _failures = lived >= policy.Stable ? 1 : _failures + 1;
        return policy.Pause(_failures);
    }
}
