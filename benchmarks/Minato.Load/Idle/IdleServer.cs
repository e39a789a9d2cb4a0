using System.Globalization;

namespace Minato.Load.Idle;

/// <summary>A server to sleep at, on a port and in a folder of its own.</summary>
internal sealed class IdleServer : IAsyncDisposable
{
    private readonly Sidecar.Sidecar _process;
    private readonly DirectoryInfo _folder;
    private readonly IdleKind _kind;

    private IdleServer(Sidecar.Sidecar process, DirectoryInfo folder, IdleKind kind) => (_process, _folder, _kind) = (process, folder, kind);

    internal int Port => _process.Port;

    internal int ProcessId => _process.ProcessId;

    /// <param name="executable">Of Minato.</param>
    internal static async Task<IdleServer> StartAsync(IdleKind kind, string executable)
    {
        var folder = Directory.CreateTempSubdirectory("minato-idle-");
        var process = await Sidecar.Sidecar.StartAsync(new Sidecar.SidecarOptions
        {
            Program = kind.IsBare ? Tree.Samples : executable,
            Arguments = kind.IsBare ? ["bare", "{port}"] : ["serve", "127.0.0.1:{port}", "--no-rate-limits", "--access", "guests", "--data", Path.Combine(folder.FullName, "data"), .. kind.IsTls ? IdleCertificate.WriteTo(folder.FullName) : []],
        });
        return new IdleServer(process, folder, kind);
    }

    /// <summary>What .NET's heap holds there.</summary>
    internal async Task<double> ReadManagedBytesAsync()
    {
        if (_kind.IsBare)
            return await AskBareAsync();
        using var handler = new SocketsHttpHandler();
        if (_kind.IsTls)
            handler.SslOptions = IdleCertificate.Client;
        using var http = new HttpClient(handler);
        var metrics = await http.GetStringAsync($"{(_kind.IsTls ? "https" : "http")}://127.0.0.1:{Port}/metrics");
        return double.Parse(metrics.Split('\n').First(l => l.StartsWith("minato_managed_memory_bytes ", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<double> AskBareAsync()
    {
        using var socket = await LineSocket.ConnectAsync(Port, 64);
        await socket.SendAsync("memory");
        var bytes = 0d;
        await socket.ReceiveAsync(line => bytes = double.Parse(line, CultureInfo.InvariantCulture));
        return bytes;
    }
}
