using System.Diagnostics;

namespace Minato.Sidecar;

/// <summary>A child on macOS and Windows, by what .NET offers everywhere: no groups, no proof of ownership. Untested.</summary>
internal sealed class PortableProcess : IStartedProcess
{
    private readonly Process _process;
    private readonly TaskCompletionSource<ProcessEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PortableProcess(Process process, bool isCaptured, bool readsOutput)
    {
        _process = process;
        Output = readsOutput ? process.StandardOutput.BaseStream : null;
        Errors = isCaptured ? process.StandardError.BaseStream : null;
        _ = process.WaitForExitAsync().ContinueWith(_ => _ended.SetResult(new ProcessEnd(process.ExitCode, null)), TaskScheduler.Default);
    }

    public int Pid => _process.Id;

    public ProcessFamily? Family => null;

    public Stream? Output { get; }

    public Stream? Errors { get; }

    public Task<ProcessEnd> Ended => _ended.Task;

    public bool IsAllGone => Ended.IsCompleted;

    public static PortableProcess Start(StartRequest request)
    {
        var isCaptured = request.Streams == StandardStreams.Captured;
        var readsOutput = request.Streams != StandardStreams.Shared;
        var info = new ProcessStartInfo(request.Program, request.Arguments)
        {
            WorkingDirectory = request.Directory ?? "",
            RedirectStandardInput = isCaptured,
            RedirectStandardOutput = readsOutput,
            RedirectStandardError = isCaptured,
        };
        info.Environment.Clear();
        foreach (var (name, value) in request.Environment)
            info.Environment[name] = value;
        try
        {
            return new PortableProcess(Process.Start(info)!, isCaptured, readsOutput);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new SidecarException(SidecarFailure.CannotExecute, $"\"{request.Program}\" could not be started: {e.Message}");
        }
    }

    /// <summary>There is no gentle way that every program here understands.</summary>
    public void AskToEnd() => Kill();

    public void Signal(int signal) => Kill();

    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // Ended already.
        }
    }

    public void Dispose() => _process.Dispose();
}
