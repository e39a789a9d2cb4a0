namespace Minato.Load;

/// <summary>Takes one text that came; it is overwritten afterwards.</summary>
internal delegate void TextHandler(ReadOnlySpan<byte> text);

/// <summary>A client's socket that does as little as one can: <see cref="FrameSocket"/> and <see cref="LineSocket"/>.</summary>
internal interface ILoadSocket : IDisposable
{
    Task SendAsync(string text);

    /// <summary>Takes what has come, and hands on all that is whole.</summary>
    /// <returns>False: the server has closed.</returns>
    Task<bool> ReceiveAsync(TextHandler handle);
}
