namespace Minato.Core.Accounts;

/// <summary>What a personal access token is good for; each includes those before it. The numbers stand in the database.</summary>
public enum Scope
{
    /// <summary>Reads what its owner may read.</summary>
    Read = 1,

    /// <summary>Also posts, joins, reacts: whatever its owner may do in rooms. What a bot needs.</summary>
    Write = 2,

    /// <summary>Also administers, as far as its owner may. A password is changed, and a token made, by a session only.</summary>
    Admin = 3,
}
