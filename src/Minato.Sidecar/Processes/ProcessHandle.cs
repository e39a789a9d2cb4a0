using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Minato.Sidecar;

/// <summary>One process, whatever becomes of its pid (https://man7.org/linux/man-pages/man2/pidfd_open.2.html). Linux only.</summary>
internal sealed class ProcessHandle : IDisposable
{
    private readonly SafeFileHandle _handle;

    private ProcessHandle(int descriptor) => _handle = new SafeFileHandle(descriptor, ownsHandle: true);

    /// <summary>False where the system offers no such handles (before Linux 5.3, or forbidden by a sandbox).</summary>
    /// <param name="pid">The process, as it is now.</param>
    /// <param name="handle">Null when there is no such process.</param>
    public static bool TryOpen(int pid, out ProcessHandle? handle)
    {
        var descriptor = Libc.PidfdOpen(pid);
        handle = descriptor < 0 ? null : new ProcessHandle(descriptor);
        return handle is not null || Marshal.GetLastPInvokeError() == Libc.ESRCH;
    }

    /// <summary>Blocks until the process has ended, reaped or not.</summary>
    public void WaitForEnd()
    {
        if (!Libc.WaitReadable((int)_handle.DangerousGetHandle()))
            throw new InvalidOperationException($"poll(2) of a process handle failed with errno {Marshal.GetLastPInvokeError()}.");
    }

    /// <summary>False when it has ended, or the handle was disposed of.</summary>
    public bool Signal(int signal)
    {
        // Held meanwhile: the number of a descriptor that was closed is soon another's, and might be another process's handle.
        var isHeld = false;
        try
        {
            _handle.DangerousAddRef(ref isHeld);
            return Libc.SignalByHandle((int)_handle.DangerousGetHandle(), signal) == 0;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
        finally
        {
            if (isHeld)
                _handle.DangerousRelease();
        }
    }

    public void Dispose() => _handle.Dispose();
}
