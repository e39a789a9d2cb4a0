using System.Text;
using Minato.Core.Commands;
using Minato.Core.Messages;
using Minato.Core.Rooms;
using Minato.Core.Storage;
using Minato.Core.Users;
using Minato.Storage.Sqlite;

namespace Minato.Storage.Tests;

/// <summary>Runs in a process of its own, under the shim of tests/faults/fsync_fails.c, and prints what the store answered.</summary>
internal static class FailingDisk
{
    /// <param name="act">What meets the failing fsync: <c>commit</c> or <c>checkpoint</c>.</param>
    /// <param name="trigger">While this file exists, fsync fails.</param>
    public static async Task RunAsync(string act, string database, string trigger)
    {
        var store = SqliteStore.Open(database, durable: true, TimeProvider.System);
        var alice = ((UserChanged)(await store.CommitAsync([new RegisterGuest(UserKind.Guest, "alice", false, new byte[32])], default))[0]).User;
        var lobby = (await store.FindRoomAsync(Slug.Lobby, default))!.Id;
        // Together more than a checkpoint waits for.
        MessageBody.TryCreate(Encoding.UTF8.GetBytes(new string('x', 2_000)), out var body);
        var posts = Enumerable.Repeat(new Post(alice, null, lobby, body), act == "checkpoint" ? 10_000 : 1).ToArray();
        await Say("before", () => store.CommitAsync(posts, default).AsTask());

        await File.WriteAllTextAsync(trigger, "");
        await Say("failing", () => act == "checkpoint" ? store.MaintainAsync(default).AsTask() : store.CommitAsync(posts, default).AsTask());

        // Linux reports a failed fsync once; the next ones succeed. The store must not believe them.
        File.Delete(trigger);
        await Say("after", () => store.CommitAsync(posts, default).AsTask());
        await Say("housekeeping", () => store.MaintainAsync(default).AsTask());
        await Say("backup", () => Task.Run(() => store.StartBackup(database + ".copy").Dispose()));
        await store.DisposeAsync();
        Console.WriteLine($"closed, log {(new FileInfo(database + "-wal") is { Exists: true, Length: > 0 } ? "kept" : "gone")}");
    }

    private static async Task Say(string what, Func<Task> act)
    {
        try
        {
            await act();
            Console.WriteLine($"{what}: acknowledged");
        }
        catch (StoreFailedException e)
        {
            Console.WriteLine($"{what}: {e.Message}");
        }
    }
}
