namespace Minato.Client;

public enum ClientStatus
{
    /// <summary>Not started, or disposed of.</summary>
    Stopped,

    /// <summary>On its way to a welcome.</summary>
    Connecting,

    Online,

    /// <summary>The connection was lost; the next attempt has its time.</summary>
    Waiting,

    /// <summary>The server does not let this client in, and will not: nothing more is tried.</summary>
    LoginRequired,
}
