using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Minato.Torture.Running;

/// <summary>The rooms of a run, and whoever made them, who moderates.</summary>
/// <param name="Keeper">The session of who made them.</param>
/// <param name="Links">Secrets that let everybody into the private ones, again and again.</param>
internal sealed record Rooms(string Keeper, string[] Public, string[] Links)
{
    private const int LinkUses = 1000;

    /// <summary>Made over HTTP, before anything goes wrong.</summary>
    public static async Task<Rooms> MakeAsync(Uri server)
    {
        using var http = new HttpClient { BaseAddress = new Uri(server, "/api/v1/") };
        var made = await PostAsync(http, "sessions", new { nick = "keeper" });
        var session = made.GetProperty("session").GetString()!;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session);
        await PostAsync(http, "rooms", new { cid = "make-quay", slug = "quay" });
        await PostAsync(http, "rooms", new { cid = "make-ferry", slug = "ferry" });
        var links = new List<string>();
        foreach (var slug in new[] { "vault", "cabin" })
        {
            await PostAsync(http, "rooms", new { cid = $"make-{slug}", slug, kind = "private", history = "joined" });
            links.Add((await PostAsync(http, $"rooms/{slug}/links", new { cid = $"link-{slug}", uses = LinkUses })).GetProperty("secret").GetString()!);
        }
        return new Rooms(session, ["#lobby", "#quay", "#ferry"], [.. links]);
    }

    private static async Task<JsonElement> PostAsync(HttpClient http, string path, object body)
    {
        using var answer = await http.PostAsJsonAsync(path, body);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
