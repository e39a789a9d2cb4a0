using System.Runtime.InteropServices;

namespace Minato.Client;

/// <summary>A folder's own entries on disk: a file that was renamed is there after a power loss, too. .NET opens no folders, so this asks the C library.</summary>
internal static partial class Folder
{
    internal static void Sync(string path)
    {
        // Windows syncs the entry with the file.
        if (OperatingSystem.IsWindows())
            return;
        var folder = Open(path, flags: 0);
        if (folder < 0)
            throw new IOException($"The folder {path} cannot be opened (errno {Marshal.GetLastPInvokeError()}).");
        var failed = Fsync(folder) != 0 ? Marshal.GetLastPInvokeError() : 0;
        _ = Close(folder);
        // EINVAL: a file system that has nothing to sync for a folder.
        if (failed is not (0 or 22))
            throw new IOException($"The folder {path} cannot be synced (errno {failed}).");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
