using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Minato.Server.Hosting;
using Minato.Server.Operating;
using Minato.Server.Sessions;

namespace Minato.Server.Http;

/// <summary>
/// Administration over the control socket, and over nothing else: <c>POST /backup</c> with the file's absolute path as its body
/// answers lines <c>progress DONE TOTAL</c>, then <c>ok</c> or <c>error SENTENCE</c>; so does <c>POST /reindex</c>. <c>POST /operator</c> takes an
/// <see cref="OperatorRequest"/>. <c>POST /reload</c> and <c>POST /instance</c>: <see cref="Reload"/>.
/// </summary>
internal static class ControlEndpoint
{
    private const int MaxPath = 4096;

    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Marks what arrives on a listener as coming over the control socket; nothing else carries the mark.</summary>
    internal static void MarkAsControl(this ListenOptions listen) => listen.Use(next => connection =>
    {
        connection.Features.Set(new ControlConnection());
        return next(connection);
    });

    /// <param name="url">Where the page is.</param>
    internal static void UseControl(this WebApplication app, SessionContext context, Reloading reloading, Func<string> url) => app.Use(next => http =>
    {
        if (http.Features.Get<ControlConnection>() is null)
            return next(http);
        if (http.Request is { Method: "POST", Path.Value: "/backup" })
            return BackupAsync(http, context);
        if (http.Request is { Method: "POST", Path.Value: "/reindex" })
            return ReindexAsync(http, context);
        if (http.Request is { Method: "POST", Path.Value: "/operator" })
            return AdministerAsync(http, context, url());
        if (http.Request is { Method: "POST", Path.Value: "/reload" })
            return ReloadAsync(http, reloading);
        if (http.Request is { Method: "POST", Path.Value: "/instance" })
            return http.Response.WriteAsync(reloading.Instance);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    /// <summary>One request as JSON, answered by one line of JSON.</summary>
    private static async Task AdministerAsync(HttpContext http, SessionContext context, string url)
    {
        var request = await JsonSerializer.DeserializeAsync(http.Request.Body, OperatorJson.Default.OperatorRequest, http.RequestAborted);
        var desk = new OperatorDesk(
            context.Store, context.Accounts.Store, command => context.Log.SubmitAsync(command, lane: null), context.Accounts.Hashing, url, context.Clock);
        var answer = await desk.AnswerAsync(request ?? new OperatorRequest(""));
        await http.Response.WriteAsync(JsonSerializer.Serialize(answer, OperatorJson.Default.OperatorAnswer), http.RequestAborted);
    }

    /// <summary>Milliseconds and, on a second line, the program; answered by <c>ok</c> or a sentence.</summary>
    private static async Task ReloadAsync(HttpContext http, Reloading reloading)
    {
        using var reader = new StreamReader(http.Request.Body);
        var patience = TimeSpan.FromMilliseconds(long.Parse(await reader.ReadLineAsync(http.RequestAborted) ?? "", CultureInfo.InvariantCulture));
        var program = await reader.ReadLineAsync(http.RequestAborted);
        var whyNot = await reloading.TryAsync(string.IsNullOrEmpty(program) ? null : program, patience, http.RequestAborted);
        await http.Response.WriteAsync(whyNot ?? "ok");
        // Nothing is answered any more once the server stops for it.
        await http.Response.CompleteAsync();
        if (whyNot is null)
            reloading.Begin();
    }

    private static async Task BackupAsync(HttpContext http, SessionContext context)
    {
        using var reader = new StreamReader(http.Request.Body);
        var buffer = new char[MaxPath];
        var file = new string(buffer, 0, await reader.ReadBlockAsync(buffer, http.RequestAborted));
        // The writer must not wait for a slow reader of its progress: only the newest line is kept.
        var progress = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        var backup = context.Log.BackupAsync(
            file, (done, total) => progress.Writer.TryWrite(string.Create(CultureInfo.InvariantCulture, $"progress {done} {total}\n")));
        _ = backup.ContinueWith(_ => progress.Writer.Complete(), TaskScheduler.Default);
        await foreach (var line in progress.Reader.ReadAllAsync(http.RequestAborted))
        {
            await http.Response.WriteAsync(line, http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
        try
        {
            await backup;
            await http.Response.WriteAsync("ok\n");
        }
        catch (IOException e)
        {
            await http.Response.WriteAsync($"error {e.Message}\n");
        }
        catch (UnauthorizedAccessException e)
        {
            await http.Response.WriteAsync($"error {e.Message}\n");
        }
    }

    private static async Task ReindexAsync(HttpContext http, SessionContext context)
    {
        var rebuilding = context.Search.RebuildAsync();
        using var often = new PeriodicTimer(ProgressInterval, context.Clock);
        while (!rebuilding.IsCompleted)
        {
            var progress = context.Search.Progress;
            await http.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"progress {progress.Done} {progress.Total}\n"), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await Task.WhenAny(rebuilding, often.WaitForNextTickAsync(http.RequestAborted).AsTask());
        }
        await http.Response.WriteAsync(rebuilding.IsCompletedSuccessfully ? "ok\n" : "error The server stopped before the index was whole.\n");
    }

    private sealed class ControlConnection;
}
