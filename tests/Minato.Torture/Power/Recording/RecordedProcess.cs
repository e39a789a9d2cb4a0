using System.Diagnostics;
using Minato.Torture.Power.Disks;
using Minato.Torture.Staging;

namespace Minato.Torture.Power.Recording;

/// <summary>A program whose every change of the disk is written down, by tests/faults/power.c.</summary>
internal sealed class RecordedProcess : IDisposable
{
    /// <summary>A fast disk's sync, microseconds: whoever acknowledges without waiting for it is seen to.</summary>
    private const string SyncTakes = "1000";

    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(60);

    private readonly DiskRecord _record;
    private readonly Process _process;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<string> _errors;

    /// <param name="root">All below it is the disk.</param>
    public RecordedProcess(string[] command, DiskRecord record, string root)
    {
        _record = record;
        var start = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LD_PRELOAD"] = Program.Preload;
        start.Environment["POWER_RECORD"] = record.Path;
        start.Environment["POWER_ROOT"] = root;
        start.Environment["POWER_SYNC_US"] = SyncTakes;
        record.Dies = false;
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
        _ = WaitForLineAsync();
    }

    /// <summary>Its first line came.</summary>
    /// <exception cref="InvalidOperationException">It ended before.</exception>
    public Task ReadyAsync() => _ready.Task.WaitAsync(EndsWithin);

    /// <summary>Waits until it has ended by itself.</summary>
    public async Task EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(EndsWithin);
        if (_process.ExitCode != 0)
            throw new InvalidOperationException($"{_process.StartInfo.FileName} ended with {_process.ExitCode}: {await _errors}");
    }

    /// <summary>Ends it as kill -9 does, behind its next change.</summary>
    public Task DieAsync()
    {
        _record.Dies = true;
        return _process.WaitForExitAsync().WaitAsync(EndsWithin);
    }

    /// <summary>Tells it to end, and waits until it has.</summary>
    public Task StopAsync()
    {
        _ = Native.Signal(_process.Id, Native.Terminate);
        return _process.WaitForExitAsync().WaitAsync(EndsWithin);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private async Task WaitForLineAsync()
    {
        if (await _process.StandardOutput.ReadLineAsync() is not null)
            _ready.TrySetResult();
        else
            _ready.TrySetException(new InvalidOperationException($"{_process.StartInfo.FileName} ended before it served: {await _errors}"));
        while (await _process.StandardOutput.ReadLineAsync() is not null)
        {
            // What else it says is for people.
        }
    }
}
