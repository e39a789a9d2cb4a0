using Minato.Core.Accounts;
using Minato.Core.Commands;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// AUTHENTICATE mechanism | 400*base64 | '+' | '*'      https://ircv3.net/specs/extensions/sasl-3.1, https://ircv3.net/specs/extensions/sasl-3.2
internal static class SaslExchange
{
    /// <summary>Characters of base64 in one line; fewer end the message.</summary>
    private const int Chunk = 400;

    /// <summary>Characters of base64 in all: a name and the longest password fit.</summary>
    private const int MaxMessage = 8 * Chunk;

    /// <summary>By which this client may log in: by a certificate if it has shown one.</summary>
    internal static string MechanismsOf(IrcSession session) => session.Connection.Certificate is null ? "PLAIN,SCRAM-SHA-256" : "PLAIN,SCRAM-SHA-256,EXTERNAL";

    internal static async ValueTask RunAsync(IrcSession session, IrcMessage message)
    {
        var state = session.Sasl;
        var text = message[0];
        // Whoever knows the command may use it: bots often have not asked for the capability.
        if (session.Services.Admission.Access == Access.Token)
            session.Replies.Add(Numeric.SaslFailed, "SASL authentication failed: there are no accounts here");
        else if (session.Registration.Identity is not null && !session.IsRegistered)
            session.Replies.Add(Numeric.SaslAlready, "You have already authenticated using SASL");
        else if (text == "*")
            Fail(session, Numeric.SaslAborted, "SASL authentication aborted");
        else if (state.Mechanism is null)
            Begin(session, text.ToUpperInvariant());
        else if (text.Length > Chunk || state.Length + text.Length > MaxMessage)
            Fail(session, Numeric.SaslTooLong, "SASL message too long");
        else if (state.TryComplete(text, Chunk, out var whole))
            await StepAsync(session, state.Mechanism, whole);
    }

    /// <summary>Whoever comes in before it has come to an end comes in without it.</summary>
    internal static void Abort(IrcSession session)
    {
        if (session.Sasl.Mechanism is not null)
            Fail(session, Numeric.SaslAborted, "SASL authentication aborted");
    }

    private static void Begin(IrcSession session, string name)
    {
        ISaslMechanism? mechanism = name switch
        {
            "PLAIN" => new SaslPlain(session),
            "SCRAM-SHA-256" => new SaslScram(session),
            "EXTERNAL" when session.Connection.Certificate is not null => new SaslExternal(session),
            _ => null,
        };
        session.Sasl.Begin(mechanism);
        if (mechanism is not null)
        {
            Say(session, []);
            return;
        }
        session.Replies.Add(Numeric.SaslMechanisms, MechanismsOf(session), "are available SASL mechanisms");
        session.Replies.Add(Numeric.SaslFailed, "SASL authentication failed");
    }

    private static async ValueTask StepAsync(IrcSession session, ISaslMechanism mechanism, string base64)
    {
        var state = session.Registration;
        var (before, own) = (state.Identity, state.OwnSession);
        switch (await StepAsync(session, mechanism, base64, before, own))
        {
            case SaslStep.Challenge challenge:
                Say(session, challenge.Message);
                break;
            case SaslStep.Refused { By: { Reason: not Refusal.WrongLogin } refused }:
                Fail(session, Numeric.SaslFailed, $"SASL authentication failed: {refused.Sentence()}");
                break;
            case SaslStep.Refused:
                Fail(session, Numeric.SaslFailed, "SASL authentication failed");
                break;
            default:
                session.Sasl.Begin(null);
                session.SayLoggedIn(state.Identity!.User!);
                session.Replies.Add(Numeric.SaslSuccess, "SASL authentication successful");
                if (session.IsRegistered)
                    await Reauthentication.RunAsync(session, state.Identity, own);
                break;
        }
    }

    /// <summary>Who has logged in already stays it, unless this comes to a good end.</summary>
    private static async ValueTask<SaslStep> StepAsync(IrcSession session, ISaslMechanism mechanism, string base64, Identity? before, CredentialId? own)
    {
        var state = session.Registration;
        (state.Identity, state.OwnSession) = (null, null);
        try
        {
            var bytes = new byte[base64.Length];
            return Convert.TryFromBase64String(base64, bytes, out var length) ? await mechanism.StepAsync(bytes[..length]) : SaslStep.Wrong;
        }
        finally
        {
            if (state.Identity is null)
                (state.Identity, state.OwnSession) = (before, own);
        }
    }

    private static void Fail(IrcSession session, Numeric numeric, string text)
    {
        session.Sasl.Begin(null);
        session.Replies.Add(numeric, text);
    }

    /// <summary>In pieces, of which the last one is shorter than a whole one.</summary>
    private static void Say(IrcSession session, byte[] message)
    {
        var base64 = Convert.ToBase64String(message);
        for (var at = 0; at <= base64.Length; at += Chunk)
        {
            var piece = base64[at..Math.Min(at + Chunk, base64.Length)];
            session.Replies.Writer.Begin(source: null, "AUTHENTICATE").Word(piece.Length == 0 ? "+" : piece).End();
        }
    }
}
