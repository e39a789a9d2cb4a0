namespace Minato.Server.Tests;

/// <summary>One running server for all tests of a class that leave no trace in it.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    private RunningServer? _server;

    public int Port => _server!.Port;

    internal RunningServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server!.DisposeAsync();
}
