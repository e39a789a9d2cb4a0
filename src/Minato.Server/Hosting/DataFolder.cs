using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Minato.Core.Storage;
using Minato.Server.Hosting;
using Minato.Storage;

namespace Minato.Server;

/// <summary>
/// One workspace on disk: the database, the lock that makes it ours while we live, and what a second start has to know of us.
/// </summary>
public sealed class DataFolder : IDisposable
{
    private const string DatabaseName = "minato.db";
    private const string MemoryPrefix = "minato-memory-";

    private readonly bool _isTemporary;

    private DataFolder(string path, SafeFileHandle held, bool isTemporary)
    {
        Path = path;
        Lock = held;
        _isTemporary = isTemporary;
    }

    /// <summary><c>$XDG_STATE_HOME/minato</c> on Linux (<c>~/.local/state/minato</c> if unset), the platform's equivalent elsewhere.</summary>
    public static string DefaultPath
    {
        get
        {
            if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS())
                return System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "minato");
            var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
            // The specification says to ignore a path that is not absolute.
            return string.IsNullOrEmpty(state) || !System.IO.Path.IsPathRooted(state)
                ? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state", "minato")
                : System.IO.Path.Combine(state, "minato");
        }
    }

    internal string Path { get; }

    /// <summary>Held for as long as it is open: flock(2) on Unix, by this process and by whoever is handed it.</summary>
    internal SafeFileHandle Lock { get; }

    internal string Database => DatabaseIn(Path);

    /// <summary>What is derived for searching: may be deleted while no server has the folder, and is made again.</summary>
    internal string SearchDatabase => System.IO.Path.Combine(Path, "search.db");

    /// <summary>The bytes of uploaded files.</summary>
    internal string Files => System.IO.Path.Combine(Path, "files");

    /// <summary>Who serves this folder; the lock says whether it still does.</summary>
    internal string ServerFile => System.IO.Path.Combine(Path, "server.json");

    /// <summary>Where a folder's database is, whoever has the folder.</summary>
    internal static string DatabaseIn(string path) => System.IO.Path.Combine(path, DatabaseName);

    /// <summary>Creates the folder if need be, private to its owner, and takes its lock, which the kernel releases however this process ends.</summary>
    /// <param name="held">The lock, where this process was handed it already.</param>
    /// <exception cref="DataInUseException">Another server has it.</exception>
    /// <exception cref="StoreFailedException">It cannot be written.</exception>
    internal static DataFolder Open(string path, SafeFileHandle? held = null)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            CreatePrivate(full);
            // Before there is anything in it. Also of a folder that is there: whoever made it may have been killed before it was on disk.
            if (!File.Exists(DatabaseIn(full)))
                FolderEntries.SyncWayTo(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(full, e);
        }
        return new DataFolder(full, held ?? TakeLock(full), isTemporary: false);
    }

    /// <summary>A folder that ends with the server, in memory where the system has such a place. Those that killed servers left are removed.</summary>
    internal static DataFolder OpenTemporary()
    {
        var root = Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath();
        RemoveLeftovers(root);
        for (var tries = 1; ; tries++)
        {
            var path = System.IO.Path.Combine(root, MemoryPrefix + Guid.NewGuid().ToString("N"));
            CreatePrivate(path);
            try
            {
                return new DataFolder(path, TakeLock(path), isTemporary: true);
            }
            catch (DataInUseException) when (tries < 10)
            {
                // Between the folder and its lock, another server that starts took it for a leftover.
            }
        }
    }

    /// <summary>The port that this folder served on when the default was taken: a page's drafts and guests belong to its origin.</summary>
    internal int? RememberedPort
    {
        get => File.Exists(PortFile) && int.TryParse(File.ReadAllText(PortFile), CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
            : null;
        set => PrivateFile.Write(PortFile, value?.ToString(CultureInfo.InvariantCulture) ?? "");
    }

    public void Dispose()
    {
        // While the lock is ours, so that no server that starts takes the folder for a leftover under our hands; Windows deletes no open file.
        if (_isTemporary && !OperatingSystem.IsWindows())
            try
            {
                Directory.Delete(Path, recursive: true);
            }
            catch (IOException)
            {
                // The lock's name went with the rest, and one that starts has put its own there: it takes the folder for a leftover, and removes it.
            }
        Lock.Dispose();
        if (_isTemporary && OperatingSystem.IsWindows())
            Directory.Delete(Path, recursive: true);
    }

    private string PortFile => System.IO.Path.Combine(Path, "port");

    private static SafeFileHandle TakeLock(string path)
    {
        try
        {
            // FileShare.None is flock(2) on Unix: held by the kernel for exactly as long as somebody has this very opening of the file.
            return File.OpenHandle(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw CannotWrite(path, e);
        }
        catch (IOException e) when (IsReadOnly(e))
        {
            throw CannotWrite(path, e);
        }
        catch (IOException)
        {
            throw DataInUseException.From(path);
        }
    }

    /// <summary>EROFS comes as a plain IOException whose result is the error number.</summary>
    private static bool IsReadOnly(IOException e) => OperatingSystem.IsLinux() && e.HResult is 30 or 28;

    private static void CreatePrivate(string path)
    {
        if (Directory.Exists(path))
            return;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static void RemoveLeftovers(string root)
    {
        foreach (var path in Directory.GetDirectories(root, MemoryPrefix + "*"))
        {
            try
            {
                using (TakeLock(path))
                    Directory.Delete(path, recursive: true);
            }
            catch (Exception e) when (e is DataInUseException or StoreFailedException or IOException or UnauthorizedAccessException)
            {
                // Somebody's who is still there, or another user's.
            }
        }
    }

    private static StoreFailedException CannotWrite(string path, Exception e) =>
        new($"{path} cannot be written ({e.Message.TrimEnd('.')}). Check the folder's owner and rights, or choose another with --data.", e);
}
