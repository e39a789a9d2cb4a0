using Minato.Core.Commands;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Sessions.Acts;

/// <summary>What a mutation that was not refused is answered with.</summary>
internal static class OkFrame
{
    internal static void Ok(this ServerFrameWriter frames, ClientId cid, Outcome outcome)
    {
        switch (outcome)
        {
            case Logged logged:
                frames.Ok(cid, logged.Room.Uid, logged.Seq, logged.Ts);
                break;
            case LinkMade made:
                frames.Ok(cid, made);
                break;
            case ReportsChanged { Answer: { } answer }:
                frames.Ok(cid, answer.Room.Uid, answer.Seq, answer.Ts);
                break;
            case BlockChanged changed:
                frames.Ok(cid, changed);
                break;
            case UserChanged changed:
                frames.Ok(cid, changed.User);
                break;
            default:
                throw new InvalidOperationException($"A mutation ended as {outcome.GetType().Name}.");
        }
    }
}
