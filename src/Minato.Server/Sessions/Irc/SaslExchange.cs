using System.Text;
using Minato.Core.Commands;
using Minato.Core.Users;
using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

// AUTHENTICATE mechanism | 400*base64 | '+' | '*'                 https://ircv3.net/specs/extensions/sasl-3.1
// PLAIN message = [authzid] NUL authcid NUL passwd                https://www.rfc-editor.org/rfc/rfc4616
internal static class SaslExchange
{
    /// <summary>Characters of base64 in one line; fewer end the message.</summary>
    private const int Chunk = 400;

    /// <summary>Characters of base64 in all: a name and the longest password fit.</summary>
    private const int MaxMessage = 8 * Chunk;

    internal static async ValueTask RunAsync(IrcSession session, IrcMessage message)
    {
        var state = session.Sasl;
        var text = message[0];
        if (!session.Caps.HasFlag(IrcCaps.Sasl))
            session.Replies.Add(Numeric.SaslFailed, "SASL authentication failed: ask for the capability first");
        else if (session.IsRegistered || session.Registration.Identity is not null)
            session.Replies.Add(Numeric.SaslAlready, "You have already authenticated using SASL");
        else if (text == "*")
        {
            state.Begin(null);
            session.Replies.Add(Numeric.SaslAborted, "SASL authentication aborted");
        }
        else if (state.Mechanism is null)
            Begin(session, text.ToUpperInvariant());
        else if (text.Length > Chunk || state.Length + text.Length > MaxMessage)
        {
            state.Begin(null);
            session.Replies.Add(Numeric.SaslTooLong, "SASL message too long");
        }
        else if (state.TryComplete(text, Chunk, out var whole))
        {
            state.Begin(null);
            await PlainAsync(session, whole);
        }
    }

    private static void Begin(IrcSession session, string mechanism)
    {
        if (mechanism == "PLAIN")
        {
            session.Sasl.Begin(mechanism);
            session.Replies.Writer.Begin(source: null, "AUTHENTICATE").Word("+").End();
            return;
        }
        session.Replies.Add(Numeric.SaslMechanisms, "PLAIN", "are available SASL mechanisms");
        session.Replies.Add(Numeric.SaslFailed, "SASL authentication failed");
    }

    private static async ValueTask PlainAsync(IrcSession session, string base64)
    {
        var refused = TryRead(base64, out var name, out var password) ? await CheckAsync(session, name, password) : new Refused(Refusal.WrongLogin);
        if (refused is not null)
        {
            session.Replies.Add(Numeric.SaslFailed, refused.Reason == Refusal.WrongLogin ? "SASL authentication failed" : $"SASL authentication failed: {refused.Sentence()}");
            return;
        }
        var you = session.Registration.Identity!.User!;
        var face = session.Network.FaceOf(you);
        session.Replies.Begin(Numeric.LoggedIn).Word(face.Mask(you)).Word(you.Nick).End($"You are now logged in as {you.Nick}");
        session.Replies.Add(Numeric.SaslSuccess, "SASL authentication successful");
    }

    private static bool TryRead(string base64, out string name, out string password)
    {
        name = password = "";
        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, bytes, out var length))
            return false;
        var parts = Encoding.UTF8.GetString(bytes, 0, length).Split('\0');
        if (parts.Length != 3 || (parts[0].Length > 0 && Nick.Key(parts[0]) != Nick.Key(parts[1])))
            return false;
        (name, password) = (parts[1], parts[2]);
        return name.Length > 0 && password.Length > 0;
    }

    /// <summary>The password of the account, or a token of its owner's.</summary>
    private static async ValueTask<Refused?> CheckAsync(IrcSession session, string name, string password)
    {
        if (await session.Services.Admission.FindByTokenAsync(password) is not { User: { } owner } holder)
            return await Registration.LogInAsync(session, name, password);
        if (Nick.Key(owner.Nick) != Nick.Key(name))
            return new Refused(Refusal.WrongLogin);
        session.Registration.Identity = holder;
        return null;
    }
}

/// <summary>A SASL message that comes in pieces.</summary>
internal sealed class SaslState
{
    private readonly StringBuilder _text = new();

    /// <summary>Null: none is under way.</summary>
    internal string? Mechanism { get; private set; }

    internal int Length => _text.Length;

    internal void Begin(string? mechanism)
    {
        Mechanism = mechanism;
        _text.Clear();
    }

    /// <summary>Takes a piece; a full one is followed by another, which may be empty.</summary>
    internal bool TryComplete(string piece, int chunk, out string whole)
    {
        if (piece != "+")
            _text.Append(piece);
        whole = _text.ToString();
        return piece.Length < chunk;
    }
}
