namespace Minato.Server;

/// <summary>Who may take part.</summary>
public enum Access
{
    /// <summary>Anybody who reaches the server, under a free name. The default on loopback.</summary>
    Guests,

    /// <summary>Whoever has an account. The default wherever others can reach the server.</summary>
    Accounts,

    /// <summary>Whoever holds the launch token: for a server inside another app.</summary>
    Token,
}
