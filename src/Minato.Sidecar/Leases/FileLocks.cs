using System.Globalization;

namespace Minato.Sidecar;

/// <summary>Elsewhere than on Linux (untested): one file for each port, opened for nobody else.</summary>
internal sealed class FileLocks(string folder) : ILeaseLocks
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, FileStream> _ours = [];

    public bool TryLock(int port)
    {
        lock (_gate)
        {
            if (_ours.ContainsKey(port))
                return false;
            try
            {
                var path = Path.Combine(folder, port.ToString(CultureInfo.InvariantCulture) + ".lock");
                _ours[port] = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }
    }

    public void Unlock(int port)
    {
        lock (_gate)
        {
            if (_ours.Remove(port, out var file))
                file.Dispose();
        }
    }
}
