namespace Minato.Sidecar;

internal sealed record HttpProbe(string Path) : ReadyProbe
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    internal override async Task<Sign> WaitAsync(ProbeScene scene, CancellationToken cancel)
    {
        // Nothing is said to a stranger who has the port: the probe waits, and the check says so in the end.
        while (scene.Check is { } check && check.Look() is not Listener.Ours)
            await scene.PauseAsync(cancel);
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false };
        using var http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(2) };
        while (!await IsAnsweredAsync(http, $"http://{scene.EndPoint}{Path}", cancel))
            await Task.Delay(Pause, scene.Time, cancel);
        return default;
    }

    private static async Task<bool> IsAnsweredAsync(HttpClient http, string url, CancellationToken cancel)
    {
        try
        {
            using var answer = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancel);
            return (int)answer.StatusCode is >= 200 and < 400;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return false;
        }
    }
}
