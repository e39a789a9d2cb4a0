using System.Diagnostics;

namespace Minato.Torture.Staging;

/// <summary>The executable, as an operator runs it, started again whenever it ends. Unless it was killed it may end only as it promises to.</summary>
internal sealed class ServerProcess : IDisposable
{
    /// <summary>After a failed fsync (docs/guarantees.md).</summary>
    private const int CannotTrustDisk = 5;

    /// <summary>A start on a full disk, which does not get so far as to its database.</summary>
    private const int CannotStart = 1;

    private static readonly TimeSpan ReadyWithin = TimeSpan.FromMinutes(2);
    private readonly ProcessStartInfo _start;
    private readonly Lock _gate = new();
    private readonly StreamWriter _log;
    private Process? _process;
    private TaskCompletionSource _ready = New();
    private bool _isKilled;
    private bool _isStopping;
    private TaskCompletionSource? _rest;
    private TaskCompletionSource _hasEnded = New();
    private int _troubles;
    private long _mayEndUntil;

    /// <param name="command">What starts it.</param>
    /// <param name="preload">The shared object of tests/faults/torture.c.</param>
    /// <param name="log">Where all that it says on stderr goes.</param>
    public ServerProcess(string[] command, string preload, FaultPage page, string log)
    {
        _log = new StreamWriter(log) { AutoFlush = true };
        _start = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        _start.Environment["LD_PRELOAD"] = preload;
        _start.Environment["TORTURE_PAGE"] = page.Path;
        _start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
    }

    /// <summary>The running process's.</summary>
    public int Id => _process!.Id;

    public int Starts { get; private set; }

    /// <summary>What it did that it must not do, if anything.</summary>
    public string? Complaint { get; private set; }

    /// <summary>Keeps it running until <see cref="StopAsync"/>.</summary>
    public async Task RunAsync()
    {
        while (!_isStopping)
        {
            Launch();
            await _process!.WaitForExitAsync();
            lock (_gate)
            {
                var code = _process.ExitCode;
                var isRight = _isKilled || (_isStopping || _rest is not null ? code == 0 : code is CannotTrustDisk or CannotStart && (_troubles > 0 || Environment.TickCount64 < _mayEndUntil));
                if (!isRight)
                    Complaint ??= $"The server ended with {code}, at its start number {Starts}, and nobody had killed it. Its log says why.";
                _isKilled = false;
                if (_ready.Task.IsCompleted)
                    _ready = New();
                _hasEnded.TrySetResult();
            }
            if (_rest is { } rest)
                await rest.Task;
        }
    }

    public Task ReadyAsync()
    {
        lock (_gate)
            return _ready.Task.WaitAsync(ReadyWithin);
    }

    /// <summary>Kills it, and waits until it serves again.</summary>
    public async Task KillAsync()
    {
        await ReadyAsync();
        lock (_gate)
        {
            _isKilled = true;
            _ready = New();
            Signal(Native.Kill);
        }
        await ReadyAsync();
    }

    /// <summary>From now on it meets what it is to end after by itself: a failing fsync, a full disk at its start, no database there.</summary>
    public void Trouble()
    {
        lock (_gate)
            _troubles++;
    }

    /// <summary>The opposite.</summary>
    /// <param name="within">How long it may yet end of it.</param>
    public void TroubleEnds(TimeSpan within)
    {
        lock (_gate)
        {
            _troubles--;
            _mayEndUntil = Math.Max(_mayEndUntil, Environment.TickCount64 + (long)within.TotalMilliseconds);
        }
    }

    /// <summary>Ends it as an operator does, until it is to go on.</summary>
    public async Task RestAsync()
    {
        await ReadyAsync();
        Task ended;
        lock (_gate)
        {
            _rest = New();
            _hasEnded = New();
            ended = _hasEnded.Task;
        }
        Signal(Native.Terminate);
        await ended.WaitAsync(ReadyWithin);
    }

    public Task GoOnAsync()
    {
        lock (_gate)
        {
            _rest!.SetResult();
            _rest = null;
        }
        return ReadyAsync();
    }

    /// <summary>One that runs yet ends: it would hold the disk.</summary>
    public void Dispose()
    {
        _isStopping = true;
        if (_process is { HasExited: false })
        {
            _isKilled = true;
            _process.Kill();
            _process.WaitForExit();
        }
        _log.Dispose();
    }

    public void Signal(int signal) => _ = Native.Signal(Id, signal);

    public async Task StopAsync(Task running)
    {
        await ReadyAsync();
        _isStopping = true;
        Signal(Native.Terminate);
        await running.WaitAsync(ReadyWithin);
    }

    private void Launch()
    {
        Starts++;
        _process = Process.Start(_start)!;
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.StartsWith("Listening on:", StringComparison.Ordinal) != true)
                return;
            lock (_gate)
                _ready.TrySetResult();
        };
        _process.ErrorDataReceived += (_, line) =>
        {
            // Every connection is logged; what matters when it fails is not that.
            if (line.Data is not { Length: > 0 } text || text.Contains("Peer address", StringComparison.Ordinal))
                return;
            lock (_log)
                _log.WriteLine(text);
        };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
