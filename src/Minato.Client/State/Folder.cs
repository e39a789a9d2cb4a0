using Microsoft.Win32.SafeHandles;

namespace Minato.Client;

/// <summary>A folder's own entries on disk: a file that was renamed is there after a power loss, too.</summary>
internal static class Folder
{
    internal static void Sync(string path)
    {
        // Windows syncs the entry with the file; it opens no folders.
        if (OperatingSystem.IsWindows())
            return;
        using SafeFileHandle handle = File.OpenHandle(path);
        RandomAccess.FlushToDisk(handle);
    }
}
