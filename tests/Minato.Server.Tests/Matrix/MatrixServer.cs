namespace Minato.Server.Tests.Matrix;

/// <summary>One server for all scenes: each has a room and people of its own.</summary>
public sealed class MatrixServer : IAsyncLifetime
{
    private RunningServer? _server;

    internal RunningServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(new MinatoOptions { RateLimits = false });

    public ValueTask DisposeAsync() => _server!.DisposeAsync();
}
