using System.Buffers;
using System.IO.Pipelines;

namespace Minato.Server.Listening.Sockets;

/// <summary>Another reader's bytes behind some that were taken before. For one reader at a time, as the other one is.</summary>
/// <param name="prefix">What comes first; not empty.</param>
internal sealed class PrefixedReader(byte[] prefix, PipeReader rest) : PipeReader
{
    private ReadOnlyMemory<byte> _prefix = prefix;
    private bool _isExamined;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        _prefix.IsEmpty ? rest.ReadAsync(cancellationToken)
        : _isExamined ? AppendNextAsync(cancellationToken)
        : ValueTask.FromResult(Result());

    public override bool TryRead(out ReadResult result)
    {
        if (_prefix.IsEmpty)
            return rest.TryRead(out result);
        if (!_isExamined)
        {
            result = Result();
            return true;
        }
        if (!rest.TryRead(out result))
            return false;
        result = Append(result);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (_prefix.IsEmpty)
        {
            rest.AdvanceTo(consumed, examined);
            return;
        }
        var all = new ReadOnlySequence<byte>(_prefix);
        _isExamined = all.Slice(examined).IsEmpty;
        _prefix = _prefix[(int)all.Slice(0, consumed).Length..];
    }

    public override void CancelPendingRead() => rest.CancelPendingRead();

    public override void Complete(Exception? exception = null) => rest.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => rest.CompleteAsync(exception);

    private async ValueTask<ReadResult> AppendNextAsync(CancellationToken cancel) => Append(await rest.ReadAsync(cancel));

    private ReadResult Result() => new(new ReadOnlySequence<byte>(_prefix), isCanceled: false, isCompleted: false);

    /// <summary>Rare: the prefix was not enough. What has come behind it is taken over, so that they are one piece.</summary>
    private ReadResult Append(ReadResult more)
    {
        _prefix = (byte[])[.. _prefix.Span, .. more.Buffer.ToArray()];
        rest.AdvanceTo(more.Buffer.End);
        return new ReadResult(new ReadOnlySequence<byte>(_prefix), more.IsCanceled, more.IsCompleted);
    }
}
