using System.Diagnostics;
using Minato.Core.Messages;
using Minato.LogBench.Databases;
using Minato.LogBench.Measuring;

namespace Minato.LogBench.Posting;

/// <summary>What one run of the real thing was, and what is needed to write the same again.</summary>
/// <param name="Batches">Posts in each commit.</param>
/// <param name="Warmed">So many of the first posts are not measured.</param>
/// <param name="Busy">Of the time, the part inside the store's commits.</param>
/// <param name="Fsync">Taken beside the posts, now and then.</param>
internal sealed record PostingRun(
    PostRow[] Rows, int[] Batches, int Warmed, double PostsPerSecond, double Busy, Timings Acks, Timings Upkeep, Timings Fsync)
{
    private static readonly TimeSpan ProbePause = TimeSpan.FromMilliseconds(3);

    private static readonly ReadOnlyMemory<byte>[] Utf8 = Texts.Bodies.Mixed();

    private static readonly MessageBody[] Bodies = Array.ConvertAll(Utf8, b =>
        MessageBody.TryCreate(b, out var body) == BodyError.None ? body : throw new InvalidOperationException("A text of ours is no message."));

    /// <summary>Posts for a while on a new database.</summary>
    /// <param name="probe">Runs beside it.</param>
    internal static async Task<PostingRun> OfMinatoAsync(IEngine engine, Load load, BenchOptions options, FsyncProbe? probe = null)
    {
        var database = engine.Open("posting");
        database.Delete();
        try
        {
            var harbour = await Harbour.OpenAsync(database, load.Senders, Load.Rooms, load.RoomsEach);
            await using (harbour)
                return await PostAsync(harbour, load, options, probe);
        }
        finally
        {
            database.Delete();
        }
    }

    /// <summary>Writes the same posts in the same batches.</summary>
    /// <returns>Posts a second.</returns>
    internal async Task<double> RepeatBareAsync(IEngine engine, Load load)
    {
        var database = engine.Open("posting-bare");
        database.Delete();
        try
        {
            // The same people and rooms, so the same heads to begin with.
            var harbour = await Harbour.OpenAsync(database, load.Senders, Load.Rooms, load.RoomsEach);
            await harbour.DisposeAsync();
            using var writer = database.OpenBareWriter(durable: true);
            var (start, from, at) = (0L, 0, 0);
            foreach (var size in Batches)
            {
                if (start == 0 && at >= Warmed)
                    (start, from) = (Stopwatch.GetTimestamp(), at);
                writer.Commit(Rows.AsSpan(at, size));
                at += size;
            }
            return (Rows.Length - from) / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        finally
        {
            database.Delete();
        }
    }

    private static async Task<PostingRun> PostAsync(Harbour harbour, Load load, BenchOptions options, FsyncProbe? probe)
    {
        var acks = new AckLog(options.WarmUp, options.Seconds / 4);
        using var end = new CancellationTokenSource();
        var senders = harbour.People.Select((person, i) => new Sender(
            harbour.Log, person, [.. Enumerable.Range(0, load.RoomsEach).Select(j => harbour.Rooms[Harbour.RoomOf(i, j, Load.Rooms)].Id)], Bodies, load, acks, i)
            .PostAsync(end.Token)).ToArray();
        await acks.Warm;
        var busy = harbour.Commits.Busy;
        end.CancelAfter(options.Seconds);
        var fsync = probe?.RunBesideAsync(ProbePause, end.Token) ?? Task.FromResult(new Timings());
        await Task.WhenAll(senders);
        var seconds = acks.Seconds;
        return new PostingRun(
            acks.ToRows(Utf8), [.. harbour.Commits.Sizes], acks.Warmed, acks.Times.Count / seconds, (harbour.Commits.Busy - busy).TotalSeconds / seconds, acks.Times,
            harbour.Commits.Upkeep, await fsync);
    }
}
