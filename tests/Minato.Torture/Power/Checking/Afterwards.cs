using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Minato.Server;
using Minato.Sidecar;
using Minato.Torture.Checking;
using Minato.Torture.Histories;
using Minato.Torture.Power.Recording;

namespace Minato.Torture.Power.Checking;

/// <summary>The server on what a power loss left: it starts by itself, shows all that it had acknowledged, and goes on.</summary>
/// <param name="told">What anybody was told before the power went.</param>
internal sealed class Afterwards(string data, IReadOnlyList<Entry> told)
{
    public const string Keeper = "keeper";

    public static ListenAddress AnyPort { get; } = ListenAddress.TryParse("127.0.0.1:0", out var address, out _) ? address : throw new InvalidOperationException();

    private const string Actor = "after";
    private static readonly TimeSpan FoundWithin = TimeSpan.FromMinutes(1);

    private readonly List<Entry> _seen = [.. told];
    private readonly List<Violation> _violations = [];

    public async Task<IReadOnlyList<Violation>> CheckAsync()
    {
        _violations.AddRange(SmallFiles.Check(data));
        foreach (var backup in told.OfType<BackedUp>())
            _violations.AddRange(WholeBackup.Check(Path.Combine(data, "../..", backup.File), backup, told));
        try
        {
            await using var server = new MinatoServer(new MinatoOptions
            {
                Address = AnyPort,
                Data = data,
                Access = Access.Guests,
                RateLimits = false,
            });
            await server.StartAsync();
            await LookAsync(server.Ready.Url);
        }
        catch (Exception e) when (e is DatabaseException or DataInUseException or IOException or HttpRequestException or JsonException or KeyNotFoundException)
        {
            return [.. _violations, new Violation("start", $"The server does not serve: {e.GetType().Name}: {e.Message}")];
        }
        _violations.AddRange(Checker.Check(new Record([_seen], LogReader.Read(data, postgres: null))));
        _violations.AddRange(FilesAre());
        if (told.Any(e => e is Acked { Actor: FirstVersion.Actor }) && !(File.Exists(FirstVersion.CopyIn(data)) && FirstVersion.IsWhole(FirstVersion.CopyIn(data))))
            _violations.Add(new Violation("migration", "The database is of this version, and what it was before is not kept whole beside it."));
        return _violations;
    }

    private async Task LookAsync(string url)
    {
        using var http = new HttpClient { BaseAddress = new Uri(new Uri(url), "/api/v1/"), Timeout = FoundWithin };
        if (told.OfType<Known>().FirstOrDefault(k => k.Actor == Keeper) is { } keeper)
            await As(http, keeper.Session, ShowsAsync);
        else
            await As(http, (await PostAsync(http, "sessions", null, null)).GetProperty("session").GetString()!, GoesOnAsync);
        foreach (var known in told.OfType<Known>().DistinctBy(k => k.Session))
            await As(http, known.Session, h => KnowsAsync(h, known));
    }

    private async Task ShowsAsync(HttpClient http)
    {
        // A server that has forgotten who this is says null, and is asked for the session below.
        if ((await http.GetFromJsonAsync<JsonElement>("me")).GetProperty("you").GetProperty("id").GetString() is { } me)
            _seen.Add(new Began(Recorder.Now, Actor, me));
        _seen.Add(new Connected(Recorder.Now, Actor));
        var rooms = (await http.GetFromJsonAsync<JsonElement>("rooms?list=mine")).GetProperty("rooms");
        foreach (var room in rooms.EnumerateArray())
            await ReadAsync(http, room.GetProperty("id").GetString()!);
        await GoesOnAsync(http);
        await FindsAsync(http);
    }

    private async Task ReadAsync(HttpClient http, string room)
    {
        _seen.Add(new Follows(Recorder.Now, Actor, room, 0));
        for (var (after, head) = (0L, 1L); after < head;)
        {
            var page = await http.GetFromJsonAsync<JsonElement>(FormattableString.Invariant($"rooms/{room}/events?after={after}&limit=500"));
            (after, head) = (page.GetProperty("next").GetInt64(), page.GetProperty("head").GetInt64());
            foreach (var ev in page.GetProperty("events").EnumerateArray())
                _seen.Add(SeenEvent.Of(ev, Actor, room));
        }
    }

