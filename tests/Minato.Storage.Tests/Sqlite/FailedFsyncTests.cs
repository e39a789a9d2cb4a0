namespace Minato.Storage.Tests.Sqlite;

public sealed class FailedFsyncTests : SqliteTests
{
    [Fact]
    public async Task After_a_failed_fsync_nothing_is_acknowledged_any_more()
    {
        var said = RunOnFailingDisk("commit");
        Assert.Matches("^The database cannot be trusted any more \\(SQLite (1034|10):", said["failing"]);
        await AssertNothingAfter(said, posts: 1);
    }

    [Fact]
    public async Task An_error_of_the_checkpoint_is_not_swallowed()
    {
        var said = RunOnFailingDisk("checkpoint");
        Assert.StartsWith("The database could not be written back (SQLite ", said["failing"]);
        await AssertNothingAfter(said, posts: 10_000);
    }

    private async Task AssertNothingAfter(Dictionary<string, string> said, int posts)
    {
        Assert.Equal("acknowledged", said["before"]);
        Assert.Equal([said["failing"], said["failing"], said["failing"]], [said["after"], said["housekeeping"], said["backup"]]);
        Assert.Contains("closed, log kept", said.Keys);
        Assert.False(System.IO.File.Exists(File + ".copy"));
        await using var store = Open();
        // The commit whose fsync failed may be there or not: nobody was told that it is.
        Assert.InRange((await EventsOf(store)).Count, 1 + posts, 2 + posts);
        await AssertWhole(store);
    }

    /// <summary>What the child said, by the first word of each line.</summary>
    private Dictionary<string, string> RunOnFailingDisk(string act)
    {
        var shim = Path.Combine(Folder, "fsync_fails.so");
        Needs.Tool("gcc", "-shared", "-fPIC", "-O1", "-o", shim, Path.Combine(AppContext.BaseDirectory, "faults", "fsync_fails.c"), "-ldl");
        var trigger = Path.Combine(Folder, "trigger");
        var (code, output) = Needs.Run(Program.Executable, ["failing-disk", act, File, trigger], new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = shim,
            ["FSYNC_FAILS"] = trigger,
        });
        Assert.True(code == 0, output);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(": ", 2)).ToDictionary(parts => parts[0], parts => parts.ElementAtOrDefault(1) ?? "");
    }
}
