using Minato.Core.Storage;

namespace Minato.Server.Log;

/// <summary>Backups asked for while the server runs, taken one after the other in steps between commits.</summary>
internal sealed class BackupQueue(IStore store, Action wakeWriter)
{
    private readonly Lock _gate = new();
    private readonly Queue<Job> _jobs = new();
    private IBackup? _current;
    private bool _abandoned;

    internal bool IsActive
    {
        get
        {
            lock (_gate)
                return _jobs.Count > 0;
        }
    }

    internal Task Enqueue(string file, Action<long, long> progress)
    {
        var job = new Job(file, progress, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_gate)
        {
            if (_abandoned)
                throw new IOException("The server is stopping: no backup was made.");
            _jobs.Enqueue(job);
        }
        wakeWriter();
        return job.Done.Task;
    }

    /// <summary>Called by the writer between two commits.</summary>
    internal void Step()
    {
        Job? job;
        lock (_gate)
            if (!_jobs.TryPeek(out job))
                return;
        try
        {
            _current ??= store.StartBackup(job.File);
            // A backup that is whole has let go of the database, and has no progress any more.
            if (_current.Step())
                End(job, error: null);
            else
                job.Progress(_current.Progress.Done, _current.Progress.Total);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            End(job, e);
        }
    }

    internal void Abandon()
    {
        lock (_gate)
            _abandoned = true;
        while (_jobs.TryPeek(out var job))
            End(job, new IOException("The server stopped before the backup was whole."));
    }

    private void End(Job job, Exception? error)
    {
        _current?.Dispose();
        _current = null;
        lock (_gate)
            _jobs.Dequeue();
        if (error is null)
            job.Done.SetResult();
        else
            job.Done.SetException(error);
    }

    private sealed record Job(string File, Action<long, long> Progress, TaskCompletionSource Done);
}
