namespace Minato.Client;

/// <summary>How frames reach the server: a WebSocket, or a pair in memory where the clock is a test's.</summary>
internal interface IClientTransport
{
    /// <exception cref="ConnectException">There is no connection; the sentence says why.</exception>
    ValueTask<IClientChannel> OpenAsync(CancellationToken cancel);
}

/// <summary>One connection. One reads and one writes at a time.</summary>
internal interface IClientChannel : IAsyncDisposable
{
    ValueTask SendAsync(ReadOnlyMemory<byte> text, CancellationToken cancel);

    /// <summary>The next text, valid until the next call; or how it closed.</summary>
    ValueTask<Received> ReceiveAsync(CancellationToken cancel);
}

/// <param name="CloseCode">Null with a text. -1: it ended without a word.</param>
internal readonly record struct Received(ReadOnlyMemory<byte> Text, int? CloseCode);
