using System.Diagnostics;
using Minato.Torture.Fleet;

namespace Minato.Torture.Staging;

/// <summary>A fleet of clients, seen from outside.</summary>
internal sealed class FleetProcess : IDisposable
{
    private readonly Process _process;

    public FleetProcess(FleetOptions options)
    {
        _process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, options.ToArguments()) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }

    public void Tell(string order)
    {
        _process.StandardInput.WriteLine(order);
        _process.StandardInput.Flush();
    }

    public void Signal(int signal) => _ = Native.Signal(_process.Id, signal);

    /// <summary>What it answers in the end; null: it ended.</summary>
    /// <param name="within">How long it may say nothing at all.</param>
    public async Task<string?> AnswerAsync(TimeSpan within)
    {
        while (true)
            if (await _process.StandardOutput.ReadLineAsync().WaitAsync(within) is not FleetProgram.GetsOn and var answer)
                return answer;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
