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
        // Kestrel decodes paths leniently; an emoji is kept as it is given, so it is read again.
        if (http.Request.RouteValues.ContainsKey("emoji"))
        {
            if (!PathSegment.TryDecode(LastSegment(http), out var emoji))
                return null;
            words[words.FindIndex(w => w.Name == "emoji")] = ("emoji", emoji);
        }
        if (words.FindIndex(w => w.Name == "user") is >= 0 and var at && words[at].Value == "me" && you is not null)
            words[at] = ("user", you.Uid.ToString());
        foreach (var name in route.Query)
            foreach (var value in http.Request.Query[name])
                words.Add((name, value ?? ""));
        if (route.IsMutation)
            foreach (var value in http.Request.Headers["Idempotency-Key"])
                words.Add(("cid", Unquoted(value ?? "")));
        // What is not UTF-8 was read as U+FFFD.
        return words.Exists(w => w.Value.Contains('\uFFFD')) ? null : words;
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
