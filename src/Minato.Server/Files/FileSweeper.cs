using Microsoft.Extensions.Logging;
using Minato.Core.Commands;
using Minato.Core.Files;
using Minato.Core.Storage;
using Minato.Server.Log;

namespace Minato.Server.Files;

/// <summary>
/// Takes away the bytes of files that the log gives to nobody any more, and at the start those that it never came to know, because the server was
/// killed in between. Bytes go first: what is killed after that only deletes what is gone.
/// </summary>
internal sealed partial class FileSweeper : IAsyncDisposable
{
    /// <summary>Between two looks. Nobody is given a removed file meanwhile.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private const int Slice = 200;

    private readonly FileFolder _folder;
    private readonly IFileStore _store;
    private readonly LogWriter _log;
    private readonly ILogger<FileSweeper> _logger;
    private readonly PeriodicTimer _timer;
    private readonly Task _loop;

    internal FileSweeper(FileFolder folder, IFileStore store, LogWriter log, TimeProvider clock, ILogger<FileSweeper> logger)
    {
        (_folder, _store, _log, _logger) = (folder, store, log, logger);
        _timer = new PeriodicTimer(Interval, clock);
        _loop = Task.Run(RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _loop;
    }

    private async Task RunAsync()
    {
        await TryAsync(RemoveUnknownAsync);
        do
            await TryAsync(RemoveRemovedAsync);
        while (await _timer.WaitForNextTickAsync());
    }

    private async Task RemoveUnknownAsync()
    {
        foreach (var uid in _folder.All())
        {
            // In this order: what was under way and is not any more is known by now.
            var isUnderWay = _folder.IsUnderWay(uid);
            if (!isUnderWay && !await _store.KnowsFileAsync(uid, CancellationToken.None))
                _folder.Delete(uid);
        }
    }

    private async Task RemoveRemovedAsync()
    {
        while (await _store.ListRemovedFilesAsync(Slice, CancellationToken.None) is { Count: > 0 } removed)
        {
            foreach (var uid in removed)
                _folder.Delete(uid);
            if (await _log.SubmitAsync(new ForgetFiles(removed), lane: null) is Refused)
                return;
        }
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StoreException or ObjectDisposedException)
        {
            // The next round tries again.
            LogTrouble(e);
        }
    }

    [LoggerMessage(260, LogLevel.Warning, "Files could not be tidied up; it is tried again in a minute.")]
    private partial void LogTrouble(Exception e);
}
