using System.Threading.Channels;
using Minato.Core.Commands;
using Minato.Core.Storage;
using Minato.Storage.Sqlite;
using Minato.Storage.Tests.Histories;

namespace Minato.Torture.Broken;

/// <summary>Answers before it is on disk: from a copy that keeps nothing, with the real store some moments behind.</summary>
internal static class EarlyStore
{
    private static readonly TimeSpan Behind = TimeSpan.FromMilliseconds(300);

    /// <param name="database">Its file, which the server has open; there is nothing in its log yet.</param>
    public static IStore Over(IStore real, string database)
    {
        var copy = Path.Combine(Directory.CreateTempSubdirectory("minato-early-").FullName, "minato.db");
        using (var backup = real.StartBackup(copy))
            while (!backup.Step())
            {
            }
        var early = SqliteStore.Open(copy, durable: false, TimeProvider.System);
        var late = Channel.CreateUnbounded<(IReadOnlyList<Command> Batch, long At)>();
        _ = Task.Run(async () =>
        {
            await foreach (var (batch, at) in late.Reader.ReadAllAsync())
            {
                if (Behind - TimeProvider.System.GetElapsedTime(at) is var rest && rest > TimeSpan.Zero)
                    await Task.Delay(rest);
                await real.CommitAsync(batch, CancellationToken.None);
            }
        });
        return new BentStore { Inner = early, Committed = batch => late.Writer.TryWrite((batch, TimeProvider.System.GetTimestamp())) };
    }
}
