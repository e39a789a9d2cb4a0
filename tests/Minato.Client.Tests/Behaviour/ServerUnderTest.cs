using Minato.Tests.Kit;

namespace Minato.Client.Tests.Behaviour;

/// <summary>The real executable, with a data folder that outlives it.</summary>
internal sealed class ServerUnderTest(params string[] options) : IAsyncDisposable
{
    private readonly TempFolder _data = new();
    private MinatoProcess? _process;

    internal string Url => _process!.Url;

    internal int Port => _process!.Port;

    internal bool Runs => _process is not null;

    internal async Task StartAsync() => _process = await MinatoProcess.ServeAsync(["127.0.0.1:0", "--data", _data.Path, .. options]);

    internal async Task KillAsync()
    {
        _process!.Kill9();
        await StopAsync();
    }

    internal async Task DrainAsync()
    {
        _process!.Terminate();
        await _process.EndsWithAsync(0);
        await StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await StopAsync();
        _data.Dispose();
    }

    private async Task StopAsync()
    {
        await _process!.DisposeAsync();
        _process = null;
    }
}
