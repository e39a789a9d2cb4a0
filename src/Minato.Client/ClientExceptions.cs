namespace Minato.Client;

/// <summary>The server refused a mutation or question, finally; nothing was saved.</summary>
/// <param name="code">A code of the protocol, such as <c>not_a_member</c>; or <c>identity_changed</c>: the server does not know any more who wrote it.</param>
/// <param name="retryAfter">When the same may succeed, where that is longer than the client waits by itself.</param>
public sealed class RefusedException(string code, string message, TimeSpan? retryAfter = null) : Exception($"{message} ({code})")
{
    public string Code { get; } = code;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>The server lets nobody in without a token (or not with this one). Final: nothing more is tried.</summary>
public sealed class LoginRequiredException(Uri server)
    : Exception($"{server} lets in only who it knows. Set ClientOptions.Token to its launch token, and connect again.");

/// <summary>There was no welcome.</summary>
public sealed class ConnectException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>More is unanswered than <see cref="ClientOptions.MaxOutbox"/> allows. Nothing was kept of this one: wait for earlier ones.</summary>
public sealed class OutboxFullException(int limit) : Exception($"{limit} mutations wait for their answers already. Await some of them, and send this one again.");
