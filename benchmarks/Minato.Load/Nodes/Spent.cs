using System.Diagnostics;

namespace Minato.Load.Nodes;

/// <summary>What nodes and database had used and done by a moment, or between two.</summary>
/// <param name="Database">Null: it is somebody else's, and not known.</param>
internal sealed record Spent(double Seconds, TimeSpan Nodes, TimeSpan? Database, long Transactions)
{
    internal static async Task<Spent> OfAsync(Cluster cluster, DatabaseServer postgres)
    {
        var transactions = await cluster.TransactionsAsync();
        return new Spent(Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency, cluster.Cpu, postgres.Cpu, transactions);
    }

    internal Spent Since(Spent before) => new(Seconds - before.Seconds, Nodes - before.Nodes, Database - before.Database, Transactions - before.Transactions);

    /// <summary>Of the database, in seconds; not a number where it is not known.</summary>
    internal double DatabaseSeconds => Database?.TotalSeconds ?? double.NaN;
}
