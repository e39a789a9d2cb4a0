namespace Minato.Sidecar;

/// <summary>
/// Notices the end of the program that started us, so that no server is left behind. Each watch lasts as long as this
/// process and costs one background thread, which does not keep the process alive.
/// </summary>
public static class ParentWatch
{
    private static readonly Lock s_lock = new();
    private static Task? s_standardInput;

    /// <summary>
    /// Completes when the other end of standard input is closed, as happens however its holder ends, kill -9 included.
    /// What arrives is read and discarded: nothing else may read standard input afterwards.
    /// </summary>
    /// <exception cref="InvalidOperationException">Standard input is neither a pipe nor a socket, so it never closes in that way.</exception>
    public static Task WhenStandardInputCloses()
    {
        lock (s_lock)
        {
            if (s_standardInput is null && !StandardInput.IsLeash())
            {
                throw new InvalidOperationException(
                    "Standard input is neither a pipe nor a socket, so its closing cannot tell that the parent ended. " +
                    "Start this process with a pipe on standard input and keep it open, or watch the parent's pid.");
            }

            return s_standardInput ??= RunInBackground("standard input watch", StandardInput.ReadToEnd);
        }
    }

    /// <summary>
    /// Completes when the process that has this pid now ends; at once when there is none. A zombie has ended.
    /// Linux: noticed at once (pidfd_open(2), Linux 5.3). Where that is missing, and on other platforms (untested),
    /// pid and start time are compared every second, so that a new process with the same pid is not taken for the old one.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The pid is not positive.</exception>
    public static Task WhenProcessEnds(int pid)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pid);
        if (!OperatingSystem.IsLinux() || !ProcessHandle.TryOpen(pid, out var handle))
            return WhenProcessEndsByPolling(pid, TimeProvider.System);
        if (handle is null)
            return Task.CompletedTask;
        return RunInBackground($"watch of process {pid}", () =>
        {
            using (handle)
                handle.WaitForEnd();
        });
    }

    internal static async Task WhenProcessEndsByPolling(int pid, TimeProvider time)
    {
        var start = ProcessStart.Find(pid);
        if (start is null)
            return;
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (await second.WaitForNextTickAsync())
        {
            if (ProcessStart.Find(pid) != start)
                return;
        }
    }

    // A thread, not the pool: the wait lasts as long as the process and would occupy a worker.
    private static Task RunInBackground(string name, Action wait)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                wait();
                done.SetResult();
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        })
        { IsBackground = true, Name = name }.Start();
        return done.Task;
    }
}
