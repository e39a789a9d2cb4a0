namespace Minato.Server.Log;

/// <summary>Submissions in their order, chained to each other: a lane in which nothing waits, as most do, costs no memory. A mutable struct: keep it in a field.</summary>
internal struct SubmissionQueue
{
    private Submission? _first;
    private Submission? _last;

    internal int Count { get; private set; }

    internal void Enqueue(Submission submission)
    {
        if (_last is null)
            _first = submission;
        else
            _last.Next = submission;
        _last = submission;
        Count++;
    }

    /// <summary>Of one that is not empty.</summary>
    internal Submission Dequeue()
    {
        var first = _first!;
        _first = first.Next;
        first.Next = null;
        if (_first is null)
            _last = null;
        Count--;
        return first;
    }
}
