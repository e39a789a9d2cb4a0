using System.Diagnostics;
using Minato.Sidecar;

namespace Minato.Cli.Bench;

/// <summary>The server that is measured: one of its own, which ends with it, or somebody's.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private readonly Sidecar.Sidecar? _own;
    private readonly Process? _process;
    private readonly DirectoryInfo? _data;

    private BenchServer(Uri url) => Url = url;

    private BenchServer(Sidecar.Sidecar own, DirectoryInfo? data)
        : this(new Uri(own.Url)) => (_own, _process, _data) = (own, Process.GetProcessById(own.ProcessId), data);

    internal Uri Url { get; }

    internal bool IsOwn => _own is not null;

    /// <summary>The file system that its data lies on; null where it keeps none, or somebody else's does.</summary>
    internal string? FileSystem => _data is null ? null : new DriveInfo(_data.FullName).DriveFormat;

    /// <summary>Processor time so far; null of somebody else's.</summary>
    internal TimeSpan? Cpu
    {
        get
        {
            _process?.Refresh();
            return _process?.TotalProcessorTime;
        }
    }

    /// <summary>Null of somebody else's.</summary>
    internal long? ResidentBytes
    {
        get
        {
            _process?.Refresh();
            return _process?.WorkingSet64;
        }
    }

    /// <exception cref="SidecarException">The server did not start; the message says why.</exception>
    internal static async Task<BenchServer> StartAsync(BenchOptions options, CancellationToken cancel)
    {
        if (options.Server is { } url)
            return new BenchServer(url);
        var data = options.Memory ? null : Directory.CreateDirectory(Path.Combine(options.Folder ?? Path.GetTempPath(), $"minato-bench-{Guid.NewGuid():N}"));
        try
        {
            var own = await Sidecar.Sidecar.StartAsync(new SidecarOptions
            {
                Program = Environment.ProcessPath!,
                Arguments = ["serve", "127.0.0.1:{port}", "--no-rate-limits", .. data is null ? ["--memory"] : new[] { "--data", data.FullName }],
            }, cancel);
            return new BenchServer(own, data);
        }
        catch
        {
            data?.Delete(recursive: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process?.Dispose();
        if (_own is not null)
            await _own.DisposeAsync();
        _data?.Delete(recursive: true);
    }
}
