using Minato.Torture.Staging.Wires;

namespace Minato.Torture.Staging;

/// <summary>One of the servers, where it lies, and what its clock does.</summary>
internal sealed record Node(Berth Berth, ServerProcess Server, FaultPage Page) : IDisposable
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(2);
    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://{Berth.Server}"), Timeout = AnswersWithin };

    public int Number => Berth.Number;

    /// <summary>What it says of itself at <c>/readyz</c>; null: it cannot be reached.</summary>
    public async Task<string?> ReadinessAsync()
    {
        try
        {
            using var answer = await _http.GetAsync("/readyz");
            return (await answer.Content.ReadAsStringAsync()).Trim();
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        Server.Dispose();
    }
}
