namespace Minato.Wire.WebSocket.Frames;

/// <summary>Carries a refusal out of nested reading; malformed frames are not the hot path.</summary>
/// <param name="code"><c>bad_frame</c>, <c>unknown_op</c> or <c>bad_cid</c>.</param>
/// <param name="message">A short sentence, without anything that the client made up.</param>
internal sealed class FrameException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
