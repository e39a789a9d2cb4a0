using Microsoft.Win32.SafeHandles;

namespace Minato.Sidecar;

/// <summary>
/// Linux: one file of which each byte is a port, locked through one descriptor for all (open file description locks,
/// https://man7.org/linux/man-pages/man2/fcntl_locking.2.html). The file stays empty.
/// </summary>
internal sealed class RangeLocks(string file) : ILeaseLocks
{
    private readonly Lock _gate = new();

    /// <summary>The kernel lets us lock again what we have locked: who has what in this process is kept here.</summary>
    private readonly HashSet<int> _ours = [];
    private SafeFileHandle? _handle;

    public bool TryLock(int port)
    {
        lock (_gate)
        {
            if (_ours.Contains(port))
                return false;
            _handle ??= File.OpenHandle(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            if (!Libc.TryLockByte(_handle, port))
                return false;
            return _ours.Add(port);
        }
    }

    public void Unlock(int port)
    {
        lock (_gate)
        {
            if (_ours.Remove(port))
                Libc.UnlockByte(_handle!, port);
        }
    }
}
