using System.Text;

namespace Minato.Sidecar.Tests;

public sealed class SidecarLogsTests
{
    [Fact]
    public async Task Lines_come_whole_whatever_the_pieces()
    {
        const string Text = "one\r\ntwo\n\nlast 日本語";
        for (var size = 1; size <= 8; size++)
            Assert.Equal(["one", "two", "", "last 日本語"], await Read(Encoding.UTF8.GetBytes(Text).Chunk(size)));
    }

    [Fact]
    public async Task A_line_without_an_end_is_cut_and_only_the_newest_lines_are_kept()
    {
        var lines = await Read([new byte[SidecarLogs.MaxLine * 3 / 2]]);
        Assert.Equal([SidecarLogs.MaxLine, SidecarLogs.MaxLine / 2], lines.Select(l => l.Length));
        lines = await Read([.. Enumerable.Range(0, 1500).Select(i => Encoding.ASCII.GetBytes($"{i}\n"))]);
        Assert.Equal(SidecarLogs.MaxLines, lines.Count);
        Assert.Equal("1499", lines[^1]);
    }

    [Fact]
    public async Task What_is_passed_on_is_what_came_byte_for_byte()
    {
        var (bytes, copy) = (new byte[100_000], new MemoryStream());
        new Random(1).NextBytes(bytes);
        await Read(bytes.Chunk(977), new OwnOutput(copy, () => false));
        Assert.Equal(bytes, copy.ToArray());
    }

    [Fact]
    public async Task Where_nobody_reads_what_is_passed_on_the_program_meets_it()
    {
        var written = new MemoryStream("one\ntwo\n"u8.ToArray());
        var logs = new SidecarLogs(null);
        logs.Read(written, null, new OwnOutput(new MemoryStream(), () => true));
        await logs.Ended.WaitAsync(Child.Patience);
        Assert.Equal((false, 2), (written.CanRead, logs.Tail().Count));
    }

    [Fact]
    public async Task A_listener_that_throws_does_not_stop_the_reading()
    {
        var heard = 0;
        var logs = new SidecarLogs(_ => throw new InvalidOperationException($"The {++heard}. line."));
        logs.Read(new MemoryStream("one\ntwo\nthree\n"u8.ToArray()), null, null);
        await logs.Ended.WaitAsync(Child.Patience);
        Assert.Equal((1, 3), (heard, logs.Tail().Count));
    }

    private static async Task<IReadOnlyList<string>> Read(IEnumerable<byte[]> pieces, OwnOutput? passOn = null)
    {
        var pipe = new System.IO.Pipelines.Pipe();
        var logs = new SidecarLogs(null);
        logs.Read(pipe.Reader.AsStream(), null, passOn);
        foreach (var piece in pieces)
            await pipe.Writer.WriteAsync(piece);
        await pipe.Writer.CompleteAsync();
        await logs.Ended.WaitAsync(Child.Patience);
        return logs.Tail(int.MaxValue);
    }
}
