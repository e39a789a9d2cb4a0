using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Minato.Torture.Fleet.Irc;

namespace Minato.Torture.Running;

/// <summary>The rooms of a run, and whoever made them, who moderates.</summary>
/// <param name="Keeper">The session of who made them.</param>
/// <param name="Links">Secrets that let everybody into the private ones, again and again; one for each.</param>
/// <param name="Keys">More, <c>#room SECRET</c>, for those who come as somebody new each time.</param>
internal sealed record Rooms(string Keeper, string[] Public, string[] Links, string[] Keys)
{
    /// <summary>As many as a link can have.</summary>
    private const int LinkUses = 1000;

    /// <summary>For each private room.</summary>
    private const int KeyCount = 8;

    private static readonly object Quay = new { cid = "make-quay", slug = "quay" };

    private static readonly string[] Private = ["vault", "cabin"];

    /// <summary>Made over HTTP, before anything goes wrong.</summary>
    public static async Task<Rooms> MakeAsync(Uri server)
    {
        using var http = new HttpClient { BaseAddress = new Uri(server, "/api/v1/") };
        var made = await PostAsync(http, "sessions", new { nick = "keeper" });
        var session = made.GetProperty("session").GetString()!;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session);
        await PostAsync(http, "rooms", Quay);
        await PostAsync(http, "rooms", new { cid = "make-ferry", slug = "ferry" });
        var (links, keys) = (new List<string>(), new List<string>());
        foreach (var slug in Private)
        {
            await PostAsync(http, "rooms", new { cid = $"make-{slug}", slug, kind = "private", history = "joined" });
            links.Add(await LinkAsync(http, slug, 0));
            for (var i = 1; i <= KeyCount; i++)
                keys.Add($"#{slug} {await LinkAsync(http, slug, i)}");
        }
        return new Rooms(session, ["#lobby", "#quay", "#ferry"], [.. links], [.. keys]);
    }

    /// <summary>Completes when nobody is a member any more who came over IRC, and everybody was told: their leaving is an event, which is to have come to the others before they say how far they came.</summary>
    /// <returns>A sentence where some stay, and nobody of them leaves for so long; null: all are gone.</returns>
    public async Task<string?> WithoutIrcAsync(Uri server, TimeSpan within)
    {
        using var http = new HttpClient { BaseAddress = new Uri(server, "/api/v1/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Keeper);
        foreach (var slug in Public.Select(r => r[1..]).Concat(Private))
        {
            var patience = new Patience(within, TimeProvider.System);
            while ((await MembersAsync(http, slug)).Where(IrcActor.IsNick).ToList() is { Count: > 0 } staying)
            {
                if (patience.IsOver(staying.Count))
                    return $"Nobody is there any more under these nicks, and they stay in {slug}: {string.Join(' ', staying)}";
                await Task.Delay(100);
            }
        }
        // What is on disk may not be told yet, on a busy machine. Answers come in the order of commits: behind this one, which changes nothing, everybody has been.
        using var answer = await http.PostAsJsonAsync("rooms", Quay);
        return null;
    }

    /// <summary>Their nicks; none where a broken server has lost the room, or who made it.</summary>
    private static async Task<IReadOnlyList<string>> MembersAsync(HttpClient http, string slug)
    {
        using var answer = await http.GetAsync($"rooms/{slug}/members?limit=500");
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Unauthorized)
            return [];
        answer.EnsureSuccessStatusCode();
        return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("members").EnumerateArray().Select(m => m.GetProperty("user").GetProperty("nick").GetString()!)];
    }

    private static async Task<string> LinkAsync(HttpClient http, string slug, int number) =>
        (await PostAsync(http, $"rooms/{slug}/links", new { cid = $"link-{slug}-{number}", uses = LinkUses })).GetProperty("secret").GetString()!;

    private static async Task<JsonElement> PostAsync(HttpClient http, string path, object body)
    {
        using var answer = await http.PostAsJsonAsync(path, body);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
