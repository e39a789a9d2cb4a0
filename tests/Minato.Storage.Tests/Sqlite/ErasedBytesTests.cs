using System.Buffers.Binary;
using System.Text;
using Minato.Core.Commands;
using Minato.Core.Rooms;
using Minato.Core.Users;
using Minato.Storage.Sqlite;

namespace Minato.Storage.Tests.Sqlite;

/// <summary>What was erased stands in no row, no free page and no log any more, a minute later and without anybody ending the server.</summary>
public sealed class ErasedBytesTests : SqliteTests
{
    private const int Rooms = 5;
    private const int Turns = 400;

    [Theory]
    [InlineData("delete")]
    [InlineData("erase")]
    [InlineData("retention")]
    public async Task Erased_words_are_in_no_file(string by)
    {
        await using var store = Open();
        var alice = await Alice(store);
        var bob = ((UserChanged)(await store.CommitAsync([new RegisterGuest(UserKind.Guest, "bob", false, [.. new byte[31], 1])], default))[0]).User;
        var rooms = new List<Room>();
        for (var i = 0; i < Rooms; i++)
            rooms.Add(((Logged)(await store.CommitAsync([new CreateRoom(alice, null, $"room-{i}", "")], default))[0]).Room);
        var his = await Talk(store, alice, bob, rooms);
        Assert.NotEmpty(Found("WORD3-1"));
        Assert.NotEmpty(Found("EDITED7-1"));
        if (by == "delete")
            foreach (var seq in his)
                await store.CommitAsync([new Delete(alice, null, rooms[1].Id, seq)], default);
        else if (by == "erase")
            await store.CommitAsync([new EraseMessages(alice, null, rooms[1].Id, bob.Id)], default);
        else
        {
            await store.CommitAsync([new SetRetention(alice, null, rooms[1].Id, 1)], default);
            Clock.Advance(TimeSpan.FromDays(2));
        }
        for (var seconds = 0; seconds < 90; seconds++)
        {
            Assert.Null((await store.MaintainAsync(default)).Cause);
            Clock.Advance(TimeSpan.FromSeconds(1));
        }
        var gone = Enumerable.Range(0, Turns).Where(i => by == "retention" || IsBobs(i)).ToList();
        var left = Found([.. gone.SelectMany(i => new[] { $"WORD{i}-1", $"EDITED{i}-1" })]).ToList();
        Assert.True(left.Count == 0, $"{left.Count} left: {string.Join(' ', left.Take(20))}");
        // What is still to be read is still there.
        Assert.NotEmpty(Found("WORD3-2"));
        Assert.Equal(by == "retention", !Found("WORD2-1").Any());
        Assert.Equal("ok", store.Writer.Text("pragma integrity_check"));
    }

    /// <summary>Rooms and people in turn, and bodies of many lengths: pages are split, moved and overflown. Says which seqs are Bob's in the second room.</summary>
    private static async Task<List<long>> Talk(SqliteStore store, User alice, User bob, List<Room> rooms)
    {
        var his = new List<long>();
        for (var i = 0; i < Turns; i++)
        {
            for (var n = 0; n < rooms.Count; n++)
            {
                var (author, room) = (IsBobs(i) ? bob : alice, rooms[n].Id);
                var text = $"WORD{i}-{n} {new string('x', (i * 37 % 50) * (i % 40 == 0 ? 200 : 3))} WORD{i}-{n}";
                var said = (Logged)(await store.CommitAsync([new Post(author, null, room, Body(text))], default))[0];
                if (i % 7 == 0)
                    await store.CommitAsync([new Edit(author, null, room, said.Seq, Body($"EDITED{i}-{n}"))], default);
                if (n == 1 && author == bob)
                    his.Add(said.Seq);
            }
            if (i % 50 == 0)
                await store.MaintainAsync(default);
        }
        return his;
    }

    private static bool IsBobs(int turn) => turn % 2 == 1;

    /// <summary>Words and the files in which they stand.</summary>
    private IEnumerable<string> Found(params string[] words)
    {
        foreach (var file in Directory.GetFiles(Folder))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            if (file == File)
                ClearGaps(bytes);
            foreach (var word in words)
                if (Stands(bytes, Encoding.UTF8.GetBytes(word)))
                    yield return $"{word} in {Path.GetFileName(file)}";
        }
    }

    /// <summary>
    /// SQLite's secure_delete overwrites what is deleted, and not what it moved before: when a page is split, copies of the rows that went to
    /// its sibling stay between its pointers and its rows until others are written there. docs/security/data.md says so.
    /// https://sqlite.org/fileformat2.html#b_tree_pages
    /// </summary>
    private static void ClearGaps(Span<byte> database)
    {
        var size = BinaryPrimitives.ReadUInt16BigEndian(database[16..]);
        for (var page = 0; page < database.Length / size; page++)
        {
            var bytes = database.Slice(page * size, size);
            var at = page == 0 ? 100 : 0;
            if (bytes[at] is not (2 or 5 or 10 or 13))
                continue;
            var gap = at + (bytes[at] is 2 or 5 ? 12 : 8) + (2 * BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 3)..]));
            bytes[gap..BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..])].Clear();
        }
    }

    private static bool Stands(byte[] bytes, byte[] word)
    {
        for (var rest = bytes.AsSpan(); ;)
        {
            var at = rest.IndexOf(word);
            if (at < 0)
                return false;
            rest = rest[(at + word.Length)..];
            // WORD3-1 is not WORD3-12.
            if (rest.IsEmpty || !char.IsAsciiDigit((char)rest[0]))
                return true;
        }
    }
}
