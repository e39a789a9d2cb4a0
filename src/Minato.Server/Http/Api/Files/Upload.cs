using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Minato.Core.Commands;
using Minato.Core.Files;
using Minato.Core.Rights;
using Minato.Core.Rooms;
using Minato.Server.Files;
using Minato.Server.Sessions;
using Minato.Server.Sessions.Acts;
using Minato.Wire.Http;

namespace Minato.Server.Http.Api.Files;

/// <summary>
/// Takes the bytes of one file: never all of them in memory, never longer than they may be, and known to the log only when they are on disk.
/// What ends early leaves nothing.
/// </summary>
internal sealed class Upload(SessionContext context, ServedFiles files, Answers rights)
{
    /// <summary>Until somebody else's upload ends.</summary>
    private static readonly TimeSpan BusyRetryAfter = TimeSpan.FromSeconds(2);

    private static readonly Problem TooLarge = new(
        StatusCodes.Status413PayloadTooLarge, "request_too_large", $"A file is at most {StoredFile.MaxBytes / (1024 * 1024)} MiB. Nothing was kept.");

    private static readonly Problem TooSlow = new(StatusCodes.Status408RequestTimeout, "bad_request", "The file came too slowly. Nothing was kept.");

    internal async Task RunAsync(HttpContext http, ApiRoute route, UploadFrame frame, ApiCaller caller)
    {
        // Asked once more in the commit; asked here so that no bytes reach the disk that would not be kept.
        var (room, refusal) = await rights.FindRoomAsync(frame.Room, RoomAction.Post, caller.You);
        var problem = room is null ? Problem.Of(new Refused(refusal))
            : http.Request.ContentLength > StoredFile.MaxBytes ? TooLarge
            : await caller.BecomeDurableAsync(nick: null) is { } refused ? Problem.Of(refused)
            : null;
        if (problem is not null)
        {
            await problem.WriteAsync(http);
            return;
        }
        // Who does not say how many there are may send the most.
        var size = http.Request.ContentLength ?? StoredFile.MaxBytes;
        var foreseen = await files.Store.ForeseeAsync(new FileRequest(caller.You!.Id, frame.Cid, room!.Id, size), http.RequestAborted);
        // Its place is free before the answer is heard: whoever hears it may send the next file at once.
        var taken = foreseen is Refused no ? Taken.Of(no) : await TakeInPlaceAsync(http, frame, room, caller, foreseen as FileAdded, size);
        if (taken.File is not { } file)
        {
            await taken.Problem!.WriteAsync(http);
            return;
        }
        http.Response.Headers.Location = FileLinks.PathOf(file);
        await ApiHandler.WriteAsync(http, route.Status, frames => frames.File(frame.Cid, file));
    }

    private async Task<Taken> TakeInPlaceAsync(HttpContext http, UploadFrame frame, Room room, ApiCaller caller, FileAdded? first, long size)
    {
        if (!files.Slots.TryTake(caller.You!.Id, http.Connection.RemoteIpAddress, out var slot))
            return Taken.Of(new Refused(Refusal.Busy, BusyRetryAfter));
        using (slot)
            return await TakeAsync(http, frame, room, caller, first, size);
    }

    /// <param name="first">What the same id was answered before: the bytes are heard to their end, so that the answer is, and go nowhere.</param>
    private async Task<Taken> TakeAsync(HttpContext http, UploadFrame frame, Room room, ApiCaller caller, FileAdded? first, long size)
    {
        // Kestrel counts the frames of chunks, too; the bytes are counted below.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = 2 * StoredFile.MaxBytes;
        using var deadline = new CancellationTokenSource(files.Bounds.Deadline, context.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, deadline.Token);
        try
        {
            var outcome = first is null ? await KeepAsync(http, frame, room, caller, size, either.Token)
                : await TryReadAsync(http.Request.BodyReader, into: null, either.Token) ? first
                : null;
            return outcome is null ? Taken.Of(TooLarge) : Taken.Of(outcome);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !http.RequestAborted.IsCancellationRequested)
        {
            return Taken.Of(TooSlow);
        }
        catch (IOException e) when (DiskFull.Is(e))
        {
            return Taken.Of(new Refused(Refusal.StorageFull));
        }
    }

    /// <summary>Null: it is too large.</summary>
    private async Task<Outcome?> KeepAsync(HttpContext http, UploadFrame frame, Room room, ApiCaller caller, long size, CancellationToken cancel)
    {
        using var space = files.Folder.Free.TryTake(size);
        if (space is null)
            return new Refused(Refusal.StorageFull);
        await using var file = files.Folder.Begin(Guid.CreateVersion7(context.Clock.GetUtcNow()), space);
        if (!await TryReadAsync(http.Request.BodyReader, file, cancel))
            return null;
        // The disk may take its time; this thread is not its to wait with.
        var hash = await Task.Run(file.Finish, CancellationToken.None);
        var made = new NewFile(file.Uid, FileName.Clean(frame.Name), file.Type, file.Size, hash);
        var outcome = await context.Log.SubmitAsync(new AddFile(caller.You!, frame.Cid, room.Id, made) { AskedBy = caller.Credential }, caller.Lane);
        if (outcome is FileAdded { IsNew: true })
            file.Keep();
        return outcome;
    }

    /// <summary>False: there is more than there may be.</summary>
    private static async ValueTask<bool> TryReadAsync(PipeReader body, IncomingFile? into, CancellationToken cancel)
    {
        for (var size = 0L; ;)
        {
            var result = await body.ReadAsync(cancel);
            try
            {
                size += result.Buffer.Length;
                if (size > StoredFile.MaxBytes)
                    return false;
                if (into is not null)
                    foreach (var piece in result.Buffer)
                        await into.WriteAsync(piece, cancel);
            }
            finally
            {
                // However it ends: Kestrel reads what is still to come, so that the answer is heard.
                body.AdvanceTo(result.Buffer.End);
            }
            if (result.IsCompleted)
                return true;
        }
    }

    /// <summary>What is to be answered: one of the two.</summary>
    private readonly record struct Taken(StoredFile? File, Problem? Problem)
    {
        internal static Taken Of(Problem problem) => new(null, problem);

        internal static Taken Of(Outcome outcome) => outcome switch
        {
            FileAdded added => new(added.File, null),
            Refused refused => Of(Api.Problem.Of(refused)),
            _ => throw new InvalidOperationException($"An upload ended as {outcome}."),
        };
    }
}
