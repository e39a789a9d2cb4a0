using System.Net;
using System.Threading.Channels;
using Minato.Sidecar;

namespace Minato.Server.Listening;

/// <summary>
/// Tells a person at a terminal from a browser that connected ahead of need. Chromium takes whatever comes on such a connection for
/// the answer to the request that it sends later, so a greeting there breaks a page; a tunnel or proxy may carry one.
/// </summary>
internal sealed class SilentPeers : IAsyncDisposable
{
    /// <summary>Peers in one look. So many at once are no persons but a program, and a program is not greeted.</summary>
    internal const int MaxWaiting = 16;

    /// <summary>Between two looks at all processes passes so many times what the first one took: a fifth of a core at most.</summary>
    private const int RestFactor = 4;

    /// <summary>The argument by which every program made of Chromium (Electron apps, too) starts the process that has its sockets.</summary>
    private const string ChromiumNetwork = "network.mojom.NetworkService";

    private static readonly HashSet<string> NotPersons = new(StringComparer.OrdinalIgnoreCase)
    {
        "chrome", "chromium", "firefox", "firefox-esr", "brave", "msedge", "opera", "vivaldi-bin", "epiphany", "QtWebEngineProcess", "WebKitNetworkProcess",
        "sshd", "sshd-session", "docker-proxy", "rootlessport", "slirp4netns", "pasta", "cloudflared", "ngrok", "tailscaled", "nginx", "haproxy", "caddy",
        "traefik", "envoy", "apache2", "httpd",
    };

    private readonly Channel<Question> _questions = Channel.CreateBounded<Question>(MaxWaiting);
    private readonly CancellationTokenSource _ended = new();
    private readonly TimeProvider _clock;
    private readonly Task _loop;

    internal SilentPeers(TimeProvider clock)
    {
        _clock = clock;
        _loop = Task.Run(() => RunAsync(_ended.Token));
    }

    /// <summary>
    /// Whether a silent peer may be greeted. A holder that is hidden from us may not: it is likelier a tunnel's end than a person
    /// under another name. Where nothing can be said of it (no Linux), it may. All who ask meanwhile share the next look.
    /// </summary>
    internal Task<SilentPeer> LookAsync(IPEndPoint? peer, IPEndPoint? own)
    {
        if (peer is null || own is null)
            return Task.FromResult(SilentPeer.MayBePerson);
        var question = new Question(peer, own);
        return _questions.Writer.TryWrite(question) ? question.Answer.Task : Task.FromResult(SilentPeer.NotPerson);
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
    }

    private async Task RunAsync(CancellationToken cancel)
    {
        while (await _questions.Reader.WaitToReadAsync(cancel))
        {
            var waiting = new List<Question>(MaxWaiting);
            while (waiting.Count < MaxWaiting && _questions.Reader.TryRead(out var question))
                waiting.Add(question);
            var began = _clock.GetTimestamp();
            Answer(waiting);
            await Task.Delay(_clock.GetElapsedTime(began) * RestFactor, _clock, cancel);
        }
    }

    private static void Answer(List<Question> questions)
    {
        try
        {
            var found = LocalPeer.Find([.. questions.Select(q => (q.Peer, q.Own))]);
            for (var i = 0; i < questions.Count; i++)
                questions[i].Answer.SetResult(Judge(found[i]));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // /proc is not what it should be: nothing can be said of anybody.
            questions.ForEach(q => q.Answer.TrySetResult(SilentPeer.MayBePerson));
        }
    }

    private static SilentPeer Judge(IReadOnlyList<LocalPeer>? processes) =>
        processes is null ? SilentPeer.MayBePerson
        : processes.Count == 0 || processes.Any(IsNotPerson) ? SilentPeer.NotPerson
        : processes.Any(p => p.Name.Contains("telnet", StringComparison.OrdinalIgnoreCase)) ? SilentPeer.Telnet
        : SilentPeer.MayBePerson;

    private static bool IsNotPerson(LocalPeer process) =>
        NotPersons.Contains(process.Name) || process.CommandLine.Contains(ChromiumNetwork, StringComparison.Ordinal);

    private sealed record Question(IPEndPoint Peer, IPEndPoint Own)
    {
        internal TaskCompletionSource<SilentPeer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>Who has been silent.</summary>
internal enum SilentPeer
{
    /// <summary>A browser, a tunnel, a proxy: says something when it has something to ask.</summary>
    NotPerson,
    MayBePerson,

    /// <summary>A person at a telnet client.</summary>
    Telnet,
}
