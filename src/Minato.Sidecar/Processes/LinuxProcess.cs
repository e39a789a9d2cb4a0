using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Minato.Sidecar;

/// <summary>
/// A child on Linux. It is not reaped before it is disposed of: as long as its zombie has the pid, neither the pid nor the group can
/// become somebody else's, and a signal to them reaches nobody but ours.
/// </summary>
internal sealed class LinuxProcess : IStartedProcess
{
    private const int Terminate = 15;
    private const int KillNow = 9;

    /// <summary>Above every descriptor that a child gets.</summary>
    private const int OutOfTheWay = 16;

    // $0 and $@: nothing of the command is read by the shell. exec keeps the pid.
    private static readonly string[] WithOwnPid = ["/bin/sh", "-c", "export LISTEN_PID=$$; exec \"$0\" \"$@\""];

    private readonly ProcessHandle? _handle;
    private readonly SafeHandle? _input;
    private readonly TaskCompletionSource<ProcessEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private bool _reaped;

    private LinuxProcess(int pid, ProcessFamily family, ProcessHandle? handle, ChildPipes pipes)
    {
        (Pid, Family, _handle, _input) = (pid, family, handle, pipes.Input);
        Output = Open(pipes.Output);
        Errors = Open(pipes.Errors);
        // A thread, not the pool: it waits as long as the child lives.
        new Thread(WaitForEnd, maxStackSize: 128 * 1024) { IsBackground = true, Name = $"end of process {pid}" }.Start();
    }

    public int Pid { get; }

    public ProcessFamily Family { get; }

    public Stream? Output { get; }

    public Stream? Errors { get; }

    public Task<ProcessEnd> Ended => _ended.Task;

    public bool IsAllGone => Ended.IsCompleted && Family.Others().Count == 0 && Family.Escaped().Count == 0;

    /// <exception cref="SidecarException">The system refused; the message says why.</exception>
    public static LinuxProcess Start(StartRequest request, string nonce)
    {
        using var pipes = ChildPipes.Open(request.Streams);
        List<int> descriptors = [.. pipes.OfChild];
        using var socket = Copy(request.Socket?.SafeHandle);
        if (socket is not null)
            descriptors.Add((int)socket.DangerousGetHandle());
        string[] command = [request.Program, .. request.Arguments];
        command = DeathSignal.Wrap(request.Socket is null ? command : [.. WithOwnPid, .. command]);
        string[] environment = [.. request.Environment.Select(v => $"{v.Key}={v.Value}"), $"{LaunchNonce.Variable}={nonce}"];
        LeashPair.Own.BeThere();
        var (pid, error) = StartThread.Run(() => Spawning.Spawn(
            command[0], command, environment, request.Directory, CollectionsMarshal.AsSpan(descriptors), request.HasOwnGroup ? ChildGroup.Own : ChildGroup.Ours,
            closeOthers: request.Streams == StandardStreams.Captured));
        if (pid == 0)
            throw new SidecarException(SidecarFailure.CannotExecute, $"\"{request.Program}\" could not be started: {Reason(error)}");
        if (request.HasOwnGroup)
            LeashPair.Own.Tie(pid);
        _ = ProcessHandle.TryOpen(pid, out var handle);
        return new LinuxProcess(pid, new ProcessFamily(pid, request.HasOwnGroup, nonce), handle, pipes.Take());
    }

    public void AskToEnd() => SignalAll(Terminate);

    public void Signal(int signal) => _handle?.Signal(signal);

    public void Kill() => SignalAll(KillNow);

    public void Dispose()
    {
        Kill();
        Output?.Dispose();
        Errors?.Dispose();
        _input?.Dispose();
        // Not before it has ended, or WaitForEnd would lose it; at once where it has.
        _ = Ended.ContinueWith(_ => Reap(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    internal static SafeFileHandle? Copy(SafeHandle? source) => source is null ? null
        : Libc.DuplicateAbove((int)source.DangerousGetHandle(), OutOfTheWay) is var copy and >= 0 ? new SafeFileHandle(copy, ownsHandle: true)
        : throw new SidecarException(SidecarFailure.CannotExecute, "No descriptor is left to start a program with. Close some, or raise the limit (ulimit -n).");

    private void SignalAll(int signal)
    {
        lock (_gate)
        {
            if (_reaped)
                return;
            IReadOnlyList<int> others = Family.HasOwnGroup ? Family.Escaped() : [.. Family.Others().Union(Family.Escaped())];
            if (Family.HasOwnGroup)
                _ = Libc.SignalGroup(Pid, signal);
            else
                Signal(signal);
            SignalEach(others, signal);
        }
    }

    // One by one, each by a handle that was opened before the process was looked at: a pid that changed hands meanwhile is not signalled.
    private void SignalEach(IReadOnlyList<int> others, int signal)
    {
        foreach (var pid in others)
        {
            _ = ProcessHandle.TryOpen(pid, out var other);
            using (other)
            {
                if (other is not null && Family.Contains(pid))
                    other.Signal(signal);
            }
        }
    }

    private void WaitForEnd()
    {
        // Lost when the host ignores SIGCHLD, or waits for any child itself: then the kernel's handle still tells that it ended.
        if (!Libc.WaitForEnd(Pid, out var end))
        {
            _handle?.WaitForEnd();
            end = default;
        }
        _ended.SetResult(end);
    }

    private void Reap()
    {
        lock (_gate)
        {
            LeashPair.Own.Untie(Pid);
            Libc.Reap(Pid);
            _reaped = true;
        }
        _handle?.Dispose();
    }

    private static AnonymousPipeClientStream? Open(SafePipeHandle? end) => end is null ? null : new AnonymousPipeClientStream(PipeDirection.In, end);

    internal static string Reason(int error) => error switch
    {
        8 => "it is neither a program nor a script that names one in its first line (#!).", // ENOEXEC
        2 => "the program that its first line (#!) names does not exist, or its folder does not.", // ENOENT
        11 or 12 => "the system has no room for another process. Close some.", // EAGAIN, ENOMEM
        7 => "its arguments and environment are too long.", // E2BIG
        13 => "it, or the folder to start it in, may not be used by this user.", // EACCES
        26 => "it is being written to.", // ETXTBSY
        _ => Marshal.GetPInvokeErrorMessage(error) + ".",
    };
}
