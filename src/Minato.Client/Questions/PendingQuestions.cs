using Minato.Wire.WebSocket.Frames;

namespace Minato.Client;

/// <summary>What is asked of the server and answered once. A question outlives its connection: it is asked again on the next one.</summary>
internal sealed class PendingQuestions(ClientOptions options) : IDisposable
{
    /// <summary>Questions without an answer; others wait for their turn. The server answers one after the other, too.</summary>
    private const int MaxOpen = 16;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turns = new(MaxOpen);
    private readonly Dictionary<string, Question> _open = [];
    private Link? _link;
    private long _count;

    /// <summary>Set when somebody begins to wait for an answer.</summary>
    internal Signal Added { get; } = new();

    internal bool IsEmpty
    {
        get
        {
            lock (_gate)
                return _open.Count == 0;
        }
    }

    /// <param name="build">Makes the frame, given its rid.</param>
    /// <exception cref="TimeoutException">There was no answer in <see cref="ClientOptions.QuestionTimeout"/>.</exception>
    /// <exception cref="RefusedException">The server does not answer this.</exception>
    internal async Task<T> AskAsync<T>(Func<string, QuestionFrame> build, CancellationToken cancel)
        where T : AnswerFrame
    {
        using var patience = new CancellationTokenSource(options.QuestionTimeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        var rid = $"q{Interlocked.Increment(ref _count)}";
        var question = new Question(build(rid), new(TaskCreationOptions.RunContinuationsAsynchronously));
        var hasTurn = false;
        try
        {
            await _turns.WaitAsync(either.Token);
            hasTurn = true;
            Ask(question);
            return await question.Answer.Task.WaitAsync(either.Token) as T ?? throw new ConnectException("The server answered something else than was asked.");
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"The server did not answer within {options.QuestionTimeout.TotalSeconds} s. Ask again, or see MinatoClient.Status.", e);
        }
        finally
        {
            lock (_gate)
                _open.Remove(rid);
            if (hasTurn)
                _turns.Release();
        }
    }

    internal void Online(Link link)
    {
        lock (_gate)
        {
            _link = link;
            foreach (var question in _open.Values)
                link.Send(question.Frame);
        }
    }

    internal void Offline()
    {
        lock (_gate)
            _link = null;
    }

    internal void Answered(AnswerFrame answer)
    {
        if (Find(answer.Rid) is { } question)
            question.Answer.TrySetResult(answer);
    }

    internal void Answered(ErrorFrame error)
    {
        if (Find(error.Rid) is not { } question)
            return;
        if (Retry.After(error) is { } wait)
            AskLater(question, wait);
        else
            question.Answer.TrySetException(new RefusedException(error.Code, error.Message, error.RetryAfter));
    }

    internal void Fail(Exception error)
    {
        lock (_gate)
            foreach (var question in _open.Values)
                question.Answer.TrySetException(error);
    }

    public void Dispose() => _turns.Dispose();

    private void Ask(Question question)
    {
        lock (_gate)
        {
            _open.Add(question.Frame.Rid!, question);
            _link?.Send(question.Frame);
        }
        Added.Set();
    }

    /// <summary>The asker's patience bounds it. What the next connection asks anyway is not asked on this one any more.</summary>
    private void AskLater(Question question, TimeSpan wait)
    {
        lock (_gate)
            _link?.SendLater(question.Frame, wait, options.Time);
    }

    private Question? Find(string? rid)
    {
        lock (_gate)
            return rid is not null && _open.TryGetValue(rid, out var question) ? question : null;
    }

    private sealed record Question(QuestionFrame Frame, TaskCompletionSource<AnswerFrame> Answer);
}
