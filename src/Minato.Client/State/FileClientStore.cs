using System.Buffers;

namespace Minato.Client;

/// <summary>
/// A client's memory in one file, readable by its owner only: lines that are appended and synced to the disk, and written anew when most of
/// them are out of date. One process has it at a time.
/// </summary>
public sealed class FileClientStore : IClientStore
{
    /// <summary>Bytes beyond which the file is written anew, once it is four times as long as it needs to be.</summary>
    private const long Large = 256 * 1024;

    private readonly string _path;
    private readonly FileStream _lock;
    private readonly ClientState _state = new();
    private FileStream _file;
    private long _needed;

    /// <param name="path">Made when it is not there; its folder must be.</param>
    /// <exception cref="IOException">Another process has it, or it cannot be opened.</exception>
    public FileClientStore(string path)
    {
        _path = Path.GetFullPath(path);
        // The file itself is replaced now and then; what is locked stays.
        _lock = Open(_path + ".lock", FileMode.OpenOrCreate, FileShare.None);
        try
        {
            Read();
            _file = WriteAnew();
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    public ClientState Load()
    {
        var copy = new ClientState();
        foreach (var change in _state.Changes())
            copy.Apply(change);
        return copy;
    }

    public void Save(IReadOnlyList<StateChange> changes)
    {
        var lines = new ArrayBufferWriter<byte>(256);
        foreach (var change in changes)
            StateRecord.Write(change, lines);
        // After a write that failed halfway the next one begins on a line of its own: the torn one costs nobody else.
        var isTorn = _file.Position != _file.Length;
        if (isTorn)
            _file.Position = _file.Length;
        _file.Write(isTorn ? [(byte)'\n', .. lines.WrittenSpan] : lines.WrittenSpan);
        _file.Flush(flushToDisk: true);
        foreach (var change in changes)
            _state.Apply(change);
        if (_file.Length > Large && _file.Length > 4 * _needed)
        {
            var old = _file;
            _file = WriteAnew();
            old.Dispose();
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _lock.Dispose();
    }

    private void Read()
    {
        if (!File.Exists(_path))
            return;
        var bytes = File.ReadAllBytes(_path).AsMemory();
        while (bytes.Span.IndexOf((byte)'\n') is var end and >= 0)
        {
            if (StateRecord.Read(bytes[..end]) is { } change)
                _state.Apply(change);
            bytes = bytes[(end + 1)..];
        }
        // What follows the last line feed was being written when the process died.
    }

    /// <summary>The old file stays whole until the new one is on disk under its name.</summary>
    private FileStream WriteAnew()
    {
        var lines = new ArrayBufferWriter<byte>(1024);
        foreach (var change in _state.Changes())
            StateRecord.Write(change, lines);
        var file = Open(_path + ".new", FileMode.Create, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            file.Write(lines.WrittenSpan);
            file.Flush(flushToDisk: true);
            File.Move(_path + ".new", _path, overwrite: true);
            Folder.Sync(Path.GetDirectoryName(_path)!);
        }
        catch
        {
            file.Dispose();
            throw;
        }
        _needed = lines.WrittenCount;
        return file;
    }

    private static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
