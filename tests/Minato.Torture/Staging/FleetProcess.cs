using System.Diagnostics;
using Minato.Torture.Fleet;

namespace Minato.Torture.Staging;

/// <summary>A fleet of clients, seen from outside.</summary>
internal sealed class FleetProcess : IDisposable
{
    private readonly Process _process;

    public FleetProcess(FleetOptions options)
    {
        Record = options.Record;
        _process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, options.ToArguments()) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }

    public string Record { get; }

    public void Tell(string order)
    {
        _process.StandardInput.WriteLine(order);
        _process.StandardInput.Flush();
    }

    public void Signal(int signal) => _ = Native.Signal(_process.Id, signal);

    /// <exception cref="InvalidOperationException">It answered something else, or ended.</exception>
    public async Task ExpectAsync(string answer, TimeSpan within)
    {
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(within);
        if (line != answer)
            throw new InvalidOperationException($"A fleet said \"{line}\" in place of \"{answer}\".");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
