using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Minato.Core.Users;
using Minato.Wire.Http;

namespace Minato.Server.Http.Api;

/// <summary>What a request says outside of its body: in its path, behind <c>?</c>, and by its Idempotency-Key.</summary>
internal static class RequestWords
{
    /// <summary>Null: something is not UTF-8.</summary>
    internal static List<(string Name, string Value)>? Of(HttpContext http, ApiRoute route, User? you)
    {
        var words = new List<(string Name, string Value)>();
        foreach (var (name, value) in http.Request.RouteValues)
            if (value is string text)
                words.Add((name, text));
        // Kestrel decodes paths leniently; what is kept as it is given is read again.
        if (words.FindIndex(w => w.Name is "emoji" or "pattern") is >= 0 and var last)
        {
            if (!PercentText.TryDecode(LastSegment(http), out var text))
                return null;
            words[last] = (words[last].Name, text);
        }
        if (words.FindIndex(w => w.Name == "user") is >= 0 and var at && words[at].Value == "me" && you is not null)
            words[at] = ("user", you.Uid.ToString());
        if (!TryAddQuery(http.Request.QueryString.Value ?? "", route.Query, words))
            return null;
        if (route.IsMutation)
            foreach (var value in http.Request.Headers["Idempotency-Key"])
                words.Add(("cid", Unquoted(value ?? "")));
        return words;
    }

    // query = "?" [pair *("&" pair)], pair = name ["=" value]   https://url.spec.whatwg.org/#urlencoded-parsing
    private static bool TryAddQuery(string query, IReadOnlyList<string> known, List<(string Name, string Value)> words)
    {
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (rawName, rawValue) = pair.IndexOf('=') is >= 0 and var at ? (pair[..at], pair[(at + 1)..]) : (pair, "");
            if (!PercentText.TryDecode(rawName.Replace('+', ' '), out var name) || !PercentText.TryDecode(rawValue.Replace('+', ' '), out var value))
                return false;
            if (known.Contains(name))
                words.Add((name, value));
        }
        return true;
    }

    private static ReadOnlySpan<char> LastSegment(HttpContext http)
    {
        var target = http.Features.Get<IHttpRequestFeature>()!.RawTarget.AsSpan();
        var path = target.IndexOf('?') is >= 0 and var end ? target[..end] : target;
        return path.TrimEnd('/')[(path.TrimEnd('/').LastIndexOf('/') + 1)..];
    }

    // Idempotency-Key = sf-string   https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
    /// <summary>In quotes, as the draft has it, or without them, as everybody writes it.</summary>
    private static string Unquoted(string key) => key is ['"', .. var inner, '"'] ? inner : key;
}
