using System.Buffers;
using Microsoft.AspNetCore.Http;
using Minato.Core.Commands;
using Minato.Core.Rights;
using Minato.Core.Users;
using Minato.Server.Http.Api.Accounts;
using Minato.Server.Http.Api.Files;
using Minato.Server.Sessions;
using Minato.Server.Sessions.Acts;
using Minato.Server.Sessions.Tickets;
using Minato.Wire.Http;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Http.Api;

/// <summary>Carries out one request: who it is from, at what pace, what it says, and what becomes of it.</summary>
internal sealed class ApiHandler(SessionContext context, Quotas quotas)
{
    private static readonly TimeSpan BusyRetryAfter = TimeSpan.FromMilliseconds(500);

    private readonly ApiAnswers _answers = new(context);
    private readonly Answers _rights = new(context);
    private readonly AccountHandler _accounts = new(context);

    private readonly FileHandler _files = new(context, new Answers(context));

    [ThreadStatic]
    private static ServerFrameWriter? _writer;

    internal static Problem TooManyAtOnce => new(
        StatusCodes.Status503ServiceUnavailable, Codes.Of(Refusal.Busy), "Too many of your requests are under way: wait for some to end.", BusyRetryAfter);

    /// <param name="ofAddress">The quota of the address that it came from.</param>
    internal async Task HandleAsync(HttpContext http, ApiRoute route, Quota ofAddress)
    {
        // First, for it may take long: a login that ends in the meantime is none.
        var body = route.Method == HttpMethods.Get || route.TakesBytes ? [] : await RequestBody.ReadAsync(http.Request);
        if (await ApiLogin.RunAsync(http, context, route) is not { } login)
            await RefuseLogin(ofAddress).WriteAsync(http);
        else if (login.User is not { } user)
            await HandleAsync(http, route, body, login, ofAddress);
        else if (quotas.TryEnter(user.Id) is { } ofUser)
        {
            try
            {
                await HandleAsync(http, route, body, login, ofUser);
            }
            finally
            {
                quotas.Exit(ofUser);
            }
        }
        else
            await TooManyAtOnce.WriteAsync(http);
    }

    private async Task HandleAsync(HttpContext http, ApiRoute route, byte[]? body, Identity login, Quota quota)
    {
        if (await RefuseAsync(http, route, login, quota) is { } refused)
        {
            await refused.WriteAsync(http);
            return;
        }
        var caller = new ApiCaller(login, context.Log, quota);
        var (frame, problem) = Read(http, route, body, caller.You);
        var task = frame switch
        {
            null => problem!.WriteAsync(http),
            MutationFrame mutation => ActAsync(http, route, mutation, caller),
            ReadFrame read => MarkReadAsync(http, read, caller),
            SessionFrame session => StartSessionAsync(http, route, session, login, quota),
            AccountFrame about => _accounts.HandleAsync(http, route, about, login, caller),
            FileFrame about => _files.HandleAsync(http, route, about, caller),
            TicketFrame ticket => IssueTicketAsync(http, route, ticket, quota),
            QuestionFrame question => AskAsync(http, route, question, login, caller.You),
            _ => throw new InvalidOperationException($"No answer for {frame.GetType().Name}."),
        };
        await task;
    }

    /// <summary>Who guesses credentials does so at the pace of their address.</summary>
    private static Problem RefuseLogin(Quota ofAddress) => ofAddress.TryKeepPace(isSearch: false, out var wait)
        ? Problem.LoginRequired("No valid credential: Authorization: Bearer, with a session or the launch token.")
        : Problem.Of(new Refused(Refusal.RateLimited, wait));

    private static ValueTask<Problem?> RefuseAsync(HttpContext http, ApiRoute route, Identity login, Quota quota) => ValueTask.FromResult(
        !quota.TryKeepPace(isSearch: route.Op == "search", out var wait) ? Problem.Of(new Refused(Refusal.RateLimited, wait))
        : route.NeedsSession && login is { User: null, Session: null }
            ? Problem.LoginRequired($"This takes a session: POST {ApiRoute.Prefix}/sessions, and say it as Authorization: Bearer.")
        : login.Scope < route.Needs || (route.NeedsLogin && login.Session is null)
            ? new Problem(StatusCodes.Status403Forbidden, Codes.Of(Refusal.Forbidden), "Your token is not good for this.")
        : route.NeedsHost && !login.IsHost ? new Problem(StatusCodes.Status403Forbidden, Codes.Of(Refusal.Forbidden), "Only who holds the launch token may ask for this.")
        : null);

    private static (ClientFrame? Frame, Problem? Problem) Read(HttpContext http, ApiRoute route, byte[]? body, User? you)
    {
        if (body is null)
            return (null, new Problem(StatusCodes.Status415UnsupportedMediaType, "not_json", "A body is JSON, and says so: Content-Type: application/json."));
        if (RequestWords.Of(http, route, you) is not { } words)
            return (null, new Problem(StatusCodes.Status400BadRequest, "bad_request", "The address is not valid UTF-8."));
        var frame = RequestReader.Read(route.Op, route.IsMutation, route.On, words, body, out var problem);
        return (frame, problem is null ? null : Problem.Of(problem));
    }

