using System.Net.Sockets;
using System.Text;

namespace Minato.Sidecar;

// https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html: datagrams of lines NAME=value.
internal sealed record NotifyProbe : ReadyProbe
{
    private const int MaxDatagram = 64 * 1024;

    internal override async Task<Sign> WaitAsync(ProbeScene scene, CancellationToken cancel)
    {
        var buffer = new byte[MaxDatagram];
        while (true)
        {
            var read = await scene.Folder.NotifySocket!.ReceiveAsync(buffer, SocketFlags.None, cancel);
            if (Encoding.UTF8.GetString(buffer, 0, read).Split('\n').Contains("READY=1"))
                return default;
        }
    }
}
