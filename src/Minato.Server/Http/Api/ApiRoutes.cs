using Microsoft.AspNetCore.Http;
using Minato.Core.Accounts;
using static Minato.Server.Http.Api.ApiRoute;

namespace Minato.Server.Http.Api;

/// <summary>Every address of the API: the table that is served, and that the description of it is held against.</summary>
internal static class ApiRoutes
{
    internal static readonly IReadOnlyList<ApiRoute> All = [.. Oneself, .. Accounts, .. Passkeys, .. Administration, .. Rooms, .. Messages, .. Members, .. Links, .. Files, .. Log];

    private static IEnumerable<ApiRoute> Oneself =>
    [
        new("POST", "/sessions", "session") { Status = StatusCodes.Status201Created },
        new("POST", "/tickets", "ticket") { NeedsHost = true, Status = StatusCodes.Status201Created },
        Ask("/me", "me") with { NeedsSession = true },
        Act("PATCH", "/me", "nick"),
        Ask("/blocks", "blocks") with { NeedsSession = true },
        Act("PUT", "/blocks/{user}", "block", on: true),
        Act("DELETE", "/blocks/{user}", "block", on: false),
        Ask("/mentions", "mentions", "limit") with { NeedsSession = true },
        Ask("/search", "search", "query", "room", "before", "limit"),
    ];

    private static IEnumerable<ApiRoute> Accounts =>
    [
        Door("/accounts", "signup"),
        Door("/logins", "login"),
        Door("/recoveries", "recover"),
        Own("GET", "/sessions", "sessions"),
        Own("DELETE", "/sessions", "end_sessions", StatusCodes.Status204NoContent) with { Query = ["keep"] },
        Own("DELETE", "/sessions/{id}", "end_session", StatusCodes.Status204NoContent),
        Own("PUT", "/me/password", "password", StatusCodes.Status204NoContent),
        Own("POST", "/me/recovery-codes", "recovery_codes", StatusCodes.Status201Created),
        Own("POST", "/me/deletion", "delete_me", StatusCodes.Status204NoContent),
        Own("GET", "/tokens", "tokens"),
        Own("POST", "/tokens", "make_token", StatusCodes.Status201Created),
        Own("DELETE", "/tokens/{id}", "revoke_token", StatusCodes.Status204NoContent),
    ];

    private static IEnumerable<ApiRoute> Passkeys =>
    [
        Door("/logins/passkey/options", "passkey_login_options"),
        Door("/logins/passkey", "passkey_login"),
        Own("GET", "/passkeys", "passkeys"),
        Own("POST", "/passkeys/options", "passkey_options", StatusCodes.Status201Created),
        Own("POST", "/passkeys", "add_passkey", StatusCodes.Status201Created),
        Own("PATCH", "/passkeys/{id}", "rename_passkey", StatusCodes.Status204NoContent),
        Own("DELETE", "/passkeys/{id}", "delete_passkey", StatusCodes.Status204NoContent),
    ];

    private static IEnumerable<ApiRoute> Administration =>
    [
        Administer("GET", "/accounts", "accounts"),
        Administer("PATCH", "/accounts/{user}", "change_account", StatusCodes.Status204NoContent),
        Administer("POST", "/accounts/{user}/purge", "purge", StatusCodes.Status204NoContent),
        Administer("GET", "/reports", "reports", query: ["state", "before", "limit"]),
        Administer("PATCH", "/reports/{id}", "resolve_report", StatusCodes.Status204NoContent),
        Administer("GET", "/invitations", "invitations"),
        Administer("POST", "/invitations", "make_invitation", StatusCodes.Status201Created),
        Administer("DELETE", "/invitations/{id}", "revoke_invitation", StatusCodes.Status204NoContent),
        Administer("GET", "/settings", "settings"),
        Administer("PATCH", "/settings", "change_settings"),
        Administer("GET", "/audit", "audit", query: ["before", "limit"]),
    ];

