using System.Threading.Channels;
using Minato.Core.Storage;
using Minato.Storage.Postgres.Native;
using Minato.Storage.Sql;

namespace Minato.Storage.Postgres;

/// <summary>
/// A few connections, each with a thread of its own that waits for the server's answers: no thread of the pool
/// ever does. Another is started when all that there are have something to do.
/// </summary>
internal sealed class DatabaseThreads : IAsyncDisposable
{
    /// <summary>Reads at once, of whoever is served. They wait for another machine more than they work on this one.</summary>
    internal const int Readers = 8;

    private readonly PostgresServers _servers;
    private readonly string _name;
    private readonly int _size;
    private readonly Channel<Job> _jobs = Channel.CreateUnbounded<Job>();
    private readonly Lock _gate = new();
    private readonly List<Task> _ended = [];
    private int _underWay;

    /// <param name="name">What each is for.</param>
    /// <param name="size">Of them at most.</param>
    internal DatabaseThreads(PostgresServers servers, string name, int size) => (_servers, _name, _size) = (servers, name, size);

    /// <summary>Whether one of them may change anything: that is the writer's, but for what is no part of the log.</summary>
    internal bool MayWrite { get; init; }

    /// <exception cref="StoreAwayException">The server is not there.</exception>
    internal ValueTask<TResult> RunAsync<TArgument, TResult>(
        TArgument argument, Func<Database, TArgument, TResult> run, CancellationToken cancel)
    {
        var job = new Job<TArgument, TResult>(argument, run, cancel);
        ObjectDisposedException.ThrowIf(!_jobs.Writer.TryWrite(job), this);
        lock (_gate)
            if (++_underWay > _ended.Count && _ended.Count < _size)
                _ended.Add(Start(_ended.Count + 1));
        return new ValueTask<TResult>(job.Result);
    }

    /// <summary>Answers what was asked, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _jobs.Writer.TryComplete();
        Task[] ended;
        lock (_gate)
            ended = [.. _ended];
        await Task.WhenAll(ended);
    }

    private Task Start(int number)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            Run();
            ended.SetResult();
        })
        { Name = $"minato {_name} {number}", IsBackground = true }.Start();
        return ended.Task;
    }

    private void Run()
    {
        PostgresDatabase? db = null;
        while (Take() is { } job)
        {
            db = job.Run(db, Open);
            lock (_gate)
                _underWay--;
        }
        db?.Dispose();
    }

    /// <summary>Null once nothing more will come.</summary>
    private Job? Take()
    {
        while (true)
        {
            if (_jobs.Reader.TryRead(out var job))
                return job;
            if (!_jobs.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
                return null;
        }
    }

    private PostgresDatabase Open()
    {
        var db = PostgresDatabase.Open(_servers);
        if (!MayWrite)
            db.Execute("set session characteristics as transaction read only");
        return db;
    }

    private abstract class Job
    {
        /// <summary>Runs on a connection, or on a new one when that is gone; returns the one to use next.</summary>
        internal abstract PostgresDatabase? Run(PostgresDatabase? db, Func<PostgresDatabase> open);
    }

    private sealed class Job<TArgument, TResult>(TArgument argument, Func<Database, TArgument, TResult> run, CancellationToken cancel) : Job
    {
        private readonly TaskCompletionSource<TResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task<TResult> Result => _result.Task;

        internal override PostgresDatabase? Run(PostgresDatabase? db, Func<PostgresDatabase> open)
        {
            if (cancel.IsCancellationRequested)
            {
                _result.SetCanceled(cancel);
                return db;
            }
            if (db is { IsOver: true })
            {
                db.Dispose();
                db = null;
            }
            var isFresh = db is null;
            while (true)
                try
                {
                    db ??= open();
                    _result.SetResult(run(db, argument));
                    return db;
                }
                catch (Exception e)
                {
                    // Whatever went wrong, what it left open goes with its connection.
                    db?.Dispose();
                    db = null;
                    // A connection that slept may have died meanwhile: that is no answer yet.
                    if (e is PostgresError { Trouble: SqlTrouble.Away } && !isFresh)
                    {
                        isFresh = true;
                        continue;
                    }
                    _result.SetException(Explain(e));
                    return null;
                }
        }

        private static Exception Explain(Exception e) => e switch
        {
            PostgresError { Trouble: SqlTrouble.Broken } => new StoreFailedException($"The database could not be read ({e.Message}).", e),
            PostgresError => new StoreAwayException($"The database cannot be reached ({e.Message}).", e),
            _ => e,
        };
    }
}
