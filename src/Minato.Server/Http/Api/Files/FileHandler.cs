using Microsoft.AspNetCore.Http;
using Minato.Core.Commands;
using Minato.Server.Sessions;
using Minato.Server.Sessions.Acts;
using Minato.Wire.Http;

namespace Minato.Server.Http.Api.Files;

/// <summary>Carries out a request about files.</summary>
internal sealed class FileHandler(SessionContext context, Answers rights)
{
    private static readonly Problem KeepsNone = new(
        StatusCodes.Status404NotFound, "no_such_path", "This server keeps no files: it was started with --memory, or within a program that wants none.");

    internal Task HandleAsync(HttpContext http, ApiRoute route, FileFrame frame, ApiCaller caller) => (frame, context.Files) switch
    {
        (_, null) => KeepsNone.WriteAsync(http),
        (UploadFrame upload, { } files) => new Upload(context, files, rights).RunAsync(http, route, upload, caller),
        (DownloadFrame download, { } files) => Download.RunAsync(http, files, download.Id, caller),
        (RemoveFileFrame remove, { } files) => RemoveAsync(http, route, files, remove, caller),
        _ => throw new InvalidOperationException($"No answer for {frame.GetType().Name}."),
    };

    private async Task RemoveAsync(HttpContext http, ApiRoute route, Server.Files.ServedFiles files, RemoveFileFrame frame, ApiCaller caller)
    {
        var refused = new Refused(Refusal.NoSuchFile);
        if (caller.You is { } you && await files.Store.FindFileAsync(frame.Id, you.Id, http.RequestAborted) is { } file)
        {
            var command = new RemoveFile(you, file.Room, file.Uid) { AskedBy = caller.Credential };
            refused = await context.Log.SubmitAsync(command, caller.Lane) as Refused;
        }
        if (refused is null)
            http.Response.StatusCode = route.Status;
        else
            await Problem.Of(refused).WriteAsync(http);
    }
}
