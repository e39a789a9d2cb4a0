using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Minato.Server.Listening.Sockets;
using Minato.Tests.Kit;

namespace Minato.Server.Tests.Listening;

public sealed class SocketReaderTests : IDisposable
{
    private readonly Socket _peer = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _socket;
    private readonly SocketReader _reader;

    public SocketReaderTests()
    {
        using var listening = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listening.Listen();
        _peer.Connect(listening.LocalEndPoint!);
        _socket = listening.Accept();
        _reader = new SocketReader(_socket);
    }

    public void Dispose()
    {
        _reader.Complete();
        _socket.Dispose();
        _peer.Dispose();
    }

    [Fact]
    public async Task A_read_waits_for_bytes_and_what_was_consumed_does_not_come_again()
    {
        var read = _reader.ReadAsync();
        Assert.False(read.IsCompleted);
        Send("one two");
        var result = await read.AsTask().Within("bytes");
        Assert.Equal("one two", Text(result));
        _reader.AdvanceTo(result.Buffer.GetPosition(4), result.Buffer.GetPosition(4));
        Assert.Equal("two", Text(await _reader.ReadAsync().AsTask().Within("the rest, which nobody has looked at")));
    }

    [Fact]
    public async Task What_was_looked_at_and_not_consumed_comes_with_what_follows_and_not_before()
    {
        Send("he");
        await LookAsync("he");
        Assert.False(_reader.TryRead(out _));
        var read = _reader.ReadAsync();
        Assert.False(read.IsCompleted);
        Send("llo");
        Assert.Equal("hello", Text(await read.AsTask().Within("more")));
    }

    [Fact]
    public async Task What_is_left_grows_past_the_first_block()
    {
        var sent = new string('x', 20_000) + "end";
        Send(sent);
        var result = await _reader.ReadAsync();
        while (result.Buffer.Length < sent.Length)
        {
            _reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            result = await _reader.ReadAsync().AsTask().Within("more");
        }
        Assert.Equal(sent, Text(result));
        _reader.AdvanceTo(result.Buffer.GetPosition(20_000));
        Assert.Equal("end", Text(await _reader.ReadAsync()));
    }

    [Fact]
    public async Task A_read_that_its_token_ended_loses_nothing()
    {
        using var cancel = new CancellationTokenSource();
        var read = _reader.ReadAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        var ended = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read.Within("the end of the read"));
        Assert.Equal(cancel.Token, ended.CancellationToken);
        Send("late");
        Assert.Equal("late", Text(await _reader.ReadAsync().AsTask().Within("what came later")));
    }

    [Fact]
    public async Task A_pending_read_is_cancelled_and_only_that_one()
    {
        var read = _reader.ReadAsync().AsTask();
        _reader.CancelPendingRead();
        Assert.True((await read.Within("the cancelled read")).IsCanceled);
        Send("on");
        var next = await _reader.ReadAsync().AsTask().Within("the next read");
        Assert.False(next.IsCanceled);
        Assert.Equal("on", Text(next));
    }

    [Fact]
    public async Task A_cancel_without_a_read_is_for_the_next_one_and_shows_what_is_there()
    {
        Send("he");
        await LookAsync("he");
        _reader.CancelPendingRead();
        var result = await _reader.ReadAsync();
        Assert.True(result.IsCanceled);
        Assert.Equal("he", Text(result));
        _reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        Assert.False(_reader.TryRead(out _));
    }

    [Fact]
    public async Task The_end_comes_behind_the_last_bytes_and_stays()
    {
        Send("bye");
        _peer.Shutdown(SocketShutdown.Send);
        var result = await _reader.ReadAsync();
        Assert.Equal("bye", Text(result));
        _reader.AdvanceTo(result.Buffer.End);
        for (var i = 0; i < 2; i++)
        {
            result = await _reader.ReadAsync().AsTask().Within("the end");
            Assert.True(result.IsCompleted);
            Assert.True(result.Buffer.IsEmpty);
            _reader.AdvanceTo(result.Buffer.End);
        }
    }

    [Fact]
    public async Task A_reset_by_the_peer_ends_a_pending_read()
    {
        var read = _reader.ReadAsync().AsTask();
        _peer.LingerState = new LingerOption(true, 0);
        _peer.Dispose();
        await Assert.ThrowsAsync<ConnectionResetException>(() => read.Within("the reset"));
    }

    [Fact]
    public async Task An_abort_from_this_side_ends_a_pending_read_and_every_later_one()
    {
        var read = _reader.ReadAsync().AsTask();
        _socket.Dispose();
        await Assert.ThrowsAsync<ConnectionAbortedException>(() => read.Within("the abort"));
        await Assert.ThrowsAsync<ConnectionAbortedException>(() => _reader.ReadAsync().AsTask().Within("the next read"));
    }

    [Fact]
    public async Task Whatever_cancels_and_comes_at_once_no_byte_is_lost_and_none_comes_twice()
    {
        const int Count = 2_000;
        var sending = Task.Run(() =>
        {
            for (var i = 0; i < Count; i++)
                Send($"{i}\n");
            _peer.Shutdown(SocketShutdown.Send);
        }, TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();
        var cancelling = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                _reader.CancelPendingRead();
                await Task.Yield();
            }
        }, TestContext.Current.CancellationToken);
        var heard = new StringBuilder();
        for (var isOver = false; !isOver;)
        {
            var result = await _reader.ReadAsync().AsTask().Within("bytes");
            heard.Append(Text(result));
            isOver = result is { IsCompleted: true, IsCanceled: false };
            _reader.AdvanceTo(result.Buffer.End);
        }
        await stop.CancelAsync();
        await Task.WhenAll(sending, cancelling);
        Assert.Equal(string.Concat(Enumerable.Range(0, Count).Select(i => $"{i}\n")), heard.ToString());
    }

    private void Send(string text) => _peer.Send(Encoding.ASCII.GetBytes(text));

    private async Task LookAsync(string expected)
    {
        var result = await _reader.ReadAsync().AsTask().Within("bytes");
        Assert.Equal(expected, Text(result));
        _reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
    }

    private static string Text(ReadResult result) => Encoding.ASCII.GetString(result.Buffer);
}
