using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Minato.Server;
using Minato.Sidecar;

namespace Minato.TimingBench;

/// <summary>Pairs of questions that must not be told apart, each beside one that can be and one that cannot.</summary>
internal static class Scenes
{
    private const string Password = "correct horse battery";

    /// <summary>As many as a server of a small company has, so that an index is looked into and not only its root.</summary>
    private const int OtherRooms = 2_000;

    internal static async IAsyncEnumerable<(string, Func<byte[]>, Func<byte[]>, Uri)> RoomsAsync()
    {
        await using var server = await StartAsync(Access.Guests);
        var url = new Uri(server.Ready.Url);
        using var owner = await GuestAsync(url);
        using var stranger = await GuestAsync(url);
        var hidden = await RoomAsync(owner, "hidden-room", "private");
        await RoomAsync(owner, "public-room", "public");
        for (var i = 0; i < OtherRooms; i++)
            await RoomAsync(owner, $"other-{i:0000}-rm", i % 2 == 0 ? "private" : "public");
        for (var i = 0; i < 200; i++)
            await PostAsync(owner, $"/rooms/{hidden}/messages", new { body = "what nobody else may know of" });

        byte[] Get(string room) => Request("GET", url, $"/rooms/{room}/messages", stranger);
        byte[] Post(string room) => Request("POST", url, $"/rooms/{room}/messages", stranger, """{"body":"x"}""");
        yield return ("read, a public room and none (can be told)", () => Get("public-room"), () => Get("absent-room"), url);
        yield return ("read, none and none (cannot)", () => Get("absent-room"), () => Get("missing-one"), url);
        yield return ("read by name, hidden and none", () => Get("hidden-room"), () => Get("absent-room"), url);
        yield return ("read by id, hidden and none", () => Get(hidden), () => Get("0197a3c0-ffff-7000-8000-00000000dead"), url);
        yield return ("post by name, hidden and none", () => Post("hidden-room"), () => Post("absent-room"), url);
        yield return ("post by id, hidden and none", () => Post(hidden), () => Post("0197a3c0-ffff-7000-8000-00000000dead"), url);
    }

    internal static async IAsyncEnumerable<(string, Func<byte[]>, Func<byte[]>, Uri)> LoginsAsync()
    {
        await using var server = await StartAsync(Access.Accounts);
        var url = new Uri(server.Ready.Url);
        using var nobody = new HttpClient { BaseAddress = new Uri(url, "/api/v1/") };
        await PostAsync(nobody, "/accounts", new { nick = "existing", password = Password, invitation = server.OwnerLink!.Split("#invite=")[1] });

        byte[] LogIn(string nick, string password) => Request("POST", url, "/logins", nobody, JsonSerializer.Serialize(new { nick, password }));
        byte[] Recover(string nick) => Request("POST", url, "/recoveries", nobody, JsonSerializer.Serialize(new { nick, code = "aaaa-aaaa-aaaa-aaaa", password = Password }));
        yield return ("log in, what can be no password and a wrong one (can be told)", () => LogIn("absentee", "x"), () => LogIn("absentee", "wrong horse battery"), url);
        yield return ("log in, none and none (cannot)", () => LogIn("absentee", "wrong horse battery"), () => LogIn("missing1", "wrong horse battery"), url);
        yield return ("log in, an account and none", () => LogIn("existing", "wrong horse battery"), () => LogIn("absentee", "wrong horse battery"), url);
        yield return ("recover, an account and none", () => Recover("existing"), () => Recover("absentee"), url);
    }

    /// <summary>With passwords hashed by one round: the hashing is the same whoever is named, and would hide under its own noise what is not.</summary>
    private static async Task<MinatoServer> StartAsync(Access access)
    {
        if (!ListenAddress.TryParse("127.0.0.1:0", out var address, out var error))
            throw new InvalidOperationException(error);
        var server = new MinatoServer(new MinatoOptions { Address = address, Memory = true, Access = access, RateLimits = false, PasswordIterations = 1 });
        await server.StartAsync();
        return server;
    }

    private static async Task<HttpClient> GuestAsync(Uri url)
    {
        var client = new HttpClient { BaseAddress = new Uri(url, "/api/v1/") };
        var session = (await PostAsync(client, "/sessions", new { })).GetProperty("session").GetString()!;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session);
        return client;
    }

    private static async Task<string> RoomAsync(HttpClient owner, string slug, string kind) =>
        (await PostAsync(owner, "/rooms", new { slug, kind })).GetProperty("room").GetString()!;

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path.TrimStart('/')) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", $"{Guid.CreateVersion7():N}");
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static byte[] Request(string method, Uri url, string path, HttpClient who, string body = "")
    {
        var head = new StringBuilder($"{method} /api/v1{path} HTTP/1.1\r\nHost: {url.Authority}\r\n");
        if (who.DefaultRequestHeaders.Authorization is { } bearer)
            head.Append($"Authorization: {bearer}\r\n");
        if (method != "GET")
            head.Append($"Content-Type: application/json\r\nContent-Length: {body.Length}\r\nIdempotency-Key: {Guid.CreateVersion7():N}\r\n");
        return Encoding.ASCII.GetBytes($"{head}\r\n{body}");
    }
}
