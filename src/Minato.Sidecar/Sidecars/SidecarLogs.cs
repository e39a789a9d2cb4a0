using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;

namespace Minato.Sidecar;

/// <summary>What a sidecar writes, output and errors together, line by line as they come: the newest of it is kept.</summary>
public sealed class SidecarLogs
{
    /// <summary>1,000 lines are kept, as in a terminal's scrollback.</summary>
    public const int MaxLines = 1_000;

    /// <summary>8 KiB of a line; what is longer comes as several.</summary>
    public const int MaxLine = 8 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = new();
    private volatile Action<string>? _onLine;
    private TaskCompletionSource _more = NewSignal();
    private long _count;
    private bool _hasEnded;

    internal SidecarLogs(Action<string>? onLine) => _onLine = onLine;

    /// <summary>The newest lines, the oldest of them first, at most <see cref="MaxLines"/>.</summary>
    public IReadOnlyList<string> Tail(int count = 50)
    {
        lock (_gate)
            return [.. _lines.Skip(Math.Max(0, _lines.Count - count))];
    }

    /// <summary>Completes when all streams have ended.</summary>
    internal Task Ended { get; private set; } = Task.CompletedTask;

    /// <param name="passOn">Where the output goes as well; null for nowhere.</param>
    internal void Read(Stream? output, Stream? errors, OwnOutput? passOn) => Ended = ReadAllAsync(output, errors, passOn);

    /// <summary>Every line from the first one on that is still kept, until the end.</summary>
    internal async IAsyncEnumerable<string> ReadFromStartAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        for (var next = 0L; ;)
        {
            Task more;
            string[] lines;
            bool hasEnded;
            lock (_gate)
            {
                var first = _count - _lines.Count;
                lines = [.. _lines.Skip((int)Math.Max(0, next - first))];
                (more, next, hasEnded) = (_more.Task, _count, _hasEnded);
            }
            foreach (var line in lines)
                yield return line;
            if (hasEnded)
                yield break;
            await more.WaitAsync(cancel);
        }
    }

    private async Task ReadAllAsync(Stream? output, Stream? errors, OwnOutput? passOn)
    {
        await Task.WhenAll(ReadAsync(output, passOn), ReadAsync(errors, null));
        Tell(null);
    }

    private async Task ReadAsync(Stream? stream, OwnOutput? passOn)
    {
        if (stream is null)
            return;
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        try
        {
            long passed = 0; // of what is in the buffer
            while (true)
            {
                var result = await reader.ReadAsync();
                var buffer = result.Buffer;
                if (passOn is not null && !await passOn.TryWriteAsync(buffer.Slice(passed)))
                {
                    // Nobody reads any more: the program is to meet that, as it would if it wrote there itself.
                    await stream.DisposeAsync();
                    passOn = null;
                }
                while (TryReadLine(ref buffer, result.IsCompleted, out var line))
                    Tell(line);
                passed = buffer.Length;
                reader.AdvanceTo(buffer.Start, buffer.End);
                if (result.IsCompleted || !stream.CanRead)
                    return;
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // Disposed of, or its other end was broken: there is nothing more.
        }
    }

    private static bool TryReadLine(ref ReadOnlySequence<byte> buffer, bool isEnd, out string line)
    {
        line = "";
        var end = buffer.PositionOf((byte)'\n');
        var length = end is { } at ? buffer.GetOffset(at) - buffer.GetOffset(buffer.Start) : buffer.Length;
        if (length > MaxLine)
            (length, end) = (MaxLine, null);
        else if (end is null && (!isEnd || length == 0))
            return false;
        line = Encoding.UTF8.GetString(buffer.Slice(0, length)).TrimEnd('\r');
        buffer = buffer.Slice(end is null ? length : length + 1);
        return true;
    }

    /// <param name="line">Null: there is no more.</param>
    private void Tell(string? line)
    {
        TaskCompletionSource told;
        lock (_gate)
        {
            if (line is null)
                _hasEnded = true;
            else
            {
                _lines.Enqueue(line);
                _count++;
                if (_lines.Count > MaxLines)
                    _lines.Dequeue();
            }
            (told, _more) = (_more, NewSignal());
        }
        told.SetResult();
        if (line is not null && _onLine is { } onLine)
            Call(onLine, line);
    }

    /// <summary>A listener that throws is not called again: the program must not stand still because nobody reads what it writes.</summary>
    private void Call(Action<string> onLine, string line)
    {
        try
        {
            onLine(line);
        }
        catch (Exception e)
        {
            _onLine = null;
            System.Diagnostics.Trace.TraceError($"A listener of a sidecar's lines failed, and is not called again: {e}");
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
