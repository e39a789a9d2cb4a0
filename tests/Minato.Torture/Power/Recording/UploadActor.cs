using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minato.Torture.Fleet;
using Minato.Torture.Histories;

namespace Minato.Torture.Power.Recording;

/// <summary>Somebody over HTTP who does all that is answered only when it is on disk: uploads files, posts, edits, deletes, and marks as read. One act at a time, each again until it is answered.</summary>
internal sealed class UploadActor(string name, FleetOptions options, Recorder recorder, int seed) : Actor(name, options, recorder, seed)
{
    private const int LargestFile = 48 * 1024;

    private readonly List<long> _posts = [];
    private string? _session;
    private string? _room;
    private int _made;
    private bool _isKnown;
    private Func<HttpClient, CancellationToken, Task>? _act;

    public override bool IsSettled => _act is null;

    public override void Cut() => Abandon();

    public override Task ArriveAsync(CancellationToken stop) => Task.CompletedTask;

    public override void End()
    {
    }

    protected override async Task LiveAsync(Action connected, CancellationToken life)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{Server}/api/v1/"), Timeout = TimeSpan.FromSeconds(10) };
        _session ??= (await AskAsync(http, HttpMethod.Post, "sessions", null, null, life)).GetProperty("session").GetString();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _session);
        _room ??= (await AskAsync(http, HttpMethod.Get, "rooms/lobby", null, null, life)).GetProperty("room").GetProperty("id").GetString();
        connected();
        while (!life.IsCancellationRequested)
        {
            if (_act is null && IsActing)
                _act = Next();
            if (_act is { } act)
            {
                await act(http, life);
                _act = null;
            }
            await Task.Delay(NextPause(), life);
        }
    }

    private Func<HttpClient, CancellationToken, Task> Next()
    {
        var cid = $"{Name}.{++_made}";
        var mine = _posts.Count == 0 ? 0 : _posts[Random.Next(_posts.Count)];
        switch (mine == 0 ? 0 : Random.Next(10))
        {
            case 0 or 1 or 2 or 3:
                return Send(cid, "send", 0, HttpMethod.Post, "messages");
            case 4 or 5:
                return Send(cid, "edit", mine, HttpMethod.Patch, Text($"messages/{mine}"));
            case 6:
                _posts.Remove(mine);
                return Send(cid, "delete", mine, HttpMethod.Delete, Text($"messages/{mine}"));
            case 7:
                return (http, life) => ReadAsync(http, mine, life);
            default:
                var bytes = new byte[1 + Random.Next(LargestFile)];
                Random.NextBytes(bytes);
                return (http, life) => UploadAsync(http, cid, bytes, life);
        }
    }

    private Func<HttpClient, CancellationToken, Task> Send(string cid, string op, long target, HttpMethod method, string path)
    {
        Recorder.Add(new Sent(Recorder.Now, Name, cid, op, _room!, target, "-"));
        var body = op == "delete" ? null : new JsonObject { ["body"] = BodyText.Of(cid, Random.Next(40)) }.ToJsonString();
        return async (http, life) =>
        {
            using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
            var answer = await AskAsync(http, method, $"rooms/{_room}/{path}", cid, content, life);
            if (answer.TryGetProperty("code", out var code))
            {
                Recorder.Add(new Refused(Recorder.Now, Name, cid, code.GetString()!));
                return;
            }
            Recorder.Add(new Acked(Recorder.Now, Name, cid, answer.GetProperty("room").GetString()!, answer.GetProperty("seq").GetInt64()));
            if (op == "send")
                _posts.Add(answer.GetProperty("seq").GetInt64());
            if (op == "send" && !_isKnown)
            {
                await WhoAsync(http, life);
                Recorder.Add(new Known(Recorder.Now, Name, _session!));
                _isKnown = true;
            }
        };
    }

    /// <summary>Who one is: one's first message made one somebody.</summary>
    private async Task WhoAsync(HttpClient http, CancellationToken life)
    {
        var you = (await AskAsync(http, HttpMethod.Get, "me", null, null, life)).GetProperty("you");
        Recorder.Add(new Began(Recorder.Now, Name, you.GetProperty("id").GetString()!));
    }

    private async Task ReadAsync(HttpClient http, long seq, CancellationToken life)
    {
        using var content = new StringContent(new JsonObject { ["seq"] = seq }.ToJsonString(), Encoding.UTF8, "application/json");
        var answer = await AskAsync(http, HttpMethod.Put, $"rooms/{_room}/read", null, content, life);
        if (answer.ValueKind == JsonValueKind.Undefined)
            Recorder.Add(new Marked(Recorder.Now, Name, _room!, seq));
    }

    private async Task UploadAsync(HttpClient http, string cid, byte[] bytes, CancellationToken life)
    {
        using var content = new ByteArrayContent(bytes);
        var answer = await AskAsync(http, HttpMethod.Post, $"rooms/{_room}/files?name={cid}.bin", cid, content, life);
        if (answer.TryGetProperty("path", out var path))
            Recorder.Add(new Uploaded(Recorder.Now, Name, path.GetString()!, Uploaded.Fingerprint(bytes)));
    }

    /// <returns>The answer, a refusal for good with its code among them; undefined where it has no body.</returns>
    /// <exception cref="IOException">It is to be asked again.</exception>
    private static async Task<JsonElement> AskAsync(HttpClient http, HttpMethod method, string path, string? key, HttpContent? content, CancellationToken life)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var response = await http.SendAsync(request, life);
        var bytes = await response.Content.ReadAsByteArrayAsync(life);
        if (bytes.Length == 0)
            return response.IsSuccessStatusCode ? default : throw new IOException($"{path} was answered by {response.StatusCode}");
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return response.IsSuccessStatusCode || (int)response.StatusCode < 500 && !document.RootElement.TryGetProperty("retryAfter", out _)
                ? document.RootElement.Clone()
                : throw new IOException($"{path} was answered by {document.RootElement}");
        }
        catch (JsonException e)
        {
            throw new IOException($"{path} was answered by something that is not JSON.", e);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
