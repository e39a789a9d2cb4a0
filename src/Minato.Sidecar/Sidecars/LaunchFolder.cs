using System.Net.Sockets;

namespace Minato.Sidecar;

/// <summary>A folder of one launch, which nobody else can read: for a ready file and a notify socket. Gone with it.</summary>
internal sealed class LaunchFolder : IDisposable
{
    private readonly Lazy<DirectoryInfo> _folder = new(() => Directory.CreateTempSubdirectory("minato-")); // mode 0700

    internal string ReadyFile => Path.Combine(_folder.Value.FullName, "ready");

    /// <summary>What was at the probe's path before the program was started, and says nothing about it.</summary>
    internal (DateTime, long)? StaleReadyFile { get; private set; }

    /// <summary>Bound before the program is started; null where no probe wants it.</summary>
    internal Socket? NotifySocket { get; private set; }

    internal string NotifyPath => Path.Combine(_folder.Value.FullName, "notify");

    internal void Prepare(ReadyProbe probe)
    {
        if (probe is FileProbe { Path: { } path })
            StaleReadyFile = FileProbe.Stamp(Path.GetFullPath(path));
        if (probe is not NotifyProbe)
            return;
        NotifySocket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        NotifySocket.Bind(new UnixDomainSocketEndPoint(NotifyPath));
    }

    public void Dispose()
    {
        NotifySocket?.Dispose();
        if (!_folder.IsValueCreated)
            return;
        try
        {
            _folder.Value.Delete(recursive: true);
        }
        catch (IOException)
        {
            // Somebody writes there at this moment: it is in the folder for what may be swept.
        }
    }
}
