using System.Runtime.InteropServices;

namespace Minato.Cli.Serving;

/// <summary>
/// SIGTERM and SIGINT. Made before the server is announced: whoever read its first line may end it at once, and it is to drain then, too.
/// </summary>
internal sealed class EndSignals : IDisposable
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration _term;
    private readonly PosixSignalRegistration _interrupt;

    internal EndSignals()
    {
        _term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask);
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask);
    }

    /// <summary>Completes when somebody asked for the end.</summary>
    internal Task Asked => _asked.Task;

    public void Dispose()
    {
        _term.Dispose();
        _interrupt.Dispose();
    }

    // The second time somebody insists, and the system's own way of ending takes over.
    private void Ask(PosixSignalContext signal) => signal.Cancel = _asked.TrySetResult();
}
