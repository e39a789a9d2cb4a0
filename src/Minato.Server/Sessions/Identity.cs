using Minato.Core.Accounts;
using Minato.Core.Users;

namespace Minato.Server.Sessions;

/// <summary>Whoever holds a credential.</summary>
/// <param name="User">Null: nobody yet, or the program that started the server.</param>
/// <param name="Session">By which they are somebody, or become it with the first thing that lasts; null where they cannot.</param>
internal sealed record Identity(User? User, SessionToken? Session)
{
    /// <summary>What of theirs the store knows; null for one that nothing there can end.</summary>
    internal Credential? Credential { get; init; }

    /// <summary>Whether it is whoever started the server.</summary>
    internal bool IsHost { get; init; }

    internal Scope Scope => Credential?.Scope ?? Scope.Admin;
}
