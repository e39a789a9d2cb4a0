using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Minato.Core.Commands;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Http.Api;

// https://www.rfc-editor.org/rfc/rfc9457 with type about:blank, so that the title is the status's own.
/// <summary>Why a request was refused.</summary>
/// <param name="Code">As in an <c>error</c> over WebSocket, or one of HTTP's own below.</param>
/// <param name="Detail">English, for logs.</param>
/// <param name="RetryAfter">Where trying again makes sense.</param>
internal sealed record Problem(int Status, string Code, string Detail, TimeSpan? RetryAfter = null)
{
    /// <summary>The codes that there are over HTTP only.</summary>
    internal static readonly IReadOnlyList<string> OwnCodes =
        ["bad_request", "stranger", "no_such_path", "method_not_allowed", "request_too_large", "not_json", "internal"];

    internal static Problem Of(Refused refused) => new(StatusOf(refused.Reason), Codes.Of(refused.Reason), refused.Sentence(), refused.RetryAfter);

    /// <summary>What is wrong with a request's own words.</summary>
    internal static Problem Of(FrameProblem problem) =>
        new(StatusCodes.Status400BadRequest, problem.Code == "bad_frame" ? "bad_request" : problem.Code, problem.Message);

    /// <summary>Nobody, where somebody is needed.</summary>
    internal static Problem LoginRequired(string detail) => new(StatusCodes.Status401Unauthorized, Codes.Of(Refusal.LoginRequired), detail);

    internal async Task WriteAsync(HttpContext http)
    {
        var response = http.Response;
        response.StatusCode = Status;
        response.ContentType = "application/problem+json";
        response.Headers.CacheControl = "no-store";
        if (Status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer";
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var body = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(json);
        response.ContentLength = body.WrittenCount;
        await response.Body.WriteAsync(body.WrittenMemory, http.RequestAborted);
    }

    internal static int StatusOf(Refusal refusal) => refusal switch
    {
        Refusal.NoSuchRoom or Refusal.NoSuchUser or Refusal.NoSuchMessage or Refusal.NoSuchLink or Refusal.NoSuchCredential or Refusal.NoSuchReport
            or Refusal.NoSuchFile => StatusCodes.Status404NotFound,
        // 401 says that there is no login; here there was one, or somebody tried to.
        Refusal.NotAMember or Refusal.Forbidden or Refusal.Blocked or Refusal.WrongLogin or Refusal.BadInvitation or Refusal.SignUpClosed
            or Refusal.InviteOnly or Refusal.WrongKey or Refusal.RoomFull
            or Refusal.BadPasskey => StatusCodes.Status403Forbidden,
        Refusal.LoginRequired => StatusCodes.Status401Unauthorized,
        Refusal.AlreadyMember or Refusal.LastOwner or Refusal.Archived or Refusal.NickTaken or Refusal.SlugTaken or Refusal.TooMany
            or Refusal.CidConflict => StatusCodes.Status409Conflict,
        Refusal.BodyTooLarge => StatusCodes.Status413PayloadTooLarge,
        Refusal.RateLimited or Refusal.SlowMode => StatusCodes.Status429TooManyRequests,
        Refusal.Busy or Refusal.StorageAway => StatusCodes.Status503ServiceUnavailable,
        Refusal.StorageFull => StatusCodes.Status507InsufficientStorage,
        Refusal.StorageFailed => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status400BadRequest,
    };

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("title"u8, ReasonPhrases.GetReasonPhrase(Status));
        json.WriteNumber("status"u8, Status);
        json.WriteString("code"u8, Code);
        json.WriteString("detail"u8, Detail);
        if (RetryAfter is { } wait)
            json.WriteNumber("retryAfter"u8, (long)wait.TotalMilliseconds);
        json.WriteEndObject();
    }
}
