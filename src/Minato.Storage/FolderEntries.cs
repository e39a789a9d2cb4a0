using System.Runtime.InteropServices;

namespace Minato.Storage;

/// <summary>
/// A folder's own entries on disk: what was made or renamed in it is there after a power loss, too, which a file's own fsync does not promise
/// (https://pubs.opengroup.org/onlinepubs/9799919799/functions/fsync.html). .NET opens no folders, so this asks the C library.
/// </summary>
public static partial class FolderEntries
{
    // O_RDONLY | O_CLOEXEC: no process that is started meanwhile gets it.
    private static readonly int CloseOnExec = OperatingSystem.IsMacOS() ? 0x100_0000 : 0x8_0000;

    private const int NotPermitted = 1, PermissionDenied = 13, ReadOnly = 30;

    /// <exception cref="IOException">It cannot be opened or synced.</exception>
    public static void Sync(string path)
    {
        // Windows syncs the entry with the file.
        if (OperatingSystem.IsWindows())
            return;
        if (TrySync(path) is { } failed)
            throw new IOException($"The folder {path} cannot be synced (errno {failed}).");
    }

    /// <summary>
    /// Every folder on the way to this one, itself not included. One that may not be opened was not made by us, nor is the entry in it of the next.
    /// </summary>
    /// <param name="path">Absolute.</param>
    /// <exception cref="IOException">One cannot be synced.</exception>
    public static void SyncWayTo(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        for (var folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
            if (TrySync(folder) is { } failed and not (PermissionDenied or NotPermitted or ReadOnly))
                throw new IOException($"The folder {folder} cannot be synced (errno {failed}).");
    }

    /// <returns>The error's number; null: it is on disk.</returns>
    private static int? TrySync(string path)
    {
        var folder = Open(path, CloseOnExec);
        if (folder < 0)
            return Marshal.GetLastPInvokeError();
        var failed = Fsync(folder) != 0 ? Marshal.GetLastPInvokeError() : 0;
        _ = Close(folder);
        // EINVAL, ENOSYS, EOPNOTSUPP: a file system that has nothing to sync for a folder.
        return failed is 0 or 22 or 38 or 95 ? null : failed;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
