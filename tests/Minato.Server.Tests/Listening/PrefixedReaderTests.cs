using System.IO.Pipelines;
using System.Text;
using Minato.Server.Listening.Sockets;

namespace Minato.Server.Tests.Listening;

public sealed class PrefixedReaderTests
{
    private readonly Pipe _pipe = new();
    private readonly PrefixedReader _reader;

    public PrefixedReaderTests() => _reader = new PrefixedReader("GET / HT"u8.ToArray(), _pipe.Reader);

    [Fact]
    public async Task The_prefix_comes_first_and_then_what_is_behind_it()
    {
        await _pipe.Writer.WriteAsync("rest"u8.ToArray());
        Assert.Equal("GET / HT", await ReadAsync(consume: 8));
        Assert.Equal("rest", await ReadAsync(consume: 4));
    }

    [Fact]
    public async Task What_was_looked_at_and_not_consumed_comes_with_what_follows_and_not_before()
    {
        Assert.Equal("GET / HT", await ReadAsync(consume: 4));
        Assert.False(_reader.TryRead(out _));
        var read = _reader.ReadAsync();
        Assert.False(read.IsCompleted);
        await _pipe.Writer.WriteAsync("TP/1.1"u8.ToArray());
        var result = await read;
        Assert.Equal("/ HTTP/1.1", Encoding.ASCII.GetString(result.Buffer));
        _reader.AdvanceTo(result.Buffer.End);
        await _pipe.Writer.WriteAsync("!"u8.ToArray());
        Assert.Equal("!", await ReadAsync(consume: 1));
    }

    [Fact]
    public async Task What_was_not_looked_at_comes_again_at_once()
    {
        var result = await _reader.ReadAsync();
        _reader.AdvanceTo(result.Buffer.Start, result.Buffer.GetPosition(3));
        Assert.True(_reader.TryRead(out result));
        Assert.Equal("GET / HT", Encoding.ASCII.GetString(result.Buffer));
    }

    [Fact]
    public async Task The_end_is_told_with_what_is_left()
    {
        await ReadAsync(consume: 0);
        await _pipe.Writer.CompleteAsync();
        var result = await _reader.ReadAsync();
        Assert.True(result.IsCompleted);
        Assert.Equal("GET / HT", Encoding.ASCII.GetString(result.Buffer));
    }

    [Fact]
    public async Task A_read_behind_the_prefix_can_be_cancelled()
    {
        await ReadAsync(consume: 0);
        _reader.CancelPendingRead();
        var result = await _reader.ReadAsync();
        Assert.True(result.IsCanceled);
        Assert.Equal("GET / HT", Encoding.ASCII.GetString(result.Buffer));
    }

    private async Task<string> ReadAsync(int consume)
    {
        var result = await _reader.ReadAsync();
        var text = Encoding.ASCII.GetString(result.Buffer);
        _reader.AdvanceTo(result.Buffer.GetPosition(consume), result.Buffer.End);
        return text;
    }
}