    /// <summary>What was lost must not be in the way of what comes: the next message has the next number.</summary>
    private async Task GoesOnAsync(HttpClient http)
    {
        var room = (await http.GetFromJsonAsync<JsonElement>("rooms/lobby")).GetProperty("room");
        var (id, head) = (room.GetProperty("id").GetString()!, room.GetProperty("head").GetInt64());
        var cid = $"{Actor}.1";
        _seen.Add(new Sent(Recorder.Now, Actor, cid, "send", id, 0, "-"));
        var ok = await PostAsync(http, $"rooms/{id}/messages", cid, new { body = BodyText.Of(cid, 3) });
        var seq = ok.GetProperty("seq").GetInt64();
        _seen.Add(new Acked(Recorder.Now, Actor, cid, id, seq));
        // Whoever is new in the room enters it by their first word.
        if (seq != head + 1 && seq != head + 2)
            _violations.Add(new Violation("G3", $"The first message afterwards is {seq}, and the head was {head}."));
    }

    /// <summary>The index is derived, and whatever the power loss did to it: the newest message of the lobby is found.</summary>
    private async Task FindsAsync(HttpClient http)
    {
        var query = Uri.EscapeDataString($"\"{Actor}.1\"");
        for (var until = DateTime.UtcNow + FoundWithin; DateTime.UtcNow < until; await Task.Delay(20))
            if ((await http.GetFromJsonAsync<JsonElement>($"search?query={query}")).GetProperty("results").GetArrayLength() > 0)
                return;
        _violations.Add(new Violation("search", $"What was said afterwards is not found within a minute."));
    }

    /// <summary>Whose session it was, they still are, with what they had read and uploaded.</summary>
    private async Task KnowsAsync(HttpClient http, Known known)
    {
        using (var me = await http.GetAsync("me"))
            if (!me.IsSuccessStatusCode)
            {
                _violations.Add(new Violation("G1", $"{known.Actor} is not known any more ({me.StatusCode}).", known));
                return;
            }
        var mine = told.Where(e => e.Actor == known.Actor).ToList();
        foreach (var marked in mine.OfType<Marked>().GroupBy(m => m.Room).Select(g => g.MaxBy(m => m.Seq)!))
        {
            var room = (await http.GetFromJsonAsync<JsonElement>($"rooms/{marked.Room}")).GetProperty("room");
            if (room.GetProperty("member").GetBoolean() && room.GetProperty("read").GetInt64() < marked.Seq && !WasMadeToLeave())
                _violations.Add(new Violation("read", $"{known.Actor} had marked {marked.Seq} as read, and is at {room.GetProperty("read")}.", marked));
        }
        foreach (var file in mine.OfType<Uploaded>())
        {
            using var answer = await http.GetAsync(file.Path);
            if (answer.IsSuccessStatusCode ? Uploaded.Fingerprint(await answer.Content.ReadAsByteArrayAsync()) != file.Print : !(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden && WasMadeToLeave()))
                _violations.Add(new Violation("G1", $"The file {file.Path} is answered by {answer.StatusCode}, with other bytes or none.", file));
        }
        bool WasMadeToLeave() => told.OfType<Sent>().Any(s => s.Op is "ban" or "kick" && s.Subject == told.OfType<Began>().FirstOrDefault(b => b.Actor == known.Actor)?.User);
    }

    /// <summary>A file that was acknowledged lies under its name with its bytes, whoever may have it now; nothing lies about that is half written.</summary>
    private IEnumerable<Violation> FilesAre()
    {
        var folder = Path.Combine(data, "files");
        foreach (var file in told.OfType<Uploaded>())
        {
            var name = Guid.Parse(file.Path.Split('/')[4]).ToString("N");
            var path = Path.Combine(folder, name[^2..], name);
            if (!File.Exists(path) || Uploaded.Fingerprint(File.ReadAllBytes(path)) != file.Print)
                yield return new Violation("G1", $"The file {file.Path} was acknowledged, and its bytes are {(File.Exists(path) ? "others" : "gone")}.", file);
        }
        foreach (var half in Directory.GetFiles(Path.Combine(folder, "incoming")))
            yield return new Violation("files", $"{half} is left of an upload that is over.");
    }

    private static async Task As(HttpClient http, string session, Func<HttpClient, Task> act)
    {
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session);
        await act(http);
    }

    private static async Task<JsonElement> PostAsync(HttpClient http, string path, string? key, object? body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
