using Minato.Core.Commands;
using Minato.Tests.Kit;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Client.Tests.State;

public sealed class FileClientStoreTests : IDisposable
{
    private static readonly Guid Room = Guid.Parse("0197a3c0-0000-7000-8000-000000000001");

    private readonly TempFolder _folder = new();

    private string Path => _folder["bot.state"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_saved_is_there_after_a_restart()
    {
        using (var store = new FileClientStore(Path))
            store.Save([new SessionKept("s3cr3t"), new IdentityKept(Room), new CursorMoved(Room, 41), Entry("a", "港 \"quoted\"\n\ttwo"), Entry("b", "2"), new EntryRemoved("a"), new CursorMoved(Room, 42)]);
        using var again = new FileClientStore(Path);
        var state = again.Load();
        Assert.Equal(("s3cr3t", Room, 42), (state.Session, state.You, state.Cursors[Room]));
        Assert.Equal(["2"], Bodies(state));
    }

    [Fact]
    public void A_file_that_ends_anywhere_in_its_last_record_has_all_the_others()
    {
        using (var store = new FileClientStore(Path))
            store.Save([new SessionKept("s3cr3t"), Entry("a", "1"), Entry("b", "2")]);
        var whole = File.ReadAllBytes(Path);
        var last = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;
        for (var length = last; length < whole.Length; length++)
        {
            File.WriteAllBytes(Path, whole[..length]);
            using (var torn = new FileClientStore(Path))
            {
                Assert.Equal(["1"], Bodies(torn.Load()));
                torn.Save([Entry("c", "3")]);
            }
            using var again = new FileClientStore(Path);
            Assert.Equal(["1", "3"], Bodies(again.Load()));
        }
    }

    [Fact]
    public void A_damaged_byte_anywhere_costs_at_most_its_own_record_and_the_one_that_it_joins()
    {
        using (var store = new FileClientStore(Path))
            store.Save([Entry("a", "1"), Entry("b", "2"), Entry("c", "3"), Entry("d", "4")]);
        var whole = File.ReadAllBytes(Path);
        for (var at = 0; at < whole.Length; at++)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 0x01;
            File.WriteAllBytes(Path, damaged);
            using var store = new FileClientStore(Path);
            Assert.True(Bodies(store.Load()).Length >= 2, $"byte {at}");
            Assert.Subset(new HashSet<string>(["1", "2", "3", "4"]), Bodies(store.Load()).ToHashSet());
        }
    }

    [Fact]
    public void It_is_its_owners_alone()
    {
        using var store = new FileClientStore(Path);
        store.Save([new SessionKept("s3cr3t")]);
        Assert.All(Directory.GetFiles(_folder.Path), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void Two_do_not_share_it()
    {
        using (new FileClientStore(Path))
            Assert.ThrowsAny<IOException>(() => new FileClientStore(Path));
        new FileClientStore(Path).Dispose();
    }

    [Fact]
    public void It_does_not_grow_with_what_is_out_of_date_and_loses_nothing_on_the_way()
    {
        using (var store = new FileClientStore(Path))
        {
            store.Save([Entry("kept", "kept")]);
            for (var batch = 0; batch < 40; batch++)
                store.Save([.. Enumerable.Range(0, 250).Select(i => new CursorMoved(Room, batch * 250 + i))]);
            Assert.InRange(new FileInfo(Path).Length, 1, 300 * 1024);
        }
        using var again = new FileClientStore(Path);
        Assert.Equal((9_999, "kept"), (again.Load().Cursors[Room], Assert.Single(Bodies(again.Load()))));
    }

    [Fact]
    public void A_write_that_failed_halfway_costs_only_itself()
    {
        using (var store = new FileClientStore(Path))
        {
            store.Save([Entry("a", "1")]);
            // As a disk that became full in the middle of a record leaves it.
            using (var file = new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
                file.Write("0123456789abcdef {\"do"u8);
            store.Save([Entry("b", "2")]);
        }
        using var again = new FileClientStore(Path);
        Assert.Equal(["1", "2"], Bodies(again.Load()));
    }

    private static EntryAdded Entry(string cid, string body) => new(new OutboxEntry(
        new SendFrame(ClientId.TryCreate(cid, out var id) ? id : default, new RoomRef(Room, null), System.Text.Encoding.UTF8.GetBytes(body)), 1, null));

    private static string[] Bodies(ClientState state) => [.. state.Outbox.Select(e => System.Text.Encoding.UTF8.GetString(((SendFrame)e.Frame).Body.Span))];
}
