using System.Globalization;
using System.Net;

namespace Minato.Sidecar;

/// <summary>
/// The URL a server reports once it accepts connections, for any number of waiters: all get the same answer, or the same error.
/// The first answer stands; later ones are ignored, because waiters may already have acted on it.
/// </summary>
public sealed class ReadyUrl
{
    /// <summary>5 s: a server on a busy machine starts in one, and a person waits no longer for nothing.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    // Continuations run elsewhere, so that whoever reports is not held up by whoever waited.
    private readonly TaskCompletionSource<string> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Answers all waiters, present and future.</summary>
    /// <param name="url">Absolute, with the real port, as in <c>http://127.0.0.1:49152</c>; handed on as written.</param>
    /// <exception cref="ArgumentException">It is not an absolute URL.</exception>
    public void Set(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out _))
            throw new ArgumentException($"\"{url}\" is not an absolute URL such as http://127.0.0.1:8080.", nameof(url));
        _answer.TrySetResult(url);
    }

    /// <summary>Answers all waiters with where a socket listens, as <c>TcpListener.LocalEndpoint</c> or <c>Socket.LocalEndPoint</c> says it once it does.</summary>
    /// <param name="endPoint">With the real port. A wildcard address becomes loopback: a URL that a browser on this machine can open.</param>
    /// <param name="scheme">Of the URL.</param>
    /// <exception cref="ArgumentException">It is no IP end point, or has no port yet.</exception>
    public void Set(EndPoint? endPoint, string scheme = "http")
    {
        if (endPoint is not IPEndPoint { Port: > 0 } ip)
            throw new ArgumentException($"\"{endPoint}\" has no port: ask when the socket listens.", nameof(endPoint));
        var address = ip.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : ip.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : ip.Address;
        Set($"{scheme}://{new IPEndPoint(address, ip.Port)}");
    }

    /// <summary>Gives all waiters, present and future, this error.</summary>
    public void Fail(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        _answer.TrySetException(error);
        _ = _answer.Task.Exception; // seen here, so that it is not reported as unobserved when nobody waits
    }

    /// <summary>The URL, as soon as it is known; nothing is polled.</summary>
    /// <param name="timeout">How long this waiter waits; <see cref="DefaultTimeout"/> is a good answer.</param>
    /// <param name="time">The clock of the timeout; the system's when null.</param>
    /// <param name="cancellationToken">Ends this wait only.</param>
    /// <exception cref="TimeoutException">Nothing was reported in that time.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public async Task<string> GetAsync(
        TimeSpan timeout, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return await _answer.Task.WaitAsync(timeout, time ?? TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException) when (_answer.Task.IsCompleted)
        {
            return await _answer.Task; // a reported error that is itself a timeout, or an answer in the last moment
        }
        catch (TimeoutException e)
        {
            var seconds = timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
            throw new TimeoutException($"Server start timeout: no address was reported within {seconds} s.", e);
        }
    }
}
