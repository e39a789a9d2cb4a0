using System.Runtime.InteropServices;

namespace Minato.Cli.Running;

/// <summary>Passes signals on to the command, which decides what they mean.</summary>
internal sealed class SignalRelay : IDisposable
{
    private const int User1 = 10;
    private const int User2 = 12;

    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly TaskCompletionSource _endAsked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Action<int>? _signal;

    internal SignalRelay()
    {
        Pass(PosixSignal.SIGTERM, 15);
        Pass(PosixSignal.SIGHUP, 1);
        // At a terminal the command is in our group, and has got the key itself.
        Pass(PosixSignal.SIGINT, Console.IsInputRedirected ? 2 : null);
        Pass(PosixSignal.SIGQUIT, Console.IsInputRedirected ? 3 : null);
        if (OperatingSystem.IsWindows())
            return;
        Pass((PosixSignal)User1, User1);
        Pass((PosixSignal)User2, User2);
    }

    /// <summary>Completes when somebody wanted the end: then a command that ends is not to be started again.</summary>
    internal Task EndAsked => _endAsked.Task;

    /// <summary>Signals that come before there is a command are as good as those that come after.</summary>
    internal void To(Action<int> signal) => _signal = signal;

    public void Dispose() => _registrations.ForEach(r => r.Dispose());

    private void Pass(PosixSignal signal, int? number) => _registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        // Before there is a command, the signal is ours and ends us.
        context.Cancel = _signal is not null;
        if (number is not (User1 or User2))
            _endAsked.TrySetResult();
        if (number is { } known)
            _signal?.Invoke(known);
    }));
}