    private async Task ActAsync(HttpContext http, ApiRoute route, MutationFrame frame, ApiCaller caller)
    {
        var (command, refused) = await new CommandTranslator(caller, context.Store).TranslateAsync(frame);
        var outcome = command is null ? refused! : await SubmitAsync(http, command with { AskedBy = caller.Credential }, caller);
        if (outcome is Refused no)
        {
            await Problem.Of(no).WriteAsync(http);
            return;
        }
        if (outcome is Logged logged && route.Status == StatusCodes.Status201Created)
            http.Response.Headers.Location = frame is SendFrame
                ? $"{ApiRoute.Prefix}/rooms/{logged.Room.Uid}/messages/{logged.Seq}"
                : $"{ApiRoute.Prefix}/rooms/{logged.Room.Uid}";
        await WriteAsync(http, route.Status, frames => frames.Ok(frame.Cid, outcome));
    }

    private async ValueTask<Outcome> SubmitAsync(HttpContext http, Command command, ApiCaller caller)
    {
        var (keys, address) = (context.Accounts.Keys, http.Connection.RemoteIpAddress);
        if (keys.Begin(command, address) is { } tooMany)
            return tooMany;
        var outcome = await context.Log.SubmitAsync(command, caller.Lane);
        keys.End(command, address, outcome);
        return outcome;
    }

    /// <summary>Answered when it is on disk; over WebSocket it is not answered, and may wait a second for others.</summary>
    private async Task MarkReadAsync(HttpContext http, ReadFrame frame, ApiCaller caller)
    {
        var (room, refusal) = await _rights.FindRoomAsync(frame.Room, RoomAction.MarkRead, caller.You);
        var outcome = room is null ? new Refused(refusal) : await context.Log.SubmitAsync(
            new MarkRead(caller.You!, room.Id, frame.Seq) { AskedBy = caller.Credential }, caller.Lane);
        if (outcome is Refused refused)
            await Problem.Of(refused).WriteAsync(http);
        else
            http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>There is nobody yet whose client id it could carry: who sends it again gets another guest.</summary>
    private async Task StartSessionAsync(HttpContext http, ApiRoute route, SessionFrame frame, Identity login, Quota quota)
    {
        if (!context.Admission.LetsGuestsIn && !login.IsHost)
        {
            await Problem.Of(new Refused(Refusal.Forbidden)).WriteAsync(http);
            return;
        }
        var nick = frame.Nick is null ? null : Nick.Normalize(frame.Nick);
        if (frame.Nick is not null && nick is null)
        {
            await Problem.Of(new Refused(Refusal.BadNick)).WriteAsync(http);
            return;
        }
        var session = SessionToken.New();
        var (user, refused) = await context.Log.RegisterAsync(nick, Nick.Provisional(), session.Hash, quota.Lane);
        await (user is null ? Problem.Of(refused!).WriteAsync(http) : WriteAsync(http, route.Status, frames => frames.Session(session.Text, user)));
    }

    /// <summary>Sent again it gives another ticket; the one before is worth nothing after a while.</summary>
    private async Task IssueTicketAsync(HttpContext http, ApiRoute route, TicketFrame frame, Quota quota)
    {
        var (ticket, refused) = await context.IssueTicketAsync(frame.Person, frame.Nick, quota.Lane);
        await (ticket is null
            ? Problem.Of(refused!).WriteAsync(http)
            : WriteAsync(http, route.Status, frames => frames.Ticket(ticket.Text, ticket.Expires.ToUnixTimeMilliseconds())));
    }

    private async Task AskAsync(HttpContext http, ApiRoute route, QuestionFrame frame, Identity login, User? you)
    {
        using var hanging = you is null ? null : context.Sessions.Hanging.Enter(you, login.Credential, http.RequestAborted);
        var answer = await _answers.FindAsync(frame, you, hanging?.Token ?? http.RequestAborted);
        await (hanging is { IsOver: true } ? Problem.LoginRequired("Your login was ended.").WriteAsync(http)
            : answer.Refused is { } refused ? Problem.Of(refused).WriteAsync(http)
            : WriteAsync(http, route.Status, answer.Write!));
    }

    /// <summary>An answer is whole before its first byte leaves, so that it has a length and a failure can still be told.</summary>
    internal static async Task WriteAsync(HttpContext http, int status, Action<ServerFrameWriter> write)
    {
        var frames = _writer ??= new ServerFrameWriter(namesOp: false);
        write(frames);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = frames.Json.Length;
        http.Response.BodyWriter.Write(frames.Json);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }
}
