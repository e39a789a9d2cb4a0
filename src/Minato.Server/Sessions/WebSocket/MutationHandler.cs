using Minato.Core.Commands;
using Minato.Server.Accounts;
using Minato.Server.Log;
using Minato.Server.Rooms;
using Minato.Server.Sessions.Acts;
using Minato.Wire.WebSocket.Frames;

namespace Minato.Server.Sessions.WebSocket;

/// <summary>Turns mutation frames into commands; each is answered exactly once, by <c>ok</c> or <c>error</c> with its cid.</summary>
internal sealed class MutationHandler(WebSocketSession session)
{
    private readonly CommandTranslator _translator = new(session, session.Services.Store);

    internal async ValueTask HandleAsync(MutationFrame frame)
    {
        var (command, refusal) = !session.TryKeepPace(out var tooFast) ? (null, tooFast)
            : session.MayWrite ? await _translator.TranslateAsync(frame)
            : (null, new Refused(Refusal.Forbidden));
        if (command is null)
        {
            if (refusal is not null)
                session.SendError(frame.Cid.Value, null, refusal);
            return;
        }
        await session.Lane.WhenRoom();
        var (keys, address) = (KeysFor(command, session), session.Connection.Peer?.Address);
        if (keys?.Begin(command, address) is { } tooMany)
            session.SendError(frame.Cid.Value, null, tooMany);
        else if (session.Services.Log.Submit(new MutationSubmission(frame.Cid, command, session)) is { } refused)
        {
            keys?.End(command, address, refused);
            session.SendError(frame.Cid.Value, null, refused);
        }
    }

    /// <summary>Null: the command tries no key.</summary>
    private static KeyTries? KeysFor(Command command, WebSocketSession session) => command is Join { Key: not null } ? session.Services.Accounts.Keys : null;

    /// <summary>Answers its frame on the turn that makes its event known, and before it.</summary>
    private sealed class MutationSubmission(ClientId cid, UserCommand command, WebSocketSession session) : Submission(command, session.Lane)
    {
        internal override void Complete(Outcome outcome, Turn turn)
        {
            KeysFor(command, session)?.End(command, session.Connection.Peer?.Address, outcome);
            var frames = Frames.OfThisThread;
            if (outcome is Refused refused)
                frames.Error(cid.Value, null, Codes.Of(refused.Reason), refused.Reason.Sentence(), refused.RetryAfter);
            else
                frames.Ok(cid, outcome);
            turn.Send(session, frames.Framed());
        }
    }
}
