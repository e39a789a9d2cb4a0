namespace Minato.Sidecar;

/// <summary>
/// Whether a program may still be started. Whoever has withdrawn it knows that none is started from then on: one that was being started at that
/// moment has been by then, and its process is known.
/// </summary>
internal sealed class StartPermit
{
    private readonly Lock _gate = new();
    private bool _isWithdrawn;
    private int _used;

    /// <summary>How often something was started by it.</summary>
    internal int Used => Volatile.Read(ref _used);

    /// <exception cref="OperationCanceledException">It was withdrawn; nothing was started.</exception>
    internal void Use(Action start)
    {
        lock (_gate)
        {
            if (_isWithdrawn)
                throw new OperationCanceledException("It is not to be started again.");
            _used++;
            start();
        }
    }

    internal void Withdraw()
    {
        lock (_gate)
            _isWithdrawn = true;
    }
}
