using Microsoft.AspNetCore.Http;

namespace Minato.Server.Http.Api;

/// <summary>One method of one address, and the frame that a request to it says. docs/protocols/http.md is the authority.</summary>
/// <param name="Op">What it is about: an <c>op</c> of WebSocket, or one of <see cref="Wire.Http.RequestReader"/>'s own.</param>
internal sealed record ApiRoute(string Method, string Pattern, string Op)
{
    internal const string Prefix = "/api/v1";

    internal string Path => Prefix + Pattern;

    /// <summary>The parameters that it knows behind <c>?</c>.</summary>
    internal IReadOnlyList<string> Query { get; init; } = [];

    /// <summary>What the method says where there is a field <c>on</c>.</summary>
    internal bool? On { get; init; }

    /// <summary>Whether it changes something, and so carries a client id.</summary>
    internal bool IsMutation { get; init; }

    /// <summary>Whether only somebody with a session may ask.</summary>
    internal bool NeedsSession { get; init; }

    /// <summary>Whether only who holds the launch token may ask.</summary>
    internal bool NeedsHost { get; init; }

    /// <summary>Of an answer that is no refusal.</summary>
    internal int Status { get; init; } = StatusCodes.Status200OK;

    internal static ApiRoute Ask(string pattern, string op, params string[] query) => new(HttpMethods.Get, pattern, op) { Query = query };

    internal static ApiRoute Act(string method, string pattern, string op, bool? on = null) =>
        new(method, pattern, op) { On = on, IsMutation = true, NeedsSession = true };
}
