using Minato.Core.Commands;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Sessions.Acts;

/// <summary>What a question is answered with: a refusal, or what writes the answer with the writer of whatever protocol asked.</summary>
internal readonly record struct Answer(Refused? Refused, Action<ServerFrameWriter>? Write)
{
    internal static Answer Of(Action<ServerFrameWriter> write) => new(null, write);

    internal static Answer No(Refusal refusal) => new(new Refused(refusal), null);
}
