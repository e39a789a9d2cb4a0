// An app with a page of its own, which shows the chat:  dotnet run --project examples/dotnet-host [DATA]  and open the URL that it says.
// Minato runs in this process: there is no executable to find, and nothing to leave behind.
using System.Net;
using System.Reflection;
using Minato.Server;
using Minato.Sidecar;

var builder = WebApplication.CreateSlimBuilder();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Logging.SetMinimumLevel(LogLevel.Warning);
await using var app = builder.Build();
var chat = new TaskCompletionSource<MinatoServer>();
string? origin = null;

app.Use(async (http, next) =>
{
    // The port is not known yet when the page is sent; nobody else may frame what enters as our user.
    http.Response.Headers.ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:; frame-src http://127.0.0.1:*; frame-ancestors 'none'";
    http.Response.Headers.CacheControl = "no-store";
    await next(http);
});
app.MapGet("/", () => Page("index.html", "text/html; charset=utf-8"));
app.MapGet("/chat.js", () => Page("chat.js", "text/javascript"));
app.MapGet("/api/server-port", () => AnswerAsync(async server => new { new Uri(await server.GetLocalUrlAsync()).Port }));
app.MapPost("/api/ticket", (HttpRequest request) =>
    // Only this app's own page: a page of somebody else would enter as its user.
    request.Headers.Origin == origin && $"http://{request.Host}" == origin
        // The app knows its user; Minato need not ask again.
        ? AnswerAsync(async server => new { Ticket = (await server.IssueTicketAsync("user-17", "Aoi")).Text })
        : Task.FromResult(Results.Json(new { Error = "Ask from the app's own page." }, statusCode: 403)));

await app.StartAsync();
origin = app.Urls.Single();
await using var minato = new MinatoServer(new MinatoOptions
{
    Address = new ListenAddress(IPAddress.Loopback, 0),
    Data = args.FirstOrDefault() ?? "data",
    Access = Access.Token,
    EmbedOrigins = [EmbedOrigin.Parse(origin)],
});
chat.SetResult(minato);
_ = minato.StartAsync(); // Whoever asks for the port is told, should it fail.
Console.WriteLine($"Host: {origin}");
await app.WaitForShutdownAsync();

async Task<IResult> AnswerAsync<T>(Func<MinatoServer, Task<T>> ask)
{
    try
    {
        return Results.Json(await ask(await chat.Task));
    }
    catch (TimeoutException)
    {
        return Results.Json(new { Error = "Server start timeout" }, statusCode: 503);
    }
    catch (Exception e) when (e is DataInUseException or DatabaseException or PortException or IOException or InvalidOperationException)
    {
        return Results.Json(new { Error = e.Message }, statusCode: 503);
    }
}

static IResult Page(string file, string type) => Results.Stream(Assembly.GetExecutingAssembly().GetManifestResourceStream(file)!, type);
