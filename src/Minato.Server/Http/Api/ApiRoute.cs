using Microsoft.AspNetCore.Http;
using Minato.Core.Accounts;

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

    /// <summary>Whether its body is a file and no JSON: not read before it is known who sends it.</summary>
    internal bool TakesBytes { get; init; }

    /// <summary>Whether only somebody with a session may ask.</summary>
    internal bool NeedsSession { get; init; }

    /// <summary>Whether who is not let in may ask: to be.</summary>
    internal bool IsDoor { get; init; }

    /// <summary>Whether only a session may ask, and no token: it is about what opens the account.</summary>
    internal bool NeedsLogin { get; init; }

    /// <summary>What a personal access token must be good for.</summary>
    internal Scope Needs { get; init; } = Scope.Read;

    /// <summary>Whether only who holds the launch token may ask.</summary>
    internal bool NeedsHost { get; init; }

    /// <summary>Of an answer that is no refusal.</summary>
    internal int Status { get; init; } = StatusCodes.Status200OK;

    internal static ApiRoute Ask(string pattern, string op, params string[] query) => new(HttpMethods.Get, pattern, op) { Query = query };

    internal static ApiRoute Act(string method, string pattern, string op, bool? on = null) =>
        new(method, pattern, op) { On = on, IsMutation = true, NeedsSession = true, Needs = Scope.Write };

    /// <summary>Without a client id: there is nobody yet whose it could be.</summary>
    internal static ApiRoute Door(string pattern, string op) => new(HttpMethods.Post, pattern, op) { IsDoor = true, Status = StatusCodes.Status201Created };

    /// <summary>About one's own account. Without a client id: done twice it is refused, or is as if done once, or makes a second secret.</summary>
    internal static ApiRoute Own(string method, string pattern, string op, int status = StatusCodes.Status200OK) =>
        new(method, pattern, op) { NeedsSession = true, NeedsLogin = true, Needs = Scope.Admin, Status = status };

    /// <summary>About the server, for who administers it.</summary>
    internal static ApiRoute Administer(string method, string pattern, string op, int status = StatusCodes.Status200OK, params string[] query) =>
        new(method, pattern, op) { NeedsSession = true, Needs = Scope.Admin, Status = status, Query = query };
}