    private static IEnumerable<ApiRoute> Rooms =>
    [
        Ask("/rooms", "list", "list", "after", "limit"),
        Act("POST", "/rooms", "create") with { Status = StatusCodes.Status201Created },
        Act("POST", "/direct", "direct"),
        Ask("/rooms/{room}", "room"),
        Act("PATCH", "/rooms/{room}", "change"),
        Act("PUT", "/rooms/{room}/owner", "transfer"),
    ];

    private static IEnumerable<ApiRoute> Messages =>
    [
        Ask("/rooms/{room}/messages", "history", "before", "after", "around", "thread", "limit"),
        Act("POST", "/rooms/{room}/messages", "send") with { Status = StatusCodes.Status201Created },
        Ask("/rooms/{room}/messages/{seq}", "message"),
        Act("PATCH", "/rooms/{room}/messages/{seq}", "edit"),
        Act("DELETE", "/rooms/{room}/messages/{seq}", "delete"),
        Act("PUT", "/rooms/{room}/messages/{seq}/reactions/{emoji}", "react", on: true),
        Act("DELETE", "/rooms/{room}/messages/{seq}/reactions/{emoji}", "react", on: false),
        Act("PUT", "/rooms/{room}/messages/{seq}/pin", "pin", on: true),
        Act("DELETE", "/rooms/{room}/messages/{seq}/pin", "pin", on: false),
        Act("POST", "/rooms/{room}/messages/{seq}/report", "report"),
    ];

    private static IEnumerable<ApiRoute> Members =>
    [
        Ask("/rooms/{room}/members", "members", "after", "limit"),
        Ask("/rooms/{room}/here", "who", "after"),
        Act("PUT", "/rooms/{room}/members/me", "join"),
        Act("DELETE", "/rooms/{room}/members/me", "leave"),
        Act("PUT", "/rooms/{room}/members/{user}", "role"),
        Act("DELETE", "/rooms/{room}/members/{user}", "kick"),
        Act("DELETE", "/rooms/{room}/members/{user}/messages", "erase"),
        Act("PUT", "/rooms/{room}/invitations/{user}", "invite"),
        Ask("/rooms/{room}/bans", "bans"),
        Act("PUT", "/rooms/{room}/bans/{user}", "ban", on: true),
        Act("DELETE", "/rooms/{room}/bans/{user}", "ban", on: false),
        Act("PUT", "/rooms/{room}/mutes/{user}", "mute", on: true),
        Act("DELETE", "/rooms/{room}/mutes/{user}", "mute", on: false),
        Act("PUT", "/rooms/{room}/patterns/{list}/{pattern}", "pattern", on: true),
        Act("DELETE", "/rooms/{room}/patterns/{list}/{pattern}", "pattern", on: false),
    ];

    private static IEnumerable<ApiRoute> Links =>
    [
        Ask("/rooms/{room}/links", "links") with { NeedsSession = true },
        Act("POST", "/rooms/{room}/links", "link") with { Status = StatusCodes.Status201Created },
        Act("DELETE", "/rooms/{room}/links/{link}", "unlink"),
        Act("POST", "/join", "join"),
    ];

    private static IEnumerable<ApiRoute> Files =>
    [
        Act("POST", "/rooms/{room}/files", "upload") with { Status = StatusCodes.Status201Created, Query = ["name"], TakesBytes = true },
        Ask("/files/{id}/{name}", "file"),
        // What is gone is gone: done twice it is no such file, and needs no client id.
        new("DELETE", "/files/{id}", "remove_file") { NeedsSession = true, Needs = Scope.Write, Status = StatusCodes.Status204NoContent },
    ];

    private static IEnumerable<ApiRoute> Log =>
    [
        Ask("/rooms/{room}/events", "events", "after", "limit", "wait"),
        // A read position only moves forward, so that it needs no client id.
        new("PUT", "/rooms/{room}/read", "read") { NeedsSession = true, Needs = Scope.Write, Status = StatusCodes.Status204NoContent },
        Ask("/rooms/{room}/receipts", "receipts") with { NeedsSession = true },
    ];
}
