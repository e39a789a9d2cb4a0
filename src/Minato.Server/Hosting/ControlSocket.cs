using System.Text;

namespace Minato.Server.Hosting;

/// <summary>
/// Where administrative commands reach a running server: a Unix socket that only its owner can connect to, because the folder
/// it stands in is theirs.
/// </summary>
internal sealed class ControlSocket : IDisposable
{
    /// <summary>sun_path holds 108 bytes on Linux and 104 on macOS, with the terminating zero.</summary>
    private const int MaxPath = 103;

    private readonly string? _ownFolder;

    private ControlSocket(string path, string? ownFolder)
    {
        Path = path;
        _ownFolder = ownFolder;
        // A leftover of a server that was killed: the data folder's lock says that nobody listens there.
        File.Delete(path);
    }

    internal string Path { get; }

    internal static ControlSocket In(DataFolder folder)
    {
        var path = System.IO.Path.Combine(folder.Path, "control.sock");
        if (Encoding.UTF8.GetByteCount(path) <= MaxPath && !Directory.Exists(path))
            return new ControlSocket(path, ownFolder: null);
        // Too deep for a socket: in a private folder of its own, told in the data folder's server.json.
        var own = Directory.CreateTempSubdirectory("minato-").FullName;
        return new ControlSocket(System.IO.Path.Combine(own, "control.sock"), own);
    }

    public void Dispose()
    {
        File.Delete(Path);
        if (_ownFolder is not null)
            Directory.Delete(_ownFolder, recursive: true);
    }
}
