using System.Collections.Concurrent;
using Minato.Storage;

namespace Minato.Server.Files;

/// <summary>
/// The bytes of uploaded files, <c>DATA/files/XX/ID</c>, where XX are the last two digits of the id, which are random. A file has its name there
/// only when it is whole and on disk; what is under way lies in <c>DATA/files/incoming</c>. Names that people give never become paths.
/// </summary>
internal sealed class FileFolder
{
    private readonly string _root;
    private readonly UploadBounds _bounds;
    // Between having its name and being known to the log a file looks like one that nobody knows.
    private readonly ConcurrentDictionary<Guid, bool> _underWay = [];

    // Folders whose own names are on disk: that one is there says only that somebody made it, who may be about to sync it, or was killed before.
    private readonly HashSet<string> _durable = [];
    private readonly Lock _gate = new();

    private FileFolder(string root, UploadBounds bounds) => (_root, _bounds, Free) = (root, bounds, new FreeSpace(root, bounds));

    internal FreeSpace Free { get; }

    private string Incoming => Path.Combine(_root, "incoming");

    /// <summary>Makes it where it is missing, private to its owner, and removes what a server left half written that was killed.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    internal static FileFolder Open(string root, UploadBounds bounds)
    {
        var folder = new FileFolder(root, bounds);
        CreatePrivate(root);
        FolderEntries.Sync(Path.GetDirectoryName(root)!);
        CreatePrivate(folder.Incoming);
        FolderEntries.Sync(root);
        folder._durable.UnionWith(Directory.EnumerateDirectories(root));
        foreach (var half in Directory.EnumerateFiles(folder.Incoming))
            File.Delete(half);
        return folder;
    }

    /// <exception cref="IOException">It cannot be made; the disk is full, perhaps.</exception>
    internal IncomingFile Begin(Guid uid, FreeSpace.Share space)
    {
        _underWay[uid] = true;
        try
        {
            return new IncomingFile(this, uid, space, _bounds.Create(Path.Combine(Incoming, uid.ToString("N")), Options(FileMode.CreateNew, FileAccess.Write)));
        }
        catch
        {
            _underWay.TryRemove(uid, out _);
            throw;
        }
    }

    /// <summary>Null: it is not there.</summary>
    internal FileStream? Read(Guid uid)
    {
        try
        {
            return new FileStream(PathOf(uid), Options(FileMode.Open, FileAccess.Read));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Whoever reads it meanwhile reads it to its end.</summary>
    internal void Delete(Guid uid)
    {
        if (Directory.Exists(Path.GetDirectoryName(PathOf(uid))))
            File.Delete(PathOf(uid));
    }

    /// <summary>Every file that has its name, in no order.</summary>
    internal IEnumerable<Guid> All() => Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories)
        .Where(path => Path.GetDirectoryName(path) != Incoming)
        .Select(path => Guid.TryParseExact(Path.GetFileName(path), "N", out var uid) ? uid : Guid.Empty)
        .Where(uid => uid != Guid.Empty);

    /// <summary>Whether somebody is about to make it known. Asked before the log is.</summary>
    internal bool IsUnderWay(Guid uid) => _underWay.ContainsKey(uid);

    /// <summary>A whole and synced file gets its name, which is on disk afterwards.</summary>
    internal void Take(Guid uid)
    {
        var path = PathOf(uid);
        var folder = Path.GetDirectoryName(path)!;
        lock (_gate)
            if (!_durable.Contains(folder))
            {
                CreatePrivate(folder);
                FolderEntries.Sync(_root);
                _durable.Add(folder);
            }
        File.Move(Path.Combine(Incoming, uid.ToString("N")), path);
        FolderEntries.Sync(folder);
    }

    /// <summary>Nobody is about to make it known any more. Where it was not kept, nothing of it stays.</summary>
    internal void End(Guid uid, bool isKept)
    {
        if (!isKept)
        {
            File.Delete(Path.Combine(Incoming, uid.ToString("N")));
            Delete(uid);
        }
        _underWay.TryRemove(uid, out _);
    }

    private string PathOf(Guid uid)
    {
        var name = uid.ToString("N");
        return Path.Combine(_root, name[^2..], name);
    }

    private static FileStreamOptions Options(FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = access,
            Share = FileShare.Read | FileShare.Delete,
            Options = FileOptions.Asynchronous,
            BufferSize = 0,
        };
        if (mode == FileMode.CreateNew && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
