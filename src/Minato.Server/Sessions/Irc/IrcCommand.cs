using Minato.Wire.Irc;

namespace Minato.Server.Sessions.Irc;

/// <summary>What a client may ask for. The guards stand in the table and nowhere else.</summary>
/// <param name="Least">Parameters that must be there, else 461.</param>
/// <param name="Run">Null where there is nothing to do.</param>
internal sealed record IrcCommand(int Least, Func<IrcSession, IrcMessage, ValueTask> Run)
{
    /// <summary>Whether it may come before one is registered.</summary>
    internal bool BeforeRegistration { get; init; }

    /// <summary>Whether it may become several events, which answer one label together; null: never.</summary>
    internal Func<IrcMessage, bool>? HasSeveral { get; init; }

    /// <summary>Whether it goes on without waiting for what was asked before it: talk.</summary>
    internal bool GoesOn { get; init; }
}
