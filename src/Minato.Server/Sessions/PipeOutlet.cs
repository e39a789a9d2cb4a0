using System.IO.Pipelines;

namespace Minato.Server.Sessions;

/// <summary>
/// Through a pipe: TLS, upgraded HTTP requests, and tests without a socket. It takes bytes as long as the pipe below swallows them without
/// waiting, which Kestrel's does up to <see cref="MaxBuffered"/>; encryption happens on the way, in the caller's thread, and costs less
/// than the system call of a plain socket.
/// </summary>
internal sealed class PipeOutlet(PipeWriter writer) : Outlet
{
    /// <summary>
    /// Bytes that Kestrel holds for a peer below TLS and HTTP: 1 MiB. A plain socket has the kernel's buffer for that, of up to 4 MiB
    /// (tcp_wmem).
    /// </summary>
    internal const int MaxBuffered = 1024 * 1024;

    /// <summary>Bytes handed over in one step: four records of TLS. A pipe that is full is noticed after each.</summary>
    private const int Step = 64 * 1024;

    private Task<FlushResult> _flushing = Task.FromResult(default(FlushResult));

    internal override bool IsBusy => !_flushing.IsCompleted;

    internal override int TrySend(ReadOnlySpan<byte> bytes)
    {
        if (IsBusy)
            return 0;
        try
        {
            if (!_flushing.IsCompletedSuccessfully || IsOver(_flushing.Result))
                return -1;
            var taken = Math.Min(bytes.Length, Step);
            bytes[..taken].CopyTo(writer.GetSpan(taken));
            writer.Advance(taken);
            var flush = writer.FlushAsync();
            if (!flush.IsCompleted)
                _flushing = WhenFlushedAsync(flush);
            else if (IsOver(flush.Result))
                return -1;
            return taken;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            return -1;
        }
    }

    internal override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        using var giveUp = cancel.UnsafeRegister(static w => ((PipeWriter)w!).CancelPendingFlush(), writer);
        var result = await _flushing;
        if (!bytes.IsEmpty && !IsOver(result))
            result = await writer.WriteAsync(bytes, cancel);
        if (IsOver(result))
            throw new IOException("The connection is closed.");
    }

    /// <summary>Awaited, not turned into a task as it is: that would leave the caller's synchronisation context, by which tests order what happens.</summary>
    private static async Task<FlushResult> WhenFlushedAsync(ValueTask<FlushResult> flush) => await flush;

    private static bool IsOver(FlushResult result) => result.IsCompleted || result.IsCanceled;
}
