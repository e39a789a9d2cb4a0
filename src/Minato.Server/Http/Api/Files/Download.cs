using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Minato.Core.Commands;
using Minato.Core.Files;
using Minato.Server.Files;

namespace Minato.Server.Http.Api.Files;

/// <summary>
/// Gives the bytes of a file to who may see its message. Whatever they are, a browser runs nothing of them: the type is ours, it is not guessed,
/// only pictures are shown in place, and what is opened by itself stands in a sandbox.
/// </summary>
internal static class Download
{
    private const string ContentSecurityPolicy = "sandbox; default-src 'none'; frame-ancestors 'none'";

    internal static async Task RunAsync(HttpContext http, ServedFiles files, Guid uid, ApiCaller caller)
    {
        if (await files.Store.FindFileAsync(uid, caller.You?.Id, http.RequestAborted) is not { } file || files.Folder.Read(uid) is not { } bytes)
        {
            await Problem.Of(new Refused(Refusal.NoSuchFile)).WriteAsync(http);
            return;
        }
        await using (bytes)
            await SendAsync(http, file, bytes);
    }

    private static async Task SendAsync(HttpContext http, StoredFile file, FileStream bytes)
    {
        var headers = http.Response.Headers;
        var tag = $"\"{Convert.ToHexStringLower(file.Sha256)}\"";
        headers.ETag = tag;
        // Kept by the browser, and asked about each time: what somebody may see today may be erased tomorrow, and another may sit there then.
        headers.CacheControl = "private, no-cache";
        headers.Vary = "Authorization, Cookie";
        headers.AcceptRanges = "bytes";
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.ContentDisposition = Disposition.Of(file.Name, FileType.IsImage(file.Type));
        if (http.Request.Headers.IfNoneMatch == tag)
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        // A range of what it was meanwhile replaced by is worth nothing; ours never change, but a tag may be another file's.
        var asked = http.Request.Headers.IfRange is { Count: > 0 } known && known != tag ? null : http.Request.Headers.Range.ToString();
        var range = ByteRange.Parse(asked, file.Size, out var isBeyond);
        http.Response.ContentType = file.Type;
        if (isBeyond)
        {
            http.Response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            headers.ContentRange = $"bytes */{file.Size}";
            return;
        }
        var (from, length) = range is { } part ? (part.From, part.Length) : (0, file.Size);
        if (range is not null)
        {
            http.Response.StatusCode = StatusCodes.Status206PartialContent;
            headers.ContentRange = $"bytes {from}-{from + length - 1}/{file.Size}";
        }
        http.Response.ContentLength = length;
        await http.Features.Get<IHttpResponseBodyFeature>()!.SendAsync(bytes, from, length, http.RequestAborted);
    }

    // 64 KiB at a time: what one slow reader costs.
    private static async Task SendAsync(this IHttpResponseBodyFeature response, FileStream bytes, long from, long length, CancellationToken cancel)
    {
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (var at = from; at < from + length;)
            {
                var read = await RandomAccess.ReadAsync(bytes.SafeFileHandle, buffer.AsMemory(0, (int)Math.Min(buffer.Length, from + length - at)), at, cancel);
                if (read == 0)
                    throw new IOException($"{bytes.Name} is shorter than the log says.");
                await response.Stream.WriteAsync(buffer.AsMemory(0, read), cancel);
                at += read;
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
