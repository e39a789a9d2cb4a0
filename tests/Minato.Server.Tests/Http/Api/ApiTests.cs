namespace Minato.Server.Tests.Http.Api;

/// <summary>A server without rate limits, and somebody who asks it.</summary>
public abstract class ApiTests : IAsyncLifetime
{
    private protected RunningServer Server { get; private set; } = null!;

    private protected ApiClient Ann { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync(new MinatoOptions { RateLimits = false });
        Ann = await ApiClient.GuestAsync(Server.Url, "ann");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Ann.Dispose();
        await Server.DisposeAsync();
    }
}
