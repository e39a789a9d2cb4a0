using Minato.Core.Commands;

namespace Minato.Server.Sessions.Irc;

/// <summary>A SASL message that comes in pieces.</summary>
internal sealed class SaslState
{
    private string _text = "";

    /// <summary>Null: none is under way.</summary>
    internal ISaslMechanism? Mechanism { get; private set; }

    internal int Length => _text.Length;

    internal void Begin(ISaslMechanism? mechanism)
    {
        Mechanism = mechanism;
        _text = "";
    }

    /// <summary>Takes a piece; a full one is followed by another, which may be empty.</summary>
    internal bool TryComplete(string piece, int chunk, out string whole)
    {
        if (piece != "+")
            _text += piece;
        whole = "";
        if (piece.Length >= chunk)
            return false;
        (whole, _text) = (_text, "");
        return true;
    }
}

/// <summary>How a client shows who it is. One for each attempt.</summary>
internal interface ISaslMechanism
{
    /// <param name="message">The client's next.</param>
    ValueTask<SaslStep> StepAsync(byte[] message);
}

/// <summary>What comes of a client's message.</summary>
internal abstract record SaslStep
{
    internal static readonly SaslStep Wrong = new Refused(new Core.Commands.Refused(Refusal.WrongLogin));

    private SaslStep()
    {
    }

    internal static SaslStep Of(Core.Commands.Refused? refused) => refused is null ? new Done() : new Refused(refused);

    internal sealed record Challenge(byte[] Message) : SaslStep;

    internal sealed record Refused(Core.Commands.Refused By) : SaslStep;

    /// <summary>The session knows who it is.</summary>
    internal sealed record Done : SaslStep;
}
