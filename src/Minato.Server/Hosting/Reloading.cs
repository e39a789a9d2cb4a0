using Microsoft.Extensions.Logging;
using Minato.Core.Storage;
using Minato.Server.Log;
using Minato.Sidecar;
using Minato.Storage.Sqlite;

namespace Minato.Server.Hosting;

/// <summary>
/// Has another program tried beside this server, so that it may take its place: first whether it starts and can use the data, which costs nobody
/// anything; then, while the writer stands still, the migration. Whatever fails, this server goes on. docs/decisions/0017-reload.md.
/// </summary>
internal sealed partial class Reloading(MinatoOptions options, DataFolder folder, LogWriter writer, TimeProvider clock, ILogger<Reloading> log) : IAsyncDisposable
{
    private readonly TaskCompletionSource<Replacement> _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Guid _instance = Guid.NewGuid();
    private Replacement? _fit;

    /// <summary>Completes when a program that was found fit is to take over.</summary>
    internal Task<Replacement> Asked => _asked.Task;

    /// <summary>Which start of which version this is, and why it is not another: three lines.</summary>
    internal string Instance => $"{_instance}\n{MinatoVersion.Number}\n{options.FailedReload}";

    /// <param name="program">Null: what stands now where this one was started from.</param>
    /// <returns>Null: it can take over, and does once <see cref="Begin"/> is called. Else why not, as a sentence.</returns>
    internal async Task<string?> TryAsync(string? program, TimeSpan patience, CancellationToken cancel)
    {
        if (WhyNever() is { } never)
            return never;
        if (!await _one.WaitAsync(TimeSpan.Zero, CancellationToken.None))
            return "A reload is under way already.";
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, _stopping.Token);
        try
        {
            var next = program is null ? options.OwnProgram! : options.OwnProgram!.By(program);
            LogTrying(next.Program);
            await TryAsync(next, patience, either.Token);
            _fit = next;
            return null;
        }
        catch (Exception e) when (e is SidecarException or OperationCanceledException or TimeoutException or StoreFailedException)
        {
            var sentence = e switch
            {
                OperationCanceledException => "It was called off.",
                TimeoutException => "The database did not answer.",
                _ => e.Message,
            };
            LogUnfit(sentence);
            return sentence;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>What was found fit takes over.</summary>
    internal void Begin() => _asked.TrySetResult(_fit!);

    /// <summary>Calls off what is under way: the writer goes on, or has given way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _one.WaitAsync();
        _one.Dispose();
        _stopping.Dispose();
    }

    private string? WhyNever() =>
        options.OwnProgram is null ? "This server is part of another program: that one is to be started anew."
        : !OperatingSystem.IsLinux() ? "A process can become another program on Linux only. Stop this server, and start the new one."
        : options.Memory ? "This server keeps nothing (--memory), so nothing would be left of it. Stop it, and start the new one."
        : null;

    private async Task TryAsync(Replacement next, TimeSpan patience, CancellationToken cancel)
    {
        Exception? failure = null;
        await using (var trial = TrialRun.Start(next, folder.Lock))
        {
            await trial.ExpectAsync(Trial.Prepared, patience, clock, cancel);
            try
            {
                await writer.StandStillAsync().WaitAsync(patience, clock, cancel);
                trial.Say(Trial.Go);
                await trial.ExpectAsync(Trial.Done, patience, clock, cancel);
            }
            catch (Exception e) when (e is SidecarException or OperationCanceledException or TimeoutException)
            {
                failure = e;
            }
        }
        // It is dead: there is nobody else who writes.
        try
        {
            // Servers on PostgreSQL may be of different versions.
            if (options.Postgres is null)
                SqliteStore.Check(folder.Database);
            writer.GoOn();
        }
        catch (StoreFailedException e) when (failure is null)
        {
            // As it should be: it is the next one's, and this one writes nothing any more.
            LogMigrated(e.Message);
            writer.GiveWay();
        }
        catch (StoreFailedException e)
        {
            writer.GiveUp(e);
            throw new StoreFailedException($"{failure!.Message} By then the data was the new version's, which this server cannot go on with: it ends. {e.Message}", e);
        }
        if (failure is not null)
            throw failure;
    }

    [LoggerMessage(240, LogLevel.Information, "A reload was asked for: {Program} is tried.")]
    private partial void LogTrying(string program);

    [LoggerMessage(241, LogLevel.Warning, "There is no reload, and this server goes on: {Reason}")]
    private partial void LogUnfit(string reason);

    [LoggerMessage(242, LogLevel.Information, "The data was migrated, and this server writes nothing more: {Message}")]
    private partial void LogMigrated(string message);
}
