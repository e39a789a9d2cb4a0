using System.Text;
using Minato.Server.Sessions;

namespace Minato.Server.Tests;

/// <summary>A kernel and a peer in the test's hand.</summary>
internal sealed class FakeOutlet : Outlet
{
    private readonly List<byte> _taken = [];
    private TaskCompletionSource _reads = Released();

    public Func<int, int> Take { get; set; } = length => length;

    public int Calls { get; private set; }

    /// <summary>Whether what was taken leaves only when the peer reads.</summary>
    public bool StaysBusy { get; set; }

    internal override bool IsBusy => StaysBusy && !_reads.Task.IsCompleted;

    public byte[] Bytes
    {
        get
        {
            lock (_taken)
                return _taken.ToArray();
        }
    }

    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>From now on the peer reads nothing.</summary>
    public void Hold() => _reads = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _reads.SetResult();

    public void Fail(Exception e) => _reads.SetException(e);

    internal override int TrySend(ReadOnlySpan<byte> bytes)
    {
        Calls++;
        var taken = Take(bytes.Length);
        lock (_taken)
            if (taken > 0)
                _taken.AddRange(bytes[..taken]);
        return taken;
    }

    internal override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        await _reads.Task.WaitAsync(cancel);
        lock (_taken)
            _taken.AddRange(bytes.Span);
    }

    private static TaskCompletionSource Released()
    {
        var released = new TaskCompletionSource();
        released.SetResult();
        return released;
    }
}
