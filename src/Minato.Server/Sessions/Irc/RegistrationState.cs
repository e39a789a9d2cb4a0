using Minato.Core.Accounts;

namespace Minato.Server.Sessions.Irc;

/// <summary>What a client has said of itself before it is let in.</summary>
internal sealed class RegistrationState
{
    internal string? Nick { get; set; }

    internal string? Username { get; set; }

    internal string? Realname { get; set; }

    internal string? Password { get; set; }

    /// <summary>Whether CAP LS or CAP REQ came, and CAP END did not yet.</summary>
    internal bool IsNegotiating { get; set; }

    /// <summary>Whether it asked for CAP LS 302 or newer.</summary>
    internal bool KnowsValues { get; set; }

    /// <summary>Whether it was told that one may sign up here; null: it was told nothing yet. Read and written by whoever tells it.</summary>
    internal bool? KnowsSignUp { get; set; }

    /// <summary>Who has logged in; null: nobody yet.</summary>
    internal Identity? Identity { get; set; }

    /// <summary>Of a login that was made for this connection and ends with it.</summary>
    internal CredentialId? OwnSession { get; set; }

    internal bool IsReady => !IsNegotiating && Nick is not null && Username is not null;
}
