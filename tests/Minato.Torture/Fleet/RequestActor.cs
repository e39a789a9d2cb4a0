using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minato.Torture.Histories;

namespace Minato.Torture.Fleet;

/// <summary>A script over HTTP: it posts under keys of its own, again until it is answered, and follows a room by asking for what came after.</summary>
internal sealed class RequestActor(string name, FleetOptions options, Recorder recorder, int seed) : Actor(name, options, recorder, seed)
{
    private static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(10);
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private readonly Outbox _outbox = new();
    private string? _session;
    private string? _room;
    private long _last;
    private volatile bool _isOut;
    private int _posts;

    public override bool IsSettled => _outbox.Count == 0;

    protected override async Task LiveAsync(Action connected, CancellationToken life)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{Server}/api/v1/"), Timeout = Patience > TimeSpan.Zero ? Patience : AnswersWithin };
        if (_session is null)
            await BeginAsync(http, life);
        if (_room is null)
        {
            var room = (await AskAsync(http, "rooms/lobby", life)).GetProperty("room");
            (_room, _last) = (room.GetProperty("id").GetString()!, room.GetProperty("head").GetInt64());
            Recorder.Add(new Follows(Recorder.Now, Name, _room, _last));
        }
        connected();
        Recorder.Add(new Connected(Recorder.Now, Name, Node));
        while (!life.IsCancellationRequested)
        {
            foreach (var (cid, body) in _outbox.All)
                await PostAsync(http, cid, body, life);
            if (IsActing)
            {
                var cid = $"{Name}.{++_posts}";
                var body = new JsonObject { ["body"] = BodyText.Of(cid, Random.Next(12)) };
                Recorder.Add(new Sent(Recorder.Now, Name, cid, "send", _room, 0, "-"));
                _outbox.Add(cid, body);
                await PostAsync(http, cid, body, life);
            }
            await FollowAsync(http, life);
        }
    }

    public override void Cut() => Abandon();

    public override async Task ArriveAsync(CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{Server}/api/v1/"), Timeout = AnswersWithin };
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                // Nobody who is banned at the end is let in again.
                var head = _isOut ? 0 : (await AskAsync(http, $"rooms/{_room}", stop)).GetProperty("room").GetProperty("head").GetInt64();
                while (Volatile.Read(ref _last) < head)
                    await Task.Delay(50, stop);
                break;
            }
            catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException && !stop.IsCancellationRequested)
            {
                await Task.Delay(100, stop);
            }
        }
    }

    public override void End()
    {
        if (_room is not null && !_isOut)
            Recorder.Add(new Ended(Recorder.Now, Name, _room, Volatile.Read(ref _last)));
    }

    private async Task BeginAsync(HttpClient http, CancellationToken life)
    {
        using var answer = await http.PostAsync("sessions", content: null, life);
        var made = await ReadAsync(answer, life);
        if (!answer.IsSuccessStatusCode)
            throw new IOException($"A session was refused: {made}");
        _session = made.GetProperty("session").GetString();
    }

    private async Task PostAsync(HttpClient http, string cid, JsonObject body, CancellationToken life)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"rooms/{_room}/messages") { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, Json) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _session);
        request.Headers.Add("Idempotency-Key", cid);
        using var response = await http.SendAsync(request, life);
        var answer = await ReadAsync(response, life);
        if (response.IsSuccessStatusCode)
        {
            Recorder.Add(new Acked(Recorder.Now, Name, cid, answer.GetProperty("room").GetString()!, answer.GetProperty("seq").GetInt64()));
            _outbox.Remove(cid);
        }
        else if (answer.TryGetProperty("retryAfter", out var after) || answer.GetProperty("code").GetString() == "internal")
        {
            Recorder.Add(new Refused(Recorder.Now, Name, cid, answer.GetProperty("code").GetString()!));
            LookElsewhere();
            await Task.Delay(after.ValueKind == JsonValueKind.Number ? Math.Min(after.GetInt32(), 2000) : 200, life);
        }
        else
        {
            Recorder.Add(new Refused(Recorder.Now, Name, cid, answer.GetProperty("code").GetString()!));
            _outbox.Remove(cid);
        }
    }

    private async Task FollowAsync(HttpClient http, CancellationToken life)
    {
        var wait = (int)NextPause().TotalMilliseconds + 1;
        var answer = await AskAsync(http, string.Create(CultureInfo.InvariantCulture, $"rooms/{_room}/events?after={_last}&wait={wait}"), life);
        Came(isOut: false);
        if (!answer.TryGetProperty("events", out var events))
        {
            Complain($"It asked for what came after {_last} and was told {answer}");
            return;
        }
        foreach (var ev in events.EnumerateArray())
        {
            var saw = SeenEvent.Of(ev, Name, _room!);
            Recorder.Add(saw);
            Volatile.Write(ref _last, saw.Seq);
        }
    }

    private async Task<JsonElement> AskAsync(HttpClient http, string path, CancellationToken life)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _session);
        using var response = await http.SendAsync(request, life);
        var answer = await ReadAsync(response, life);
        if (response.StatusCode == HttpStatusCode.Forbidden && _room is not null)
            Came(isOut: true);
        return response.IsSuccessStatusCode ? answer : throw new IOException($"{path} was answered by {answer}");
    }

    /// <summary>It is banned, or let in again; from what it had, it goes on.</summary>
    private void Came(bool isOut)
    {
        if (_isOut == isOut)
            return;
        _isOut = isOut;
        Recorder.Add(isOut ? new Gone(Recorder.Now, Name, _room!) : new Follows(Recorder.Now, Name, _room!, Volatile.Read(ref _last)));
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken life)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(life);
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new IOException($"It was answered {(int)response.StatusCode} and {bytes.Length} bytes that are not JSON.", e);
        }
    }
}
