using System.Globalization;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Minato.Sidecar;

/// <summary>
/// A <see cref="Replacement"/> that runs beside this process to show whether it could take over; its own end is <see cref="OnTrial"/>. The two
/// talk in lines. It has a group of its own, all of which ends with the trial, and it is told of our end by the end of what it hears. Linux only.
/// </summary>
public sealed class TrialRun : IAsyncDisposable
{
    private const int KillNow = 9;

    /// <summary>What follows is why not, as a sentence.</summary>
    internal const string Error = "error ";

    private readonly int _pid;
    private readonly StreamReader _hears;
    private readonly StreamWriter _says;
    private readonly TaskCompletionSource<ProcessEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isDisposed;

    private TrialRun(int pid, SafePipeHandle hears, SafePipeHandle says)
    {
        _pid = pid;
        _hears = new StreamReader(new AnonymousPipeClientStream(PipeDirection.In, hears));
        _says = new StreamWriter(new AnonymousPipeClientStream(PipeDirection.Out, says)) { AutoFlush = true };
        // A thread, not the pool: it waits as long as the child lives.
        new Thread(WaitForEnd, maxStackSize: 128 * 1024) { IsBackground = true, Name = $"end of trial {pid}" }.Start();
    }

    public int ProcessId => _pid;

    /// <summary>Starts it. What it writes is dropped, but for its errors, which go where ours go.</summary>
    /// <param name="held">A file that it holds open as well: a lock on it outlives whichever of the two ends first.</param>
    /// <exception cref="SidecarException">The system refused; the message says why.</exception>
    public static TrialRun Start(Replacement program, SafeFileHandle held)
    {
        if (Libc.OpenPipe(out var theirInput, out var ourOutput) != 0)
            throw NoDescriptor();
        using var says = new SafePipeHandle(ourOutput, ownsHandle: true);
        using var heard = new SafeFileHandle(theirInput, ownsHandle: true);
        if (Libc.OpenPipe(out var ourInput, out var theirOutput) != 0)
            throw NoDescriptor();
        using var hears = new SafePipeHandle(ourInput, ownsHandle: true);
        using var said = new SafeFileHandle(theirOutput, ownsHandle: true);
        using var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        using SafeFileHandle silent = LinuxProcess.Copy(nothing)!, input = LinuxProcess.Copy(heard)!, output = LinuxProcess.Copy(said)!, file = LinuxProcess.Copy(held)!;
        int[] descriptors = [Number(silent), Number(silent), -1, Number(input), Number(output), Number(file)];
        var (pid, error) = Spawning.Spawn(
            program.Program, [program.Program, .. program.Arguments], Replacement.Lines(program.With(OnTrial.Variable, OnTrial.Descriptors)), directory: null,
            descriptors, ChildGroup.Own, closeOthers: true);
        return pid != 0
            ? new TrialRun(pid, Take(hears), Take(says))
            : throw new SidecarException(SidecarFailure.CannotExecute, $"\"{program.Program}\" could not be started: {LinuxProcess.Reason(error)}");
    }

    /// <summary>Nothing happens where it has ended: that shows at what is expected next.</summary>
    public void Say(string line)
    {
        try
        {
            _says.WriteLine(line);
        }
        catch (IOException)
        {
        }
    }

    /// <summary>Waits until it says this.</summary>
    /// <exception cref="SidecarException">It ended, said something else, or nothing in time; the message is one for the user.</exception>
    public async Task ExpectAsync(string line, TimeSpan patience, TimeProvider clock, CancellationToken cancel = default)
    {
        using var inTime = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(inTime.Token, cancel);
        try
        {
            // Not told to stop by a token: a pipe is read to its end, which comes with the child's.
            var said = await _hears.ReadLineAsync(CancellationToken.None).AsTask().WaitAsync(either.Token);
            if (said == line)
                return;
            if (said is null)
                throw EndedEarly(await _ended.Task.WaitAsync(either.Token));
            throw said.StartsWith(Error, StringComparison.Ordinal)
                ? new SidecarException(SidecarFailure.BadReport, said[Error.Length..])
                : new SidecarException(SidecarFailure.BadReport, $"It was to say \"{line}\", and said \"{said}\".");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new SidecarException(SidecarFailure.NotReady, string.Create(CultureInfo.InvariantCulture, $"It did not get ready within {patience.TotalSeconds:0.#} s."));
        }
    }

    /// <summary>Ends it and all of its group, and completes when it is dead.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        // Nobody else's: as long as it is not reaped, the number is its own.
        _ = Libc.SignalGroup(_pid, KillNow);
        await _ended.Task;
        Libc.Reap(_pid);
        _hears.Dispose();
        await _says.DisposeAsync();
    }

    private void WaitForEnd()
    {
        _ = Libc.WaitForEnd(_pid, out var end);
        _ended.SetResult(end);
    }

    private static SidecarException EndedEarly(ProcessEnd end) => new(SidecarFailure.EndedEarly, $"It ended {end} before it was ready.", end);

    private static SidecarException NoDescriptor() =>
        new(SidecarFailure.CannotExecute, "No descriptor is left to start a program with. Close some, or raise the limit (ulimit -n).");

    private static int Number(SafeHandle handle) => (int)handle.DangerousGetHandle();

    private static SafePipeHandle Take(SafePipeHandle handle)
    {
        var number = handle.DangerousGetHandle();
        handle.SetHandleAsInvalid();
        return new SafePipeHandle(number, ownsHandle: true);
    }
}
